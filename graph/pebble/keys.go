package pebble

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/ententegraph/entente/graph"
)

// formatVersion is the version of the key layout that this code writes, and
// the newest that it reads.
const formatVersion = 3

// The first bytes of keys; the package comment draws the rows.
const (
	rowTerm   = 't'
	rowHashed = 'h'
	rowID     = 'i'
	rowGraph  = 'g'
	rowRecord = 'r'

	rowJournal = 'j'
)

var (
	keyFormat   = []byte("!format")
	keyState    = []byte("!state")
	keyManifest = []byte("!manifest")
	keyBulk     = []byte("!bulk")
	keySweep    = []byte("!sweep")
)

// place is a position in a quad.
type place uint8

const (
	subject place = iota
	predicate
	object
	graphName
)

// row is a quad of ids by place.
type row [4]graph.ID

func rowOf(e graph.Encoded) row {
	return row{e.Subject, e.Predicate, e.Object, e.Graph}
}

// matches reports whether a row has the ids that a pattern binds.
func matches(pattern, r row) bool { return pattern.encoded().Matches(r.encoded()) }

func (r row) encoded() graph.Encoded {
	return graph.Encoded{Subject: r[subject], Predicate: r[predicate], Object: r[object], Graph: r[graphName]}
}

const idSize = 8

func keyOfID(first byte, id graph.ID) []byte {
	return binary.BigEndian.AppendUint64([]byte{first}, uint64(id))
}

// longestKey bounds the encodings of terms that are keys themselves, in bytes.
const longestKey = 256

// keyOfTerm returns the dictionary's key of an encoded term.
func keyOfTerm(encoded []byte) []byte {
	if len(encoded) > longestKey {
		sum := sha256.Sum256(encoded)
		return append([]byte{rowHashed}, sum[:]...)
	}
	return append([]byte{rowTerm}, encoded...)
}

func keyOfRecord(key string) []byte { return append([]byte{rowRecord}, key...) }

// after returns the smallest key above all keys with the prefix.
func after(prefix []byte) []byte {
	end := append([]byte(nil), prefix...)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

// The kinds of encoded term: the first byte.
const (
	termIRI      = 'i'
	termBlank    = 'b'
	termString   = 's'
	termLanguage = 'l' // then the length of the tag, the tag, the lexical form
	termTyped    = 'd' // then the length of the datatype, the datatype, the lexical form
)

// appendTerm appends the encoding of a term: different terms have different encodings.
func appendTerm(dst []byte, t graph.Term) []byte {
	tagged := func(kind byte, tag string) []byte {
		dst = binary.AppendUvarint(append(dst, kind), uint64(len(tag)))
		return append(append(dst, tag...), t.Value...)
	}
	switch {
	case t.Kind == graph.KindIRI:
		return append(append(dst, termIRI), t.Value...)
	case t.Kind == graph.KindBlank:
		return append(append(dst, termBlank), t.Value...)
	case t.Language != "":
		return tagged(termLanguage, t.Language)
	case t.Datatype != "":
		return tagged(termTyped, t.Datatype)
	}
	return append(append(dst, termString), t.Value...)
}

// decodeTerm reads what appendTerm wrote.
func decodeTerm(b []byte) (graph.Term, error) {
	if len(b) > 0 {
		kind, rest := b[0], b[1:]
		switch kind {
		case termIRI:
			return graph.IRI(string(rest)), nil
		case termBlank:
			return graph.Blank(string(rest)), nil
		case termString:
			return graph.String(string(rest)), nil
		case termLanguage, termTyped:
			n, size := binary.Uvarint(rest)
			if size <= 0 || n > uint64(len(rest)-size) {
				break
			}
			tag, lexical := string(rest[size:size+int(n)]), string(rest[size+int(n):])
			if kind == termLanguage {
				return graph.LangTagged(lexical, tag), nil
			}
			return graph.Typed(lexical, tag), nil
		}
	}
	return graph.Term{}, fmt.Errorf("the dictionary holds an unreadable term (%.40q); the store is damaged", b)
}

// state is the row !state.
type state struct {
	next  graph.ID // the next id to give out
	quads uint64
	nodes uint64 // terms that quads have
}

func (s state) encode() []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(s.next))
	b = binary.BigEndian.AppendUint64(b, s.quads)
	return binary.BigEndian.AppendUint64(b, s.nodes)
}

func decodeState(b []byte) (state, error) {
	if len(b) != 24 {
		return state{}, fmt.Errorf("the row %s has %d bytes; the store is damaged", keyState, len(b))
	}
	return state{
		next:  graph.ID(binary.BigEndian.Uint64(b)),
		quads: binary.BigEndian.Uint64(b[8:]),
		nodes: binary.BigEndian.Uint64(b[16:]),
	}, nil
}
