package pebble

import (
	"sync/atomic"

	"github.com/ententegraph/entente/graph"
)

// version is what the store holds at one time. It is immutable, and lives as
// long as somebody refers to it: the store to the newest, a view to its own.
type version struct {
	fresh    []*run     // newest first
	frozen   []*run     // under the fresh ones; being written to a segment
	segments []*segment // under all runs; newest first
	layers   []layer    // all of them
	state    state
	refs     atomic.Int64
}

// newVersion returns a version with one reference to it.
func newVersion(fresh, frozen []*run, segments []*segment, st state) *version {
	v := &version{fresh: fresh, frozen: frozen, segments: segments, state: st}
	for _, runs := range [2][]*run{fresh, frozen} {
		for _, r := range runs {
			v.layers = append(v.layers, r)
		}
	}
	for _, s := range segments {
		s.refs.Add(1)
		v.layers = append(v.layers, s)
	}
	v.refs.Store(1)
	return v
}

// release gives one reference back.
func (v *version) release() {
	if v.refs.Add(-1) > 0 {
		return
	}
	for _, s := range v.segments {
		if s.refs.Add(-1) == 0 {
			s.free()
		}
	}
}

// inMemory returns the number of rows of runs.
func inMemory(runs []*run) (rows int64) {
	for _, r := range runs {
		added, removed := r.size()
		rows += added + removed
	}
	return rows
}

// counts of a term by place.
type counts [4]int64

func (c counts) any() bool { return c != counts{} }

// counts returns how many quads have a term in each place.
func (v *version) counts(id graph.ID) (c counts, err error) {
	for place := range graph.Place(4) {
		if c[place], err = count(v.layers, accessOf(graph.Pattern{}.With(place, id), graph.Unordered)); err != nil {
			return c, err
		}
	}
	return c, nil
}

// inQuads reports whether any quad has a term.
func (v *version) inQuads(id graph.ID) (bool, error) {
	for place := range graph.Place(4) {
		if id.IsInline() {
			place = (place + graph.Object) % 4 // where literals are
		}
		n, err := count(v.layers, accessOf(graph.Pattern{}.With(place, id), graph.Unordered))
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// pin returns the version that d reads, which stays as it is until unpin.
func (d *dataset) pin() *version {
	if d.live == nil {
		return d.version
	}
	return d.live.current()
}

func (d *dataset) unpin(v *version) {
	if d.live != nil {
		v.release()
	}
}

// current returns the newest version, with a reference to it.
func (s *Store) current() *version {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	s.version.refs.Add(1)
	return s.version
}

// publish makes a version the newest. The caller holds publishing.
func (s *Store) publish(v *version) {
	old := s.version
	s.version = v
	if old != nil {
		old.release()
	}
}

// terms is a bounded cache of terms by id. An id never gets another term, so
// what it holds is right for every version.
type termCache struct{ slots []atomic.Pointer[cachedTerm] }

type cachedTerm struct {
	id   graph.ID
	term graph.Term
}

// Slots of the cache, and the length of the longest terms in it, in bytes.
const (
	cachedTerms     = 1 << 16
	longestInCached = 512
)

func newTermCache() *termCache {
	return &termCache{make([]atomic.Pointer[cachedTerm], cachedTerms)}
}

func (c *termCache) slot(id graph.ID) *atomic.Pointer[cachedTerm] {
	return &c.slots[uint64(id)%cachedTerms]
}

func (c *termCache) get(id graph.ID) (graph.Term, bool) {
	if e := c.slot(id).Load(); e != nil && e.id == id {
		return e.term, true
	}
	return graph.Term{}, false
}

func (c *termCache) put(id graph.ID, t graph.Term) {
	if len(t.Value) <= longestInCached {
		c.slot(id).Store(&cachedTerm{id, t})
	}
}
