package pebble

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"slices"

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
	out    *bufio.Writer
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
		s.out = bufio.NewWriterSize(s.file, 1<<20)
	}
	s.runs++
	s.rows += int64(len(rows))
	return writeRows(s.out, rows)
}

func (s *spill) create(name string) (vfs.File, error) {
	return s.fs.Create(s.fs.PathJoin(s.folder, name), vfs.WriteCategoryUnspecified)
}

func (s *spill) flush() error {
	if s.file == nil {
		return nil
	}
	err := errors.Join(s.out.Flush(), s.file.Close())
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
	ahead := min(readSize, max(limit*rowSize/s.runs, rowSize))
	var heap []*runReader
	for i := range int64(s.runs) {
		from := i * int64(limit)
		n := min(int64(limit), s.rows-from)
		r := &runReader{in: bufio.NewReaderSize(io.NewSectionReader(sorted, from*rowSize, n*rowSize), ahead), left: n}
		if err := r.next(); err != nil {
			return err
		}
		heap = append(heap, r)
	}
	slices.SortFunc(heap, func(a, b *runReader) int { return o.Compare(a.row, b.row) })
	out := make([]graph.Encoded, 0, mergeRows)
	for len(heap) > 0 {
		out = append(out, heap[0].row)
		if len(out) == mergeRows {
			if err := take(out); err != nil {
				return err
			}
			out = out[:0]
		}
		if heap[0].left == 0 {
			heap[0] = heap[len(heap)-1]
			heap = heap[:len(heap)-1]
		} else if err := heap[0].next(); err != nil {
			return err
		}
		sink(heap, o)
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
func sink(heap []*runReader, o graph.Order) {
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
			if o.Compare(heap[child].row, heap[least].row) < 0 {
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
	buffered, out := bufio.NewReaderSize(in, readSize), bufio.NewWriterSize(file, 1<<20)
	for left := s.rows; left > 0 && err == nil; {
		rows := sorter.room(int(min(int64(limit), left)))
		left -= int64(len(rows))
		if err = ctx.Err(); err == nil {
			err = readRows(buffered, rows)
		}
		if err == nil {
			err = writeRows(out, sorter.derive(rows, graph.SPOG, o))
		}
	}
	if err = errors.Join(err, out.Flush(), file.Close()); err != nil {
		return nil, err
	}
	return s.fs.Open(s.fs.PathJoin(s.folder, o.String()))
}

type runReader struct {
	in   *bufio.Reader
	row  graph.Encoded
	left int64
}

func (r *runReader) next() error {
	r.left--
	var one [1]graph.Encoded
	err := readRows(r.in, one[:])
	r.row = one[0]
	return err
}

func writeRows(w *bufio.Writer, rows []graph.Encoded) error {
	var b [rowSize]byte
	for _, e := range rows {
		for p := range 4 {
			binary.LittleEndian.PutUint64(b[8*p:], uint64(e.At(graph.Place(p))))
		}
		if _, err := w.Write(b[:]); err != nil {
			return err
		}
	}
	return nil
}

func readRows(r *bufio.Reader, rows []graph.Encoded) error {
	for i := range rows {
		b, err := r.Peek(rowSize)
		if err != nil {
			return err
		}
		for p := range 4 {
			rows[i] = rows[i].With(graph.Place(p), graph.ID(binary.LittleEndian.Uint64(b[8*p:])))
		}
		if _, err := r.Discard(rowSize); err != nil {
			return err
		}
	}
	return nil
}
