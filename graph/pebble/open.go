package pebble

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/sstable"
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
	Existing  bool   // the store must exist
	NoSync    bool   // do not wait for the disk at each change: a power cut may lose the last ones
	CacheSize int64  // bytes of the block cache; 0 means 256 MiB
	FS        vfs.FS // the file system; nil means the operating system's
	MergeAt   int    // quads in memory when they are written to columns; 0 means 131,072
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
	folder   folder
	cache    *termCache
	sync     bool // wait for the disk
	readOnly bool
	mergeAt  int64
	tables   sstable.WriterOptions // of tables that loads write for Pebble

	backingUp sync.Mutex // held while a backup is written; to be locked before merging

	closing sync.RWMutex // held, for reading, while a view is opened
	views   atomic.Int64
	closed  atomic.Bool
	failed  atomic.Pointer[error] // why the store can only be read

	changing   sync.Mutex // held while a change is made
	journal    uint64     // the next row of it
	frozenUpTo uint64     // the last row that frozen layers stand for

	publishing sync.Mutex // held while the version is read or replaced; to be locked after changing
	version    *version   // the newest

	merging  sync.Mutex    // held while segments are written; to be locked before changing
	segments atomic.Uint64 // the number of the next
	wake     chan struct{} // tells settle that there is something to merge
	stop     func()        // ends settle
	settled  chan struct{} // is closed when settle has ended
	merged   *sync.Cond    // settle has tried; with changing
	attempts int           // how often it has
	mergeErr error         // what came of it
}

var _ graph.Store = (*Store)(nil)

// OpenMemory returns an empty store that lives in memory only.
func OpenMemory() (*Store, error) {
	return Open("graph", Options{FS: vfs.NewMem(), NoSync: true})
}

// Open opens the store in the folder path, and creates it where there is none.
// The error wraps [graph.ErrLocked] when another process has it open (see
// [LockedError]), [graph.ErrNoStore] when o.ReadOnly or o.Existing is set and there is none,
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
	if err := putBack(path, o.FS); err != nil {
		return nil, err
	}
	exists, err := storeIn(path, o.FS)
	if err != nil {
		return nil, err
	}
	if !exists && (o.ReadOnly || o.Existing) {
		return nil, graph.ErrNoStore
	}
	if err := o.FS.MkdirAll(path, 0o755); err != nil {
		return nil, err
	}
	if !exists {
		if err := (folder{o.FS.PathDir(path), o.FS}).sync(); err != nil {
			return nil, err
		}
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
	options.EnsureDefaults()
	db, err := pebble.Open(path, options)
	if err != nil {
		return nil, err
	}
	s := &Store{
		path: path, db: db, lock: lock, readOnly: o.ReadOnly, sync: !o.NoSync, mergeAt: int64(o.MergeAt), cache: newTermCache(),
		folder: folder{o.FS.PathJoin(path, "columns"), o.FS}, wake: make(chan struct{}, 1), settled: make(chan struct{}),
		tables: options.MakeWriterOptions(0, db.TableFormat()),
	}
	s.merged = sync.NewCond(&s.changing)
	if s.mergeAt == 0 {
		s.mergeAt = defaultMerge
	}
	if err := s.load(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	if o.ReadOnly {
		close(s.settled)
	} else {
		go s.settle(ctx)
		s.wake <- struct{}{}
	}
	return s, nil
}

// load reads what the store holds, of an older format after bringing it to this one.
func (s *Store) load() error {
	format, err := prepare(s.db, s.readOnly)
	if err != nil {
		return err
	}
	if !s.readOnly {
		if err := s.folder.fs.MkdirAll(s.folder.path, 0o755); err != nil {
			return err
		}
		if err := (folder{s.path, s.folder.fs}).sync(); err != nil { // or the folder is gone after a crash, with all in it
			return err
		}
	}
	if format < formatVersion {
		if s.readOnly {
			return fmt.Errorf("%w: it has the older format %d; open it for writing once", ErrFormat, format)
		}
		if err := s.migrate(format); err != nil {
			return fmt.Errorf("bringing it from format %d to %d: %w", format, formatVersion, err)
		}
	}
	if !s.readOnly {
		if err := errors.Join(s.undoBulk(), newSpill(s).clear()); err != nil {
			return fmt.Errorf("undoing a load that did not end: %w", err)
		}
	}
	m, err := readManifest(s.db)
	if err != nil {
		return err
	}
	next, err := s.folder.tidy(m.Segments, s.readOnly)
	if err != nil {
		return err
	}
	s.segments.Store(next)
	st, err := readState(s.db)
	if err != nil {
		return err
	}
	runs, journal, err := readJournal(context.Background(), s.db)
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	s.journal = journal
	var segments []*segment
	for _, d := range m.Segments {
		seg, err := s.folder.open(d)
		if err != nil {
			for _, opened := range segments {
				opened.free()
			}
			return err
		}
		segments = append(segments, seg)
	}
	s.version = newVersion(runs, nil, segments, st)
	if s.readOnly {
		return nil
	}
	if err := s.sweepAll(); err != nil {
		s.version.release()
		return fmt.Errorf("ending a removal that was cut off: %w", err)
	}
	return nil
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

// prepare checks the format of an open database, gives an empty one its first rows, and returns its format.
func prepare(db *pebble.DB, readOnly bool) (int, error) {
	format, err := get(db, keyFormat)
	if errors.Is(err, pebble.ErrNotFound) {
		it, err := db.NewIter(nil)
		if err != nil {
			return 0, err
		}
		empty := !it.First()
		if err := errors.Join(it.Error(), it.Close()); err != nil {
			return 0, err
		}
		switch {
		case !empty:
			return 0, fmt.Errorf("%w: this Pebble database is not a graph", ErrFormat)
		case readOnly:
			return 0, graph.ErrNoStore
		}
		b := db.NewBatch()
		defer b.Close()
		return formatVersion, errors.Join(
			b.Set(keyFormat, strconv.AppendInt(nil, formatVersion, 10), nil),
			b.Set(keyState, state{next: graph.DefaultGraph + 1}.encode(), nil),
			b.Set(keyManifest, manifestOf(nil), nil),
			b.Commit(pebble.Sync),
		)
	}
	if err != nil {
		return 0, err
	}
	v, err := strconv.Atoi(string(format))
	if err != nil || v < 1 || v > formatVersion {
		return 0, fmt.Errorf("%w: it has format %q and this program reads formats 1 to %d; use the newer program that wrote it",
			ErrFormat, format, formatVersion)
	}
	return v, nil
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
	s.merged.Broadcast()
	s.stop()
	s.changing.Unlock() // settle may wait for it
	<-s.settled
	s.changing.Lock()
	s.version.release()
	if err := errors.Join(s.closeDatabase(), s.lock.release()); err != nil {
		return fmt.Errorf("pebble: closing %s: %w", s.path, err)
	}
	return nil
}

// closeDatabase first writes what the log holds to tables, so that it needs not
// be read again when the store is opened. On a disk that cannot be written to,
// Pebble would end the process instead of failing.
func (s *Store) closeDatabase() (err error) {
	defer func() {
		if p := recover(); p != nil {
			fatal, ok := p.(fatalError)
			if !ok {
				panic(p)
			}
			err = fatal
		}
	}()
	if !s.readOnly && s.failed.Load() == nil && s.mergeErr == nil && s.lock.writePID() == nil && s.room() == nil {
		err = s.db.Flush()
	}
	return errors.Join(err, s.db.Close())
}

// reserve is how many bytes must be free on the disk before a change is made.
const reserve = 64 << 20

// room returns an error where the disk is too full for a change.
func (s *Store) room() error {
	usage, err := s.folder.fs.GetDiskUsage(s.path)
	if err != nil || usage.AvailBytes >= reserve { // not every file system says
		return nil
	}
	return fmt.Errorf("the disk is full: %d MB are free, and %d are needed; make room", usage.AvailBytes>>20, reserve>>20)
}

// quiet keeps Pebble from writing to the standard error.
type quiet struct{}

func (quiet) Infof(string, ...any)  {}
func (quiet) Errorf(string, ...any) {}

// Fatalf is called when Pebble cannot write any more, as when the disk is full
// while the log is written. It must not return.
func (quiet) Fatalf(format string, args ...any) {
	panic(fatalError{fmt.Errorf(format, args...)})
}

// fatalError is what Pebble panics with when it cannot write any more.
type fatalError struct{ error }

func (e fatalError) Unwrap() error { return e.error }
