package graph

import "testing"

func TestTripleTerms(t *testing.T) {
	s, p := IRI("http://example.org/s"), IRI("http://example.org/p")
	objects := []Term{
		IRI("http://example.org/o"), Blank("b.1"), String(""), String("a \"b\" ) >>\\\n\u0001 é"),
		Typed("01", "http://www.w3.org/2001/XMLSchema#integer"), LangTagged("oui \\", "fr-CA"), DirTagged("نعم", "ar", RightToLeft),
	}
	for _, o := range objects {
		objects = append(objects, TripleTerm(Blank("x"), p, o))
	}
	for _, o := range objects {
		term := TripleTerm(s, p, o)
		gotS, gotP, gotO, ok := term.Triple()
		if !ok || gotS != s || gotP != p || gotO != o {
			t.Errorf("%s: got %s %s %s, %v", term, gotS, gotP, gotO, ok)
		}
	}
	if _, _, _, ok := s.Triple(); ok {
		t.Error("an IRI is no triple")
	}
	if _, _, _, ok := (Term{Kind: KindTriple}).Triple(); ok {
		t.Error("an empty triple is no triple")
	}
}

func TestBaseDirection(t *testing.T) {
	term := DirTagged("x", "ar-EG", RightToLeft)
	if lang, dir := term.LanguageAndDirection(); lang != "ar-EG" || dir != "rtl" || term.String() != `"x"@ar-EG--rtl` || term.Check() != nil {
		t.Errorf("%s: %s, %s, %v", term, lang, dir, term.Check())
	}
	if lang, dir := LangTagged("x", "en").LanguageAndDirection(); lang != "en" || dir != "" {
		t.Errorf("%s, %s", lang, dir)
	}
	if err := DirTagged("x", "en", "LTR").Check(); err == nil {
		t.Error("want LTR refused")
	}
}

func TestRenameBlanks(t *testing.T) {
	a, p := IRI("http://example.org/a"), IRI("http://example.org/p")
	label := func(s string) string { return "x" + s }
	for _, c := range []struct{ in, want Term }{
		{a, a},
		{String("_:b"), String("_:b")},
		{Blank("b"), Blank("xb")},
		{
			TripleTerm(Blank("b"), p, TripleTerm(a, p, Blank("c"))),
			TripleTerm(Blank("xb"), p, TripleTerm(a, p, Blank("xc"))),
		},
	} {
		if got := RenameBlanks(c.in, label); got != c.want {
			t.Errorf("%s becomes %s, want %s", c.in, got, c.want)
		}
	}
}
