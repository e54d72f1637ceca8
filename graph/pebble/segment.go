package pebble

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/columns"
)

// segment is a layer in files: one for each order and for what is added and
// taken away, where that is anything.
type segment struct {
	description
	files    [2][]*columns.File // what is added, and taken away, by order less one
	refs     atomic.Int64       // from versions
	replaced atomic.Bool        // the manifest has it no more
	free     func()             // gives the memory back, and removes the files if it was replaced
}

// description is what the manifest says of a segment.
type description struct {
	Number  uint64 `json:"number"`
	Added   int64  `json:"added"`
	Removed int64  `json:"removed"`
}

var _ layer = (*segment)(nil)

func (s *segment) size() (added, removed int64) { return s.Added, s.Removed }

func (s *segment) source(o graph.Order, removed bool) source {
	if f := s.file(o, removed); f != nil {
		return f.Reader()
	}
	return nil
}

// file returns nil where nothing is added, or taken away.
func (s *segment) file(o graph.Order, removed bool) *columns.File {
	files := s.files[0]
	if removed {
		files = s.files[1]
	}
	if len(files) == 0 {
		return nil
	}
	return files[o-graph.SPOG]
}

// manifest is the row !manifest: the segments of the store, newest first.
type manifest struct {
	Segments []description `json:"segments"`
}

func manifestOf(segments []*segment) []byte {
	m := manifest{Segments: []description{}}
	for _, s := range segments {
		m.Segments = append(m.Segments, s.description)
	}
	text, _ := json.Marshal(m) // of numbers: it cannot fail
	return text
}

func readManifest(r pebble.Reader) (m manifest, err error) {
	text, err := get(r, keyManifest)
	if err != nil {
		return m, fmt.Errorf("reading the row %s: %w", keyManifest, err)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("the row %s is unreadable (%w); the store is damaged", keyManifest, err)
	}
	return m, nil
}

// folder is where a store keeps its files of columns.
type folder struct {
	path string
	fs   vfs.FS
}

func (f folder) file(number uint64, o graph.Order, removed bool) string {
	name := fmt.Sprintf("%06d.%s", number, o)
	if removed {
		name += "-removed"
	}
	return f.fs.PathJoin(f.path, name)
}

// open opens the files of a segment.
func (f folder) open(d description) (_ *segment, err error) {
	s := &segment{description: d}
	var frees []func() error
	s.free = func() {
		for _, free := range frees {
			free() // memory that cannot be given back is lost until the process ends, and nothing else
		}
		if s.replaced.Load() {
			f.remove(d.Number)
		}
	}
	defer func() {
		if err != nil {
			s.free()
		}
	}()
	for i, rows := range [2]int64{d.Added, d.Removed} {
		if rows == 0 {
			continue
		}
		for _, o := range graph.Orders() {
			name := f.file(d.Number, o, i == 1)
			data, free, err := f.read(name)
			if err != nil {
				return nil, err
			}
			frees = append(frees, free)
			file, err := columns.Open(name, data)
			if err != nil {
				return nil, err
			}
			if file.Len() != rows || file.Order() != o {
				return nil, fmt.Errorf("%s: %w: it has %d rows in the order %s, and %d rows in the order %s are expected; restore it from a backup",
					name, columns.ErrDamaged, file.Len(), file.Order(), rows, o)
			}
			s.files[i] = append(s.files[i], file)
		}
	}
	return s, nil
}

// read returns the bytes of a file: mapped, where the operating system has it.
func (f folder) read(name string) (data []byte, free func() error, err error) {
	if f.fs == vfs.Default {
		return mapFile(name)
	}
	file, err := f.fs.Open(name)
	if err != nil {
		return nil, nil, err
	}
	data, err = io.ReadAll(file)
	return data, func() error { return nil }, errors.Join(err, file.Close())
}

// remove removes the files of a segment, as far as that is possible: what is
// left is removed when the store is opened.
func (f folder) remove(number uint64) {
	for _, o := range graph.Orders() {
		f.fs.Remove(f.file(number, o, false))
		f.fs.Remove(f.file(number, o, true))
	}
}

// tidy removes files that are not of these segments, and returns a number above those of all files.
func (f folder) tidy(segments []description, readOnly bool) (next uint64, err error) {
	known := map[uint64]bool{}
	for _, s := range segments {
		known[s.Number] = true
		next = max(next, s.Number+1)
	}
	names, err := f.fs.List(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return next, nil
	}
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		digits, _, _ := strings.Cut(name, ".")
		number, err := strconv.ParseUint(digits, 10, 64)
		if err != nil {
			continue // not ours
		}
		next = max(next, number+1)
		if !known[number] && !readOnly {
			if err := f.fs.Remove(f.fs.PathJoin(f.path, name)); err != nil {
				return 0, err
			}
		}
	}
	return next, nil
}

// write writes what layers do together to the files of a new segment, durably,
// and opens it. It returns nil where they do nothing.
func (f folder) write(ctx context.Context, number uint64, layers []layer) (_ *segment, err error) {
	defer func() {
		if err != nil {
			f.remove(number)
		}
	}()
	d := description{Number: number}
	for _, o := range graph.Orders() {
		for _, removed := range [2]bool{false, true} {
			rows := &d.Added
			if removed {
				rows = &d.Removed
			}
			if o != graph.SPOG && *rows == 0 {
				continue
			}
			n, err := f.writeFile(ctx, number, o, layers, removed)
			if err != nil {
				return nil, err
			}
			if o == graph.SPOG {
				*rows = n
			} else if n != *rows {
				return nil, fmt.Errorf("%d rows in the order %s, and %d in the order %s; the store is damaged", *rows, graph.SPOG, n, o)
			}
		}
	}
	if d.Added == 0 {
		f.fs.Remove(f.file(number, graph.SPOG, false))
	}
	if d.Removed == 0 {
		f.fs.Remove(f.file(number, graph.SPOG, true))
	}
	if err := f.sync(); err != nil {
		return nil, err
	}
	if d.Added+d.Removed == 0 {
		return nil, nil
	}
	return f.open(d)
}

// sync makes the names of new files durable.
func (f folder) sync() error {
	dir, err := f.fs.OpenDir(f.path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func (f folder) writeFile(ctx context.Context, number uint64, o graph.Order, layers []layer, removed bool) (rows int64, err error) {
	if removed {
		layers = turned(layers)
	}
	s, err := newScanner(&dataset{closed: func() bool { return false }}, layers, access{order: o})
	if err != nil {
		return 0, err
	}
	s.partial, s.chunk = true, fullBatch
	file, err := f.fs.Create(f.file(number, o, removed), vfs.WriteCategoryUnspecified)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out := bufio.NewWriterSize(file, 1<<18)
	w := columns.NewWriter(out, o)
	for {
		batch, err := s.Next(ctx)
		if err != nil {
			return 0, err
		}
		if len(batch) == 0 {
			break
		}
		if err := w.Append(batch); err != nil {
			return 0, err
		}
	}
	return w.Len(), errors.Join(w.Finish(), out.Flush(), file.Sync())
}

// opposite adds what a layer takes away, and takes away what it adds.
type opposite struct{ layer }

func (l opposite) size() (added, removed int64) {
	added, removed = l.layer.size()
	return removed, added
}

func (l opposite) source(o graph.Order, removed bool) source { return l.layer.source(o, !removed) }

func turned(layers []layer) []layer {
	out := make([]layer, len(layers))
	for i, l := range layers {
		out[i] = opposite{l}
	}
	return out
}
