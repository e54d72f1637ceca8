package perceptron

import "testing"

func TestWaysToLemmas(t *testing.T) {
	for _, c := range []struct{ word, lemma, way string }{
		{"envoys", "envoy", "1+"},
		{"treaties", "treaty", "3+y"},
		{"sought", "seek", "5+eek"},
		{"armenian", "Armenian", "^0+"},
		{"été", "étéx", "0+x"},
		{"me", "I", "2+I"},
		{"", "x", "0+x"},
	} {
		way := wayTo(c.word, c.lemma)
		if way != c.way {
			t.Errorf("from %q to %q: %q, want %q", c.word, c.lemma, way, c.way)
		}
		if got := follow(c.word, way); got != c.lemma {
			t.Errorf("%q by %q: %q, want %q", c.word, way, got, c.lemma)
		}
	}
	if got := follow("a", "5+y"); got != "a" {
		t.Errorf("a way that is longer than the word gave %q", got)
	}
}

func TestSuffixRules(t *testing.T) {
	c := make(suffixCounts)
	for _, w := range []string{"walked", "talked", "asked", "boated", "heated"} {
		c.add("VBD", w, "2+", 1)
	}
	for _, w := range []string{"created", "stated"} {
		c.add("VBD", w, "1+", 1)
	}
	c.add("VBD", "went", "4+go", 1)
	r, err := readSuffixRules(c.rules().pack())
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{"went": "4+go", "created": "1+", "recreated": "1+", "marked": "2+", "forwent": "4+go", "x": "2+"} {
		if got, ok := r.find("VBD", word); !ok || got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
	if got, ok := r.find("NN", "walk"); ok {
		t.Errorf("a tag without rules gave %q", got)
	}
	if _, err := readSuffixRules([]byte("VBD\ned\n")); err == nil {
		t.Error("rules that are cut short were read")
	}
}

func TestFeaturesFromTheTree(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		forms []string
		at    int
		want  string
	}{
		{[]string{"She", "was", "expelled", "."}, 2, "Tense=Past|VerbForm=Part|Voice=Pass"},
		{[]string{"They", "have", "expelled", "her", "."}, 2, "Tense=Past|VerbForm=Part"},
		{[]string{"They", "expelled", "her", "."}, 1, "Mood=Ind|Tense=Past|VerbForm=Fin"},
		{[]string{"Leave", "the", "country", "now", "!"}, 0, "Mood=Imp|VerbForm=Fin"},
		{[]string{"They", "want", "to", "leave", "."}, 3, "VerbForm=Inf"},
		{[]string{"They", "are", "leaving", "."}, 2, "Tense=Pres|VerbForm=Part"},
		{[]string{"She", "leaves", "."}, 1, "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"},
	} {
		if got := m.Annotate(c.forms)[c.at].Features; got != c.want {
			t.Errorf("%v, %s: %s, want %s", c.forms, c.forms[c.at], got, c.want)
		}
	}
}
