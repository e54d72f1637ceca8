package rdf

import (
	"bufio"
	"fmt"
	"maps"
	"slices"

	"github.com/ententegraph/entente/graph"
)

// turtleWriter writes Turtle and TriG: a statement for each run of quads with
// one subject, a block for each run with one graph name.
type turtleWriter struct {
	out     *bufio.Writer
	names   prefixNames
	indent  string
	last    graph.Quad
	started bool // a statement is open
}

func writeTurtle(out *bufio.Writer, prefixes map[string]string) writer {
	t := &turtleWriter{out: out, names: newPrefixNames(prefixes)}
	for _, p := range slices.Sorted(maps.Keys(prefixes)) {
		fmt.Fprintf(out, "@prefix %s: %s .\n", p, graph.IRI(prefixes[p]))
	}
	return t
}

func (t *turtleWriter) quad(q graph.Quad) error {
	if !t.started || q.Graph != t.last.Graph {
		t.close()
		if t.started && !t.last.Graph.IsZero() {
			t.out.WriteString("}\n")
		}
		t.indent = ""
		if !q.Graph.IsZero() {
			fmt.Fprintf(t.out, "\n%s {", t.term(q.Graph))
			t.indent = "    "
		}
		t.last.Subject = graph.Term{}
	}
	switch {
	case q.Subject == t.last.Subject && q.Predicate == t.last.Predicate:
		fmt.Fprintf(t.out, ", %s", t.term(q.Object))
	case q.Subject == t.last.Subject:
		fmt.Fprintf(t.out, " ;\n%s    %s %s", t.indent, t.predicate(q.Predicate), t.term(q.Object))
	default:
		if q.Graph == t.last.Graph {
			t.close()
		}
		fmt.Fprintf(t.out, "\n%s%s %s %s", t.indent, t.term(q.Subject), t.predicate(q.Predicate), t.term(q.Object))
	}
	t.last, t.started = q, true
	return nil
}

// close ends the open statement.
func (t *turtleWriter) close() {
	if t.started && !t.last.Subject.IsZero() {
		t.out.WriteString(" .\n")
	}
}

func (t *turtleWriter) end() error {
	t.close()
	if t.started && !t.last.Graph.IsZero() {
		t.out.WriteString("}\n")
	}
	return nil
}

func (t *turtleWriter) predicate(p graph.Term) string {
	if p == rdfType {
		return "a"
	}
	return t.term(p)
}

func (t *turtleWriter) term(term graph.Term) string {
	switch term.Kind {
	case graph.KindIRI:
		return t.iri(term.Value)
	case graph.KindBlank:
		return "_:" + safeLabel(term.Value)
	case graph.KindTriple:
		s, p, o, _ := term.Triple()
		return fmt.Sprintf("<<( %s %s %s )>>", t.term(s), t.predicate(p), t.term(o))
	}
	if term.Datatype != "" {
		return graph.String(term.Value).String() + "^^" + t.iri(term.Datatype)
	}
	return term.String()
}

func (t *turtleWriter) iri(iri string) string {
	if prefix, local, ok := t.names.split(iri); ok {
		return prefix + ":" + local
	}
	return graph.IRI(iri).String()
}
