package pebble_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	raw "github.com/cockroachdb/pebble/v2"
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
	return dumpView(t, v)
}

func dumpView(t *testing.T, v graph.View) string {
	t.Helper()
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

// TestLockedByProcess has a process of its own hold the store.
func TestLockedByProcess(t *testing.T) {
	if path := os.Getenv("ENTENTE_HOLD_STORE"); path != "" {
		s, err := pebble.Open(path, pebble.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		fmt.Println("open")
		io.Copy(io.Discard, os.Stdin) // until the other process lets go
		return
	}
	path := t.TempDir()
	holder := exec.Command(os.Args[0], "-test.run=^TestLockedByProcess$")
	holder.Env = append(os.Environ(), "ENTENTE_HOLD_STORE="+path)
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	hold, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "open\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	_, err = pebble.Open(path, pebble.Options{})
	if want := fmt.Sprintf("pebble: opening %s: graph is in use by another process (pid %d)", path, holder.Process.Pid); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := pebble.Open(path, pebble.Options{ReadOnly: true}); !errors.Is(err, graph.ErrLocked) {
		t.Errorf("read-only: got %v", err)
	}
	// A process that is killed leaves its pid behind, but no lock.
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	hold.Close()
	holder.Wait()
	s, err := pebble.Open(path, pebble.Options{})
	if err != nil {
		t.Fatalf("after the other process was killed: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestFormat(t *testing.T) {
	for name, row := range map[string][2]string{
		"newer":       {"!format", "4"},
		"damaged":     {"!format", "one"},
		"not a graph": {"key", "value"},
	} {
		mem := vfs.NewMem()
		db, err := raw.Open("graph", &raw.Options{FS: mem, FormatMajorVersion: raw.FormatNewest})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(db.Set([]byte(row[0]), []byte(row[1]), raw.Sync), db.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := pebble.Open("graph", pebble.Options{FS: mem}); !errors.Is(err, pebble.ErrFormat) {
			t.Errorf("%s: got %v, want an error that wraps ErrFormat", name, err)
		}
		// The refused store is as it was, and not locked.
		db, err = raw.Open("graph", &raw.Options{FS: mem, FormatMajorVersion: raw.FormatNewest})
		if err != nil {
			t.Fatal(err)
		}
		db.Close()
	}
}

// TestCrash cuts the power after every change, and some of what was not synced
// is lost. What Apply acknowledged must be there, whole.
func TestCrash(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	disk := vfs.NewCrashableMem()
	var want string
	for n := range 40 {
		s, err := pebble.Open("graph", pebble.Options{FS: disk, MergeAt: 1 + n%20})
		if err != nil {
			t.Fatalf("crash %d: %v", n, err)
		}
		if got := dump(t, s); got != want {
			t.Fatalf("crash %d: the store holds\n%swant\n%s", n, got, want)
		}
		for range 1 + r.IntN(3) {
			var c graph.Change
			for range 5 {
				q := graph.Quad{Subject: graph.IRI(fmt.Sprint(r.IntN(9))), Predicate: graph.IRI("p"), Object: graph.IRI(fmt.Sprint(r.IntN(9)))}
				if r.IntN(2) == 0 {
					c.Add = append(c.Add, q)
				} else {
					c.Remove = append(c.Remove, q)
				}
			}
			if _, err := s.Apply(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
		want = dump(t, s)
		crashed := disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: r.IntN(100), RNG: r})
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		disk = crashed
	}
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
