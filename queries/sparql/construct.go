package sparql

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/engine"
)

// A Template makes triples of solutions (section 16.2): blank nodes are new
// for each, and what is no triple then is left out.
type Template struct {
	triples []algebra.Triple
	at      map[string]int // where variables stand in rows
	prefix  string         // of blank nodes
	count   int
	blanks  map[string]graph.Term
}

// NewTemplate returns a template for rows of the variables. Blank nodes get
// labels that begin with the prefix.
func NewTemplate(triples []algebra.Triple, vars []string, prefix string) *Template {
	t := &Template{triples: triples, at: map[string]int{}, prefix: prefix}
	for i, v := range vars {
		t.at[v] = i
	}
	return t
}

// Vars returns the variables that triples name.
func Vars(triples []algebra.Triple) []string {
	s := algebra.VarSet{}
	for _, t := range triples {
		s.Add(t.Vars())
	}
	return s.Sorted()
}

// Start begins another row: blank nodes are new ones from here on.
func (t *Template) Start() { t.blanks = map[string]graph.Term{} }

// Fill returns the triples that a row makes.
func (t *Template) Fill(row []graph.Term) []graph.Quad {
	t.Start()
	var out []graph.Quad
	for _, triple := range t.triples {
		s, p, o := t.Term(triple.Subject, row), t.Term(triple.Predicate, row), t.Term(triple.Object, row)
		if IsTriple(s, p, o) {
			out = append(out, graph.Quad{Subject: s, Predicate: p, Object: o})
		}
	}
	return out
}

// IsTriple reports whether terms can stand as subject, predicate and object.
func IsTriple(s, p, o graph.Term) bool {
	return (s.Kind == graph.KindIRI || s.Kind == graph.KindBlank) && p.Kind == graph.KindIRI && !o.IsZero()
}

// Term returns the term that a place of the template has in a row, and the
// zero Term where a variable is unbound. Blank nodes are those since the last Start.
func (t *Template) Term(n algebra.Node, row []graph.Term) graph.Term {
	switch {
	case n.Var != "":
		if i, ok := t.at[n.Var]; ok {
			return row[i]
		}
		return graph.Term{}
	case n.Triple != nil:
		s, p, o := t.Term(n.Triple.Subject, row), t.Term(n.Triple.Predicate, row), t.Term(n.Triple.Object, row)
		if !IsTriple(s, p, o) {
			return graph.Term{}
		}
		return graph.TripleTerm(s, p, o)
	case n.Term.Kind == graph.KindBlank:
		b, ok := t.blanks[n.Term.Value]
		if !ok {
			t.count++
			b = graph.Blank(t.prefix + strconv.Itoa(t.count))
			t.blanks[n.Term.Value] = b
		}
		return b
	}
	return n.Term
}

// quadSize is about what it takes to remember a quad, in bytes, without its text.
const quadSize = 320

// once passes on quads that were not passed on before.
func (q *Query) once(yield func(graph.Quad, error) bool) func(graph.Quad) bool {
	seen := map[graph.Quad]struct{}{}
	memory := q.engineOptions().Memory
	return func(quad graph.Quad) bool {
		if _, ok := seen[quad]; ok {
			return true
		}
		seen[quad] = struct{}{}
		if memory > 0 && int64(len(seen))*quadSize > memory {
			yield(graph.Quad{}, fmt.Errorf("sparql: %d triples are made: %w", len(seen), ErrMemory))
			return false
		}
		return yield(quad, nil)
	}
}

func (q *Query) construct(ctx context.Context, plan *engine.Plan) iter.Seq2[graph.Quad, error] {
	return func(yield func(graph.Quad, error) bool) {
		vars := Vars(q.Algebra.Template)
		template := NewTemplate(q.Algebra.Template, vars, q.engineOptions().Env.Blank("", false).Value+"c")
		emit := q.once(yield)
		for row, err := range plan.Rows(ctx, vars) {
			if err != nil {
				yield(graph.Quad{}, err)
				return
			}
			for _, quad := range template.Fill(row) {
				if !emit(quad) {
					return
				}
			}
		}
	}
}

// describe gives the triples that have a resource as subject, and those of the
// blank nodes that these lead to (section 16.4 leaves the choice to us).
func (q *Query) describe(ctx context.Context, d graph.Dataset, plan *engine.Plan) iter.Seq2[graph.Quad, error] {
	return func(yield func(graph.Quad, error) bool) {
		var vars []string
		waiting := []graph.Term{}
		seen := map[graph.Term]bool{}
		add := func(t graph.Term) {
			if (t.Kind == graph.KindIRI || t.Kind == graph.KindBlank) && !seen[t] {
				seen[t] = true
				waiting = append(waiting, t)
			}
		}
		for _, n := range q.Algebra.Resources {
			if n.Var != "" {
				vars = append(vars, n.Var)
			} else {
				add(n.Term)
			}
		}
		if len(vars) > 0 {
			for row, err := range plan.Rows(ctx, vars) {
				if err != nil {
					yield(graph.Quad{}, err)
					return
				}
				for _, t := range row {
					add(t)
				}
			}
		}
		emit := q.once(yield)
		for len(waiting) > 0 {
			resource := waiting[0]
			waiting = waiting[1:]
			pattern := algebra.Triple{Subject: algebra.Variable("s"), Predicate: algebra.Variable("p"), Object: algebra.Variable("o")}
			op := algebra.Join{
				Left:  algebra.Table{Vars: []string{"s"}, Rows: [][]graph.Term{{resource}}},
				Right: algebra.BGP{Patterns: []algebra.Triple{pattern}},
			}
			about, err := engine.New(ctx, d, op, q.engineOptions())
			if err != nil {
				yield(graph.Quad{}, err)
				return
			}
			for row, err := range about.Rows(ctx, []string{"p", "o"}) {
				if err != nil {
					yield(graph.Quad{}, err)
					return
				}
				if row[1].Kind == graph.KindBlank {
					add(row[1])
				}
				if !emit(graph.Quad{Subject: resource, Predicate: row[0], Object: row[1]}) {
					return
				}
			}
		}
	}
}
