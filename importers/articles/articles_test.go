package articles

import (
	"strings"
	"testing"
)

func TestArticles(t *testing.T) {
	w, err := New(7)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.States) < 100 || len(w.Organizations) < 20 || len(w.Persons) != len(w.States)*12 {
		t.Fatalf("%d states, %d organizations, %d persons", len(w.States), len(w.Organizations), len(w.Persons))
	}
	again, err := New(7)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, n := range []int{5, 0, 3, 999, 1000, 9999} {
		a := w.Article(n)
		if b := again.Article(n); a.Text != b.Text || a.Published != b.Published {
			t.Errorf("article %d differs from itself", n)
		}
		if strings.ContainsAny(a.Text, "{}") || len(a.Text) < 200 || a.Title == "" || a.Published.IsZero() {
			t.Errorf("article %d: %q", n, a.Text)
		}
		if seen[a.Text] {
			t.Errorf("article %d is another again", n)
		}
		seen[a.Text] = true
	}
}
