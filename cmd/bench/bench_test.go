package main

import (
	"io"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph/graphtest/diplomacy"
)

func TestBench(t *testing.T) {
	var out strings.Builder
	if err := bench(t.Context(), &out, options{quads: 20_000, seed: 1, rounds: 1}); err != nil {
		t.Fatal(err)
	}
	shapes, err := diplomacy.Shapes()
	if err != nil {
		t.Fatal(err)
	}
	for _, shape := range shapes {
		if !strings.Contains(out.String(), "| "+shape.Name+" ") {
			t.Errorf("no row for %s in\n%s", shape.Name, out.String())
		}
	}
	if err := bench(t.Context(), io.Discard, options{quads: 0, rounds: 1}); err == nil {
		t.Error("a graph of no quads was measured")
	}
}

func TestBenchStore(t *testing.T) {
	var out strings.Builder
	if err := benchStore(t.Context(), &out, options{quads: 30_000, seed: 1, rounds: 1, seconds: 1}); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{"| bulk load ", "| point pattern ", "| open after a kill ", "torn reads: 0 ("} {
		if !strings.Contains(out.String(), row) {
			t.Errorf("no %q in\n%s", row, out.String())
		}
	}
}

func TestDigestIsOfTheSet(t *testing.T) {
	if digest([]string{"b", "a"}) != digest([]string{"a", "b"}) {
		t.Error("the order of rows changes the digest")
	}
	if digest([]string{"a", "a"}) == digest([]string{"a"}) {
		t.Error("the digest does not count rows")
	}
}

func TestOtherAnswersFail(t *testing.T) {
	own := []measurement{{name: "lookup", rows: 2, digest: digest([]string{"a", "b"}), api: 1000}}
	var peer peerReport
	peer.Shapes = append(peer.Shapes, peerShape{Median: 1, Rows: 2, Digest: own[0].digest})
	if err := table(io.Discard, own, &peer); err != nil {
		t.Errorf("the same answers: %v", err)
	}
	peer.Shapes[0].Digest = digest([]string{"a", "c"})
	var out strings.Builder
	if err := table(&out, own, &peer); err == nil || !strings.Contains(out.String(), "NO: Oxigraph has 2") {
		t.Errorf("other answers: error %v, and the table\n%s", err, out.String())
	}
}
