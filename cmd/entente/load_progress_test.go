package main

import (
	"testing"
	"time"

	"github.com/ententegraph/entente/importers"
)

func TestLargeLine(t *testing.T) {
	const stop = "  (Ctrl-C leaves the graph as it was)"
	for _, c := range []struct {
		p    importers.Progress
		want string
	}{
		{importers.Progress{Source: "a.nq", Quads: 1_250_000, Bytes: 50, Size: 100}, "a.nq  30 %  1.2 M quads read, 312 k a second, 9s left"},
		{importers.Progress{Source: "a.nq", Quads: 999, Bytes: 0, Size: 100}, "a.nq  0 %  999 quads read, 250 a second"},
		{importers.Progress{Source: "-", Quads: 40_000, Bytes: 50}, "-  40 k quads read, 10 k a second"},
		{importers.Progress{Source: "-", Quads: 40_000, Bytes: 50, Written: 0.5}, "-  80 %  40 k quads read, being sorted and written"},
		{importers.Progress{Source: "a.nq", Quads: 5e6, Bytes: 100, Size: 100, Written: 1}, "a.nq  100 %  5.0 M quads read, being sorted and written, 0s left"},
	} {
		if got := largeLine(c.p, 4*time.Second); got != c.want+stop {
			t.Errorf("got  %s\nwant %s", got, c.want+stop)
		}
	}
}
