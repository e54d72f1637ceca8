package importers

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

func init() {
	register(Format{
		Name:  "jsonl",
		Ext:   []string{".jsonl", ".ndjson"},
		Media: []string{"application/jsonl", "application/x-ndjson"},
		Sniff: func(head []byte) bool {
			line, _, _ := bytes.Cut(bytes.TrimSpace(head), []byte("\n"))
			return len(line) > 1 && line[0] == '{' && (json.Valid(line) || bytes.HasPrefix(line, []byte(`{"`)))
		},
		Lines: true,
		Read:  readJSONL,
	})
}

// readJSONL reads a document a line: an object with title, text (or body or
// content), url or source, published (or date), author, publisher, language,
// id. A line without a URL or id is told from others by its content.
func readJSONL(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		r := bufio.NewReader(in.Reader)
		for n := 1; ; n++ {
			if err := ctx.Err(); err != nil {
				yield(Document{}, err)
				return
			}
			line, readErr := readLine(r, in.Max)
			if readErr != nil && readErr != io.EOF && !errors.Is(readErr, errTooLarge) {
				yield(Document{}, fmt.Errorf("line %d: %w", n, readErr))
				return
			}
			var d Document
			err := readErr
			if err == nil || err == io.EOF {
				if len(bytes.TrimSpace(line)) == 0 {
					if readErr == io.EOF {
						return
					}
					continue
				}
				d, err = documentOfLine(line, in)
				d.Source = fmt.Sprintf("%s:%d", in.Name, n)
			}
			if err != nil {
				err = fmt.Errorf("line %d: %w", n, err)
			}
			if !yield(d, err) || readErr == io.EOF {
				return
			}
		}
	}
}

func documentOfLine(line []byte, in Input) (Document, error) {
	if !utf8.Valid(line) {
		return Document{}, notUTF8(line)
	}
	var fields map[string]any
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.UseNumber()
	if err := dec.Decode(&fields); err != nil {
		return Document{}, fmt.Errorf("not a JSON object: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return Document{}, errors.New("more than one JSON value; write a document a line")
	}
	meta := metadata{}
	for name, v := range fields {
		switch v := v.(type) {
		case string:
			meta[strings.ToLower(name)] = v
		case json.Number:
			meta[strings.ToLower(name)] = v.String()
		case []any:
			var parts []string
			for _, p := range v {
				if s, ok := p.(string); ok {
					parts = append(parts, s)
				}
			}
			meta[strings.ToLower(name)] = strings.Join(parts, ", ")
		}
	}
	var d Document
	for _, name := range []string{"text", "body", "content"} {
		if t := meta[name]; strings.TrimSpace(t) != "" {
			d.Text = t
			break
		}
	}
	if d.Text == "" {
		return Document{}, errors.New("no text found: the object has no text, body or content")
	}
	if err := meta.fill(&d); err != nil {
		return Document{}, err
	}
	switch id := meta.first("id"); {
	case d.URL != "":
		d.Key = d.URL
	case id != "" && in.Key != "":
		d.Key = in.Key + "#" + id
	}
	return d, nil
}

// readLine reads up to the next line end. Of a line longer than limit it reads
// on to the end and keeps nothing.
func readLine(r *bufio.Reader, limit int64) ([]byte, error) {
	var line []byte
	tooLarge := false
	for {
		part, err := r.ReadSlice('\n')
		if limit > 0 && int64(len(line)+len(part)) > limit {
			tooLarge, line = true, nil
		}
		if !tooLarge {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case tooLarge && (err == nil || err == io.EOF):
			return nil, tooLargeError(limit)
		}
		return line, err
	}
}
