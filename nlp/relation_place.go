package nlp

import (
	"slices"
	"sort"
	"strings"
)

// constructions enters the relations that grammar alone expresses: what is
// part of what, where it lies, who stands behind it.
func (b *relationBook) constructions() {
	for m := range b.doc.Mentions {
		b.belongs(m)
		b.compound(m)
		b.lies(m)
		b.bound(m)
	}
	for i := range b.doc.Tokens {
		b.member(i)
		b.among(i)
		b.bare(i)
		b.candidate(i)
	}
}

// bound enters the parties that an agreement has in its name or right behind it:
// "the Treaty on Extradition between Chad and Mali". Of one that is still to come there are none.
func (b *relationBook) bound(m int) {
	mention := b.doc.Mentions[m]
	if mention.Class != "Agreement" || mention.Kind == Pronoun || mention.Kind == Nominal && !b.definite(mention.Head) || !b.concluded(mention.Head) {
		return
	}
	for _, p := range b.parties(b.at(mention.Head, "between")) {
		for _, e := range p.acting {
			b.asserted("party-to", e, mention.Entity, m)
		}
	}
}

// asserted enters a relation that the document states in passing.
func (b *relationBook) asserted(id string, from, to, mention int) {
	m := b.doc.Mentions[mention]
	if m.Kind == Nominal && b.hasLemma(m.Head, []string{"det"}, "a", "an", "any", "no", "another") && b.standing(matter{word: m.Head}).unreal() {
		return // "plans to open a Chadian consulate in Lima": there is none yet
	}
	st := Statement{Polarity: "positive", Modality: "realis", Assertion: "asserted", Evidence: []Span{b.doc.Sentences[m.Sentence].Span}, Confidence: 0.8}
	if q := b.quoted[m.Head]; q >= 0 && !b.doc.Quotations[q].Scare {
		st.Assertion = "claimed"
	}
	b.add(Relation{Type: id, From: from, To: to, About: -1, Trigger: m.Span, Statement: st})
}

// charged enters a relation that is a charge as much as a description: in what
// somebody condemns, demands or worries about, it is theirs.
func (b *relationBook) charged(id string, from, to, mention int) {
	m := b.doc.Mentions[mention]
	for n, at, i := 0, m.Head, b.head(m.Head); i >= 0 && n < deepest; n, at, i = n+1, i, b.head(i) {
		if b.is(at, "conj") { // the clause before does not govern the one that is coordinated with it
			continue
		}
		if !verbalTag(b.tag(i)) || !b.speaks(i) && !slices.Contains(voicing, b.lemma(i)) {
			continue
		}
		by := b.speakers(i)
		if len(by) == 0 {
			continue
		}
		st := Statement{Polarity: "positive", Modality: "realis", Assertion: "claimed", AttributedTo: by,
			Evidence: []Span{b.doc.Sentences[m.Sentence].Span}, Confidence: 0.7}
		b.add(Relation{Type: id, From: from, To: to, About: -1, Trigger: m.Span, Statement: st})
		return
	}
	b.asserted(id, from, to, mention)
}

// voicing lists verbs that put somebody's judgement into words.
var voicing = []string{"voice", "express", "raise", "condemn", "denounce", "criticise", "criticize", "call", "decry", "deplore", "urge", "fear"}

// standingVerbs tell of an agreement what can only be told of one that was concluded.
var standingVerbs = []string{
	"enter", "sign", "ratify", "violate", "breach", "break", "terminate", "denounce", "invoke", "apply", "expire", "mark", "bind", "govern",
	"regulate", "conclude", "renew", "extend", "withdraw", "suspend", "take", "come", "implement",
}

// concluded reports whether the clause of an agreement tells that it was concluded.
func (b *relationBook) concluded(agreement int) bool {
	if first, _ := b.extent(agreement); slices.ContainsFunc(b.kids[agreement], func(k int) bool { return k < agreement && slices.Contains(unsigned, b.lemma(k)) }) ||
		first < agreement && slices.Contains(unsigned, b.word(agreement-1)) {
		return false
	}
	v := b.head(agreement)
	if v < 0 || !b.is(agreement, "nsubj", "obj", "obl") {
		return false
	}
	st := b.standing(matter{word: v})
	if b.is(agreement, "obl") && b.introducer(agreement) == "under" {
		return b.quoted[agreement] < 0
	}
	return verbalTag(b.tag(v)) && slices.Contains(standingVerbs, b.lemma(v)) && !st.unreal() && st.assertion == ""
}

// unsigned lists what agreements are called before they are concluded.
var unsigned = []string{"draft", "proposed", "planned", "future", "possible", "unsigned", "envisaged", "would-be", "prospective"}

// belongs enters that a body is part of a state or organization: "the Armenian
// Foreign Ministry", "Rwandan troops", "the secretariat of the GCC".
func (b *relationBook) belongs(m int) {
	mention := b.doc.Mentions[m]
	if mention.Class != "Organization" || mention.Kind == Pronoun {
		return
	}
	bodies := b.bodiesOf(m)
	known := len(b.organs[mention.Entity]) > 0
	for _, body := range bodies {
		if b.class(body) == "State" && !b.organ(mention) {
			continue
		}
		if len(bodies) == 1 {
			b.asserted("part-of", mention.Entity, body, m)
		}
		if !known && b.class(body) == "State" && !slices.Contains(b.organs[mention.Entity], body) {
			b.organs[mention.Entity] = append(b.organs[mention.Entity], body)
		}
	}
}

// organ reports whether a body's name says that it is an organ of a state: a ministry, an army, an embassy.
func (b *relationBook) organ(m Mention) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(b.doc.Text[m.Start:m.End]), func(r rune) bool { return r == ' ' || r == '-' || r == '’' }) {
		if actingNoun(w) || actingNoun(strings.TrimSuffix(w, "s")) || strings.HasSuffix(w, "ies") && actingNoun(strings.TrimSuffix(w, "ies")+"y") {
			return !slices.Contains([]string{"party", "parties", "states", "nations", "countries"}, w)
		}
	}
	return false
}

// armed reports whether a body's name is that of a force.
func (b *relationBook) armed(m Mention) bool {
	name := strings.ToLower(b.doc.Text[m.Start:m.End])
	for _, w := range []string{"force", "army", "militia", "guard", "movement", "group", "front", "brigade", "party"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// bodiesOf gives the state or organization that a mention of a body names as
// its own; several where the mention is of several ("the armies of Chad and Niger").
func (b *relationBook) bodiesOf(m int) []int {
	mention := b.doc.Mentions[m]
	entity := b.doc.Entities[mention.Entity]
	var out []int
	// Within the name or right before it.
	for _, o := range b.in.numbers[mention.Sentence] {
		other := b.doc.Mentions[o]
		if o == m || other.Start > mention.End || other.Entity == mention.Entity || other.Kind == Pronoun {
			continue
		}
		if b.compounded(o) {
			continue
		}
		inside := mention.Contains(other.Span)
		before := other.End <= mention.Start && mention.Start-other.End <= 3 && strings.Trim(b.doc.Text[other.End:mention.Start], " ’'s") == ""
		if (inside || before && (other.Kind == Demonym || strings.ContainsAny(b.doc.Text[other.End:mention.Start], "’'") || other.Class == "Organization")) &&
			(other.Class == "State" || other.Class == "Organization" && other.Kind != Nominal) && b.governs(mention, other) {
			if len(out) == 0 || b.class(other.Entity) == b.class(out[0]) && mention.Kind == Nominal {
				out = append(out, other.Entity)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, o := range append(b.nationality(mention.Head), b.possessor(mention.Head)...) {
		for _, p := range b.partiesAt(o, 3) {
			if e := p.entity; e != mention.Entity && (b.class(e) == "State" || b.class(e) == "Organization") && !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	if entity.Country != "" && !b.armed(mention) { // armed groups have a country too, which need not be their master
		if s, ok := b.states[entity.Country]; ok {
			return []int{s}
		}
	}
	return nil
}

// governs reports whether a modifier belongs to the head of the body's name,
// and not to another noun in it ("the committee on Syrian refugees").
func (b *relationBook) governs(body, modifier Mention) bool {
	i := modifier.Head
	for n := 0; n < 4 && i >= 0; n++ {
		if i == body.Head {
			return true
		}
		if b.is(i, "nmod") && !slices.Contains([]string{"of", "for", "at", ""}, b.introducer(i)) {
			return false
		}
		i = b.head(i)
	}
	return modifier.End <= body.Start
}

// compound enters what a hyphenated participle says of the noun behind it: "the Moscow-backed alliance".
func (b *relationBook) compound(m int) {
	mention := b.doc.Mentions[m]
	tok := b.doc.Tokens[mention.Head].Span
	if mention.Start < tok.Start || mention.End >= tok.End {
		return
	}
	rest := strings.ToLower(b.doc.Text[mention.End:tok.End])
	noun := mention.Head
	if b.is(noun, "amod", "compound", "nmod") {
		noun = b.head(noun)
	}
	other := b.entityAt(noun)
	if other < 0 { // "the Moscow-backed CSTO alliance"
		for _, k := range b.all(noun, "compound", "nmod") {
			if k > mention.Head && k < noun && b.entityAt(k) >= 0 {
				other = b.entityAt(k)
			}
		}
	}
	if other < 0 || noun == mention.Head {
		return
	}
	switch strings.TrimLeft(rest, "-‑–") {
	case "backed", "supported", "sponsored", "allied", "armed", "funded":
		for _, who := range b.actsFor(mention.Entity, 0) {
			b.charged("backs", who, other, m)
		}
	case "led", "headed", "chaired":
		b.asserted("leads", mention.Entity, other, m)
	case "based", "headquartered":
		b.asserted("located-in", other, mention.Entity, m)
	case "occupied":
		b.charged("occupies", mention.Entity, other, m)
	case "controlled", "held", "run":
		b.charged("controls", mention.Entity, other, m)
	case "owned":
		b.asserted("owns", mention.Entity, other, m)
	}
}

// lies enters where a place, body or occasion is: "Tianjin, China", "the
// embassy in Quito", "the Jeddah summit".
func (b *relationBook) lies(m int) {
	mention := b.doc.Mentions[m]
	if mention.Kind == Pronoun || mention.Kind == Demonym || mention.Kind == Metonym {
		return
	}
	switch mention.Class {
	case "Place":
		if o := b.after(mention, ","); o >= 0 && mention.Kind == Name && b.closes(b.doc.Mentions[o]) {
			b.asserted("located-in", mention.Entity, b.doc.Mentions[o].Entity, m)
			return
		}
	case "Organization", "Occasion":
	default:
		return
	}
	b.stands(m)
	for _, h := range b.oblique(mention.Head, "in") {
		if o := b.mentionAt(h); o >= 0 && b.spot(b.doc.Mentions[o]) {
			b.asserted("located-in", mention.Entity, b.doc.Mentions[o].Entity, m)
		}
	}
	for _, encounter := range b.encountersBeside(mention.Head) { // those who meet beside a summit are where it is held
		for _, h := range b.oblique(encounter, "in") {
			if o := b.mentionAt(h); mention.Class == "Occasion" && o >= 0 && b.doc.Mentions[o].Class == "Place" && b.spot(b.doc.Mentions[o]) {
				b.asserted("located-in", mention.Entity, b.doc.Mentions[o].Entity, m)
			}
		}
	}
	if mention.Class == "Occasion" && !slices.Contains([]string{"war", "conflict", "crisis", "election", "dispute", "revolution", "coup"}, b.lemma(mention.Head)) {
		for _, o := range b.in.numbers[mention.Sentence] {
			if other := b.doc.Mentions[o]; o != m && other.Class == "Place" && mention.Contains(other.Span) {
				b.asserted("located-in", mention.Entity, other.Entity, m)
			}
		}
	}
}

// stands enters where a body is said to be: "the troops are in Goma".
func (b *relationBook) stands(m int) {
	mention := b.doc.Mentions[m]
	at := b.head(mention.Head)
	if mention.Class != "Organization" || at < 0 || !b.is(mention.Head, "nsubj") || b.introducer(at) != "in" || b.kid(at, "cop") < 0 {
		return
	}
	o := b.mentionAt(at)
	if o < 0 || !b.spot(b.doc.Mentions[o]) {
		return
	}
	st := b.standing(matter{word: at, acting: []int{mention.Entity}}).statement()
	st.Evidence = []Span{b.doc.Sentences[mention.Sentence].Span}
	st.Confidence = 0.8
	b.add(Relation{Type: "located-in", From: mention.Entity, To: b.doc.Mentions[o].Entity, About: -1, Trigger: b.doc.Mentions[o].Span, Statement: st})
}

func (b *relationBook) spot(m Mention) bool {
	return m.Class == "Place" && m.Kind != Pronoun || m.Class == "State" && m.Kind == Name
}

// after gives the mention of a place or state that follows with nothing but the mark between, or -1.
func (b *relationBook) after(m Mention, mark string) int {
	numbers := b.in.numbers[m.Sentence]
	for _, o := range numbers[sort.Search(len(numbers), func(k int) bool { return b.doc.Mentions[numbers[k]].Start > m.End }):] {
		other := b.doc.Mentions[o]
		if other.Start-m.End > 3 {
			break
		}
		if strings.TrimSpace(b.doc.Text[m.End:other.Start]) == mark && b.spot(other) {
			return o
		}
	}
	return -1
}

// closes reports whether a place name ends its apposition: a mark or the end of
// the text follows, and no further name ("Goma, Bukavu and Uvira" is a list).
func (b *relationBook) closes(m Mention) bool {
	rest := strings.TrimLeft(b.doc.Text[m.End:], " ")
	return rest == "" || strings.ContainsAny(rest[:1], ",.;:)—\n") && b.after(m, ",") < 0
}
