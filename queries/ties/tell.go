package ties

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/ententegraph/entente/queries/facts"
)

// teller reads what joins the things of routes. It belongs to one question.
type teller struct {
	ctx       context.Context
	n         *Network
	reader    *facts.Reader
	facts     int // told of a step
	known     map[int32]*facts.Fact
	documents map[string]bool
}

func newTeller(ctx context.Context, n *Network, most int) *teller {
	return &teller{ctx, n, facts.NewReader(n.view, n.model), most, map[int32]*facts.Fact{}, map[string]bool{}}
}

// between returns the statements that join two things: lasting ones before
// events, those of few things before those of many.
func (t *teller) between(a, b int32) []int32 {
	n := t.n
	if n.degree(a) > n.degree(b) {
		a, b = b, a
	}
	var out []int32
	for _, s := range n.of(a) {
		if slices.Contains(n.in(s), b) {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(x, y int32) int {
		return cmp.Or(cmp.Compare(n.kinds[x], n.kinds[y]), len(n.in(x))-len(n.in(y)), cmp.Compare(y, x))
	})
	return out
}

func (t *teller) fact(statement int32) (*facts.Fact, error) {
	if f, known := t.known[statement]; known {
		return f, nil
	}
	f, err := t.reader.Fact(t.ctx, t.n.statements[statement])
	if err == nil && f == nil {
		err = fmt.Errorf("ties: the statement %d is none", t.n.statements[statement])
	}
	t.known[statement] = f
	return f, err
}

// confidence returns how sure the best facts of a route are together.
func (t *teller) confidence(r route) (float64, error) {
	all := 1.0
	for i := range r.things[1:] {
		joining := t.between(r.things[i], r.things[i+1])
		f, err := t.fact(joining[0])
		if err != nil {
			return 0, err
		}
		best := 0.0
		for _, e := range f.Evidence {
			best = max(best, e.Confidence)
		}
		if best > 0 { // where none is stated there is no doubt: data, not a reading
			all *= best
		}
	}
	return all, nil
}

// steps tells a route.
func (t *teller) steps(r route) ([]Step, error) {
	var out []Step
	for i := range r.things[1:] {
		a, b := r.things[i], r.things[i+1]
		joining := t.between(a, b)
		step := Step{More: max(0, len(joining)-t.facts)}
		for _, s := range joining[:len(joining)-step.More] {
			f, err := t.fact(s)
			if err != nil {
				return nil, err
			}
			step.Facts = append(step.Facts, *f)
			for _, e := range f.Evidence {
				t.documents[e.Document.IRI] = true
			}
		}
		var err error
		if step.From, err = t.reader.Ref(t.ctx, t.n.things[a]); err != nil {
			return nil, err
		}
		if step.To, err = t.reader.Ref(t.ctx, t.n.things[b]); err != nil {
			return nil, err
		}
		step.Leads = t.leads(joining[0], a, b)
		out = append(out, step)
	}
	return out, nil
}

// leads says in which direction a statement leads between two of its things.
func (t *teller) leads(statement, a, b int32) string {
	n := t.n
	part := func(thing int32) part {
		at := slices.Index(n.in(statement), thing)
		return n.parts[int(n.ends[statement])+at]
	}
	switch pa, pb := part(a), part(b); {
	case pa == pb, n.symmetric(t.known[statement]):
		return "both"
	case pa < pb:
		return "forward"
	}
	return "backward"
}

func (n *Network) symmetric(f *facts.Fact) bool {
	r := n.model.Relation(f.Type)
	return f.Kind == facts.Relation && r != nil && r.Symmetric
}
