package importers

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ententegraph/entente/graph"
)

// undoLarge takes a large file back: the quads that nothing else states.
func (im *Importer) undoLarge(d *draft, i Import) (_ Import, err error) {
	store, ok := im.Store.(graph.BulkLoader)
	if !ok {
		return i, fmt.Errorf("importers: %s is a large file, which this store cannot take back", i.ID)
	}
	others, err := d.lists()
	if err != nil {
		return i, err
	}
	back := largeUndo{others: slices.DeleteFunc(slices.Clone(others), func(id string) bool { return id == i.ID }), drop: map[string][]byte{}}
	defer func() { err = errors.Join(err, back.close()) }()
	i.Undone, i.UndoneBy = im.now(), im.By
	_, err = store.BulkRemove(d.ctx, i.ID, graph.BulkRemoval{
		Memory: im.BulkMemory,
		Keep:   func(l graph.Listed) (bool, error) { return back.keep(d.ctx, im.Store, l) },
		Records: func(int64) (map[string][]byte, error) {
			records, err := recordsOf(map[string]any{"import/" + i.ID: i})
			for key := range back.drop {
				records[key] = nil
			}
			records["bulk/"+i.ID] = nil
			return records, err
		},
	})
	return i, err
}

// largeUndo chooses which quads of a large file stay.
type largeUndo struct {
	others  []string // lists
	draft   *draft   // of the store as it is when the removal has begun
	records bool     // quads have records, some of them
	drop    map[string][]byte
}

func (u *largeUndo) open(ctx context.Context, store graph.Store) error {
	view, err := store.View()
	if err != nil {
		return err
	}
	u.draft = newDraft(ctx, view)
	for _, err := range view.Records(ctx, "stated/") {
		u.records = true
		return err
	}
	return nil
}

func (u *largeUndo) close() error {
	if u.draft == nil {
		return nil
	}
	return u.draft.view.Close()
}

func (u *largeUndo) keep(ctx context.Context, store graph.Store, l graph.Listed) (bool, error) {
	if u.draft == nil {
		if err := u.open(ctx, store); err != nil {
			return false, err
		}
	}
	if _, listed, err := u.draft.listedIn(u.others, l.Quad); err != nil || listed {
		return true, err
	}
	if !u.records {
		return l.Held, nil
	}
	q, err := u.draft.decode(l.Quad)
	if err != nil {
		return false, err
	}
	var s stated
	key := statedKey(q)
	recorded, err := u.draft.getJSON(key, &s)
	if err != nil || !recorded {
		return l.Held, err
	}
	if len(s.Imports) > 0 {
		return true, nil
	}
	u.drop[key] = nil
	return s.Reported, nil
}
