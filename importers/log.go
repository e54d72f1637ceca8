package importers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// An Entry is one line of the log: an import, a removal, a judgement, or the undoing of one of these.
type Entry struct {
	When time.Time `json:"when"`
	By   string    `json:"by,omitempty"`
	Did  string    `json:"did"` // load, remove, judge, undo
	ID   string    `json:"id"`  // of the import or judgement
	What string    `json:"what"`
	// Undone says that it has been undone since.
	Undone bool `json:"undone,omitempty"`

	Import    *Import    `json:"import,omitempty"`
	Judgement *Judgement `json:"judgement,omitempty"`
}

// Log lists all that was done to the graph, in order.
func Log(ctx context.Context, view graph.View) ([]Entry, error) {
	out := []Entry{}
	imports, err := Imports(ctx, view)
	if err != nil {
		return nil, err
	}
	for _, i := range imports {
		e := Entry{When: i.Recorded, By: i.By, Did: i.Kind, ID: i.ID, What: i.summary(), Undone: !i.Undone.IsZero(), Import: &i}
		out = append(out, e)
		if e.Undone {
			out = append(out, Entry{When: i.Undone, By: i.UndoneBy, Did: "undo", ID: i.ID, What: e.What})
		}
	}
	judgements, err := Judgements(ctx, view)
	if err != nil {
		return nil, err
	}
	for _, j := range judgements {
		e := Entry{When: j.Recorded, By: j.Author, Did: "judge", ID: j.ID, What: j.String(), Undone: !j.Undone.IsZero(), Judgement: &j}
		out = append(out, e)
		if e.Undone {
			out = append(out, Entry{When: j.Undone, By: j.UndoneBy, Did: "undo", ID: j.ID, What: e.What})
		}
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return cmp.Or(a.When.Compare(b.When), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// summary says in a line what an import did.
func (i Import) summary() string {
	var parts []string
	for _, n := range []struct {
		count int
		what  string
	}{{i.New, "new"}, {i.Replaced, "replaced"}, {i.Removed, "removed"}} {
		if n.count > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n.count, n.what))
		}
	}
	if i.Quads > 0 {
		parts = append(parts, fmt.Sprintf("%d quads", i.Quads))
	}
	if len(parts) == 0 {
		return i.First
	}
	return i.First + " (" + strings.Join(parts, ", ") + ")"
}

// String says in a line what was decided.
func (j Judgement) String() string {
	subject, object := schema.Compact(j.Subject), schema.Compact(j.Object)
	switch j.Verdict {
	case Same:
		return subject + " is " + object
	case Different:
		return subject + " is not " + object
	case ReadAs:
		return fmt.Sprintf("“%s” is always read as %s", j.Text, object)
	case Link:
		if j.Text != "" {
			subject += fmt.Sprintf(" where it is “%s”", j.Text)
		}
		if j.Object == "" {
			return subject + " is a thing of its own"
		}
		return subject + " is " + object
	case Correct:
		var set []string
		for part, value := range j.Set {
			set = append(set, part+"="+schema.Compact(value))
		}
		slices.Sort(set)
		return "correct " + subject + ": " + strings.Join(set, ", ")
	}
	return string(j.Verdict) + " " + subject
}
