package importers

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// KnownAt returns the graph of a view as it was known at a time: without what
// was loaded later, with what was replaced or removed since, and by the
// judgements that were in force. It takes the view over: to close what it
// returns closes both; nothing is stored.
//
// What the journal has not kept it cannot give back. Gaps says so, one line for
// each import for which the answer is not exact: those that were undone since,
// whose documents are kept nowhere, and files of very many quads that were loaded since.
func KnownAt(ctx context.Context, view graph.View, model *schema.Model, at time.Time) (known graph.View, gaps []string, err error) {
	imports, err := Imports(ctx, view)
	if err != nil {
		return nil, nil, err
	}
	slices.Reverse(imports) // the earliest first
	d := newDraft(ctx, view)
	var later []string
	for _, i := range imports {
		switch after := i.Recorded.After(at); {
		case !after && i.Undone.After(at):
			gaps = append(gaps, fmt.Sprintf("%s (%s) was part of the graph then and was undone on %s; what it brought is not kept and is missing", i.ID, i.First, i.Undone.UTC().Format(time.DateOnly)))
		case after && i.Undone.IsZero():
			if _, large, err := d.record("bulk/" + i.ID); err != nil {
				return nil, nil, err
			} else if large {
				gaps = append(gaps, fmt.Sprintf("%s (%s) is a large file of quads that was loaded on %s; it is shown nonetheless", i.ID, i.First, i.Recorded.UTC().Format(time.DateOnly)))
				continue
			}
			later = append(later, i.ID)
		}
	}
	back, err := d.versionsBefore(later)
	if err != nil {
		return nil, nil, err
	}
	if _, err := d.replace(model, back); err != nil {
		return nil, nil, err
	}
	for _, id := range later {
		if err := d.quadsBack(id); err != nil {
			return nil, nil, err
		}
	}
	then, err := newLaid(view).with(ctx, d)
	if err != nil {
		return nil, nil, err
	}
	judgements, err := list[ruling](ctx, view, "judgement/")
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(judgements, func(a, b ruling) int { return a.number() - b.number() })
	for _, r := range judgements {
		held := !r.Recorded.After(at) && (r.Undone.IsZero() || r.Undone.After(at))
		if held == r.Undone.IsZero() {
			continue
		}
		if then, err = then.judged(ctx, model, r, held); err != nil {
			return nil, nil, err
		}
	}
	return then.View, gaps, nil
}

// versionsBefore gives the replacements that bring back, of every document that
// some imports changed, the version before the first of them.
func (d *draft) versionsBefore(imports []string) ([]replacement, error) {
	var back []replacement
	seen := map[string]bool{}
	for _, id := range imports {
		steps, err := d.group("step/"+id+sep, true)
		if err != nil {
			return nil, err
		}
		for _, r := range steps {
			_, document, _ := strings.Cut(r.Key, sep)
			if seen[document] {
				continue
			}
			seen[document] = true
			var s step
			if err := json.Unmarshal(r.Value, &s); err != nil {
				return nil, fmt.Errorf("importers: record %q: %w", r.Key, err)
			}
			undo := replacement{id: document}
			if undo.before, err = d.document(document); err != nil {
				return nil, err
			}
			if s.Before {
				if undo.after, undo.quads, err = d.formerVersion(id, document); err != nil {
					return nil, err
				}
			}
			back = append(back, undo)
		}
	}
	return back, nil
}

// laid is a view with records laid over those of it.
type laid struct {
	graph.View
	records map[string][]byte // nil deletes
}

func newLaid(view graph.View) laid { return laid{view, map[string][]byte{}} }

// with returns the view as the change of a draft of it would make it.
func (l laid) with(ctx context.Context, d *draft) (laid, error) {
	c := d.change()
	view, err := graph.Suppose(ctx, l.View, graph.Supposition{Add: c.Add, Remove: c.Remove})
	if err != nil {
		return l, err
	}
	records := maps.Clone(l.records)
	maps.Copy(records, c.Records)
	return laid{view, records}, nil
}

// judged returns the view with a judgement in force, or without it.
func (l laid) judged(ctx context.Context, model *schema.Model, r ruling, inForce bool) (laid, error) {
	d := newDraft(ctx, l)
	rules, err := d.rules()
	if err != nil {
		return l, err
	}
	all := slices.DeleteFunc(slices.Clone(rules.all), func(x ruling) bool { return x.ID == r.ID })
	if inForce {
		r.Undone, r.UndoneBy = time.Time{}, ""
		if err := d.enact(model, r); err != nil {
			return l, err
		}
		return l.with(ctx, d)
	}
	for _, q := range r.quads() {
		d.removeQuad(q)
	}
	d.drop("judgement/" + r.ID)
	if err := d.rule(model, r, all); err != nil {
		return l, err
	}
	return l.with(ctx, d)
}

// Record implements [graph.View].
func (l laid) Record(ctx context.Context, key string) ([]byte, bool, error) {
	if value, ok := l.records[key]; ok {
		return value, value != nil, nil
	}
	return l.View.Record(ctx, key)
}

// Records implements [graph.View].
func (l laid) Records(ctx context.Context, prefix string) iter.Seq2[graph.Record, error] {
	return func(yield func(graph.Record, error) bool) {
		found := map[string][]byte{}
		for r, err := range l.View.Records(ctx, prefix) {
			if err != nil {
				yield(r, err)
				return
			}
			found[r.Key] = r.Value
		}
		for key, value := range l.records {
			if strings.HasPrefix(key, prefix) {
				found[key] = value
			}
		}
		for _, key := range slices.Sorted(maps.Keys(found)) {
			if found[key] != nil && !yield(graph.Record{Key: key, Value: found[key]}, nil) {
				return
			}
		}
	}
}
