package pebble

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
)

// An enterer puts the terms of a load into the dictionary, in the background:
// it sorts the rows of many terms and hands them to Pebble as finished tables,
// which spares the log, the sorting of memory tables and their flushing.
type enterer struct {
	store  *Store
	most   int // bytes held, about
	work   chan entered
	failed atomic.Pointer[error]
	ended  chan struct{}
	number int // of tables written

	first graph.ID // of the terms at hand, which have ids in sequence
	keys  []byte   // their keys: rowTerm and the encoding
	ends  []int    // of the keys
	words map[string][]wordUse
	size  int // of all that, in bytes
}

// entered are terms for ids from first on, or, where there are none, a wish to
// know when all before them are in the dictionary.
type entered struct {
	first graph.ID
	terms []graph.Term
	told  chan struct{}
}

func newEnterer(s *Store, most int) *enterer {
	e := &enterer{store: s, most: most, work: make(chan entered, 4), ended: make(chan struct{}), words: map[string][]wordUse{}}
	go e.run()
	return e
}

func (e *enterer) run() {
	defer close(e.ended)
	for w := range e.work {
		if e.failed.Load() == nil {
			if err := e.enter(w); err != nil {
				e.failed.Store(&err)
			}
		}
		if w.told != nil {
			close(w.told)
		}
	}
}

// put hands terms over, which the enterer keeps. It must not be called from several goroutines at once.
func (e *enterer) put(ctx context.Context, first graph.ID, terms []graph.Term) error {
	if err := e.failed.Load(); err != nil {
		return *err
	}
	select {
	case e.work <- entered{first: first, terms: terms}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// flushed asks for all terms to be put into the dictionary, and returns what is closed when they are.
func (e *enterer) flushed(ctx context.Context) (<-chan struct{}, error) {
	told := make(chan struct{})
	select {
	case e.work <- entered{told: told}:
		return told, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// wait waits until all terms are in the dictionary.
func (e *enterer) wait(ctx context.Context) error {
	told, err := e.flushed(ctx)
	if err != nil {
		return err
	}
	select {
	case <-told:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := e.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// stop gives up what is not in the dictionary yet.
func (e *enterer) stop() {
	stopped := errors.New("the load was given up")
	e.failed.CompareAndSwap(nil, &stopped)
	close(e.work)
	<-e.ended
}

// useSize is about what a use of a word takes in memory, in bytes.
const useSize = 40

func (e *enterer) enter(w entered) error {
	if len(e.ends) == 0 {
		e.first = w.first
	}
	for i, t := range w.terms {
		e.keys = appendTerm(append(e.keys, rowTerm), t)
		e.ends = append(e.ends, len(e.keys))
		e.addWords(t, w.first+graph.ID(i))
	}
	e.size += useSize * len(w.terms)
	if e.size+len(e.keys) < e.most && w.told == nil || len(e.ends) == 0 {
		return nil
	}
	if err := e.flush(); err != nil {
		return fmt.Errorf("pebble: entering terms in %s: %w", e.store.path, err)
	}
	return nil
}

func (e *enterer) addWords(t graph.Term, id graph.ID) {
	if !t.HasText() {
		return
	}
	words := graph.Words(t.Value)
	for _, word := range words {
		uses := e.words[word]
		if n := len(uses); n > 0 && uses[n-1].id == id {
			uses[n-1].use.Count++
			continue
		}
		e.words[word] = append(uses, wordUse{id, graph.WordUse{Count: 1, Length: len(words)}})
		e.size += useSize
	}
}

// key returns the key of a term by its number among those at hand.
func (e *enterer) key(n int) []byte {
	from := 0
	if n > 0 {
		from = e.ends[n-1]
	}
	return e.keys[from:e.ends[n]:e.ends[n]]
}

// flush writes a table of each kind of row, and has Pebble take them all in one step.
func (e *enterer) flush() error {
	var tables []string
	for _, write := range []func(*table) error{e.hashedRows, e.idRows, e.termRows, e.wordRows} {
		t, err := e.table()
		if err != nil {
			return err
		}
		err = write(t)
		if err = errors.Join(err, t.close()); err != nil {
			return err
		}
		if t.rows == 0 {
			err = e.store.folder.fs.Remove(t.name)
		} else {
			tables = append(tables, t.name)
		}
		if err != nil {
			return err
		}
	}
	e.keys, e.ends, e.size = e.keys[:0], e.ends[:0], 0
	clear(e.words)
	return e.store.ingest(tables)
}

func (s *Store) ingest(tables []string) (err error) {
	if err := s.room(); err != nil { // Pebble cannot go on after it failed to write
		return err
	}
	defer s.catch(&err)
	return s.db.Ingest(context.Background(), tables)
}

func (e *enterer) idRows(t *table) error {
	for n := range e.ends {
		if err := t.set(keyOfID(rowID, e.first+graph.ID(n)), e.key(n)[1:]); err != nil {
			return err
		}
	}
	return nil
}

func (e *enterer) termRows(t *table) error {
	sorted := make([]int32, 0, len(e.ends))
	for n := range e.ends {
		if len(e.key(n)) <= 1+longestKey {
			sorted = append(sorted, int32(n))
		}
	}
	slices.SortFunc(sorted, func(a, b int32) int { return bytes.Compare(e.key(int(a)), e.key(int(b))) })
	for _, n := range sorted {
		if err := t.set(e.key(int(n)), e.id(int(n))); err != nil {
			return err
		}
	}
	return nil
}

func (e *enterer) hashedRows(t *table) error {
	type hashed struct {
		sum [sha256.Size]byte
		n   int
	}
	var all []hashed
	for n := range e.ends {
		if key := e.key(n); len(key) > 1+longestKey {
			all = append(all, hashed{sha256.Sum256(key[1:]), n})
		}
	}
	slices.SortFunc(all, func(a, b hashed) int { return bytes.Compare(a.sum[:], b.sum[:]) })
	for _, h := range all {
		if err := t.set(append([]byte{rowHashed}, h.sum[:]...), e.id(h.n)); err != nil {
			return err
		}
	}
	return nil
}

func (e *enterer) id(n int) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(e.first)+uint64(n))
}

func (e *enterer) wordRows(t *table) error {
	for _, word := range slices.Sorted(maps.Keys(e.words)) {
		key := keyOfWord(word)
		for _, u := range e.words[word] {
			if err := t.set(binary.BigEndian.AppendUint64(key[:len(key):len(key)], uint64(u.id)), u.value()); err != nil {
				return err
			}
		}
	}
	return nil
}

// A table is a file of sorted rows that Pebble can take over.
type table struct {
	name   string
	writer *sstable.Writer
	rows   int
}

func (e *enterer) table() (*table, error) {
	spill := newSpill(e.store)
	if err := spill.fs.MkdirAll(spill.folder, 0o755); err != nil {
		return nil, err
	}
	e.number++
	name := spill.fs.PathJoin(spill.folder, fmt.Sprintf("%06d.terms", e.number))
	file, err := spill.fs.Create(name, vfs.WriteCategoryUnspecified)
	if err != nil {
		return nil, err
	}
	return &table{name: name, writer: sstable.NewWriter(objstorageprovider.NewFileWritable(file), e.store.tables)}, nil
}

func (t *table) set(key, value []byte) error {
	t.rows++
	return t.writer.Set(key, value)
}

// close ends the file and waits until it is on disk.
func (t *table) close() error { return t.writer.Close() }
