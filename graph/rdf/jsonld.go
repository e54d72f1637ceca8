package rdf

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/piprate/json-gold/ld"

	"github.com/ententegraph/entente/graph"
)

// readJSONLD reads JSON-LD 1.1. The whole document is read before the first
// quad, as its context may stand anywhere.
func readJSONLD(ctx context.Context, r io.Reader, o Options) iter.Seq2[graph.Quad, error] {
	return func(yield func(graph.Quad, error) bool) {
		reading(yield, func() {
			for _, q := range jsonldQuads(ctx, r, o) {
				if err := ctx.Err(); err != nil {
					panic(err)
				}
				if !yield(q, nil) {
					panic(stopped{})
				}
			}
		})
	}
}

// jsonldQuads panics with the error that ends the reading.
func jsonldQuads(ctx context.Context, r io.Reader, o Options) []graph.Quad {
	document := parseJSON(ctx, r, o.Name)
	opts := ld.NewJsonLdOptions(o.Base)
	opts.DocumentLoader = contextLoader{ctx, o}
	fail := func(what any) {
		panic(fmt.Errorf("rdf: %s: expected JSON-LD: %v", o.Name, what))
	}
	expanded, err := func() (expanded []any, err error) {
		defer func() { // the library does not check every shape that JSON can have
			switch r := recover().(type) {
			case nil:
			case *contextError:
				err = r
			default:
				err = fmt.Errorf("the document has a shape that JSON-LD does not: %v", r)
			}
		}()
		return ld.NewJsonLdProcessor().Expand(document, opts)
	}()
	if err != nil {
		var refused *contextError
		if errors.As(err, &refused) {
			panic(fmt.Errorf("rdf: %s: %w", o.Name, refused))
		}
		fail(err)
	}
	spellings := map[string]string{}
	languageSpellings(document, spellings)
	restoreLanguages(expanded, spellings)

	issuer := ld.NewIdentifierIssuer("_:b")
	nodes := map[string]any{"@default": map[string]any{}}
	if _, err := ld.NewJsonLdApi().GenerateNodeMap(expanded, nodes, "@default", issuer, "", "", nil); err != nil {
		fail(err)
	}
	c := jsonConversion{issuer: issuer}
	for _, name := range slices.Sorted(maps.Keys(nodes)) { // sorted, so that labels are the same each time
		c.convert(name, nodes[name].(map[string]any))
	}
	if c.err != nil {
		fail(c.err)
	}
	return c.quads
}

func parseJSON(ctx context.Context, r io.Reader, name string) any {
	text, err := io.ReadAll(contextReader{ctx, r})
	if err != nil {
		panic(fmt.Errorf("rdf: reading %s: %w", name, err))
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	var document any
	d := json.NewDecoder(bytes.NewReader(text))
	err = d.Decode(&document)
	at := d.InputOffset()
	if err == nil {
		if rest := bytes.TrimLeft(text[at:], " \t\r\n"); len(rest) > 0 {
			at, err = int64(len(text)-len(rest)), errors.New("expected the end of the file after the JSON value")
		}
	} else if bad := new(json.SyntaxError); errors.As(err, &bad) {
		at = max(bad.Offset-1, 0)
	}
	if err != nil {
		before := text[:min(at, int64(len(text)))]
		start := bytes.LastIndexByte(before, '\n') + 1
		line, _, _ := bytes.Cut(text[start:], []byte("\n"))
		panic(&graph.SyntaxError{Name: name, Line: bytes.Count(before, []byte("\n")) + 1, Column: utf8.RuneCount(before[start:]) + 1,
			Message: "expected JSON: " + err.Error(), Text: string(bytes.ToValidUTF8(line[:min(len(line), longestText)], nil))})
	}
	return document
}

// A contextReader stops when its context is done.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}

// A contextLoader gives named contexts through Options.Context, or not at all.
type contextLoader struct {
	ctx context.Context
	o   Options
}

type contextError struct {
	iri string
	err error
}

func (e *contextError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("the document needs the context <%s>, and nothing is fetched from elsewhere: put the context itself into the document", e.iri)
	}
	return fmt.Sprintf("reading the context <%s>: %v", e.iri, e.err)
}

func (e *contextError) Unwrap() error { return e.err }

// LoadDocument implements [ld.DocumentLoader].
func (l contextLoader) LoadDocument(iri string) (*ld.RemoteDocument, error) {
	if l.o.Context == nil {
		panic(&contextError{iri: iri})
	}
	r, err := l.o.Context(l.ctx, iri)
	if err != nil {
		panic(&contextError{iri, err})
	}
	defer r.Close()
	document, err := ld.DocumentFromReader(r)
	if err != nil {
		panic(&contextError{iri, err})
	}
	return &ld.RemoteDocument{DocumentURL: iri, Document: document}, nil
}

// languageSpellings notes how the document writes its language tags, which the
// library puts into lower case. A tag that it writes in two ways is left so.
func languageSpellings(v any, spellings map[string]string) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			languageSpellings(item, spellings)
		}
	case map[string]any:
		for key, item := range v {
			tag, ok := item.(string)
			if key != "@language" || !ok {
				languageSpellings(item, spellings)
				continue
			}
			lower := strings.ToLower(tag)
			if before, known := spellings[lower]; known && before != tag {
				tag = lower
			}
			spellings[lower] = tag
		}
	}
}

// restoreLanguages gives language tags their spelling again, and joins them
// with base directions as terms have them.
func restoreLanguages(v any, spellings map[string]string) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			restoreLanguages(item, spellings)
		}
	case map[string]any:
		for _, item := range v {
			restoreLanguages(item, spellings)
		}
		tag, _ := v["@language"].(string)
		if _, isValue := v["@value"]; !isValue || tag == "" {
			return
		}
		if spelling, ok := spellings[tag]; ok {
			tag = spelling
		}
		if direction, ok := v["@direction"].(string); ok {
			tag += "--" + direction
		}
		v["@language"] = tag
	}
}
