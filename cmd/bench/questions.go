package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/queries/past"
	"github.com/ententegraph/entente/queries/ties"
	"github.com/ententegraph/entente/schema"
)

// slowest is how long a question may take; it counts -1 rows then.
const slowest = 5 * time.Second

// benchQuestions asks every saved query, and the questions of the whole network,
// of a graph of articles that is kept in a folder, and prints medians. What is
// asked about are the things with the most ties: the hardest ones.
func benchQuestions(ctx context.Context, out io.Writer, o options) (err error) {
	store, err := pebble.Open(o.questions, pebble.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	model, err := schema.Default()
	if err != nil {
		return err
	}
	library, err := queries.ReadLibrary(nil)
	if err != nil {
		return err
	}
	e := &queries.Engine{Views: store.View, Prefixes: schema.Prefixes(), Saved: library}
	view, err := store.View()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, view.Close()) }()
	total, _, err := view.Estimate(ctx, graph.Pattern{})
	if err != nil {
		return err
	}
	busiest, err := busiest(ctx, view, model)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d quads; asked of %v\n\n%-24s %8s %10s %10s\n", total, busiest, "question", "rows", "p50", "worst")
	row := func(name string, ask func() (int, error)) error {
		var times []time.Duration
		rows := 0
		for round := range o.rounds + 1 { // the first warms up
			began := time.Now()
			n, err := ask()
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if rows = n; round > 0 {
				times = append(times, time.Since(began))
			}
		}
		slices.Sort(times)
		fmt.Fprintf(out, "%-24s %8d %10s %10s\n", name, rows, inMilliseconds(times[len(times)/2]), inMilliseconds(times[len(times)-1]))
		return nil
	}
	for _, s := range library.List() {
		args := arguments(s, busiest)
		err := row(s.Name, func() (int, error) {
			r, err := e.RunSaved(ctx, s.Name, args, queries.Limits{Timeout: slowest})
			if q, ok := errors.AsType[*queries.Error](err); ok && q.Kind == queries.KindTime {
				return -1, nil
			}
			if err != nil {
				return 0, err
			}
			return int(r.Total), nil
		})
		if err != nil {
			return err
		}
	}
	return benchNetwork(ctx, row, store, model, busiest)
}

// benchNetwork asks what is asked of the whole network, which is read for each question.
func benchNetwork(ctx context.Context, row func(string, func() (int, error)) error, store graph.Store, model *schema.Model, busiest map[string][]string) error {
	on := func(o ties.Options, ask func(*ties.Network) (int, error)) func() (int, error) {
		return func() (n int, err error) {
			view, err := store.View()
			if err != nil {
				return 0, err
			}
			defer func() { err = errors.Join(err, view.Close()) }()
			network, err := ties.Read(ctx, view, model, o)
			if err != nil {
				return 0, err
			}
			return ask(network)
		}
	}
	actors := ties.Options{Classes: []string{"State", "Organization", "Person"}}
	path := func(a, b string) func() (int, error) {
		return on(ties.Options{}, func(n *ties.Network) (int, error) {
			p, err := n.Paths(ctx, schema.Expand(a), schema.Expand(b), ties.PathOptions{})
			if err != nil {
				return 0, err
			}
			return len(p.Paths), nil
		})
	}
	period, err := past.ParsePeriod("2015-06-30")
	if err != nil {
		return err
	}
	for _, question := range []struct {
		name string
		ask  func() (int, error)
	}{
		{"network, read alone", on(ties.Options{}, func(n *ties.Network) (int, error) { return n.Statements(), nil })},
		{"path of two states", path(busiest["State"][0], busiest["State"][1])},
		{"path of two persons", path(busiest["Person"][0], busiest["Person"][1])},
		{"central", on(actors, func(n *ties.Network) (int, error) {
			c, err := n.Central(ctx, 20)
			if err != nil {
				return 0, err
			}
			return c.Things, nil
		})},
		{"communities", on(actors, func(n *ties.Network) (int, error) {
			c, err := n.Communities(ctx, 10)
			if err != nil {
				return 0, err
			}
			return len(c.Communities), nil
		})},
		{"graph as of a day", func() (int, error) {
			view, err := store.View()
			if err != nil {
				return 0, err
			}
			v, err := past.At(ctx, view, model, period)
			if err != nil {
				return 0, errors.Join(err, view.Close())
			}
			n, _, err := v.Estimate(ctx, graph.Pattern{})
			return int(n), errors.Join(err, v.Close())
		}},
	} {
		if err := row(question.name, question.ask); err != nil {
			return err
		}
	}
	return nil
}

// busiest returns, by class, the two things with the most ties.
func busiest(ctx context.Context, view graph.View, model *schema.Model) (map[string][]string, error) {
	out := map[string][]string{}
	for _, class := range []string{"State", "Organization", "Person", "Agreement"} {
		id, ok, err := view.ID(ctx, graph.IRI(model.Class(class).IRI()))
		if err != nil || !ok {
			return nil, errors.Join(err, fmt.Errorf("the graph has no %s", class))
		}
		kind, _, err := view.ID(ctx, graph.IRI(schema.Type))
		if err != nil {
			return nil, err
		}
		type thing struct {
			id   graph.ID
			ties int64
		}
		var things []thing
		for batch, err := range view.Scan(ctx, graph.Pattern{Predicate: kind, Object: id, Graph: graph.DefaultGraph}, graph.Unordered) {
			if err != nil {
				return nil, err
			}
			for _, e := range batch {
				n, _, err := view.Estimate(ctx, graph.Pattern{Object: e.Subject, Graph: graph.DefaultGraph})
				if err != nil {
					return nil, err
				}
				things = append(things, thing{e.Subject, n})
			}
		}
		slices.SortFunc(things, func(a, b thing) int { return cmp.Or(cmp.Compare(b.ties, a.ties), cmp.Compare(a.id, b.id)) })
		if len(things) < 2 {
			return nil, fmt.Errorf("the graph has fewer than two of %s", class)
		}
		for _, t := range things[:2] {
			term, err := view.Term(ctx, t.id)
			if err != nil {
				return nil, err
			}
			out[class] = append(out[class], schema.Compact(term.Value))
		}
	}
	return out, nil
}

// arguments chooses, for the parameters that a saved query must have, and for its
// dates, the busiest things and a year. One that must have none gets its first thing.
func arguments(s *queries.Saved, busiest map[string][]string) map[string]string {
	args := map[string]string{}
	states := 0
	needs := slices.ContainsFunc(s.Params, func(p queries.Param) bool { return p.Required })
	for _, p := range s.Params {
		switch {
		case p.Name == "at":
			args[p.Name] = "2015"
		case p.Type != queries.ThingParam || !p.Required && (needs || len(args) > 0):
		case p.Name == "person":
			args[p.Name] = busiest["Person"][0]
		case p.Name == "organization":
			args[p.Name] = busiest["Organization"][0]
		case p.Name == "agreement":
			args[p.Name] = busiest["Agreement"][0]
		default:
			args[p.Name] = busiest["State"][min(states, 1)]
			states++
		}
	}
	return args
}

func inMilliseconds(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d)/1e6) }
