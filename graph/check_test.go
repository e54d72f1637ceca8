package graph

import (
	"strings"
	"testing"
)

func FuzzFirstNotInIRI(f *testing.F) {
	for _, s := range []string{"", "http://example.org/é", "a b", "\xff<", "a\\u0020", "日|本"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := firstNotInIRI(s), strings.IndexFunc(s, notInIRI); got != want {
			t.Errorf("%q: got %d, want %d", s, got, want)
		}
	})
}
