package rdf

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// A writer writes quads one after the other; end writes what closes the document.
type writer interface {
	quad(graph.Quad) error
	end() error
}

// Write writes quads in a format, in the order in which they come and without
// keeping them; what follows on the same subject is put together. The prefixes
// (namespace by prefix, without the colon) are declared and used where the
// format has them. What the format cannot say, such as a graph name in
// Turtle, is an error that names the quad.
func Write(w io.Writer, f Format, quads iter.Seq2[graph.Quad, error], prefixes map[string]string) error {
	out := bufio.NewWriterSize(w, 1<<16)
	doc := f.write(out, prefixes)
	for q, err := range quads {
		if err != nil {
			return err
		}
		if !f.Graphs && !q.Graph.IsZero() {
			return fmt.Errorf("rdf: writing %s, which has no named graphs: %s (TriG, N-Quads and JSON-LD have them)", f.Title, q)
		}
		if err := doc.quad(q); err != nil {
			return fmt.Errorf("rdf: writing %s: %w: %s", f.Title, err, q)
		}
	}
	if err := doc.end(); err != nil {
		return fmt.Errorf("rdf: writing %s: %w", f.Title, err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("rdf: writing %s: %w", f.Title, err)
	}
	return nil
}

// WriteSorted is Write of all quads at once: by graph, the default graph first,
// then by subject and predicate, types first; and with only those prefixes that
// are used. The same quads and prefixes give the same bytes.
func WriteSorted(w io.Writer, f Format, quads iter.Seq2[graph.Quad, error], prefixes map[string]string) error {
	var all []graph.Quad
	for q, err := range quads {
		if err != nil {
			return err
		}
		all = append(all, q)
	}
	slices.SortFunc(all, compareForReading)
	all = slices.Compact(all)
	return Write(w, f, func(yield func(graph.Quad, error) bool) {
		for _, q := range all {
			if !yield(q, nil) {
				return
			}
		}
	}, used(all, prefixes))
}

func compareForReading(a, b graph.Quad) int {
	first := func(q graph.Quad) int {
		if q.Predicate == rdfType {
			return 0
		}
		return 1
	}
	return cmp.Or(
		compareTerms(a.Graph, b.Graph),
		compareTerms(a.Subject, b.Subject),
		cmp.Compare(first(a), first(b)),
		compareTerms(a.Predicate, b.Predicate),
		compareTerms(a.Object, b.Object),
	)
}

func compareTerms(a, b graph.Term) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Value, b.Value),
		strings.Compare(a.Datatype, b.Datatype), strings.Compare(a.Language, b.Language))
}

// used gives those of the prefixes that shorten an IRI in the quads.
func used(quads []graph.Quad, prefixes map[string]string) map[string]string {
	names := newPrefixNames(prefixes)
	out := map[string]string{}
	var note func(t graph.Term)
	note = func(t graph.Term) {
		iri := t.Value
		switch t.Kind {
		case graph.KindLiteral:
			iri = t.Datatype
		case graph.KindTriple:
			s, p, o, _ := t.Triple()
			note(s)
			note(p)
			note(o)
			return
		}
		if prefix, _, ok := names.split(iri); ok {
			out[prefix] = prefixes[prefix]
		}
	}
	for _, q := range quads {
		for _, t := range [...]graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
			note(t)
		}
	}
	return out
}

// prefixNames shortens IRIs by the longest namespace that fits.
type prefixNames struct {
	byPrefix map[string]string
	prefixes []string // by length of namespace, longest first, then by name
}

func newPrefixNames(prefixes map[string]string) prefixNames {
	names := prefixNames{byPrefix: prefixes, prefixes: slices.Sorted(maps.Keys(prefixes))}
	slices.SortStableFunc(names.prefixes, func(a, b string) int { return len(prefixes[b]) - len(prefixes[a]) })
	return names
}

// split gives the prefix and local name of an IRI, where it has one that needs no escapes.
func (n prefixNames) split(iri string) (prefix, local string, ok bool) {
	for _, p := range n.prefixes {
		if local, ok := strings.CutPrefix(iri, n.byPrefix[p]); ok && n.byPrefix[p] != "" && plainLocal(local) {
			return p, local, true
		}
	}
	return "", "", false
}

// plainLocal tells whether Turtle takes a local name without escapes (PN_LOCAL, in part).
func plainLocal(s string) bool {
	for i := range len(s) {
		c := s[i]
		inner := i > 0 && (c == '-' || c == '.' && i+1 < len(s))
		if !isLetter(rune(c)) && !isDigit(rune(c)) && c != '_' && !inner {
			return false
		}
	}
	return s != ""
}

// safeLabel gives the label of a blank node in a form that every format takes;
// different labels stay different.
func safeLabel(label string) string {
	const mark = "x-"
	if isNCName(label) && !strings.HasPrefix(label, mark) {
		return label
	}
	b := []byte(mark)
	for i := range len(label) {
		if c := label[i]; isLetter(rune(c)) || isDigit(rune(c)) {
			b = append(b, c)
		} else {
			b = fmt.Appendf(b, "-%02X", c)
		}
	}
	return string(b)
}

// lines writes N-Quads and N-Triples.
type lines struct {
	out  *bufio.Writer
	line []byte
}

func writeLines(out *bufio.Writer, _ map[string]string) writer { return &lines{out: out} }

func (l *lines) quad(q graph.Quad) error {
	l.line = append(graph.AppendQuad(l.line[:0], q), '\n')
	_, err := l.out.Write(l.line)
	return err
}

func (l *lines) end() error { return nil }
