// Package update applies SPARQL 1.1 Update requests to a store: each request
// is one atomic change, whose operations see what those before them did.
//
//	u, err := syntax.ParseUpdate("INSERT DATA { … }", syntax.Options{})
//	applied, err := update.Apply(ctx, store, u, update.Options{})
package update

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/overlay"
	"github.com/ententegraph/entente/graph/rdf"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/engine"
	"github.com/ententegraph/entente/queries/sparql/functions"
	"github.com/ententegraph/entente/queries/sparql/syntax"
)

// Options say how an update is run.
type Options struct {
	Base    string // of IRI() and the like
	Memory  int64  // bytes that a pattern's evaluation may hold; 0 for sparql.DefaultMemory, negative for no limit
	Now     time.Time
	Service engine.ServiceFunc // evaluates SERVICE; nil refuses it
	// Load opens the document that LOAD names, with its media type; nil refuses it.
	Load func(ctx context.Context, iri string) (body io.ReadCloser, mediaType string, err error)
}

// Apply applies a request to a store. Nothing of it is stored when it fails.
func Apply(ctx context.Context, store graph.Store, u *syntax.Update, o Options) (applied graph.Applied, err error) {
	view, err := store.View()
	if err != nil {
		return graph.Applied{}, err
	}
	defer func() { err = errors.Join(err, view.Close()) }()
	staged, err := Stage(ctx, view, u, o)
	if err != nil {
		return graph.Applied{}, err
	}
	change, err := staged.Change(ctx)
	if err != nil {
		return graph.Applied{}, err
	}
	return store.Apply(ctx, change)
}

// Stage gives what a dataset would be after a request.
func Stage(ctx context.Context, d graph.Dataset, u *syntax.Update, o Options) (*overlay.Overlay, error) {
	r := &run{Options: o, ctx: ctx, data: overlay.New(d), fresh: "u" + strings.ToLower(rand.Text())}
	if r.Now.IsZero() {
		r.Now = time.Now()
	}
	if r.Base == "" {
		r.Base = u.Base
	}
	for _, op := range u.Operations {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := r.operation(op); err != nil {
			return nil, err
		}
	}
	return r.data, nil
}

// A run is one request that is being applied.
type run struct {
	Options
	ctx   context.Context
	data  *overlay.Overlay
	fresh string // begins the labels of new blank nodes
	count int    // operations that made blank nodes
}

// An Error is an operation that failed, with its place in the request.
type Error struct {
	Pos syntax.Pos
	Err error
}

func (e *Error) Error() string { return fmt.Sprintf("%d:%d: %v", e.Pos.Line, e.Pos.Column, e.Err) }
func (e *Error) Unwrap() error { return e.Err }

func (r *run) operation(op syntax.Operation) error {
	switch op := op.(type) {
	case syntax.InsertData:
		return at(op.Pos, r.insert(op.Quads, nil, [][]graph.Term{nil}))
	case syntax.DeleteData:
		return at(op.Pos, r.remove(op.Quads, nil, [][]graph.Term{nil}))
	case syntax.DeleteWhere:
		return at(op.Pos, r.modify(syntax.Modify{Delete: op.Quads, Where: patternOf(op.Quads)}))
	case syntax.Modify:
		return at(op.Pos, r.modify(op))
	case syntax.Load:
		return at(op.Pos, silenced(op.Silent, r.load(op)))
	case syntax.Clear:
		return at(op.Pos, silenced(op.Silent, r.clear(op)))
	case syntax.Create:
		return at(op.Pos, silenced(op.Silent, r.create(graph.IRI(op.IRI))))
	case syntax.Transfer:
		return at(op.Pos, silenced(op.Silent, r.transfer(op)))
	}
	return fmt.Errorf("update: no such operation: %T", op)
}

func at(pos syntax.Pos, err error) error {
	if err == nil {
		return nil
	}
	return &Error{pos, err}
}

// An unfulfilled error is one that SILENT passes over: the request itself is at
// fault, not the store or the limits.
type unfulfilled struct{ error }

func cannot(format string, args ...any) error { return unfulfilled{fmt.Errorf(format, args...)} }

func silenced(silent bool, err error) error {
	if silent && errors.As(err, &unfulfilled{}) {
		return nil
	}
	return err
}

// patternOf makes the pattern of DELETE WHERE of its quads.
func patternOf(quads []syntax.QuadPattern) *syntax.Group {
	g := &syntax.Group{}
	for _, q := range quads {
		triples := syntax.Triples{List: []syntax.Triple{q.Triple}}
		if q.Default() {
			g.Elements = append(g.Elements, triples)
		} else {
			g.Elements = append(g.Elements, syntax.GraphPattern{Name: q.Graph, Group: &syntax.Group{Elements: []syntax.Element{triples}}})
		}
	}
	return g
}

// modify evaluates the pattern first, then removes, then adds (section 3.1.3).
func (r *run) modify(m syntax.Modify) error {
	with := syntax.Node{}
	if m.With != "" {
		with.Term = graph.IRI(m.With)
	}
	remove, insert := inGraph(m.Delete, with), inGraph(m.Insert, with)
	vars := sparql.Vars(triplesOf(append(append([]syntax.QuadPattern(nil), remove...), insert...)))
	dataset, err := r.dataset(m)
	if err != nil {
		return err
	}
	env := functions.NewEnv(r.Now)
	env.Base = r.Base
	memory := r.Memory
	switch {
	case memory == 0:
		memory = sparql.DefaultMemory
	case memory < 0:
		memory = 0
	}
	plan, err := engine.New(r.ctx, r.data, algebra.Rewrite(algebra.TranslateGroup(m.Where)), engine.Options{
		Dataset: dataset, Env: env, Memory: memory, Service: r.Service,
	})
	if err != nil {
		return err
	}
	var rows [][]graph.Term
	for row, err := range plan.Rows(r.ctx, vars) {
		if err != nil {
			return err
		}
		rows = append(rows, append([]graph.Term(nil), row...))
	}
	if err := r.remove(remove, vars, rows); err != nil {
		return err
	}
	return r.insert(insert, vars, rows)
}

// dataset gives what the pattern of an operation is matched against: what USING
// says, else WITH as the default graph beside all named graphs.
func (r *run) dataset(m syntax.Modify) (*algebra.DatasetClause, error) {
	if len(m.Using) > 0 {
		return algebra.Clause(m.Using), nil
	}
	if m.With == "" {
		return nil, nil
	}
	d := &algebra.DatasetClause{Default: []graph.Term{graph.IRI(m.With)}}
	for id, err := range r.data.Graphs(r.ctx) {
		if err != nil {
			return nil, err
		}
		name, err := r.data.Term(r.ctx, id)
		if err != nil {
			return nil, err
		}
		d.Named = append(d.Named, name)
	}
	return d, nil
}

// inGraph puts quads that name no graph into one.
func inGraph(quads []syntax.QuadPattern, name syntax.Node) []syntax.QuadPattern {
	out := append([]syntax.QuadPattern(nil), quads...)
	for i := range out {
		if out[i].Default() {
			out[i].Graph = name
		}
	}
	return out
}

// triplesOf gives the places of quads, those of their graphs as triples of their own.
func triplesOf(quads []syntax.QuadPattern) []algebra.Triple {
	var out []algebra.Triple
	for _, q := range quads {
		out = append(out, tripleOf(q.Triple))
		if g := algebra.TemplateNode(q.Graph); g.Var != "" {
			out = append(out, algebra.Triple{Subject: g, Predicate: g, Object: g})
		}
	}
	return out
}

func tripleOf(t syntax.Triple) algebra.Triple {
	return algebra.Triple{
		Subject: algebra.TemplateNode(t.Subject), Predicate: algebra.TemplateNode(t.Predicate), Object: algebra.TemplateNode(t.Object),
	}
}

func (r *run) insert(quads []syntax.QuadPattern, vars []string, rows [][]graph.Term) error {
	return r.fill(quads, vars, rows, r.data.Add)
}

func (r *run) remove(quads []syntax.QuadPattern, vars []string, rows [][]graph.Term) error {
	return r.fill(quads, vars, rows, r.data.Remove)
}

// fill makes quads of each row and does something with each. What is no quad is left out.
func (r *run) fill(quads []syntax.QuadPattern, vars []string, rows [][]graph.Term, do func(context.Context, graph.Quad) error) error {
	r.count++
	template := sparql.NewTemplate(nil, vars, fmt.Sprintf("%s-%d-", r.fresh, r.count))
	for _, row := range rows {
		template.Start()
		for _, q := range quads {
			t := tripleOf(q.Triple)
			quad := graph.Quad{
				Subject: template.Term(t.Subject, row), Predicate: template.Term(t.Predicate, row), Object: template.Term(t.Object, row),
			}
			if !sparql.IsTriple(quad.Subject, quad.Predicate, quad.Object) {
				continue
			}
			if !q.Default() {
				if quad.Graph = template.Term(algebra.TemplateNode(q.Graph), row); quad.Graph.Kind != graph.KindIRI {
					continue
				}
			}
			if err := do(r.ctx, quad); err != nil {
				return err
			}
		}
	}
	return nil
}

func nameOf(g syntax.GraphRef) graph.Term {
	if g.Target == syntax.TargetDefault {
		return graph.Term{}
	}
	return graph.IRI(g.IRI)
}

func (r *run) want(name graph.Term) error {
	there, err := r.data.HasGraph(r.ctx, name)
	if err == nil && !there {
		err = cannot("there is no graph %s", name)
	}
	return err
}

func (r *run) clear(op syntax.Clear) error {
	empty := r.data.Clear
	if op.Drop {
		empty = r.data.Drop
	}
	switch op.Graph.Target {
	case syntax.TargetGraph:
		name := nameOf(op.Graph)
		if err := r.want(name); err != nil {
			return err
		}
		return empty(r.ctx, name)
	case syntax.TargetDefault:
		return r.data.Clear(r.ctx, graph.Term{})
	}
	var names []graph.Term
	for id, err := range r.data.Graphs(r.ctx) {
		if err != nil {
			return err
		}
		name, err := r.data.Term(r.ctx, id)
		if err != nil {
			return err
		}
		names = append(names, name)
	}
	for _, name := range names {
		if err := empty(r.ctx, name); err != nil {
			return err
		}
	}
	if op.Graph.Target == syntax.TargetAll {
		return r.data.Clear(r.ctx, graph.Term{})
	}
	return nil
}

func (r *run) create(name graph.Term) error {
	there, err := r.data.HasGraph(r.ctx, name)
	switch {
	case err != nil:
		return err
	case there:
		return cannot("there is a graph %s already", name)
	}
	return r.data.Create(r.ctx, name)
}

// transfer adds, copies or moves a graph (sections 3.2.3 to 3.2.5).
func (r *run) transfer(op syntax.Transfer) error {
	from, to := nameOf(op.From), nameOf(op.To)
	if err := r.want(from); err != nil {
		return err
	}
	if from == to {
		return nil
	}
	var quads []graph.Quad
	id, ok, err := r.data.ID(r.ctx, from)
	if err != nil {
		return err
	}
	if ok {
		for q, err := range graph.Quads(r.ctx, r.data, graph.Pattern{Graph: id}) {
			if err != nil {
				return err
			}
			q.Graph = to
			quads = append(quads, q)
		}
	}
	if op.Verb != "ADD" {
		if err := r.data.Clear(r.ctx, to); err != nil {
			return err
		}
	}
	if !to.IsZero() {
		if err := r.data.Create(r.ctx, to); err != nil {
			return err
		}
	}
	for _, q := range quads {
		if err := r.data.Add(r.ctx, q); err != nil {
			return err
		}
	}
	if op.Verb == "MOVE" {
		return r.data.Drop(r.ctx, from)
	}
	return nil
}

// load reads a document from elsewhere into a graph (section 3.1.4).
func (r *run) load(op syntax.Load) error {
	if r.Load == nil {
		return cannot("LOAD is switched off; no document is fetched from elsewhere")
	}
	body, mediaType, err := r.Load(r.ctx, op.Source)
	if err != nil {
		return unfulfilled{fmt.Errorf("LOAD <%s>: %w", op.Source, err)}
	}
	defer body.Close()
	format, ok := rdf.ByMedia(mediaType)
	if !ok {
		if format, ok = rdf.ByExtension(op.Source); !ok {
			return cannot("LOAD <%s>: %q is no format of RDF", op.Source, mediaType)
		}
	}
	into := graph.Term{}
	if op.Into != "" {
		into = graph.IRI(op.Into)
	}
	r.count++
	own := func(label string) string { return fmt.Sprintf("%s-%d-%s", r.fresh, r.count, label) }
	var quads []graph.Quad
	for q, err := range rdf.Read(r.ctx, body, format, rdf.Options{Name: op.Source, Base: op.Source}) {
		if err != nil {
			return unfulfilled{err}
		}
		q.Subject, q.Object = graph.RenameBlanks(q.Subject, own), graph.RenameBlanks(q.Object, own)
		if q.Graph.IsZero() {
			q.Graph = into
		}
		quads = append(quads, q)
	}
	for _, q := range quads {
		if err := r.data.Add(r.ctx, q); err != nil {
			return err
		}
	}
	return nil
}
