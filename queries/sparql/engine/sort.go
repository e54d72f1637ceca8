package engine

import (
	"container/heap"
	"context"
	"slices"

	"github.com/ententegraph/entente/queries/sparql/value"
)

// A sortKey is a compiled condition of ORDER BY.
type sortKey struct {
	expr       expr
	descending bool
}

// sortedRow is a row with the values of its keys, and its place in the input,
// which decides between equals.
type sortedRow struct {
	ids  row
	keys []value.Value
	at   int
}

// A sorter sorts its input. Where only the first rows are wanted it keeps no
// more than those, in a heap with the last of them on top.
type sorter struct {
	x     *execution
	input operator
	keys  []sortKey
	first int64 // negative for all
	rows  []sortedRow
	bytes int
	done  bool
	given int
	out   batch
}

func (s *sorter) compare(a, b *sortedRow) int {
	for i, k := range s.keys {
		c := value.Order(a.keys[i], b.keys[i])
		if k.descending {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return a.at - b.at
}

// The heap of the first rows: heap.Interface over s.rows.
type topRows struct{ *sorter }

func (t topRows) Len() int           { return len(t.rows) }
func (t topRows) Less(i, j int) bool { return t.compare(&t.rows[i], &t.rows[j]) > 0 }
func (t topRows) Swap(i, j int)      { t.rows[i], t.rows[j] = t.rows[j], t.rows[i] }
func (t topRows) Push(r any)         { t.rows = append(t.rows, r.(sortedRow)) }
func (t topRows) Pop() any           { panic("engine: rows are replaced, never taken out") }

// isBehind reports whether the ids alone tell that a row comes behind all of
// the first rows: inline ids of one kind are in the order of their values.
func (s *sorter) isBehind(r row) bool {
	if s.first <= 0 || int64(len(s.rows)) < s.first {
		return false
	}
	v, ok := s.keys[0].expr.(variable)
	if !ok {
		return false
	}
	id, last := r[v.slot], s.rows[0].ids[v.slot]
	const kind = 60 // the bits below are the value
	if id>>kind != last>>kind || !id.IsInline() || !last.IsInline() || id&localTag == localTag {
		return false
	}
	if s.keys[0].descending {
		return id < last
	}
	return id > last
}

const keySize = 128 // bytes of a key's value with its text, about

func (s *sorter) sort(ctx context.Context) error {
	size := s.x.width*idSize + len(s.keys)*keySize + 64
	at := 0
	scratch := make([]value.Value, len(s.keys))
	err := each(ctx, s.input, func(r row) (bool, error) {
		if s.isBehind(r) {
			at++
			return true, nil
		}
		for i, k := range s.keys {
			var err error
			if scratch[i], err = valueOrUnbound(ctx, k.expr, r); err != nil {
				return false, err
			}
		}
		next := sortedRow{ids: r, keys: scratch, at: at}
		at++
		full := s.first >= 0 && int64(len(s.rows)) >= s.first
		if full && (s.first == 0 || s.compare(&next, &s.rows[0]) > 0) {
			return s.first != 0, nil
		}
		if full {
			top := &s.rows[0]
			copy(top.ids, r)
			copy(top.keys, scratch)
			top.at = next.at
			heap.Fix(topRows{s}, 0)
			return true, nil
		}
		next.ids, next.keys = slices.Clone(r), slices.Clone(scratch)
		s.bytes += size
		if err := s.x.hold(size); err != nil {
			return false, err
		}
		if s.first < 0 {
			s.rows = append(s.rows, next)
		} else {
			heap.Push(topRows{s}, next)
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	compared := 0
	var stopped error
	slices.SortFunc(s.rows, func(a, b sortedRow) int {
		if compared++; compared%4096 == 0 && stopped == nil {
			stopped = ctx.Err()
		}
		if stopped != nil {
			return 0
		}
		return s.compare(&a, &b)
	})
	return stopped
}

func (s *sorter) next(ctx context.Context) (*batch, error) {
	if !s.done {
		if err := s.sort(ctx); err != nil {
			return nil, err
		}
		s.done = true
		s.out.width = s.x.width
	}
	s.out.reset()
	for ; s.given < len(s.rows) && s.out.len() < batchRows; s.given++ {
		s.out.add(s.rows[s.given].ids)
	}
	if s.out.len() == 0 {
		return nil, ctx.Err()
	}
	return &s.out, nil
}

func (s *sorter) close() {
	s.input.close()
	s.x.release(s.bytes)
	s.rows, s.bytes = nil, 0
}
