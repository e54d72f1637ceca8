// Package reference evaluates SPARQL's algebra as section 18 of the SPARQL 1.1
// Query Language defines it, operator by operator, and as plainly as it can: it
// is the oracle that the engine is compared with, and slow.
//
//	e := reference.New(dataset, query.Dataset, reference.Options{Env: env})
//	solutions, err := e.Eval(ctx, query.Op)
package reference

import (
	"context"
	"fmt"
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/functions"
)

// A Solution maps the variables that it binds to terms (section 18.1.8).
type Solution map[string]graph.Term

// Options say how a query is evaluated.
type Options struct {
	// UnionDefault makes the default graph, where the query does not say what
	// it is, the merge of all graphs.
	UnionDefault bool
	Env          *functions.Env // what functions know of the query; its Blank is not used
	// Service evaluates SERVICE patterns; nil refuses them.
	Service func(ctx context.Context, op algebra.Service, endpoint graph.Term) ([]Solution, error)
}

// An Evaluator evaluates operators over one dataset.
type Evaluator struct {
	dataset      graph.Dataset
	options      Options
	defaultGraph activeGraph
	named        []graph.Term // of FROM NAMED
	chosen       bool         // the query says what its dataset is
	env          *functions.Env
	blanks       map[string]graph.Term // of BNODE, by label, within a solution
}

// New returns an evaluator over the dataset, or over the graphs of it that a clause names.
func New(d graph.Dataset, clause *algebra.DatasetClause, o Options) *Evaluator {
	e := &Evaluator{dataset: d, options: o, defaultGraph: activeGraph{names: []graph.Term{{}}}}
	e.blanks = map[string]graph.Term{}
	e.env = o.Env.PerSolution(e.blanks)
	switch {
	case clause != nil:
		e.chosen = true
		e.defaultGraph = activeGraph{names: clause.Default}
		for _, name := range clause.Named {
			if !slices.Contains(e.named, name) {
				e.named = append(e.named, name)
			}
		}
	case o.UnionDefault:
		e.defaultGraph = activeGraph{all: true}
	}
	return e
}

// Eval returns the solutions of an operator, over the default graph.
func (e *Evaluator) Eval(ctx context.Context, op algebra.Op) ([]Solution, error) {
	return e.eval(ctx, scope{graph: e.defaultGraph}, op)
}

// A scope is where an operator is evaluated: the active graph (section 13.3),
// and inside EXISTS the solution whose variables are substituted.
type scope struct {
	graph activeGraph
	outer Solution
	left  [][]Solution // what SERVICE may take its endpoint from: the solutions that it is joined with, the nearest last
}

func (e *Evaluator) eval(ctx context.Context, in scope, op algebra.Op) ([]Solution, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	switch op := op.(type) {
	case algebra.BGP:
		return e.bgp(ctx, in, op)
	case algebra.Path:
		return e.pathPattern(ctx, in, op)
	case algebra.Table:
		return table(in, op), nil
	case algebra.Join, algebra.LeftJoin, algebra.Minus, algebra.Union:
		return e.binary(ctx, in, op)
	case algebra.Filter:
		return e.filter(ctx, in, op)
	case algebra.Graph:
		return e.graph(ctx, in, op)
	case algebra.Extend:
		return e.extend(ctx, in, op)
	case algebra.Group:
		return e.group(ctx, in, op)
	case algebra.OrderBy:
		return e.orderBy(ctx, in, op)
	case algebra.Project:
		return e.project(ctx, in, op)
	case algebra.Distinct:
		return e.distinct(ctx, in, op.Input)
	case algebra.Reduced:
		return e.eval(ctx, in, op.Input)
	case algebra.Slice:
		return e.slice(ctx, in, op)
	case algebra.Service:
		return e.service(ctx, in, op)
	}
	return nil, fmt.Errorf("reference: no such operator: %T", op)
}

// table holds inline data (section 18.5).
func table(in scope, op algebra.Table) []Solution {
	var out []Solution
	for _, row := range op.Rows {
		mu := Solution{}
		for i, t := range row {
			if !t.IsZero() {
				mu[op.Vars[i]] = t
			}
		}
		if compatible(mu, in.outer) {
			out = append(out, mu)
		}
	}
	return out
}

// compatible reports whether two solutions agree where both bind (section 18.3).
func compatible(a, b Solution) bool {
	if len(b) < len(a) {
		a, b = b, a
	}
	for v, t := range a {
		if u, ok := b[v]; ok && u != t {
			return false
		}
	}
	return true
}

// disjoint reports whether no variable is bound by both.
func disjoint(a, b Solution) bool {
	for v := range a {
		if _, ok := b[v]; ok {
			return false
		}
	}
	return true
}

func merge(a, b Solution) Solution {
	out := make(Solution, len(a)+len(b))
	for v, t := range a {
		out[v] = t
	}
	for v, t := range b {
		out[v] = t
	}
	return out
}

func (e *Evaluator) binary(ctx context.Context, in scope, op algebra.Op) ([]Solution, error) {
	inputs := algebra.Inputs(op)
	left, err := e.eval(ctx, in, inputs[0])
	if err != nil {
		return nil, err
	}
	beside := in
	if _, ok := op.(algebra.Union); !ok {
		beside.left = append(slices.Clone(in.left), left)
	}
	right, err := e.eval(ctx, beside, inputs[1])
	if err != nil {
		return nil, err
	}
	switch op := op.(type) {
	case algebra.Union:
		return append(left, right...), nil
	case algebra.Minus:
		return e.minus(ctx, left, right)
	case algebra.LeftJoin:
		return e.leftJoin(ctx, in, left, right, op.Filter)
	}
	var out []Solution
	for _, a := range left {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, b := range right {
			if compatible(a, b) {
				out = append(out, merge(a, b))
			}
		}
	}
	return out, nil
}

func (e *Evaluator) minus(ctx context.Context, left, right []Solution) ([]Solution, error) {
	var out []Solution
	for _, a := range left {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(right, func(b Solution) bool { return compatible(a, b) && !disjoint(a, b) }) {
			out = append(out, a)
		}
	}
	return out, nil
}

func (e *Evaluator) leftJoin(ctx context.Context, in scope, left, right []Solution, filter algebra.Expr) ([]Solution, error) {
	var out []Solution
	for _, a := range left {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		matched := false
		for _, b := range right {
			if !compatible(a, b) {
				continue
			}
			ab := merge(a, b)
			holds, err := e.holds(ctx, in, ab, filter)
			if err != nil {
				return nil, err
			}
			if holds {
				matched = true
				out = append(out, ab)
			}
		}
		if !matched {
			out = append(out, a)
		}
	}
	return out, nil
}

func (e *Evaluator) filter(ctx context.Context, in scope, op algebra.Filter) ([]Solution, error) {
	solutions, err := e.eval(ctx, in, op.Input)
	if err != nil {
		return nil, err
	}
	var out []Solution
	for _, mu := range solutions {
		holds, err := e.holds(ctx, in, mu, op.Expr)
		if err != nil {
			return nil, err
		}
		if holds {
			out = append(out, mu)
		}
	}
	return out, nil
}

// graph evaluates a pattern in a named graph (section 18.6). Names that the
// dataset has no graph for give nothing.
func (e *Evaluator) graph(ctx context.Context, in scope, op algebra.Graph) ([]Solution, error) {
	names, err := e.graphNames(ctx)
	if err != nil {
		return nil, err
	}
	var out []Solution
	for _, name := range names {
		var binding Solution
		if op.Name.Var != "" {
			binding = Solution{op.Name.Var: name}
		} else if op.Name.Term != name {
			continue
		}
		if !compatible(binding, in.outer) {
			continue
		}
		solutions, err := e.eval(ctx, scope{graph: activeGraph{names: []graph.Term{name}}, outer: in.outer}, op.Input)
		if err != nil {
			return nil, err
		}
		for _, mu := range solutions {
			if compatible(mu, binding) {
				out = append(out, merge(mu, binding))
			}
		}
	}
	return out, nil
}

// extend evaluates expressions that stand directly behind each other for one
// solution after the other, so that BNODE("x") is one blank node within each (section 17.4.2.9).
func (e *Evaluator) extend(ctx context.Context, in scope, op algebra.Extend) ([]Solution, error) {
	chain := []algebra.Extend{op}
	for {
		below, ok := chain[0].Input.(algebra.Extend)
		if !ok {
			break
		}
		chain = append([]algebra.Extend{below}, chain...)
	}
	solutions, err := e.eval(ctx, in, chain[0].Input)
	if err != nil {
		return nil, err
	}
	var out []Solution
	for _, mu := range solutions {
		mu = merge(mu, nil)
		clear(e.blanks)
		for _, x := range chain {
			t, err := e.term(ctx, in, mu, x.Expr)
			if fatal(err) {
				return nil, err
			}
			if err != nil {
				continue
			}
			if bound, ok := mu[x.Var]; ok && bound != t {
				mu = nil // only inside EXISTS
				break
			}
			mu[x.Var] = t
		}
		if mu != nil && compatible(mu, in.outer) {
			out = append(out, mu)
		}
	}
	return out, nil
}

func (e *Evaluator) project(ctx context.Context, in scope, op algebra.Project) ([]Solution, error) {
	inside := in
	inside.outer = in.outer.only(op.Vars)
	solutions, err := e.eval(ctx, inside, op.Input)
	if err != nil {
		return nil, err
	}
	for i, mu := range solutions {
		solutions[i] = mu.only(op.Vars)
	}
	return solutions, nil
}

// only returns the bindings of some variables.
func (mu Solution) only(vars []string) Solution {
	out := Solution{}
	for _, v := range vars {
		if t, ok := mu[v]; ok {
			out[v] = t
		}
	}
	return out
}

func (e *Evaluator) distinct(ctx context.Context, in scope, input algebra.Op) ([]Solution, error) {
	solutions, err := e.eval(ctx, in, input)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(solutions, func(mu Solution) bool {
		key := mu.String()
		defer func() { seen[key] = true }()
		return seen[key]
	}), nil
}

// String prints the bindings by name: equal solutions print the same.
func (mu Solution) String() string {
	names := algebra.VarSet{}
	for v := range mu {
		names[v] = struct{}{}
	}
	text := "{"
	for _, v := range names.Sorted() {
		text += " ?" + v + "=" + mu[v].String()
	}
	return text + " }"
}

func (e *Evaluator) slice(ctx context.Context, in scope, op algebra.Slice) ([]Solution, error) {
	solutions, err := e.eval(ctx, in, op.Input)
	if err != nil {
		return nil, err
	}
	solutions = solutions[min(op.Offset, int64(len(solutions))):]
	if op.Limit >= 0 {
		solutions = solutions[:min(op.Limit, int64(len(solutions)))]
	}
	return solutions, nil
}

// service evaluates SERVICE. A variable stands for each endpoint that the
// solutions to be joined bind it to (SPARQL 1.1 Federated Query, section 4).
func (e *Evaluator) service(ctx context.Context, in scope, op algebra.Service) ([]Solution, error) {
	endpoints := []graph.Term{op.Name.Term}
	if v := op.Name.Var; v != "" {
		endpoints = nil
		if t, ok := in.outer[v]; ok {
			endpoints = append(endpoints, t)
		}
		for i := len(in.left) - 1; i >= 0 && len(endpoints) == 0; i-- {
			for _, mu := range in.left[i] {
				if t, ok := mu[v]; ok && !slices.Contains(endpoints, t) {
					endpoints = append(endpoints, t)
				}
			}
		}
	}
	var out []Solution
	for _, endpoint := range endpoints {
		solutions, err := e.ask(ctx, op, endpoint)
		if err != nil {
			return nil, err
		}
		for _, mu := range solutions {
			if v := op.Name.Var; v != "" {
				if !compatible(mu, Solution{v: endpoint}) {
					continue
				}
				mu = merge(mu, Solution{v: endpoint})
			}
			if compatible(mu, in.outer) {
				out = append(out, mu)
			}
		}
	}
	return out, nil
}

func (e *Evaluator) ask(ctx context.Context, op algebra.Service, endpoint graph.Term) ([]Solution, error) {
	var solutions []Solution
	err := fmt.Errorf("reference: SERVICE %s is not allowed", op.Name)
	if e.options.Service != nil {
		solutions, err = e.options.Service(ctx, op, endpoint)
	}
	if err != nil && op.Silent && ctx.Err() == nil {
		return []Solution{{}}, nil
	}
	return solutions, err
}
