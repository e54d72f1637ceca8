package pebble

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// Lists of quads, which loads keep (see [graph.Lists]), lie in rows
//
//	l NAME 0 QUAD   up to listRows quads, of which QUAD is the first, as four ids in SPOG order
//
// A quad is a byte, which says whether it is held and which is the first place
// that differs from the quad before it, then how much greater that id is, then
// the other ids, as uvarints.
const (
	rowList  = 'l'
	listRows = 256
	held     = 1 << 7
)

var _ graph.Lists = (*view)(nil)

func keyOfList(name string) []byte { return append(append([]byte{rowList}, name...), 0) }

// keyInList appends the key of a quad to that of a list.
func keyInList(list []byte, e graph.Encoded) []byte {
	key := list[:len(list):len(list)]
	for place := range graph.Place(4) {
		key = binary.BigEndian.AppendUint64(key, uint64(e.At(place)))
	}
	return key
}

// listName fails for names that cannot be kept apart from others.
func listName(name string) error {
	if name == "" || strings.ContainsRune(name, 0) {
		return fmt.Errorf("a list cannot be named %q", name)
	}
	return nil
}

// A listWriter writes a list, in the order SPOG, outside of any step: what it
// writes counts when the load is committed.
type listWriter struct {
	bulk  *Bulk
	key   []byte // of the list
	first graph.Encoded
	last  graph.Encoded
	rows  int
	value []byte
	batch *pebble.Batch
}

func (w *listWriter) add(l graph.Listed) error {
	e := l.Quad
	if w.rows == listRows {
		if err := w.flush(1 << 20); err != nil {
			return err
		}
	}
	if w.rows == 0 {
		w.first, w.last = e, graph.Encoded{}
	}
	place := graph.Place(0)
	for place < 3 && e.At(place) == w.last.At(place) {
		place++
	}
	head := byte(place)
	if l.Held {
		head |= held
	}
	w.value = append(w.value, head)
	w.value = binary.AppendUvarint(w.value, uint64(e.At(place)-w.last.At(place)))
	for place++; place < 4; place++ {
		w.value = binary.AppendUvarint(w.value, uint64(e.At(place)))
	}
	w.last = e
	w.rows++
	return nil
}

// flush enters the row under way in the batch, and commits that when it is larger than so many bytes.
func (w *listWriter) flush(most int) error {
	if w.rows > 0 {
		if w.batch == nil {
			w.batch = w.bulk.store.db.NewBatch()
		}
		if err := w.batch.Set(keyInList(w.key, w.first), w.value, nil); err != nil {
			return err
		}
		w.rows, w.value = 0, w.value[:0]
	}
	if w.batch == nil || w.batch.Len() <= most {
		return nil
	}
	err := errors.Join(w.bulk.write(w.batch, pebble.NoSync), w.batch.Close())
	w.batch = nil
	return err
}

// readList calls do with the quads of a row of a list, as long as it wants more.
func readList(value []byte, do func(graph.Listed) bool) error {
	var last graph.Encoded
	for len(value) > 0 {
		l := graph.Listed{Quad: last, Held: value[0]&held != 0}
		first := graph.Place(value[0] &^ held)
		if first > 3 {
			return errListRow
		}
		value = value[1:]
		for place := first; place < 4; place++ {
			n, size := binary.Uvarint(value)
			if size <= 0 {
				return errListRow
			}
			value = value[size:]
			if place == first {
				n += uint64(last.At(place))
			}
			l.Quad = l.Quad.With(place, graph.ID(n))
		}
		if !do(l) {
			return nil
		}
		last = l.Quad
	}
	return nil
}

var errListRow = errors.New("a row of a list is unreadable; the store is damaged")

// Listed implements [graph.Lists].
func (v *view) Listed(ctx context.Context, list string, q graph.Encoded) (found graph.Listed, ok bool, err error) {
	if err := v.ready(ctx); err != nil {
		return found, false, err
	}
	key := keyOfList(list)
	it, err := v.r.NewIter(&pebble.IterOptions{LowerBound: key, UpperBound: after(key)})
	if err == nil {
		if it.SeekLT(append(keyInList(key, q), 0)) {
			err = readList(it.Value(), func(l graph.Listed) bool {
				c := graph.SPOG.Compare(l.Quad, q)
				if c == 0 {
					found, ok = l, true
				}
				return c < 0
			})
		}
		err = errors.Join(err, it.Error(), it.Close())
	}
	if err != nil {
		return graph.Listed{}, false, fmt.Errorf("pebble: reading the list %q: %w", list, err)
	}
	return found, ok, nil
}

// eachListed calls do with the quads of a list, in order.
func eachListed(ctx context.Context, r pebble.Reader, list string, do func(graph.Listed) error) error {
	key := keyOfList(list)
	it, err := r.NewIter(&pebble.IterOptions{LowerBound: key, UpperBound: after(key)})
	if err != nil {
		return err
	}
	defer it.Close()
	for ok := it.First(); ok; ok = it.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		var failed error
		err := readList(it.Value(), func(l graph.Listed) bool {
			failed = do(l)
			return failed == nil
		})
		if err = errors.Join(err, failed); err != nil {
			return err
		}
	}
	return it.Error()
}

// hasList reports whether there is a list.
func hasList(r pebble.Reader, list string) (bool, error) {
	key := keyOfList(list)
	it, err := r.NewIter(&pebble.IterOptions{LowerBound: key, UpperBound: after(key)})
	if err != nil {
		return false, err
	}
	found := it.First()
	return found, errors.Join(it.Error(), it.Close())
}

// verifyLists reads all lists, which must be readable and in order.
func (v *view) verifyLists(ctx context.Context, report func(string)) error {
	return v.eachRow(ctx, rowList, func(key, value []byte) error {
		name, at, ok := strings.Cut(string(key[1:]), "\x00")
		sound := ok
		var last graph.Encoded
		err := readList(value, func(l graph.Listed) bool {
			if last == (graph.Encoded{}) {
				sound = sound && at == string(keyInList(nil, l.Quad))
			} else {
				sound = sound && graph.SPOG.Compare(last, l.Quad) < 0
			}
			last = l.Quad
			return sound
		})
		if err != nil || !sound {
			report(fmt.Sprintf("a row of the list %q is unreadable or out of order", name))
		}
		return nil
	})
}
