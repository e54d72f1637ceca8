package columns

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math/bits"
	"slices"

	"github.com/ententegraph/entente/graph"
)

// A Writer writes one file. It buffers a block and the index, 48 bytes for
// each 1024 rows. After an error the file is of no use.
type Writer struct {
	out    io.Writer
	order  graph.Order
	places [4]graph.Place
	rows   int64
	last   key
	offset uint64
	block  []key
	index  []byte
	groups []byte
	group  group
	buf    []byte
}

// group counts the rows of one id of the first column.
type group struct{ id, rows, second uint64 }

// NewWriter returns a writer of rows in an order, other than Unordered. The
// caller buffers, syncs and closes out.
func NewWriter(out io.Writer, o graph.Order) *Writer {
	return &Writer{out: out, order: o, places: o.Places(), block: make([]key, 0, blockRows)}
}

// Append writes rows, each after all before it in the order.
func (w *Writer) Append(rows []graph.Encoded) error {
	for _, e := range rows {
		k := keyOf(w.places, e)
		if w.rows > 0 && !w.last.less(k) {
			return fmt.Errorf("columns: %v was written after %v, against the order %s", e, w.last, w.order)
		}
		if hasGroups(w.order) {
			w.count(k)
		}
		w.last = k
		w.rows++
		if w.block = append(w.block, k); len(w.block) == blockRows {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Len returns the number of rows that were written.
func (w *Writer) Len() int64 { return w.rows }

func (w *Writer) count(k key) {
	switch {
	case w.rows == 0:
		w.group = group{k[0], 0, 1}
	case w.group.id != k[0]:
		w.endGroup()
		w.group = group{k[0], 0, 1}
	case w.last[1] != k[1]:
		w.group.second++
	}
	w.group.rows++
}

func (w *Writer) endGroup() {
	for _, n := range []uint64{w.group.id, w.group.rows, w.group.second} {
		w.groups = binary.LittleEndian.AppendUint64(w.groups, n)
	}
}

func (w *Writer) write(b []byte) error {
	n, err := w.out.Write(b)
	w.offset += uint64(n)
	if err != nil {
		return fmt.Errorf("columns: writing: %w", err)
	}
	return nil
}

func (w *Writer) head() error {
	if w.offset > 0 {
		return nil
	}
	head := make([]byte, headSize)
	copy(head, magic)
	head[8], head[9] = version, byte(w.order)
	return w.write(head)
}

// flush writes a block.
func (w *Writer) flush() error {
	if err := w.head(); err != nil {
		return err
	}
	w.buf = w.buf[:0]
	column := make([]uint64, len(w.block))
	for c := range 4 {
		for i, k := range w.block {
			column[i] = k[c]
		}
		w.buf = appendColumn(w.buf, column)
	}
	w.buf = append(w.buf, make([]byte, padding)...)
	w.index = w.block[0].append(w.index)
	w.index = binary.LittleEndian.AppendUint64(w.index, w.offset)
	w.index = binary.LittleEndian.AppendUint32(w.index, uint32(len(w.buf)))
	w.index = binary.LittleEndian.AppendUint32(w.index, crc32.Checksum(w.buf, castagnoli))
	w.block = w.block[:0]
	return w.write(w.buf)
}

// Finish writes what is left of the file. The writer cannot be used after it.
func (w *Writer) Finish() error {
	if len(w.block) > 0 {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if err := w.head(); err != nil {
		return err
	}
	if hasGroups(w.order) && w.rows > 0 {
		w.endGroup()
	}
	foot := make([]byte, 0, footSize)
	for _, n := range []uint64{uint64(w.rows), w.offset, uint64(len(w.index) / indexSize), uint64(len(w.groups) / groupSize)} {
		foot = binary.LittleEndian.AppendUint64(foot, n)
	}
	tables := append(w.index, w.groups...)
	foot = binary.LittleEndian.AppendUint64(foot, uint64(crc32.Checksum(tables, castagnoli)))
	foot = append(foot, magic...)
	foot = append(foot, version, byte(w.order), 0, 0)
	foot = append(foot, make([]byte, footSize-4-len(foot))...)
	foot = binary.LittleEndian.AppendUint32(foot, crc32.Checksum(foot, castagnoli))
	return w.write(append(tables, foot...))
}

// appendColumn packs the ids of a column.
func appendColumn(dst []byte, ids []uint64) []byte {
	low, bases := split(ids)
	width := low + bits.Len(uint(len(bases)-1))
	if width > widest {
		low, width, bases = 64, 64, []uint64{0}
	}
	dst = append(dst, byte(low), byte(width))
	dst = binary.LittleEndian.AppendUint16(dst, uint16(len(bases)))
	for _, b := range bases {
		dst = binary.LittleEndian.AppendUint64(dst, b)
	}
	start := len(dst)
	dst = append(dst, make([]byte, (len(ids)*width+7)/8+padding)...)
	packed := dst[start:]
	at, base := 0, 0
	for _, id := range ids {
		if id < bases[base] || base+1 < len(bases) && id >= bases[base+1] {
			n, found := slices.BinarySearch(bases, id)
			if base = n; !found {
				base--
			}
		}
		x := id - bases[base] | uint64(base)<<low // nothing where low is 64
		i := at >> 3
		binary.LittleEndian.PutUint64(packed[i:], binary.LittleEndian.Uint64(packed[i:])|x<<(at&7))
		at += width
	}
	return dst[:len(dst)-padding]
}

// split chooses how many low bits of the ids are kept in each row, and the
// bases that they are added to, so that the column becomes as small as it can.
func split(ids []uint64) (low int, bases []uint64) {
	least, most := ids[0], ids[0]
	for _, id := range ids {
		least, most = min(least, id), max(most, id)
	}
	low = bits.Len64(most - least)
	if low == 0 {
		return 0, []uint64{least}
	}
	size := 64 + low*len(ids)
	if low > widest {
		size = 64 + 64*len(ids)
	}
	values := distinct(ids)
	if len(values) > len(ids)/2 && low <= widest { // neither few values nor far apart
		return low, []uint64{least}
	}
	slices.Sort(values)
	// boundary[b] counts the neighbours that differ in no bit from b on.
	var differ [65]int
	for i := 1; i < len(values); i++ {
		differ[bits.Len64(values[i-1]^values[i])]++
	}
	best, highs := -1, len(values)
	for b := 0; b < low && b < widest; b++ {
		highs -= differ[b] // those that differ only in bits below b
		width := b + bits.Len(uint(highs-1))
		if n := 64*highs + width*len(ids); n < size && width <= widest {
			best, size = b, n
		}
	}
	if best < 0 {
		return low, []uint64{least}
	}
	for _, v := range values {
		if base := v >> best << best; len(bases) == 0 || bases[len(bases)-1] != base {
			bases = append(bases, base)
		}
	}
	return best, bases
}

// distinct returns the different ids.
func distinct(ids []uint64) []uint64 {
	const size = 4 * blockRows
	var table [size]uint64 // by hash; zero is no id
	var out []uint64
	zero := false
	for _, id := range ids {
		if id == 0 {
			zero = true
			continue
		}
		at := (id * 0x9E3779B97F4A7C15) >> 52
		for table[at] != 0 && table[at] != id {
			at = (at + 1) % size
		}
		if table[at] == 0 {
			table[at] = id
			out = append(out, id)
		}
	}
	if zero {
		out = append(out, 0)
	}
	return out
}
