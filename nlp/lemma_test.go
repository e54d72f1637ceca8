package nlp

import "testing"

func TestMendLemmas(t *testing.T) {
	bases := verbBases{"raid": true, "intervene": true, "ban": true, "deny": true, "hope": true, "visit": true}
	for _, c := range []struct{ form, lemma, want string }{
		{"raided", "raide", "raid"},
		{"intervened", "interven", "intervene"},
		{"intervenes", "intervenes", "intervene"},
		{"banning", "bann", "ban"},
		{"denied", "deni", "deny"},
		{"hoped", "hop", "hope"},
		{"visiting", "visite", "visit"},
		{"visit", "visit", "visit"},
		{"rated", "rate", "rate"}, // not a verb of the schema
		{"hopping", "hop", "hop"}, // nor this, though it looks like hope
		{"bed", "bed", "bed"},     // too short to be cut
		{"went", "go", "go"},
	} {
		if got := bases.mend(c.form, c.lemma); got != c.want {
			t.Errorf("mend(%q, %q) = %q, want %q", c.form, c.lemma, got, c.want)
		}
	}
}
