package pebble

import (
	"testing"

	"github.com/ententegraph/entente/graph"
)

func TestTermHash(t *testing.T) {
	h := newTermHasher()
	seen := map[termHash]graph.Term{}
	for _, text := range []string{"", "a", "b", "en", "http://example.org/a"} {
		terms := []graph.Term{graph.IRI(text), graph.Blank(text), graph.String(text)}
		for _, tag := range []string{"a", "b", "en", "http://example.org/a"} {
			terms = append(terms, graph.Typed(text, tag), graph.LangTagged(text, tag))
		}
		for _, term := range terms {
			hash := h.of(&term)
			if other, again := seen[hash]; again {
				t.Errorf("%v and %v have one hash", other, term)
			}
			if seen[hash] = term; hash != h.of(&term) {
				t.Errorf("%v has two hashes", term)
			}
		}
	}
}
