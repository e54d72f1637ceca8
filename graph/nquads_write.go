package graph

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
)

// String returns the term in canonical N-Quads form.
func (t Term) String() string { return string(AppendTerm(nil, t)) }

// String returns the quad in canonical N-Quads form, without a line end.
func (q Quad) String() string { return string(AppendQuad(nil, q)) }

// AppendTerm appends the term in canonical N-Quads form (RDF 1.2 N-Quads,
// section 4): UTF-8, and escapes only where they are needed.
func AppendTerm(dst []byte, t Term) []byte {
	switch t.Kind {
	case KindIRI:
		return appendIRI(dst, t.Value)
	case KindBlank:
		return append(append(dst, "_:"...), t.Value...)
	case KindLiteral:
		dst = append(dst, '"')
		dst = appendLexical(dst, t.Value)
		dst = append(dst, '"')
		switch {
		case t.Language != "":
			dst = append(append(dst, '@'), t.Language...)
		case t.Datatype != "":
			dst = appendIRI(append(dst, "^^"...), t.Datatype)
		}
	case KindTriple:
		dst = append(append(append(dst, "<<( "...), t.Value...), " )>>"...)
	}
	return dst
}

// AppendQuad appends the quad as a canonical N-Quads statement, without a line end.
func AppendQuad(dst []byte, q Quad) []byte {
	for _, t := range []Term{q.Subject, q.Predicate, q.Object, q.Graph} {
		if !t.IsZero() {
			dst = append(AppendTerm(dst, t), ' ')
		}
	}
	return append(dst, '.')
}

func appendIRI(dst []byte, iri string) []byte {
	dst = append(dst, '<')
	for i := firstNotInIRI(iri); i >= 0; i = firstNotInIRI(iri) { // only in stores of others
		dst = fmt.Appendf(append(dst, iri[:i]...), `\u%04X`, iri[i])
		iri = iri[i+1:]
	}
	return append(append(dst, iri...), '>')
}

// named are the characters that canonical N-Quads escapes by name, and the names.
const named, names = "\t\b\n\r\f\"\\", `tbnrf"\`

func appendLexical(dst []byte, s string) []byte {
	from := 0
	for i, r := range s {
		j := strings.IndexRune(named, r)
		if j < 0 && r >= ' ' && r != 0x7F && r != 0xFFFE && r != 0xFFFF {
			continue
		}
		dst = append(dst, s[from:i]...)
		from = i + len(string(r))
		if j >= 0 {
			dst = append(dst, '\\', names[j])
		} else {
			dst = fmt.Appendf(dst, `\u%04X`, r)
		}
	}
	return append(dst, s[from:]...)
}

// WriteNQuads writes quads as canonical N-Quads, in the order in which they come.
func WriteNQuads(w io.Writer, quads iter.Seq2[Quad, error]) error {
	out := bufio.NewWriterSize(w, 1<<16)
	var line []byte
	for q, err := range quads {
		if err != nil {
			return err
		}
		line = append(AppendQuad(line[:0], q), '\n')
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("graph: writing quads: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("graph: writing quads: %w", err)
	}
	return nil
}

// Quads yields the quads of the dataset that match the pattern, with their terms.
func Quads(ctx context.Context, d Dataset, p Pattern) iter.Seq2[Quad, error] {
	return func(yield func(Quad, error) bool) {
		terms := map[ID]Term{DefaultGraph: {}}
		term := func(id ID) (Term, error) {
			if t, ok := terms[id]; ok {
				return t, nil
			}
			t, err := d.Term(ctx, id)
			if len(terms) < 1<<16 { // the cache saves look-ups; it does not hold the graph
				terms[id] = t
			}
			return t, err
		}
		for batch, err := range d.Scan(ctx, p, Unordered) {
			if err != nil {
				yield(Quad{}, err)
				return
			}
			for _, e := range batch {
				var q Quad
				for _, place := range []struct {
					to *Term
					id ID
				}{{&q.Subject, e.Subject}, {&q.Predicate, e.Predicate}, {&q.Object, e.Object}, {&q.Graph, e.Graph}} {
					if *place.to, err = term(place.id); err != nil {
						yield(Quad{}, err)
						return
					}
				}
				if !yield(q, nil) {
					return
				}
			}
		}
	}
}

// Dump writes all quads of the dataset as canonical N-Quads, sorted by the
// text of subject, predicate, object and graph name, which is the byte order
// of the lines: datasets with the same quads dump the same bytes. (N-Quads
// cannot say that a graph is empty.)
func Dump(ctx context.Context, d Dataset, w io.Writer) error {
	texts := map[ID]string{DefaultGraph: ""}
	var quads []Encoded
	for batch, err := range d.Scan(ctx, Pattern{}, Unordered) {
		if err != nil {
			return err
		}
		for _, e := range batch {
			for _, id := range []ID{e.Subject, e.Predicate, e.Object, e.Graph} {
				if _, ok := texts[id]; ok {
					continue
				}
				t, err := d.Term(ctx, id)
				if err != nil {
					return err
				}
				texts[id] = t.String() + " "
			}
		}
		quads = append(quads, batch...)
	}
	slices.SortFunc(quads, func(a, b Encoded) int {
		for _, pair := range [][2]ID{{a.Subject, b.Subject}, {a.Predicate, b.Predicate}, {a.Object, b.Object}, {a.Graph, b.Graph}} {
			if pair[0] != pair[1] {
				return strings.Compare(texts[pair[0]], texts[pair[1]])
			}
		}
		return 0
	})
	out := bufio.NewWriterSize(w, 1<<16)
	for i, e := range quads {
		if i%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		for _, s := range []string{texts[e.Subject], texts[e.Predicate], texts[e.Object], texts[e.Graph], ".\n"} {
			if _, err := out.WriteString(s); err != nil {
				return fmt.Errorf("graph: writing quads: %w", err)
			}
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("graph: writing quads: %w", err)
	}
	return nil
}
