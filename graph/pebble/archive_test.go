package pebble_test

import (
	"bytes"
	"errors"
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
