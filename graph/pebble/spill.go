package pebble

import (
	"context"
	"errors"
	"io"
	"slices"
	"unsafe"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
)

const (
	rowSize   = 32        // bytes of a quad of ids
	mergeRows = 4096      // rows that are handed on together
	readSize  = 128 << 10 // bytes read ahead from a run, at most

	keptRows = "rows" // name of the file of rows
)

// A spill keeps rows in files beside the store that need not outlive the
// process: one of all rows, in runs that fit into memory, each in the order
// SPOG, and for each other order that is being written one of the same runs in that order.
type spill struct {
	fs     vfs.FS
	folder string
	file   vfs.File // of the rows; nil while there are none
	runs   int
	rows   int64
}

func newSpill(s *Store) *spill {
	return &spill{fs: s.folder.fs, folder: s.folder.fs.PathJoin(s.path, "bulk")}
}

// clear removes the files.
func (s *spill) clear() error {
	var err error
	if s.file != nil {
		err = s.file.Close()
		s.file = nil
	}
	return errors.Join(err, s.fs.RemoveAll(s.folder))
}

// keep adds a run, which is in the order SPOG.
func (s *spill) keep(rows []graph.Encoded) error {
	if s.file == nil {
		err := s.fs.MkdirAll(s.folder, 0o755)
		if err == nil {
			s.file, err = s.create(keptRows)
		}
		if err != nil {
			return err
		}
	}
	s.runs++
	s.rows += int64(len(rows))
	_, err := s.file.Write(bytesOf(rows))
	return err
}

func (s *spill) create(name string) (vfs.File, error) {
	return s.fs.Create(s.fs.PathJoin(s.folder, name), vfs.WriteCategoryUnspecified)
}

func (s *spill) flush() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file = nil
	return err
}

// merge hands on all rows in an order. All runs but the last have limit rows.
func (s *spill) merge(ctx context.Context, o graph.Order, limit int, sorter *sorter, take func([]graph.Encoded) error) error {
	sorted, err := s.sortRuns(ctx, o, limit, sorter)
	if err != nil {
		return err
	}
	defer sorted.Close()
	// A heap of the runs, by the row that comes next.
	ahead := min(readSize/rowSize, max(limit/s.runs, 1))
	var heap []*runReader
	for i := range int64(s.runs) {
		from := i * int64(limit)
		r := &runReader{file: sorted, at: from * rowSize, left: min(int64(limit), s.rows-from), places: o.Places(), buf: make([]graph.Encoded, 0, ahead)}
		if _, err := r.next(); err != nil {
			return err
		}
		heap = append(heap, r)
	}
	slices.SortFunc(heap, func(a, b *runReader) int { return slices.Compare(a.key[:], b.key[:]) })
	out := make([]graph.Encoded, 0, mergeRows)
	for len(heap) > 0 {
		first := heap[0]
		out = append(out, first.row)
		if len(out) == mergeRows {
			if err := take(out); err != nil {
				return err
			}
			out = out[:0]
		}
		more, err := first.next()
		if err != nil {
			return err
		}
		if !more {
			heap[0] = heap[len(heap)-1]
			heap = heap[:len(heap)-1]
		}
		sink(heap)
	}
	if err := take(out); err != nil {
		return err
	}
	if o == graph.SPOG { // the others are made of it
		return nil
	}
	return s.fs.Remove(s.fs.PathJoin(s.folder, o.String()))
}

// sink restores a heap whose first run has changed.
func sink(heap []*runReader) {
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
			if heap[child].before(heap[least]) {
				least = child
			}
		}
		if least == i {
			return
		}
		heap[i], heap[least] = heap[least], heap[i]
		i = least
	}
}

// sortRuns writes the runs anew, each sorted, and opens the file for reading.
// As they were kept they are in the order SPOG.
func (s *spill) sortRuns(ctx context.Context, o graph.Order, limit int, sorter *sorter) (_ vfs.File, err error) {
	in, err := s.fs.Open(s.fs.PathJoin(s.folder, keptRows))
	if err != nil || o == graph.SPOG {
		return in, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	file, err := s.create(o.String())
	if err != nil {
		return nil, err
	}
	for left := s.rows; left > 0 && err == nil; {
		rows := sorter.room(int(min(int64(limit), left)))
		left -= int64(len(rows))
		if err = ctx.Err(); err == nil {
			_, err = io.ReadFull(in, bytesOf(rows))
		}
		if err == nil {
			_, err = file.Write(bytesOf(sorter.derive(rows, graph.SPOG, o)))
		}
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	return s.fs.Open(s.fs.PathJoin(s.folder, o.String()))
}

// A runReader reads a sorted run.
type runReader struct {
	file   vfs.File
	at     int64 // of the row in the file that is read next, in bytes
	left   int64 // rows that are not read
	buf    []graph.Encoded
	used   int // of buf
	places [4]graph.Place

	row graph.Encoded
	key [4]graph.ID // the row, in the sequence of the order
}

// next reads a row, and returns false where there is none.
func (r *runReader) next() (bool, error) {
	if r.used == len(r.buf) {
		if r.left == 0 {
			return false, nil
		}
		r.buf, r.used = r.buf[:min(int64(cap(r.buf)), r.left)], 0
		if _, err := r.file.ReadAt(bytesOf(r.buf), r.at); err != nil && err != io.EOF {
			return false, err
		}
		r.at += int64(len(r.buf)) * rowSize
		r.left -= int64(len(r.buf))
	}
	r.row = r.buf[r.used]
	r.used++
	for i, place := range r.places {
		r.key[i] = r.row.At(place)
	}
	return true, nil
}

func (r *runReader) before(other *runReader) bool {
	for i, id := range r.key {
		if id != other.key[i] {
			return id < other.key[i]
		}
	}
	return false
}

// bytesOf sees rows as the bytes that they are in memory. Files of them are for this process alone.
func bytesOf(rows []graph.Encoded) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(rows))), len(rows)*rowSize)
}
