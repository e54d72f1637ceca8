package nlp

import (
	"slices"
	"strings"
)

// A titled name is a person's name with the titles before it: "Estonian
// Minister of Defence Hanno Pevkur". The tenures found in the text tell where it
// begins, which the parser often does not see.
type titled struct {
	first, last int // tokens
	top         int // the name's head
}

// mendTitled makes one phrase, headed by the name, of every titled name, and
// coordinates two of them that "and" joins.
func (t *tree) mendTitled() {
	mentions := slices.Clone(t.doc.Mentions)
	slices.SortStableFunc(mentions, func(a, b Mention) int { return a.Start - b.Start })
	positions := map[int][]string{}
	for _, u := range t.doc.Tenures {
		positions[u.Person] = append(positions[u.Person], u.Position, "counterpart")
	}
	before := titled{top: -1}
	for _, m := range mentions {
		if m.Class != classPerson || m.Kind != Name || len(positions[m.Entity]) == 0 {
			continue
		}
		phrase, ok := t.titledAt(m, t.in.mentions[m.Sentence], positions[m.Entity])
		if !ok {
			continue
		}
		t.mendPhrase(phrase)
		if before.top >= 0 && before.last < phrase.first {
			t.mendPair(before, phrase)
		}
		before = phrase
	}
}

// titledAt measures the titled name that ends with the mention.
func (t *tree) titledAt(m Mention, mentions []Mention, positions []string) (titled, bool) {
	s := t.doc.Sentences[m.Sentence]
	start := m.Start
	head := func() string { return strings.TrimRight(t.doc.Text[s.Start:start], " ") }
	for {
		rest := strings.TrimSuffix(head(), ",")
		if start < m.Start {
			rest = strings.TrimSuffix(rest, " and")
		}
		rest = trimHonorifics(rest)
		if owner := endingAt(mentions, s.Start+len(rest)); owner >= 0 && strings.HasSuffix(strings.TrimSuffix(t.doc.Text[s.Start:owner], "the "), " of ") {
			rest = strings.TrimSuffix(strings.TrimSuffix(t.doc.Text[s.Start:owner], "the "), " of ")
		}
		found := false
		for _, p := range positions {
			if cut, ok := strings.CutSuffix(rest, p); ok && (cut == "" || strings.HasSuffix(cut, " ")) {
				start, found = s.Start+len(cut), true
				break
			}
		}
		if !found {
			break
		}
	}
	if start == m.Start {
		return titled{}, false
	}
	owner := strings.TrimSuffix(strings.TrimSuffix(head(), "’s"), "'s")
	if from := endingAt(mentions, s.Start+len(owner)); from >= s.Start {
		start = from
	}
	for _, word := range []string{"acting", "former", "then", "interim"} {
		if rest, ok := strings.CutSuffix(strings.ToLower(head()), word); ok && (rest == "" || strings.HasSuffix(rest, " ")) {
			start = s.Start + len(rest)
		}
	}
	for _, word := range []string{"the", "his", "her", "its", "their"} {
		if rest, ok := strings.CutSuffix(strings.ToLower(head()), word); ok && (rest == "" || strings.HasSuffix(rest, " ")) {
			start = s.Start + len(rest)
			break
		}
	}
	out := titled{first: -1, top: m.Head}
	for i := s.First; i < s.Last; i++ {
		if tok := t.tokens[i]; tok.Start >= start && tok.End <= m.End {
			if out.first < 0 {
				out.first = i
			}
			out.last = i
		}
	}
	return out, out.first >= 0 && out.first < out.top
}

// trimHonorifics cuts "Hon." and the like, and a comma before them, from the end of a text.
func trimHonorifics(s string) string {
	for {
		i := strings.LastIndexByte(s, ' ')
		if i < 0 || !slices.Contains([]string{"hon.", "h.e.", "dr", "dr.", "mr", "mr.", "ms", "mrs", "sir", "sheikh", "prof.", "professor", "general", "gen."}, strings.ToLower(s[i+1:])) {
			return strings.TrimSuffix(s, ",")
		}
		s = strings.TrimRight(s[:i], " ")
	}
}

// endingAt gives where the name of a state or organization begins that ends at the place, or -1.
func endingAt(mentions []Mention, end int) int {
	for _, m := range mentions {
		if m.End == end && (m.Class == classState || m.Class == classOrganization) && m.Kind != Nominal {
			return m.Start
		}
	}
	return -1
}

// mendPhrase hangs the phrase on its governor by the name, and all else in it on the name.
func (t *tree) mendPhrase(p titled) {
	inside := func(i int) bool { return i >= p.first && i <= p.last }
	tie := -1
	for i := p.first; i <= p.last; i++ {
		if t.tag(i) == "PUNCT" || inside(t.head(i)) {
			continue
		}
		if tie < 0 || t.is(i, "nsubj", "obj", "iobj", "obl") && !t.is(tie, "nsubj", "obj", "iobj", "obl") {
			tie = i
		}
	}
	if tie < 0 || t.head(tie) < 0 || verbalTag(t.tag(tie)) || t.within(t.head(tie), p.top) && tie != p.top {
		return
	}
	if tie != p.top && !t.move(p.top, t.head(tie), t.tokens[tie].Relation) {
		return
	}
	for i := p.first; i <= p.last; i++ {
		if i == p.top {
			continue
		}
		if h := t.head(i); !inside(h) {
			t.move(i, p.top, "nmod:desc")
		}
		for _, k := range slices.Clone(t.kids[i]) {
			if k < p.first && t.is(k, "case", "mark", "cc", "punct", "advmod") || k > p.last && t.is(k, "conj", "appos", "acl:relcl") {
				t.move(k, p.top, t.tokens[k].Relation)
			}
		}
	}
}

// mendPair coordinates two titled names with nothing but "and" between them.
func (t *tree) mendPair(a, b titled) {
	words := t.doc.Text[t.tokens[a.last].End:t.tokens[b.first].Start]
	if w := strings.TrimSpace(words); w != "and" && w != ", and" && w != "as well as" {
		return
	}
	v := t.head(b.top)
	switch next := b.last + 1; {
	case next < len(t.tokens) && t.tag(next) == "VERB" && t.finiteVerb(next) && t.ownSubject(next) < 0 && t.is(a.top, "obj", "obl") && t.head(a.top) < a.first:
		t.move(next, t.head(a.top), "conj") // nobody met the one that left
		t.move(b.top, next, "nsubj")
	case t.is(b.top, "conj") && v == a.top:
	case v > b.last && t.is(b.top, "nsubj"):
		if h := t.head(a.top); h >= 0 && h < a.first && t.verbal(h) {
			return // "Oslo thanked Minister Dahl and Minister Bule left": two clauses
		}
		t.move(a.top, v, t.tokens[b.top].Relation)
		t.move(b.top, a.top, "conj")
	case !t.within(a.top, b.top):
		t.move(b.top, a.top, "conj")
	}
	t.mendClauseless(a, b)
}

// mendClauseless gives a pair that was taken for the whole sentence the verb
// behind it, which was taken for a part of the pair.
func (t *tree) mendClauseless(a, b titled) {
	v := b.last + 1
	for v < len(t.tokens) && (t.tag(v) == "AUX" || t.tag(v) == "ADV") {
		v++
	}
	if v >= len(t.tokens) || t.head(a.top) >= 0 || t.tag(v) != "VERB" || !t.finiteVerb(v) || t.head(v) < a.first || t.head(v) > b.last {
		return
	}
	t.moveUp(v, -1, "root")
	t.move(a.top, v, "nsubj")
}

// mendUnwelcome gives the verb what it calls somebody: "declared the envoy persona non grata".
func (t *tree) mendUnwelcome(i int) {
	if i+1 >= len(t.tokens) || !strings.HasPrefix(t.word(i), "persona") || t.word(i+1) != "non" || t.is(i, "xcomp") {
		return
	}
	v := t.head(i)
	for v >= 0 && t.tag(v) != "VERB" {
		v = t.head(v)
	}
	if v < 0 || v > i {
		return
	}
	if t.is(i, "obj") {
		who := i - 1 // "declared the French ambassador persona …" as if the ambassador were part of the phrase
		if t.head(who) != i || t.tag(who) != "NOUN" && t.tag(who) != "PROPN" {
			return
		}
		t.move(who, v, "obj")
		for _, k := range slices.Clone(t.kids[i]) {
			if k < who {
				t.move(k, who, t.tokens[k].Relation)
			}
		}
	}
	t.move(i, v, "xcomp")
}
