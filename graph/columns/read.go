package columns

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"sort"
	"sync/atomic"
	"unsafe"

	"github.com/ententegraph/entente/graph"
)

// ErrDamaged is wrapped by the error of reading a file whose bytes are not those that were written.
var ErrDamaged = errors.New("the file is damaged")

// A File is a file of rows in one order. All methods may be called at once from
// several goroutines.
type File struct {
	name    string
	data    []byte
	order   graph.Order
	places  [4]graph.Place
	rows    int64
	blocks  int
	index   []byte
	groups  []byte
	checked []atomic.Uint64 // a bit for each block whose checksum was right
}

// Open reads a file from its bytes, which must not change as long as the File
// is used. The name is for messages.
func Open(name string, data []byte) (*File, error) {
	f := &File{name: name, data: data}
	if err := f.open(); err != nil {
		return nil, f.damaged(err.Error())
	}
	return f, nil
}

func (f *File) damaged(what string) error {
	return fmt.Errorf("columns: %s: %w: %s; restore it from a backup", f.name, ErrDamaged, what)
}

func (f *File) open() error {
	if len(f.data) < headSize+footSize {
		return fmt.Errorf("it has only %d bytes", len(f.data))
	}
	foot := f.data[len(f.data)-footSize:]
	if crc32.Checksum(foot[:footSize-4], castagnoli) != binary.LittleEndian.Uint32(foot[footSize-4:]) ||
		string(foot[40:48]) != magic || string(f.data[:8]) != magic {
		return errors.New("it is cut off or no file of columns")
	}
	head := f.data[:headSize]
	if foot[48] != version || head[8] != version {
		return fmt.Errorf("it has version %d of its format, and this program reads version %d", foot[48], version)
	}
	f.order = graph.Order(foot[49])
	if f.order == graph.Unordered || int(f.order) > len(graph.Orders()) || head[9] != foot[49] {
		return fmt.Errorf("it has the unknown order %d", foot[49])
	}
	f.places = f.order.Places()
	number := func(i int) uint64 { return binary.LittleEndian.Uint64(foot[8*i:]) }
	rows, at, blocks, groups := number(0), number(1), number(2), number(3)
	room := uint64(len(f.data) - footSize)
	if at > room || blocks > room || groups > room || at+blocks*indexSize+groups*groupSize != room ||
		rows > blocks*blockRows || blocks > 0 && rows <= (blocks-1)*blockRows {
		return errors.New("its parts do not fit together")
	}
	if uint64(crc32.Checksum(f.data[at:room], castagnoli)) != number(4) {
		return errors.New("the checksum of its index is wrong")
	}
	f.rows, f.blocks = int64(rows), int(blocks)
	f.index = f.data[at : at+blocks*indexSize]
	f.groups = f.data[at+blocks*indexSize : room]
	f.checked = make([]atomic.Uint64, (blocks+63)/64)
	return nil
}

// Name returns the name that the file was opened with.
func (f *File) Name() string { return f.name }

// Len returns the number of rows.
func (f *File) Len() int64 { return f.rows }

// Order returns the order of the rows.
func (f *File) Order() graph.Order { return f.order }

// first returns the first row of a block.
func (f *File) first(block int) key {
	b := f.index[block*indexSize : block*indexSize+32]
	return key{
		binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:]),
		binary.LittleEndian.Uint64(b[16:]), binary.LittleEndian.Uint64(b[24:]),
	}
}

// before reports whether a block begins before a key.
func (f *File) before(block int, k *key) bool {
	b := f.index[block*indexSize : block*indexSize+32]
	for i, n := range k {
		if first := binary.LittleEndian.Uint64(b[8*i:]); first != n {
			return first < n
		}
	}
	return false
}

// column is one packed column of a block.
type column struct {
	data  []byte // of the rows, and eight bytes more at least
	low   uint
	width uint
	bases []byte
}

// packed returns a row as it lies in the file.
func (c *column) packed(i int) uint64 {
	bit := uint(i) * c.width
	return binary.LittleEndian.Uint64(c.data[bit>>3:]) >> (bit & 7) & (1<<c.width - 1)
}

// at returns the id of a row.
func (c *column) at(i int) uint64 {
	x := c.packed(i)
	return binary.LittleEndian.Uint64(c.bases[x>>c.low*8:]) + x&(1<<c.low-1)
}

// block reads the head of a block, whose checksum it checks the first time.
func (f *File) block(n int, columns *[4]column) (rows int, err error) {
	entry := f.index[n*indexSize+32:]
	from, size := binary.LittleEndian.Uint64(entry), uint64(binary.LittleEndian.Uint32(entry[8:]))
	if from > uint64(len(f.data)) || from+size > uint64(len(f.data)) {
		return 0, f.damaged(fmt.Sprintf("block %d lies outside of it", n))
	}
	data := f.data[from : from+size]
	word, bit := &f.checked[n/64], uint64(1)<<(n%64)
	if word.Load()&bit == 0 {
		if crc32.Checksum(data, castagnoli) != binary.LittleEndian.Uint32(entry[12:]) {
			return 0, f.damaged(fmt.Sprintf("the checksum of block %d is wrong", n))
		}
		word.Or(bit)
	}
	rows = int(min(blockRows, f.rows-int64(n)*blockRows))
	for i := range columns {
		bases := 8 * int(binary.LittleEndian.Uint16(data[2:]))
		columns[i] = column{low: uint(data[0]), width: uint(data[1]), bases: data[4 : 4+bases], data: data[4+bases:]}
		data = data[4+bases+(rows*int(columns[i].width)+7)/8:]
	}
	return rows, nil
}

// Rank returns how many rows are before a key, which needs not be a row.
func (f *File) Rank(e graph.Encoded) (int64, error) {
	r := Reader{file: f, block: -1}
	return r.RankFrom(0, e)
}

// Read unpacks rows, from that with the number at (from 0), into out, and
// returns how many there were.
func (f *File) Read(at int64, out []graph.Encoded) (int, error) {
	r := Reader{file: f, block: -1}
	return r.Read(at, out)
}

// A Reader reads a File, and keeps at hand the block that it read last. It
// belongs to one goroutine at a time.
type Reader struct {
	file    *File
	block   int // -1 when there is none
	rows    int
	columns [4]column
}

// Reader returns a reader.
func (f *File) Reader() *Reader { return &Reader{file: f, block: -1} }

func (r *Reader) load(block int) error {
	if r.block == block {
		return nil
	}
	r.block = -1
	rows, err := r.file.block(block, &r.columns)
	if err != nil {
		return err
	}
	r.block, r.rows = block, rows
	return nil
}

// RankFrom returns how many rows are before a key, if that is at least from,
// and from otherwise. It is fast where the two are close.
func (r *Reader) RankFrom(from int64, e graph.Encoded) (int64, error) {
	f := r.file
	if from >= f.rows {
		return from, nil
	}
	k := keyOf(f.places, e)
	// The key lies in or right behind the last block that begins before it.
	low, step := int(from/blockRows), 1
	for low+step < f.blocks && f.before(low+step, &k) {
		low += step
		step *= 2
	}
	high := min(low+step, f.blocks)
	for low+1 < high {
		if middle := (low + high) / 2; f.before(middle, &k) {
			low = middle
		} else {
			high = middle
		}
	}
	if err := r.load(low); err != nil {
		return 0, err
	}
	start := int64(low) * blockRows
	return start + int64(rank(&r.columns, int(max(from-start, 0)), r.rows, &k)), nil
}

// rank returns the first of the rows low to high of a block that is not before
// the key: it narrows the rows down to those that agree with the key, column by column.
func rank(columns *[4]column, low, high int, k *key) int {
	for i := range columns {
		c := &columns[i]
		x, place := c.pack(k[i])
		switch {
		case place < 0:
			return low
		case place > 0:
			return high
		case c.width == 0:
			continue
		}
		low = c.gallop(low, high, x)
		if low == high || i == 3 || c.at(low) != k[i] {
			return low
		}
		if x < math.MaxUint64 {
			high = c.gallop(low+1, high, x+1)
		}
	}
	return low
}

// pack returns the least packed row that is not below that of an id, and whether the id lies
// before (-1) or behind (1) all that the column can hold. Packed rows compare as the ids do.
func (c *column) pack(id uint64) (x uint64, place int) {
	base, low := 0, uint64(1)<<c.low-1
	for n := len(c.bases) / 8; n > 1; { // the last base that is not above the id
		half := n / 2
		if binary.LittleEndian.Uint64(c.bases[8*(base+half):]) <= id {
			base += half
		}
		n -= half
	}
	from := binary.LittleEndian.Uint64(c.bases[8*base:])
	switch {
	case id < from: // the first base
		return 0, -1
	case id-from <= low:
		return uint64(base)<<c.low | (id - from), 0
	case 8*(base+1) == len(c.bases):
		return 0, 1
	}
	return uint64(base+1) << c.low, 0
}

// gallop returns the first row of a sorted stretch that is not below a packed
// one. It is fast where that is close to the beginning.
func (c *column) gallop(low, high int, x uint64) int {
	before, step := low-1, 1 // before is below x
	for before+step < high && c.packed(before+step) < x {
		before += step
		step *= 2
	}
	low, high = before+1, min(before+step, high)
	for low < high {
		if middle := int(uint(low+high) / 2); c.packed(middle) < x {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// Read unpacks rows, from that with the number at (from 0), into out, and
// returns how many there were.
func (r *Reader) Read(at int64, out []graph.Encoded) (int, error) {
	done := 0
	for done < len(out) && at < r.file.rows {
		if err := r.load(int(at / blockRows)); err != nil {
			return done, err
		}
		first := int(at % blockRows)
		n := min(r.rows-first, len(out)-done)
		ids := idsOf(out[done : done+n])
		for i := range r.columns {
			r.columns[i].unpack(first, ids[r.file.places[i]:])
		}
		done += n
		at += int64(n)
	}
	return done, nil
}

// idsOf returns the ids of rows: four in sequence for each.
func idsOf(rows []graph.Encoded) []uint64 {
	return unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(rows))), 4*len(rows))
}

// unpack puts rows, from the first, into every fourth of ids.
func (c *column) unpack(first int, ids []uint64) {
	base := binary.LittleEndian.Uint64(c.bases)
	if c.width == 0 {
		for i := 0; i < len(ids); i += 4 {
			ids[i] = base
		}
		return
	}
	bit, width, mask, data := uint(first)*c.width, c.width, uint64(1)<<c.width-1, c.data
	if len(c.bases) == 8 {
		for i := 0; i < len(ids); i += 4 {
			ids[i] = base + binary.LittleEndian.Uint64(data[bit>>3:])>>(bit&7)&mask
			bit += width
		}
		return
	}
	low, lowMask, bases := c.low, uint64(1)<<c.low-1, c.bases
	for i := 0; i < len(ids); i += 4 {
		x := binary.LittleEndian.Uint64(data[bit>>3:]) >> (bit & 7) & mask
		ids[i] = binary.LittleEndian.Uint64(bases[x>>low*8:]) + x&lowMask
		bit += width
	}
}

// A Group tells how many rows have an id in the first column, and how many
// different ids those have in the second.
type Group struct{ Rows, Second int64 }

// Group returns that of an id. Only files whose first column is the predicate have groups.
func (f *File) Group(id graph.ID) Group {
	at := func(i int) []byte { return f.groups[i*groupSize:] }
	n := len(f.groups) / groupSize
	i := sort.Search(n, func(i int) bool { return binary.LittleEndian.Uint64(at(i)) >= uint64(id) })
	if i == n || binary.LittleEndian.Uint64(at(i)) != uint64(id) {
		return Group{}
	}
	return Group{Rows: int64(binary.LittleEndian.Uint64(at(i)[8:])), Second: int64(binary.LittleEndian.Uint64(at(i)[16:]))}
}

// Check reads the whole file and returns the first thing that is wrong with it.
func (f *File) Check() error {
	var last key
	rows := make([]graph.Encoded, blockRows)
	for block := range f.blocks {
		n, err := f.Read(int64(block)*blockRows, rows)
		if err != nil {
			return err
		}
		for i, e := range rows[:n] {
			k := keyOf(f.places, e)
			if (block > 0 || i > 0) && !last.less(k) {
				return f.damaged(fmt.Sprintf("row %d of block %d is out of order", i, block))
			}
			if i == 0 && k != f.first(block) {
				return f.damaged(fmt.Sprintf("the index has another first row of block %d", block))
			}
			last = k
		}
	}
	return nil
}
