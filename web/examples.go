package web

import (
	"context"
	"net/url"
	"sync"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

// An example is a question that the graph has an answer to.
type example struct {
	Question string `json:"question"`
	Address  string `json:"address"`
}

// How many questions the first page proposes, and how long one may take to show that it has an answer.
const (
	shownExamples = 3
	exampleTime   = 500 * time.Millisecond
)

// examples are questions about what is there, found anew when the graph has changed.
type examples struct {
	mu   sync.Mutex
	of   int64 // quads of the graph that was looked at
	list []example
}

// proposals are saved queries with the parameter that takes a thing of a class,
// and the words in which they ask.
func proposals() []struct{ saved, param, class, before, after string } {
	return []struct{ saved, param, class, before, after string }{
		{"met-whom", "who", "State", "Whom did ", " meet or speak with?"},
		{"members-of", "organization", "Organization", "Who are the members of ", "?"},
		{"who-signed", "for", "State", "Who signed what for ", "?"},
		{"positions-in", "of", "State", "Who holds which position in ", "?"},
		{"established-relations", "a", "State", "Since when has ", " relations with whom?"},
		{"who-claims", "speaker", "State", "What does ", " say?"},
		{"relations-of", "thing", "State", "How does ", " stand to others?"},
		{"positions-of", "person", "Person", "Which positions has ", " had?"},
	}
}

// ask proposes questions about the things that most is said of, each of which has an answer.
func (e *examples) ask(ctx context.Context, s *server, view graph.View) ([]example, error) {
	if s.Engine.Saved == nil {
		return nil, nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	n, _, err := view.Estimate(ctx, graph.Pattern{})
	if err != nil || n == e.of {
		return e.list, err
	}
	var found []example
	things := map[string][]facts.Spoken{}
	for _, p := range proposals() {
		if _, known := things[p.class]; !known {
			if things[p.class], _, err = facts.ThingsOf(ctx, view, s.Model, p.class, facts.Window{Limit: 3}); err != nil {
				return nil, err
			}
		}
		for i, thing := range things[p.class] {
			id := schema.Compact(thing.IRI)
			r, err := s.Engine.RunSaved(ctx, p.saved, map[string]string{p.param: id}, queries.Limits{Rows: 1, Timeout: exampleTime})
			if err != nil || r.Count == 0 {
				continue // another question will do
			}
			q := url.Values{"saved": {p.saved}, "p." + p.param: {id}, "run": {"1"}}
			found = append(found, example{p.before + thing.Label + p.after, "/query?" + q.Encode()})
			things[p.class] = append(things[p.class][:i:i], things[p.class][i+1:]...) // the next is about another
			break
		}
		if len(found) == shownExamples {
			break
		}
	}
	if ctx.Err() == nil {
		e.list, e.of = found, n
	}
	return found, nil
}
