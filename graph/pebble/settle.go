package pebble

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cockroachdb/pebble/v2"
)

// defaultMerge is how many rows the layers in memory have when they are written
// to a segment: at most 64 bytes each.
const defaultMerge = 128 << 10

// settle writes layers from memory to segments, and merges segments, until the
// store is closed. Readers and writers go on meanwhile.
func (s *Store) settle(ctx context.Context) {
	defer close(s.settled)
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		}
		err := s.merge(ctx, s.mergeAt)
		s.changing.Lock()
		s.mergeErr = err
		s.attempts++
		s.merged.Broadcast()
		s.changing.Unlock()
	}
}

// merge writes the layers in memory to a segment if they have as many rows, and
// merges segments that are not much larger than those on top of them.
func (s *Store) merge(ctx context.Context, rows int64) error {
	s.merging.Lock()
	defer s.merging.Unlock()
	for {
		v, upTo := s.freeze(rows)
		if len(v.frozen) == 0 {
			break
		}
		layers := make([]layer, len(v.frozen))
		for i, r := range v.frozen {
			layers[i] = r
		}
		seg, err := s.folder.write(ctx, s.nextSegment(), layers)
		if err != nil {
			return fmt.Errorf("pebble: writing columns of %s: %w", s.path, err)
		}
		if err := s.replace(0, seg, &upTo); err != nil {
			return err
		}
	}
	for {
		n := s.unsettled()
		if n == 0 {
			return nil
		}
		if err := s.mergeSegments(ctx, n); err != nil {
			return err
		}
	}
}

// Settle writes what is in memory to a segment and merges all segments into
// one, the smallest and fastest form of the store. Readers and writers go on.
func (s *Store) Settle(ctx context.Context) error {
	if s.readOnly {
		return fmt.Errorf("pebble: merging %s: %w", s.path, errReadOnly)
	}
	if err := s.merge(ctx, 0); err != nil {
		return err
	}
	s.merging.Lock()
	defer s.merging.Unlock()
	v := s.current()
	n := len(v.segments)
	v.release()
	if n < 2 {
		return nil
	}
	return s.mergeSegments(ctx, n)
}

// mergeSegments replaces the newest segments by one.
func (s *Store) mergeSegments(ctx context.Context, n int) error {
	v := s.current()
	defer v.release()
	layers := make([]layer, n)
	for i, seg := range v.segments[:n] {
		layers[i] = seg
	}
	seg, err := s.folder.write(ctx, s.nextSegment(), layers)
	if err != nil {
		return fmt.Errorf("pebble: merging columns of %s: %w", s.path, err)
	}
	return s.replace(n, seg, nil)
}

// freeze keeps the layers in memory from being merged with later ones, so that
// they can be written, if they have as many rows. It returns the version with
// them, and the last row of the journal that they stand for.
func (s *Store) freeze(rows int64) (*version, uint64) {
	s.changing.Lock()
	defer s.changing.Unlock()
	v := s.version
	if len(v.frozen) == 0 && len(v.fresh) > 0 && inMemory(v.fresh) >= rows {
		v = newVersion(nil, v.fresh, v.segments, v.state)
		s.frozenUpTo = s.journal - 1
		s.publishing.Lock()
		s.publish(v)
		s.publishing.Unlock()
	}
	return v, s.frozenUpTo
}

// unsettled returns how many of the newest segments should be one: enough to
// keep their number logarithmic, and few enough to write each row but a few times.
func (s *Store) unsettled() int {
	v := s.current()
	defer v.release()
	n, sum := 0, int64(0)
	for i, seg := range v.segments {
		size := seg.Added + seg.Removed
		if i > 0 && size <= 3*sum {
			n = i + 1
		}
		sum += size
	}
	return n
}

// replace puts a segment, or nothing where it is nil, in the place of the
// newest n, or of the frozen layers where upTo is set, which says up to which
// row the journal is needed no more. It is one step, on disk too.
func (s *Store) replace(n int, seg *segment, upTo *uint64) error {
	s.changing.Lock()
	defer s.changing.Unlock()
	old := s.version
	segments := slices.Clone(old.segments[n:])
	if seg != nil {
		segments = slices.Insert(segments, 0, seg)
	}
	frozen := old.frozen
	if upTo != nil {
		frozen = nil
	}
	v := newVersion(old.fresh, frozen, segments, old.state)
	b := s.db.NewBatch()
	defer b.Close()
	err := b.Set(keyManifest, manifestOf(segments), nil)
	if upTo != nil {
		err = errors.Join(err, b.DeleteRange(keyOfJournal(0), keyOfJournal(*upTo+1), nil))
	}
	if err != nil {
		v.release()
		return fmt.Errorf("pebble: merging %s: %w", s.path, err)
	}
	old.refs.Add(1) // files may go only when the manifest without them is on disk
	defer old.release()
	if err := s.commit(b, v); err != nil {
		return fmt.Errorf("pebble: merging %s: %w", s.path, err)
	}
	for _, gone := range old.segments[:n] {
		gone.replaced.Store(true)
	}
	return nil
}

// commit writes a batch and publishes the version that it makes, at once for
// those who open views. The caller holds changing. Durability is waited for here.
func (s *Store) commit(b *pebble.Batch, v *version) error {
	if err := s.apply(b, v); err != nil {
		return err
	}
	return s.wait(b)
}

// apply writes a batch, in its sequence with others, and publishes the version
// that it makes, or releases it when it fails. It is durable after wait, which must follow.
func (s *Store) apply(b *pebble.Batch, v *version) (err error) {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	defer func() {
		if err != nil {
			v.release()
		}
	}()
	defer s.catch(&err)
	if s.sync {
		err = s.db.ApplyNoSyncWait(b, pebble.Sync)
	} else {
		err = s.db.Apply(b, pebble.NoSync)
	}
	if err == nil {
		s.publish(v)
	}
	return err
}

// wait waits until a batch is on disk. Those of several changes get there together.
func (s *Store) wait(b *pebble.Batch) (err error) {
	if !s.sync {
		return nil
	}
	defer s.catch(&err)
	return b.SyncWait()
}

// catch keeps the first error of writing to the database, after which it
// cannot be written to any more. Pebble panics then, by way of [quiet].
func (s *Store) catch(err *error) {
	if p := recover(); p != nil {
		fatal, ok := p.(fatalError)
		if !ok {
			panic(p)
		}
		*err = fatal
	}
	if *err != nil {
		wrapped := fmt.Errorf("the disk failed, and the store can only be read until it is opened again: %w", *err)
		s.failed.CompareAndSwap(nil, &wrapped)
		*err = wrapped
	}
}

func (s *Store) nextSegment() uint64 { return s.segments.Add(1) - 1 }
