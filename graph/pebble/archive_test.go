package pebble_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

func TestBackupRestore(t *testing.T) {
	folder := t.TempDir()
	s, err := pebble.Open(filepath.Join(folder, "graph"), pebble.Options{MergeAt: 200})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, quads := range documents(60) {
		c := graph.Change{Add: quads, Records: map[string][]byte{"n": {byte(i)}}}
		if _, err := s.Apply(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	want := dump(t, s)
	var archive bytes.Buffer
	if err := s.Backup(t.Context(), &archive); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), graph.Change{Remove: documents(60)[3]}); err != nil {
		t.Fatal(err)
	}

	to := filepath.Join(folder, "restored")
	restore := func(b []byte, replace bool) error {
		return pebble.Restore(t.Context(), bytes.NewReader(b), to, replace, nil)
	}
	check := func() {
		t.Helper()
		r, err := pebble.Open(to, pebble.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if got := dump(t, r); got != want {
			t.Error("what was restored is not what was backed up")
		}
		if err := r.Verify(t.Context(), func(problem string) { t.Error(problem) }); err != nil {
			t.Error(err)
		}
		if err := restore(archive.Bytes(), true); !errors.Is(err, graph.ErrLocked) {
			t.Errorf("restoring over a store in use: %v", err)
		}
	}
	whole := archive.Bytes()
	places := []int{len(whole) - 1, len(whole) - 5}
	for at := 10; at < len(whole); at += len(whole) / 40 {
		places = append(places, at)
	}
	for _, at := range places {
		bad := bytes.Clone(whole)
		bad[at] ^= 0x20
		if err := restore(bad, false); !errors.Is(err, pebble.ErrArchive) {
			t.Errorf("byte %d of %d is wrong: %v", at, len(whole), err)
		}
		if err := restore(whole[:at], false); !errors.Is(err, pebble.ErrArchive) {
			t.Errorf("cut off at byte %d of %d: %v", at, len(whole), err)
		}
	}
	if left, _ := filepath.Glob(to + "*"); len(left) > 0 {
		t.Fatalf("failures left %v", left)
	}
	if err := restore(whole, false); err != nil {
		t.Fatal(err)
	}
	check()
	if err := restore(whole, false); !errors.Is(err, graph.ErrStoreExists) {
		t.Errorf("restoring over a store: %v", err)
	}
	if err := restore(whole[:len(whole)/2], true); !errors.Is(err, pebble.ErrArchive) {
		t.Errorf("restoring half a backup over a store: %v", err)
	}
	check()
	if err := restore(whole, true); err != nil {
		t.Fatal(err)
	}
	check()
}

func TestCutOffRestore(t *testing.T) {
	to := filepath.Join(t.TempDir(), "graph")
	s := storeOf(t, to, documents(3))
	want := dump(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// The process was killed when the old store was away and the new one not in its place yet.
	if err := errors.Join(os.Rename(to, to+".replaced"), os.CopyFS(to+".restoring", os.DirFS(to+".replaced"))); err != nil {
		t.Fatal(err)
	}
	s, err := pebble.Open(to, pebble.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := dump(t, s); got != want {
		t.Error("what was there before is not there again")
	}
	var archive bytes.Buffer
	if err := errors.Join(s.Close(), os.Rename(to, to+".replaced")); err != nil {
		t.Fatal(err)
	}
	// While the restore still runs, nobody may take the old store for theirs.
	held, err := pebble.Open(to+".replaced", pebble.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pebble.Open(to, pebble.Options{}); !errors.Is(err, graph.ErrLocked) {
		t.Errorf("opening a store that is being replaced: %v", err)
	}
	if err := errors.Join(held.Backup(t.Context(), &archive), held.Close()); err != nil {
		t.Fatal(err)
	}
	if err := pebble.Restore(t.Context(), &archive, to, false, nil); !errors.Is(err, graph.ErrStoreExists) {
		t.Errorf("restoring where a restore was cut off: %v", err)
	}
	if left, _ := filepath.Glob(to + "*"); len(left) != 2 { // the store, and what the first was unpacking
		t.Errorf("there is %v", left)
	}
}

func storeOf(t *testing.T, path string, docs [][]graph.Quad) *pebble.Store {
	t.Helper()
	s, err := pebble.Open(path, pebble.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, quads := range docs {
		if _, err := s.Apply(t.Context(), graph.Change{Add: quads}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}
