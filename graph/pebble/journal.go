package pebble

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

func keyOfJournal(n uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{rowJournal}, n)
}

// encode writes what a layer adds and takes away: for each, the number of rows,
// and for each row four ids.
func (r *run) encode() []byte {
	var b []byte
	for _, rows := range [2][]graph.Encoded{r.added.rows, r.removed.rows} {
		b = binary.AppendUvarint(b, uint64(len(rows)))
		for _, e := range rows {
			for place := range graph.Place(4) {
				b = binary.AppendUvarint(b, uint64(e.At(place)))
			}
		}
	}
	return b
}

var errJournal = errors.New("a row of the journal is unreadable; the store is damaged")

func decodeRun(b []byte) (*run, error) {
	number := func() (uint64, error) {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			return 0, errJournal
		}
		b = b[size:]
		return n, nil
	}
	var lists [2][]graph.Encoded
	for i := range lists {
		n, err := number()
		if err != nil || n > uint64(len(b)) {
			return nil, errJournal
		}
		lists[i] = make([]graph.Encoded, n)
		for j := range lists[i] {
			for place := range graph.Place(4) {
				id, err := number()
				if err != nil {
					return nil, err
				}
				lists[i][j] = lists[i][j].With(place, graph.ID(id))
			}
		}
	}
	if len(b) > 0 {
		return nil, errJournal
	}
	return newRun(lists[0], lists[1]), nil
}

// readJournal returns the layers that the journal holds, and the number of its next row.
func readJournal(ctx context.Context, r pebble.Reader) (runs []*run, next uint64, err error) {
	rows, err := r.NewIter(&pebble.IterOptions{LowerBound: []byte{rowJournal}, UpperBound: []byte{rowJournal + 1}})
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for ok := rows.First(); ok; ok = rows.Next() {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		r, err := decodeRun(rows.Value())
		if err != nil {
			return nil, 0, fmt.Errorf("row %x: %w", rows.Key(), err)
		}
		runs = pushed(runs, r)
		next = binary.BigEndian.Uint64(rows.Key()[1:]) + 1
	}
	return runs, next, rows.Error()
}

// pushed returns layers, newest first, with one more on top. Layers that are not much
// larger than those on top of them are merged, so that there are few.
func pushed(runs []*run, r *run) []*run {
	for len(runs) > 0 && inMemory(runs[:1]) <= 2*inMemory([]*run{r}) {
		r, runs = mergeRuns(r, runs[0]), runs[1:]
	}
	return append([]*run{r}, runs...)
}
