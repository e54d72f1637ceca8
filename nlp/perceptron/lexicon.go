package perceptron

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
)

// A lexicon knows, for words that are frequent in the training text, which tags
// they take: a number for each set of tags. Words with the same set behave
// alike, so the number stands for a word class.
type lexicon struct{ slots []byte } // open addressing: 32 bits of the word's hash, 16 bits of class

const lexiconSlot = 6

func readLexicon(data []byte) (lexicon, error) {
	if len(data) == 0 || len(data)%lexiconSlot != 0 {
		return lexicon{}, errors.New("lexicon is cut short")
	}
	free := false
	for i := 0; i < len(data) && !free; i += lexiconSlot {
		free = binary.LittleEndian.Uint32(data[i:]) == 0
	}
	if !free {
		return lexicon{}, errors.New("lexicon has no free slot")
	}
	return lexicon{data}, nil
}

// class gives the number of a word's set of tags, 0 for a word that is rare or unknown.
func (l lexicon) class(word uint64) uint64 {
	key := lexiconKey(word)
	n := len(l.slots) / lexiconSlot
	for i := bucket(word, n); ; i = (i + 1) % n {
		slot := l.slots[i*lexiconSlot:]
		switch binary.LittleEndian.Uint32(slot) {
		case 0:
			return 0
		case key:
			return uint64(binary.LittleEndian.Uint16(slot[4:]))
		}
	}
}

type lexiconEntry struct {
	word  uint64
	class uint16
}

func lexiconKey(word uint64) uint32 { return max(1, uint32(word)) }

// packLexicon counts tags by word. A word counts from its atLeast-th occurrence
// on, and a tag from a share of 3 % of the word's.
func packLexicon(counts map[uint64]map[int]int, atLeast int) []byte {
	classes := make(map[string]uint16)
	var entries []lexiconEntry
	for _, w := range slices.Sorted(maps.Keys(counts)) {
		tags, total := counts[w], 0
		for _, n := range tags {
			total += n
		}
		if total < atLeast {
			continue
		}
		set := slices.SortedFunc(maps.Keys(tags), func(a, b int) int {
			return cmp.Or(cmp.Compare(tags[b], tags[a]), cmp.Compare(a, b))
		})
		var name []byte
		for _, t := range set {
			if tags[t]*33 >= total && len(name) < 4 {
				name = append(name, byte(t))
			}
		}
		class, ok := classes[string(name)]
		if !ok {
			class = uint16(len(classes) + 1)
			classes[string(name)] = class
		}
		entries = append(entries, lexiconEntry{w, class})
	}
	return packEntries(entries)
}

func packEntries(entries []lexiconEntry) []byte {
	n := len(entries)*3/2 + 1
	slots := make([]byte, n*lexiconSlot)
	for _, e := range entries {
		i := bucket(e.word, n)
		for binary.LittleEndian.Uint32(slots[i*lexiconSlot:]) != 0 {
			i = (i + 1) % n
		}
		binary.LittleEndian.PutUint32(slots[i*lexiconSlot:], lexiconKey(e.word))
		binary.LittleEndian.PutUint16(slots[i*lexiconSlot+4:], e.class)
	}
	return slots
}
