package pebble

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
)

// ErrFormat is wrapped by the error of opening a store whose key layout this program does not know.
var ErrFormat = errors.New("unknown format of the store")

// errClosed is wrapped by the error of using what was closed.
var errClosed = errors.New("already closed")

// Options tell how to open a store; the zero Options are the safe choice.
type Options struct {
	ReadOnly  bool   // refuse changes; the store must exist
	NoSync    bool   // do not wait for the disk at each change: a power cut may lose the last ones
	CacheSize int64  // bytes of the block cache; 0 means 256 MiB
	FS        vfs.FS // the file system; nil means the operating system's
}

// defaultCache holds the indexes of some million quads, so that joins do not read
// and unpack the same blocks again and again.
const defaultCache = 256 << 20

// A Store keeps quads in a folder, or in memory. All methods may be called at
// once from several goroutines; changes are made one after the other.
type Store struct {
	path     string
	db       *pebble.DB
	lock     *folderLock
	write    *pebble.WriteOptions
	readOnly bool

	closing sync.RWMutex // held, for reading, while a view is opened
	views   atomic.Int64
	closed  atomic.Bool

	changing sync.Mutex // held while a change is made
	state    state      // as committed; guarded by changing
}

var _ graph.Store = (*Store)(nil)

// OpenMemory returns an empty store that lives in memory only.
func OpenMemory() (*Store, error) {
	return Open("graph", Options{FS: vfs.NewMem(), NoSync: true})
}

// Open opens the store in the folder path, and creates it where there is none.
// The error wraps [graph.ErrLocked] when another process has it open (see
// [LockedError]), [graph.ErrNoStore] when o.ReadOnly is set and there is none,
// and [ErrFormat] when a newer program wrote it.
func Open(path string, o Options) (*Store, error) {
	s, err := open(path, o)
	if err != nil {
		return nil, fmt.Errorf("pebble: opening %s: %w", path, err)
	}
	return s, nil
}

func open(path string, o Options) (_ *Store, err error) {
	if o.FS == nil {
		o.FS = vfs.Default
	}
	if o.CacheSize == 0 {
		o.CacheSize = defaultCache
	}
	exists, err := storeIn(path, o.FS)
	if err != nil {
		return nil, err
	}
	if !exists && o.ReadOnly {
		return nil, graph.ErrNoStore
	}
	if err := o.FS.MkdirAll(path, 0o755); err != nil {
		return nil, err
	}
	lock, err := lockFolder(path, o.FS)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			lock.release()
		}
	}()

	cache := pebble.NewCache(o.CacheSize)
	defer cache.Unref()
	options := &pebble.Options{
		Cache:              cache,
		FS:                 o.FS,
		FormatMajorVersion: pebble.FormatNewest,
		Lock:               lock.lock,
		Logger:             quiet{},
		MemTableSize:       32 << 20,
		ReadOnly:           o.ReadOnly,
	}
	for i := range options.Levels {
		options.Levels[i].FilterPolicy = bloom.FilterPolicy(10)
	}
	db, err := pebble.Open(path, options)
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, db: db, lock: lock, readOnly: o.ReadOnly, write: pebble.Sync}
	if o.NoSync {
		s.write = pebble.NoSync
	}
	if s.state, err = prepare(db, s.write, o.ReadOnly); err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

// storeIn reports whether a folder holds a store already.
func storeIn(path string, folder vfs.FS) (bool, error) {
	desc, err := pebble.Peek(path, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return desc.Exists, nil
}

// prepare checks the format of an open database, gives an empty one its first rows, and returns its state.
func prepare(db *pebble.DB, write *pebble.WriteOptions, readOnly bool) (state, error) {
	first := state{next: graph.DefaultGraph + 1}
	format, err := get(db, keyFormat)
	if errors.Is(err, pebble.ErrNotFound) {
		it, err := db.NewIter(nil)
		if err != nil {
			return state{}, err
		}
		empty := !it.First()
		if err := errors.Join(it.Error(), it.Close()); err != nil {
			return state{}, err
		}
		switch {
		case !empty:
			return state{}, fmt.Errorf("%w: this Pebble database is not a graph", ErrFormat)
		case readOnly:
			return state{}, graph.ErrNoStore
		}
		b := db.NewBatch()
		defer b.Close()
		if err := errors.Join(
			b.Set(keyFormat, strconv.AppendInt(nil, formatVersion, 10), nil),
			b.Set(keyState, first.encode(), nil),
			b.Commit(write),
		); err != nil {
			return state{}, err
		}
		return first, nil
	}
	if err != nil {
		return state{}, err
	}
	if v, err := strconv.Atoi(string(format)); err != nil || v < 1 || v > formatVersion {
		return state{}, fmt.Errorf("%w: it has format %q and this program reads formats 1 to %d; use the newer program that wrote it",
			ErrFormat, format, formatVersion)
	}
	return readState(db)
}

func readState(r pebble.Reader) (state, error) {
	b, err := get(r, keyState)
	if err != nil {
		return state{}, fmt.Errorf("reading the row %s: %w", keyState, err)
	}
	return decodeState(b)
}

// get returns a copy of the value of a key, or pebble.ErrNotFound.
func get(r pebble.Reader, key []byte) ([]byte, error) {
	v, closer, err := r.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return append([]byte{}, v...), nil
}

// Close releases the store. It refuses, and leaves the store open, as long as views are open.
func (s *Store) Close() error {
	s.changing.Lock()
	defer s.changing.Unlock()
	s.closing.Lock()
	defer s.closing.Unlock()
	if n := s.views.Load(); n > 0 {
		return fmt.Errorf("pebble: closing %s: %d views are still open", s.path, n)
	}
	if s.closed.Swap(true) {
		return nil
	}
	if err := errors.Join(s.db.Close(), s.lock.release()); err != nil {
		return fmt.Errorf("pebble: closing %s: %w", s.path, err)
	}
	return nil
}

// quiet keeps Pebble from writing to the standard error.
type quiet struct{}

func (quiet) Infof(string, ...any)  {}
func (quiet) Errorf(string, ...any) {}

// Fatalf is called when going on would lose data, as when the disk is full
// while the log is written. It must not return.
func (quiet) Fatalf(format string, args ...any) {
	panic("pebble: " + fmt.Sprintf(format, args...))
}
