// Package columns keeps sorted quads of ids in immutable files: one
// permutation a file, cut into blocks whose four columns are packed to as few
// bits as their values need. A file is read where it lies, mapped into memory:
// any row is found by its number, and the number of any row by binary search,
// without unpacking what is not asked for.
//
//	w := columns.NewWriter(file, graph.POSG)
//	err := w.Append(rows) // ascending
//	err = w.Finish()
//
//	f, err := columns.Open("000001.posg", mapped)
//	from, err := f.Rank(graph.Encoded{Predicate: p})
//	to, err := f.Rank(graph.Encoded{Predicate: p + 1}) // to - from quads have p
//	n, err := f.Read(from, rows)
//
// # Layout
//
// Numbers are little-endian.
//
//	head    16 bytes: magic, version, order
//	blocks  of 1024 rows, the last of fewer. For each column, in the sequence of
//	        the order: bits of the low part (1 byte), bits of both parts (1 byte),
//	        number of bases (2 bytes), bases (8 bytes each), rows (both parts
//	        packed); then 8 bytes of zeros
//	index   for each block, 48 bytes: its first row in the sequence of the order,
//	        its offset (8 bytes), length and checksum (4 bytes each)
//	groups  for each id of the first column, where that is the predicate, 24
//	        bytes: the id, its rows, and how many ids of the second column they have
//	foot    64 bytes: rows, offset of the index, blocks, groups, checksum of index
//	        and groups, magic, checksum of the foot
//
// A column is packed as a base and a difference to it. Bases are the values
// that the high bits take, sorted, so that packed rows compare as the ids do:
// one base for numbers close to each other, all values and no difference for
// those that repeat, and one for each tag where inline ids are mixed. Checksums
// are CRC-32C; that of a block is checked when it is first read.
package columns

import (
	"encoding/binary"
	"hash/crc32"

	"github.com/ententegraph/entente/graph"
)

const (
	magic   = "entente\x01"
	version = 1

	headSize  = 16
	blockRows = 1024
	indexSize = 48
	groupSize = 24
	footSize  = 64
	padding   = 8 // so that eight bytes can be read where a row begins

	widest = 56 // bits of a packed row that are read at once, whatever bit they begin at
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// key is a row in the sequence of an order.
type key [4]uint64

func keyOf(places [4]graph.Place, e graph.Encoded) key {
	return key{uint64(e.At(places[0])), uint64(e.At(places[1])), uint64(e.At(places[2])), uint64(e.At(places[3]))}
}

func (k key) less(other key) bool {
	for i, n := range k {
		if n != other[i] {
			return n < other[i]
		}
	}
	return false
}

func (k key) append(dst []byte) []byte {
	for _, n := range k {
		dst = binary.LittleEndian.AppendUint64(dst, n)
	}
	return dst
}

// hasGroups reports whether files of an order tell how often ids of the first column occur.
func hasGroups(o graph.Order) bool { return o.Places()[0] == graph.Predicate }
