package sparql

import (
	"context"
	"fmt"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/functions"
	"github.com/ententegraph/entente/schema"
)

// mostTexts bounds the literals that one search in a query may find.
const mostTexts = 100_000

// operator returns the algebra that is evaluated over a dataset: rewritten, and
// with searches for words, ?text ent:hasWords "armen* summit", replaced by the
// literals that they find. Nothing that evaluates need know of them.
func (q *Query) operator(ctx context.Context, d graph.Dataset) (algebra.Op, error) {
	s := search{ctx, d}
	return s.op(algebra.Rewrite(q.Algebra.Op))
}

// search replaces searches by what they find.
type search struct {
	ctx     context.Context
	dataset graph.Dataset
}

func (s search) op(op algebra.Op) (algebra.Op, error) {
	if _, elsewhere := op.(algebra.Service); elsewhere {
		return op, nil
	}
	if inputs := algebra.Inputs(op); len(inputs) > 0 {
		replaced := make([]algebra.Op, len(inputs))
		for i, in := range inputs {
			var err error
			if replaced[i], err = s.op(in); err != nil {
				return nil, err
			}
		}
		op = algebra.WithInputs(op, replaced)
	}
	var err error
	switch op := op.(type) {
	case algebra.BGP:
		return s.patterns(op)
	case algebra.Filter:
		op.Expr, err = s.expr(op.Expr)
		return op, err
	case algebra.LeftJoin:
		op.Filter, err = s.expr(op.Filter)
		return op, err
	case algebra.Extend:
		op.Expr, err = s.expr(op.Expr)
		return op, err
	case algebra.OrderBy:
		keys := make([]algebra.OrderKey, len(op.Keys))
		for i, k := range op.Keys {
			keys[i] = k
			if keys[i].Expr, err = s.expr(k.Expr); err != nil {
				return nil, err
			}
		}
		op.Keys = keys
		return op, nil
	}
	return op, nil
}

// expr replaces the searches in the patterns of EXISTS.
func (s search) expr(e algebra.Expr) (algebra.Expr, error) {
	var err error
	switch e := e.(type) {
	case algebra.Exists:
		e.Input, err = s.op(e.Input)
		return e, err
	case algebra.Call:
		args := make([]algebra.Expr, len(e.Args))
		for i, arg := range e.Args {
			if args[i], err = s.expr(arg); err != nil {
				return nil, err
			}
		}
		e.Args = args
		return e, nil
	}
	return e, nil
}

func (s search) patterns(b algebra.BGP) (algebra.Op, error) {
	var found algebra.Op
	rest := make([]algebra.Triple, 0, len(b.Patterns))
	for _, t := range b.Patterns {
		if t.Predicate.Term != graph.IRI(schema.HasWords) {
			rest = append(rest, t)
			continue
		}
		table, err := s.texts(t)
		if err != nil {
			return nil, err
		}
		if found == nil {
			found = table
		} else {
			found = algebra.Join{Left: found, Right: table}
		}
	}
	switch {
	case found == nil:
		return b, nil
	case len(rest) == 0:
		return found, nil
	}
	return algebra.Join{Left: found, Right: algebra.BGP{Patterns: rest}}, nil
}

// texts returns the literals that a search finds, as inline data.
func (s search) texts(t algebra.Triple) (algebra.Op, error) {
	words := t.Object.Term
	switch {
	case !words.HasText():
		return nil, fmt.Errorf("sparql: ent:hasWords needs the words behind it as a string, as in ?text ent:hasWords \"armen* summit\"")
	case len(graph.ParseTextQuery(words.Value).Words) == 0:
		return nil, fmt.Errorf("sparql: %s has no words to search for", words)
	}
	if t.Subject.Var == "" {
		if t.Subject.Triple == nil && functions.HasWords(t.Subject.Term, words.Value) {
			return algebra.BGP{}, nil
		}
		return algebra.Table{}, nil
	}
	hits, err := graph.FindText(s.ctx, s.dataset, words.Value, mostTexts+1)
	if err != nil {
		return nil, err
	}
	if len(hits) > mostTexts {
		return nil, fmt.Errorf("sparql: more than %d texts have the words %s; search for more words", mostTexts, words)
	}
	table := algebra.Table{Vars: []string{t.Subject.Var}}
	for _, hit := range hits {
		text, err := s.dataset.Term(s.ctx, hit.ID)
		if err != nil {
			return nil, err
		}
		table.Rows = append(table.Rows, []graph.Term{text})
	}
	return table, nil
}
