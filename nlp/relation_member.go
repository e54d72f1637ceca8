package nlp

import "slices"

// member enters the memberships that stand beside the word "member" without a
// verb: "Tonga, a member of the Commonwealth", "NATO member Norway", "the
// members of the bloc: Chad, Niger and Mali".
func (b *relationBook) member(i int) {
	one := b.word(i) == "member"
	if !one && b.word(i) != "members" || b.tag(i) != "NOUN" || b.covering[i] >= 0 && b.doc.Mentions[b.covering[i]].Kind == Name {
		return
	}
	if b.emptyPhrase(i) {
		return
	}
	for k := i - 1; k >= max(0, i-4) && b.word(k) != "," && b.word(k) != "and"; k-- { // the parser may hang them on the name: "aspiring NATO member Georgia"
		if slices.Contains(noMembers, b.lemma(k)) || slices.Contains(noMembers, b.word(k)) {
			return
		}
	}
	bodies := b.bodiesOfMember(i)
	if len(bodies) == 0 {
		return
	}
	for _, m := range b.membersBeside(i, one) {
		for _, body := range bodies {
			if from := b.doc.Mentions[m].Entity; from != body {
				b.asserted("member-of", from, body, m)
			}
		}
	}
}

// noMembers lists adjectives of those who are not, or no longer, members.
var noMembers = []string{
	"former", "aspiring", "prospective", "future", "potential", "would-be", "new", "founding", "suspended", "ex", "candidate", "possible", "associate",
	"non", "staff", "crew", "board", "family", "parliament", "cabinet",
}

// bodiesOfMember gives the organizations that the members are those of.
func (b *relationBook) bodiesOfMember(i int) []int {
	var out []int
	add := func(h int) {
		if e := b.entityAt(h); e >= 0 && b.class(e) == "Organization" && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	for _, h := range b.oblique(i, "of") {
		add(h)
		for _, c := range b.all(h, "nmod", "conj") { // "of the first and of the second"
			if b.kid(c, "cc") >= 0 {
				add(c)
			}
		}
	}
	if len(out) == 0 && i > 0 {
		if m := b.covering[i-1]; m >= 0 && b.doc.Mentions[m].Class == "Organization" && b.doc.Mentions[m].Kind != Nominal {
			out = append(out, b.doc.Mentions[m].Entity)
		}
	}
	return out
}

// membersBeside gives the mentions of states that the word names the members of something.
func (b *relationBook) membersBeside(i int, one bool) []int {
	s := b.doc.Sentences[b.doc.Tokens[i].Sentence]
	state := func(k int) int {
		if k < s.First || k >= s.Last {
			return -1
		}
		if m := b.covering[k]; m >= 0 && b.doc.Mentions[m].Class == "State" && b.doc.Mentions[m].Kind != Demonym && b.doc.Mentions[m].Kind != Pronoun {
			return m
		}
		return -1
	}
	var out []int
	list := func(k int) {
		for ; k < s.Last; k++ {
			if m := state(k); m >= 0 {
				if !slices.Contains(out, m) {
					out = append(out, m)
				}
			} else if !slices.Contains([]string{",", "and", "the"}, b.word(k)) {
				return
			}
		}
	}
	if next := state(i + 1); next >= 0 && len(b.oblique(i, "of")) == 0 { // "NATO member Norway"
		if one {
			return []int{next}
		}
		list(i + 1)
		return out
	}
	if !one { // "the members of the bloc: …"
		for k := i + 1; k < s.Last && k < i+20; k++ {
			if b.word(k) == ":" {
				list(k + 1)
				return out
			}
			if verbalTag(b.tag(k)) {
				return nil
			}
		}
		return nil
	}
	first := i
	for first > s.First && slices.Contains([]string{"DET", "ADJ", "ADV"}, b.tag(first-1)) {
		first--
	}
	if first == i || !slices.Contains([]string{"a", "an", "also"}, b.word(first)) || first-2 < s.First || b.word(first-1) != "," {
		return nil
	}
	if m := state(first - 2); m >= 0 { // "Tonga, a member of …"
		return []int{m}
	}
	return nil
}
