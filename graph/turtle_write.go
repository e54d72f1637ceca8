package graph

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
)

const rdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

// WriteTurtle writes the default graph of the dataset in Turtle (RDF 1.1),
// grouped by subject and sorted, with those of the prefixes that it uses. The
// same graph and prefixes give the same bytes.
func WriteTurtle(ctx context.Context, d Dataset, w io.Writer, prefixes map[string]string) error {
	var quads []Quad
	for q, err := range Quads(ctx, d, Pattern{Graph: DefaultGraph}) {
		if err != nil {
			return err
		}
		quads = append(quads, q)
	}
	slices.SortFunc(quads, func(a, b Quad) int {
		return cmp.Or(
			strings.Compare(a.Subject.String(), b.Subject.String()),
			-boolCompare(a.Predicate.Value == rdfType, b.Predicate.Value == rdfType),
			strings.Compare(a.Predicate.Value, b.Predicate.Value),
			strings.Compare(a.Object.String(), b.Object.String()),
		)
	})
	t := turtleWriter{out: bufio.NewWriter(w), names: newPrefixNames(prefixes)}
	t.head(quads, prefixes)
	for i, q := range quads {
		if i%1000 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		t.statement(quads, i, q)
	}
	if err := t.out.Flush(); err != nil {
		return fmt.Errorf("graph: writing Turtle: %w", err)
	}
	return nil
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

type turtleWriter struct {
	out   *bufio.Writer
	names prefixNames
}

// head writes the prefixes that the quads use.
func (t turtleWriter) head(quads []Quad, prefixes map[string]string) {
	used := map[string]bool{}
	for _, q := range quads {
		for _, term := range [...]Term{q.Subject, q.Predicate, q.Object, IRI(q.Object.Datatype)} {
			if prefix, _, ok := strings.Cut(t.names.name(term.Value), ":"); ok && term.Kind == KindIRI {
				used[prefix] = true
			}
		}
	}
	for _, p := range slices.Sorted(maps.Keys(prefixes)) {
		if used[p] {
			fmt.Fprintf(t.out, "@prefix %s: <%s> .\n", p, prefixes[p])
		}
	}
}

// statement writes quad i, sharing subject and predicate with the quad before where they are the same.
func (t turtleWriter) statement(quads []Quad, i int, q Quad) {
	switch {
	case i > 0 && quads[i-1].Subject == q.Subject && quads[i-1].Predicate == q.Predicate:
		fmt.Fprintf(t.out, ", %s", t.term(q.Object))
	case i > 0 && quads[i-1].Subject == q.Subject:
		fmt.Fprintf(t.out, " ;\n    %s %s", t.predicate(q.Predicate), t.term(q.Object))
	default:
		fmt.Fprintf(t.out, "\n%s %s %s", t.term(q.Subject), t.predicate(q.Predicate), t.term(q.Object))
	}
	if i+1 == len(quads) || quads[i+1].Subject != q.Subject {
		t.out.WriteString(" .\n")
	}
}

func (t turtleWriter) predicate(p Term) string {
	if p.Value == rdfType {
		return "a"
	}
	return t.term(p)
}

func (t turtleWriter) term(term Term) string {
	switch {
	case term.Kind == KindIRI:
		if name := t.names.name(term.Value); name != "" {
			return name
		}
	case term.Kind == KindLiteral && term.Language == "" && term.Datatype != "":
		if name := t.names.name(term.Datatype); name != "" {
			return String(term.Value).String() + "^^" + name
		}
	}
	return term.String()
}

// prefixNames shortens IRIs by the longest namespace that fits.
type prefixNames struct {
	prefixes   []string // by length of namespace, longest first, then by name
	namespaces map[string]string
}

func newPrefixNames(prefixes map[string]string) prefixNames {
	names := prefixNames{slices.Sorted(maps.Keys(prefixes)), prefixes}
	slices.SortStableFunc(names.prefixes, func(a, b string) int { return len(prefixes[b]) - len(prefixes[a]) })
	return names
}

// plainLocal are the local names that Turtle takes without escapes (PN_LOCAL, in part).
var plainLocal = regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?$`)

// name gives the prefixed name of an IRI, or "".
func (n prefixNames) name(iri string) string {
	for _, p := range n.prefixes {
		if local, ok := strings.CutPrefix(iri, n.namespaces[p]); ok && n.namespaces[p] != "" && plainLocal.MatchString(local) {
			return p + ":" + local
		}
	}
	return ""
}
