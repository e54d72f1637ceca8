package pebble_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

func quads(t *testing.T, text string) []graph.Quad {
	t.Helper()
	var out []graph.Quad
	for q, err := range graph.ReadNQuads(t.Context(), strings.NewReader(text), graph.ReadOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

func dump(t *testing.T, s graph.Store) string {
	t.Helper()
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	var b bytes.Buffer
	if err := graph.Dump(t.Context(), v, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOpenMissingReadOnly(t *testing.T) {
	path := t.TempDir() + "/none"
	_, err := pebble.Open(path, pebble.Options{ReadOnly: true})
	if !errors.Is(err, graph.ErrNoStore) {
		t.Errorf("got %v, want an error that wraps ErrNoStore", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a folder was made")
	}
}

func TestReadOnly(t *testing.T) {
	path := t.TempDir()
	s, err := pebble.Open(path, pebble.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const text = "<http://example.org/a> <http://example.org/b> \"c\" .\n"
	if _, err := s.Apply(t.Context(), graph.Change{Add: quads(t, text)}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = pebble.Open(path, pebble.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := dump(t, s); got != text {
		t.Errorf("got %q, want %q", got, text)
	}
	if _, err := s.Apply(t.Context(), graph.Change{Remove: quads(t, text)}); err == nil {
		t.Error("a read-only store was changed")
	}
}

func TestLocked(t *testing.T) {
	mem := vfs.NewMem()
	s, err := pebble.Open("graph", pebble.Options{FS: mem})
	if err != nil {
		t.Fatal(err)
	}
	_, err = pebble.Open("graph", pebble.Options{FS: mem})
	var locked *pebble.LockedError
	if !errors.Is(err, graph.ErrLocked) || !errors.As(err, &locked) || locked.PID != os.Getpid() {
		t.Errorf("got %v, want a LockedError with the pid %d", err, os.Getpid())
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = pebble.Open("graph", pebble.Options{FS: mem})
	if err != nil {
		t.Fatalf("after closing: %v", err)
	}
	s.Close()
}

func TestUseAfterClose(t *testing.T) {
	s, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err == nil {
		t.Error("closed with an open view")
	}
	v.Close()
	if _, _, err := v.ID(t.Context(), graph.IRI("a")); err == nil {
		t.Error("read a closed view")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.View(); err == nil {
		t.Error("viewed a closed store")
	}
	if _, err := s.Apply(t.Context(), graph.Change{}); err == nil {
		t.Error("changed a closed store")
	}
}
