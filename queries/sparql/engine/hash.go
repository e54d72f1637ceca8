package engine

import (
	"context"

	"github.com/ententegraph/entente/graph"
)

// A table holds rows by the ids of key slots, for joins and for DISTINCT. It
// keeps only the slots that its rows can bind.
type table struct {
	x      *execution
	keys   []int // slots that every row of both sides binds
	kept   []int
	ids    []graph.ID // rows of kept slots, one behind the other
	next   []int32    // the row before it with the same hash, plus one
	heads  []int32    // by hash: the last row, plus one
	hashes []uint32
	bytes  int
}

func newTable(x *execution, keys, kept []int) *table {
	return &table{x: x, keys: keys, kept: kept, heads: make([]int32, 64)}
}

func hashOf(r row, slots []int) uint32 {
	h := uint64(0x9E3779B97F4A7C15)
	for _, s := range slots {
		h = (h ^ uint64(r[s])) * 0xBF58476D1CE4E5B9
		h ^= h >> 29
	}
	return uint32(h ^ h>>32)
}

func (t *table) len() int { return len(t.hashes) }

func (t *table) insert(r row) error {
	if t.len() >= len(t.heads) {
		t.grow()
	}
	bytes := 2 * (len(t.kept)*idSize + 12) // slices that grow are half empty
	t.bytes += bytes
	if err := t.x.hold(bytes); err != nil {
		return err
	}
	for _, s := range t.kept {
		t.ids = append(t.ids, r[s])
	}
	h := hashOf(r, t.keys)
	at := &t.heads[h&uint32(len(t.heads)-1)]
	t.hashes = append(t.hashes, h)
	t.next = append(t.next, *at)
	*at = int32(len(t.hashes))
	return nil
}

func (t *table) grow() {
	t.heads = make([]int32, 2*len(t.heads))
	for i, h := range t.hashes {
		at := &t.heads[h&uint32(len(t.heads)-1)]
		t.next[i] = *at
		*at = int32(i + 1)
	}
}

// first returns a candidate for a row, and -1 where there is none.
func (t *table) first(h uint32) int { return t.skip(int(t.heads[h&uint32(len(t.heads)-1)])-1, h) }

// after returns the candidate that follows.
func (t *table) after(i int, h uint32) int { return t.skip(int(t.next[i])-1, h) }

func (t *table) skip(i int, h uint32) int {
	for i >= 0 && t.hashes[i] != h {
		i = int(t.next[i]) - 1
	}
	return i
}

// at returns a row's kept ids.
func (t *table) at(i int) []graph.ID { return t.ids[i*len(t.kept) : (i+1)*len(t.kept)] }

// merge puts a row's ids where r has none, and reports whether the two are
// compatible; shared tells whether both bind some slot.
func (t *table) merge(i int, r row) (compatible, shared bool) {
	for j, id := range t.at(i) {
		if id == graph.Any {
			continue
		}
		at := &r[t.kept[j]]
		if *at == graph.Any {
			*at = id
		} else if *at == id {
			shared = true
		} else {
			return false, false
		}
	}
	return true, shared
}

// compatible is merge without a change of r.
func (t *table) compatible(i int, r row) (compatible, shared bool) {
	for j, id := range t.at(i) {
		other := r[t.kept[j]]
		if id == graph.Any || other == graph.Any {
			continue
		}
		if other != id {
			return false, false
		}
		shared = true
	}
	return true, shared
}

// same reports whether a row is the i-th, unbound slots included.
func (t *table) same(i int, r row) bool {
	for j, id := range t.at(i) {
		if r[t.kept[j]] != id {
			return false
		}
	}
	return true
}

// has reports whether the table has the row.
func (t *table) has(r row) bool {
	h := hashOf(r, t.keys)
	for i := t.first(h); i >= 0; i = t.after(i, h) {
		if t.same(i, r) {
			return true
		}
	}
	return false
}

func (t *table) release() {
	t.x.release(t.bytes)
	*t = table{x: t.x}
}

// A joinKind says what a hash join gives.
type joinKind uint8

const (
	joinInner    joinKind = iota
	joinOptional          // rows of the left alone where nothing joins
	joinMinus             // rows of the left for which nothing is compatible and shares a variable
	joinSemi              // rows of the left for which something is compatible
	joinAnti              // rows of the left for which nothing is compatible
)

// A hashJoin puts its right input into a table, and asks it for each row of
// the left. The condition of OPTIONAL is asked of each joined row.
type hashJoin struct {
	x           *execution
	kind        joinKind
	left, right operator
	table       *table
	condition   *filterExpr // of optional; nil for true
	built       bool
	out         batch
	in          *batch
	at          int
	candidate   int // in the table, for the row before at; -1 for none
	hash        uint32
	matched     bool
	asked       int // candidates since the context was looked at
}

func (j *hashJoin) next(ctx context.Context) (*batch, error) {
	if !j.built {
		if err := j.fill(ctx); err != nil {
			return nil, err
		}
		j.built, j.candidate = true, -1
		j.out.width = j.x.width
	}
	if j.kind == joinInner && j.table.len() == 0 {
		return nil, nil
	}
	j.out.reset()
	for {
		if j.in == nil || j.at == j.in.len() {
			if j.out.len() > 0 {
				return &j.out, nil
			}
			var err error
			if j.in, err = j.left.next(ctx); err != nil || j.in == nil {
				return nil, err
			}
			j.at = 0
			j.begin()
		}
		for j.at < j.in.len() {
			if j.out.len() >= batchRows {
				return &j.out, nil
			}
			if err := j.step(ctx); err != nil {
				return nil, err
			}
		}
	}
}

// fill reads the right input: each row, or where only its being there matters, each once.
func (j *hashJoin) fill(ctx context.Context) error {
	once := j.kind >= joinMinus
	return each(ctx, j.right, func(r row) (bool, error) {
		if once && j.table.has(r) {
			return true, nil
		}
		return true, j.table.insert(r)
	})
}

// begin looks up the row at.
func (j *hashJoin) begin() {
	if j.at < j.in.len() {
		j.hash = hashOf(j.in.row(j.at), j.table.keys)
		j.candidate, j.matched = j.table.first(j.hash), false
	}
}

// step tries one candidate of the row at, or goes on to the next row.
func (j *hashJoin) step(ctx context.Context) error {
	if j.asked++; j.asked%4096 == 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	r := j.in.row(j.at)
	if j.candidate < 0 {
		if j.matched == (j.kind == joinSemi) && j.kind != joinInner {
			j.out.add(r)
		}
		j.at++
		j.begin()
		return nil
	}
	i := j.candidate
	j.candidate = j.table.after(i, j.hash)
	if j.kind >= joinMinus {
		if ok, shared := j.table.compatible(i, r); ok && (shared || j.kind != joinMinus) {
			j.matched, j.candidate = true, -1
		}
		return nil
	}
	joined := j.out.add(r)
	ok, _ := j.table.merge(i, joined)
	if ok && j.condition != nil {
		var err error
		if ok, err = j.condition.holds(ctx, joined); err != nil {
			return err
		}
	}
	if !ok {
		j.out.drop()
		return nil
	}
	j.matched = true
	return nil
}

func (j *hashJoin) close() {
	j.left.close()
	j.right.close()
	j.table.release()
}
