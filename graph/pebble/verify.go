package pebble

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/columns"
)

// Verify reads everything that the store holds, and calls report for each thing
// that does not agree with the rest: blocks of files and their checksums and
// sequence, the orders of a segment with each other, layers with those below
// them, the dictionary with the quads, the words of texts with the dictionary, and
// the counts with the quads. It looks at the
// store as it is at the start; others go on meanwhile. The error is that of not
// being able to look.
func (s *Store) Verify(ctx context.Context, report func(problem string)) error {
	opened, err := s.View()
	if err != nil {
		return err
	}
	v := opened.(*view)
	defer v.Close()
	sound := true // the layers can be read on
	for _, seg := range v.version.segments {
		ok, err := verifySegment(ctx, seg, report)
		if err != nil {
			return err
		}
		sound = sound && ok
	}
	if !sound {
		return nil // whatever is read from them is wrong too
	}
	quads, err := v.verifyQuads(ctx, report)
	if err != nil {
		return err
	}
	if quads != v.version.state.quads {
		report(fmt.Sprintf("the store counts %d quads, and holds %d", v.version.state.quads, quads))
	}
	nodes, err := v.verifyTerms(ctx, report)
	if err != nil {
		return err
	}
	if nodes != v.version.state.nodes {
		report(fmt.Sprintf("the store counts %d terms in quads, and holds %d", v.version.state.nodes, nodes))
	}
	if err := v.verifyDictionary(ctx, report); err != nil {
		return err
	}
	if err := v.verifyLists(ctx, report); err != nil {
		return err
	}
	return v.verifyWords(ctx, report)
}

// content stands for a set of rows, whatever their sequence.
type content struct{ rows, sum, mixed uint64 }

func (c *content) add(e graph.Encoded) {
	h := uint64(14695981039346656037)
	for place := range graph.Place(4) {
		h = (h ^ uint64(e.At(place))) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	c.rows++
	c.sum += h
	c.mixed ^= h * h
}

func verifySegment(ctx context.Context, seg *segment, report func(string)) (sound bool, err error) {
	sound = true
	for _, files := range seg.files {
		var first content
		var of *columns.File // the first that is sound
		for _, f := range files {
			c, err := contentOf(ctx, f)
			if errors.Is(err, columns.ErrDamaged) {
				report(err.Error())
				sound = false
				continue
			}
			if err != nil {
				return false, err
			}
			if of == nil {
				first, of = c, f
			} else if c != first {
				report(fmt.Sprintf("%s and %s hold different quads", of.Name(), f.Name()))
				sound = false
			}
		}
	}
	return sound, nil
}

func contentOf(ctx context.Context, f *columns.File) (c content, err error) {
	if err := f.Check(); err != nil {
		return c, err
	}
	rows := make([]graph.Encoded, fullBatch)
	r := f.Reader()
	for at := int64(0); at < f.Len(); {
		if err := ctx.Err(); err != nil {
			return c, err
		}
		n, err := r.Read(at, rows)
		if err != nil {
			return c, err
		}
		for _, e := range rows[:n] {
			c.add(e)
		}
		at += int64(n)
	}
	return c, nil
}

// verifyQuads reads all quads in all orders, which must have the same ones, and counts them.
func (v *view) verifyQuads(ctx context.Context, report func(string)) (uint64, error) {
	var first content
	for i, o := range graph.Orders() {
		var c content
		err := v.scan(ctx, graph.Pattern{}, o, func(batch []graph.Encoded) bool {
			for _, e := range batch {
				c.add(e)
			}
			return true
		})
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if err != nil {
			report(fmt.Sprintf("order %s: %v", o, err))
			continue
		}
		if i == 0 {
			first = c
		} else if c != first {
			report(fmt.Sprintf("the orders %s and %s hold different quads", graph.SPOG, o))
		}
	}
	return first.rows, nil
}

// verifyTerms looks up every id that quads have, and counts those of terms.
func (v *view) verifyTerms(ctx context.Context, report func(string)) (nodes uint64, err error) {
	last := graph.DefaultGraph
	for {
		ids, err := v.nodes(ctx, v.version, last+1, make([]graph.ID, 0, fullBatch))
		if err != nil {
			return 0, err
		}
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			nodes++
			v.verifyTerm(id, report)
		}
		if len(ids) == 0 {
			return nodes, nil
		}
		last = ids[len(ids)-1]
	}
}

// verifyTerm looks up a term past the cache, and looks whether it leads back to its id.
func (v *view) verifyTerm(id graph.ID, report func(string)) {
	if id.IsInline() {
		if _, ok := graph.InlineTerm(id); !ok {
			report(fmt.Sprintf("quads have the id %d, which stands for no value", id))
		}
		return
	}
	encoded, err := get(v.r, keyOfID(rowID, id))
	if err != nil {
		report(fmt.Sprintf("quads or the list of graphs have the term %d, which is not in the dictionary (%v)", id, err))
		return
	}
	t, err := decodeTerm(encoded)
	if err != nil {
		report(fmt.Sprintf("term %d: %v", id, err))
		return
	}
	if back, found, err := lookUp(v.r, t); err != nil || !found || back != id {
		report(fmt.Sprintf("term %d is %s, which leads to the id %d (%v, %v)", id, t, back, found, err))
	}
	if id >= v.version.state.next {
		report(fmt.Sprintf("term %d has an id that was not given out yet", id))
	}
}

// verifyDictionary looks for terms that nothing uses, and for created graphs without a name.
func (v *view) verifyDictionary(ctx context.Context, report func(string)) error {
	created := map[graph.ID]bool{}
	err := v.eachID(ctx, rowGraph, func(id graph.ID) error {
		created[id] = true
		v.verifyTerm(id, report)
		return nil
	})
	if err != nil {
		return err
	}
	if _, err := get(v.r, keySweep); !errors.Is(err, pebble.ErrNotFound) {
		return err // terms that no quad has are being taken out
	}
	return v.eachID(ctx, rowID, func(id graph.ID) error {
		if created[id] || !v.version.published(id) {
			return nil
		}
		used, err := v.version.inQuads(id)
		if err == nil && (!used || id <= graph.DefaultGraph) {
			report(fmt.Sprintf("the dictionary has the term %d, which no quad has", id))
		}
		return err
	})
}

// eachID calls do for the id of each row of a kind.
func (v *view) eachID(ctx context.Context, kind byte, do func(graph.ID) error) error {
	return v.eachRow(ctx, kind, func(key, _ []byte) error {
		if len(key) != 1+idSize {
			return fmt.Errorf("pebble: a row %c has a key of %d bytes; the store is damaged", kind, len(key))
		}
		return do(graph.ID(binary.BigEndian.Uint64(key[1:])))
	})
}

// eachRow calls do for each row of a kind, whose bytes are valid until it returns.
func (v *view) eachRow(ctx context.Context, kind byte, do func(key, value []byte) error) error {
	it, err := v.r.NewIter(&pebble.IterOptions{LowerBound: []byte{kind}, UpperBound: []byte{kind + 1}})
	if err != nil {
		return err
	}
	defer it.Close()
	for ok := it.First(); ok; ok = it.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := do(it.Key(), it.Value()); err != nil {
			return err
		}
	}
	return it.Error()
}

// Checkpoint makes a store of its own in a folder, which must not exist yet,
// with all that this one holds now. Files are linked where the file system can,
// so it takes moments and little room. Changes wait meanwhile; readers do not.
func (s *Store) Checkpoint(path string) error {
	if err := s.checkpoint(path); err != nil {
		return fmt.Errorf("pebble: copying %s to %s: %w", s.path, path, err)
	}
	return nil
}

func (s *Store) checkpoint(path string) (err error) {
	s.merging.Lock()
	defer s.merging.Unlock()
	s.changing.Lock()
	defer s.changing.Unlock()
	if s.closed.Load() {
		return errClosed
	}
	if _, err := s.folder.fs.Stat(path); err == nil {
		return errors.New("there is something already")
	}
	defer func() {
		if err != nil {
			s.folder.fs.RemoveAll(path)
		}
	}()
	if err := s.db.Checkpoint(path, pebble.WithFlushedWAL()); err != nil {
		return err
	}
	to := folder{s.folder.fs.PathJoin(path, s.folder.fs.PathBase(s.folder.path)), s.folder.fs}
	if err := to.fs.MkdirAll(to.path, 0o755); err != nil {
		return err
	}
	for _, seg := range s.version.segments {
		for i, files := range seg.files {
			for _, f := range files {
				if err := vfs.LinkOrCopy(to.fs, f.Name(), to.file(seg.Number, f.Order(), i == 1)); err != nil {
					return err
				}
			}
		}
	}
	return errors.Join(to.sync(), folder{path, to.fs}.sync())
}
