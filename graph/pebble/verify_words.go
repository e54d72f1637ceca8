package pebble

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// verifyWords compares the rows of words with the texts in the dictionary, both
// ways: by row where it is wrong, and by a sum over all of them, in which rows
// that are missing show. Only if the sums differ does it look for those.
func (v *view) verifyWords(ctx context.Context, report func(string)) error {
	var held, wanted words
	err := v.eachRow(ctx, rowWord, func(key, value []byte) error {
		held.add(key, value)
		return nil
	})
	if err != nil {
		return err
	}
	err = v.eachText(ctx, func(t graph.Term, id graph.ID) error {
		return eachWord(t, id, func(key, value []byte) error {
			wanted.add(key, value)
			return nil
		})
	})
	if err != nil || held == wanted {
		return err
	}
	return errors.Join(v.missingWords(ctx, report), v.strayWords(ctx, report))
}

// words stands for a set of rows of words, whatever their sequence.
type words struct{ rows, sum, mixed uint64 }

func (w *words) add(key, value []byte) {
	h := uint64(14695981039346656037)
	for _, part := range [2][]byte{key, value} {
		for _, b := range part {
			h = (h ^ uint64(b)) * 1099511628211
		}
		h = (h ^ uint64(len(part))) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	w.rows++
	w.sum += h
	w.mixed ^= h * h
}

// missingWords reports the words of texts whose rows are not there, or have other counts.
func (v *view) missingWords(ctx context.Context, report func(string)) error {
	return v.eachText(ctx, func(t graph.Term, id graph.ID) error {
		return eachWord(t, id, func(key, want []byte) error {
			word := key[1 : len(key)-idSize-1]
			got, err := get(v.r, key)
			switch {
			case errors.Is(err, pebble.ErrNotFound):
				report(fmt.Sprintf("the text %d has the word %q, by which it is not found", id, word))
			case err != nil:
				return err
			case !bytes.Equal(got, want):
				report(fmt.Sprintf("the counts of the word %q of the text %d are wrong", word, id))
			}
			return nil
		})
	})
}

// strayWords reports rows of words that no text has.
func (v *view) strayWords(ctx context.Context, report func(string)) error {
	return v.eachRow(ctx, rowWord, func(key, _ []byte) error {
		if len(key) < 2+idSize || key[len(key)-idSize-1] != 0 {
			report(fmt.Sprintf("the row %q of a word is unreadable", key))
			return nil
		}
		word, id := key[1:len(key)-idSize-1], graph.ID(binary.BigEndian.Uint64(key[len(key)-idSize:]))
		encoded, err := get(v.r, keyOfID(rowID, id))
		if errors.Is(err, pebble.ErrNotFound) {
			report(fmt.Sprintf("the word %q leads to the term %d, which is not in the dictionary", word, id))
			return nil
		}
		if err != nil {
			return err
		}
		t, err := decodeTerm(encoded)
		if err != nil {
			return nil // was reported with the dictionary
		}
		if !t.HasText() || !slices.Contains(graph.Words(t.Value), string(word)) {
			report(fmt.Sprintf("the word %q leads to the term %d, %s, which does not have it", word, id, t))
		}
		return nil
	})
}

// eachText calls do for the terms of the dictionary that have text. Unreadable ones were reported with the quads.
func (v *view) eachText(ctx context.Context, do func(graph.Term, graph.ID) error) error {
	return v.eachRow(ctx, rowID, func(key, value []byte) error {
		t, err := decodeTerm(value)
		if err != nil || len(key) != 1+idSize || !t.HasText() {
			return nil
		}
		return do(t, graph.ID(binary.BigEndian.Uint64(key[1:])))
	})
}
