package pebble

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// The words of texts lie in rows of their own, which come and go with the
// dictionary's rows of the literals, in the same batches:
//
//	w WORD 0 ID   how often the literal has the word, and how many words it has (uvarints)
//
// So a word is a range, sorted by id, the beginning of a word a longer one, and a
// change shows in searches exactly when it shows in the quads.
const rowWord = 'w'

var _ graph.TextIndex = (*dataset)(nil)

func keyOfWord(word string) []byte { return append(append([]byte{rowWord}, word...), 0) }

// eachWord calls do with the key and value of each row that a literal's words have.
func eachWord(t graph.Term, id graph.ID, do func(key, value []byte) error) error {
	if !t.HasText() {
		return nil
	}
	words := graph.Words(t.Value)
	length := len(words)
	slices.Sort(words)
	for len(words) > 0 {
		count := 1
		for count < len(words) && words[count] == words[0] {
			count++
		}
		key := binary.BigEndian.AppendUint64(keyOfWord(words[0]), uint64(id))
		if err := do(key, wordUse{id, graph.WordUse{Count: count, Length: length}}.value()); err != nil {
			return err
		}
		words = words[count:]
	}
	return nil
}

// addWords enters the words of a literal in a batch.
func addWords(b *pebble.Batch, t graph.Term, id graph.ID) error {
	return eachWord(t, id, func(key, value []byte) error { return b.Set(key, value, nil) })
}

// removeWords takes the words of an encoded term out.
func removeWords(b *pebble.Batch, encoded []byte, id graph.ID) error {
	t, err := decodeTerm(encoded)
	if err != nil {
		return err
	}
	return eachWord(t, id, func(key, _ []byte) error { return b.Delete(key, nil) })
}

// indexWords makes the rows of words of a store that has none, in steps that can be done again.
func (s *Store) indexWords() error {
	b := s.db.NewBatch()
	defer func() { b.Close() }()
	err := s.rows([]byte{rowID}, func(key, value []byte) error {
		t, err := decodeTerm(value)
		if err == nil {
			err = addWords(b, t, graph.ID(binary.BigEndian.Uint64(key[1:])))
		}
		if err != nil || b.Len() < 1<<20 {
			return err
		}
		err = errors.Join(b.Commit(pebble.NoSync), b.Close())
		b = s.db.NewBatch()
		return err
	})
	if err != nil {
		return err
	}
	return errors.Join(
		b.Set(keyFormat, strconv.AppendInt(nil, formatVersion, 10), nil),
		b.Commit(pebble.Sync),
	)
}

// wordUse is a row of a word.
type wordUse struct {
	id  graph.ID
	use graph.WordUse
}

// value is that of the row.
func (u wordUse) value() []byte {
	return binary.AppendUvarint(binary.AppendUvarint(nil, uint64(u.use.Count)), uint64(u.use.Length))
}

// FindText implements [graph.TextIndex]. It reads the rows of the rarest word,
// and looks for the others only in the literals that have it.
func (d *dataset) FindText(ctx context.Context, q graph.TextQuery) ([]graph.TextHit, error) {
	if err := d.ready(ctx); err != nil {
		return nil, err
	}
	v := d.pin()
	defer d.unpin(v)
	hits, err := d.findText(ctx, v, q)
	if err == nil && d.staged != nil {
		hits, err = d.supposedText(ctx, v, q, hits)
	}
	if err != nil {
		return nil, fmt.Errorf("pebble: searching texts: %w", err)
	}
	return hits, nil
}

func (d *dataset) findText(ctx context.Context, v *version, q graph.TextQuery) ([]graph.TextHit, error) {
	uses := make([][]wordUse, len(q.Words)) // of beginnings, and of the rarest word
	texts := make([]int, len(q.Words))
	rarest := 0
	for i, w := range q.Words {
		var err error
		if w.Prefix {
			if uses[i], err = d.begun(ctx, v, w.Word); err != nil {
				return nil, err
			}
			texts[i] = len(uses[i])
		} else if texts[i], err = d.countWord(ctx, v, w.Word); err != nil {
			return nil, err
		}
		if texts[i] == 0 {
			return nil, nil
		}
		if texts[i] < texts[rarest] {
			rarest = i
		}
	}
	if !q.Words[rarest].Prefix {
		err := d.eachUse(ctx, v, keyOfWord(q.Words[rarest].Word), func(u wordUse) bool {
			uses[rarest] = append(uses[rarest], u)
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	hits := make([]graph.TextHit, 0, len(uses[rarest]))
	for _, u := range uses[rarest] {
		hits = append(hits, graph.TextHit{ID: u.id, Score: u.use.Score(texts[rarest])})
	}
	for i, w := range q.Words {
		if i == rarest {
			continue
		}
		var err error
		if hits, err = d.narrow(ctx, hits, w, uses[i], texts[i]); err != nil {
			return nil, err
		}
	}
	return hits, nil
}

// narrow keeps the hits that have another word too. Hits are sorted by id.
func (d *dataset) narrow(ctx context.Context, hits []graph.TextHit, w graph.TextWord, begun []wordUse, texts int) ([]graph.TextHit, error) {
	kept := hits[:0]
	prefix := keyOfWord(w.Word)
	var it *pebble.Iterator
	if !w.Prefix {
		var err error
		if it, err = d.r.NewIter(&pebble.IterOptions{LowerBound: prefix, UpperBound: after(prefix)}); err != nil {
			return nil, err
		}
		defer it.Close()
	}
	for n, hit := range hits {
		if n%256 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		var u wordUse
		found := false
		if it == nil {
			at, ok := slices.BinarySearchFunc(begun, hit.ID, func(u wordUse, id graph.ID) int { return cmp.Compare(u.id, id) })
			if found = ok; ok {
				u = begun[at]
				begun = begun[at:]
			}
		} else if it.SeekGE(binary.BigEndian.AppendUint64(prefix[:len(prefix):len(prefix)], uint64(hit.ID))) {
			var err error
			if u, err = readUse(it); err != nil {
				return nil, err
			}
			found = u.id == hit.ID
		}
		if found {
			hit.Score += u.use.Score(texts)
			kept = append(kept, hit)
		}
	}
	if it != nil {
		return kept, it.Error()
	}
	return kept, nil
}

// begun returns the uses of all words that begin so, one for each literal, by id.
func (d *dataset) begun(ctx context.Context, v *version, word string) ([]wordUse, error) {
	var all []wordUse
	err := d.eachUse(ctx, v, append([]byte{rowWord}, word...), func(u wordUse) bool {
		all = append(all, u)
		return true
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b wordUse) int { return cmp.Compare(a.id, b.id) })
	merged := all[:0]
	for _, u := range all {
		if n := len(merged); n > 0 && merged[n-1].id == u.id {
			merged[n-1].use.Count += u.use.Count
		} else {
			merged = append(merged, u)
		}
	}
	return merged, nil
}

// countWord counts the literals that have a word, up to where more make no difference.
func (d *dataset) countWord(ctx context.Context, v *version, word string) (int, error) {
	n := 0
	err := d.eachUse(ctx, v, keyOfWord(word), func(wordUse) bool {
		n++
		return n < graph.TextFrequencyCap
	})
	return n, err
}

// eachUse reads the rows of words with a prefix of their keys, as long as do
// wants more. Literals of a load that is not committed are left out.
func (d *dataset) eachUse(ctx context.Context, v *version, prefix []byte, do func(wordUse) bool) error {
	it, err := d.r.NewIter(&pebble.IterOptions{LowerBound: prefix, UpperBound: after(prefix)})
	if err != nil {
		return err
	}
	defer it.Close()
	n := 0
	for ok := it.First(); ok; ok = it.Next() {
		if n++; n%256 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		u, err := readUse(it)
		if err != nil {
			return err
		}
		if v.published(u.id) && !do(u) {
			break
		}
	}
	return it.Error()
}

func readUse(it *pebble.Iterator) (wordUse, error) {
	key, value := it.Key(), it.Value()
	count, n := binary.Uvarint(value)
	length, m := binary.Uvarint(value[max(n, 0):])
	if n <= 0 || m <= 0 || len(key) < 2+idSize || key[len(key)-idSize-1] != 0 {
		return wordUse{}, fmt.Errorf("the row %q of a word is unreadable; the store is damaged", key)
	}
	id := graph.ID(binary.BigEndian.Uint64(key[len(key)-idSize:]))
	return wordUse{id, graph.WordUse{Count: int(count), Length: int(length)}}, nil
}
