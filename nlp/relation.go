package nlp

import (
	"slices"

	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

// A relationBook collects the relations of a document, each once.
type relationBook struct {
	*analysis
	finder    eventFinder
	relations []Relation
	seen      map[relationKey]int
}

type relationKey struct {
	typ             string
	from, to, about int
	polarity        string
	assertion       string
}

// add enters a relation; one that is there already gets the new evidence.
func (b *relationBook) add(rel Relation) {
	if rel.From < 0 || rel.To < 0 || rel.From == rel.To || !b.identified(rel.From, rel.To) {
		return
	}
	known := b.finder.known[rel.Type]
	if known == nil || !b.allowed(known.Domain, rel.From) || !b.allowed(known.Range, rel.To) {
		return
	}
	key := relationKey{rel.Type, rel.From, rel.To, rel.About, rel.Polarity, rel.Assertion}
	if known.Symmetric && key.from > key.to {
		key.from, key.to = key.to, key.from
	}
	if i, ok := b.seen[key]; ok {
		old := &b.relations[i]
		for _, e := range rel.Evidence {
			if !slices.Contains(old.Evidence, e) {
				old.Evidence = append(old.Evidence, e)
			}
		}
		if !old.ValidFrom.Known() {
			old.ValidFrom = rel.ValidFrom
		}
		for _, who := range rel.AttributedTo {
			if !slices.Contains(old.AttributedTo, who) {
				old.AttributedTo = append(old.AttributedTo, who)
			}
		}
		return
	}
	b.seen[key] = len(b.relations)
	b.relations = append(b.relations, rel)
}

// allowed reports whether an entity is of one of the classes, all of which may be broader.
func (b *relationBook) allowed(classes []string, entity int) bool {
	return len(classes) == 0 || slices.Contains(classes, b.class(entity)) || slices.ContainsFunc(classes, func(c string) bool {
		return b.finder.narrower(b.class(entity), c)
	})
}

// narrower reports whether a class extends another.
func (f eventFinder) narrower(class, broad string) bool {
	for n := 0; n < deepest; n++ {
		if class == broad {
			return true
		}
		i := slices.IndexFunc(f.model.Classes, func(c *schema.Class) bool { return c.ID == class })
		if i < 0 || f.model.Classes[i].Extends == "" {
			return false
		}
		class = f.model.Classes[i].Extends
	}
	return false
}

// occasions gives the places where occasions are held, each plus one.
func (b *relationBook) occasions() map[int]int {
	out := map[int]int{}
	for _, r := range b.relations {
		if r.Type == "located-in" && b.class(r.From) == "Occasion" && b.class(r.To) == "Place" {
			out[r.From] = r.To + 1
		}
	}
	return out
}

func (b *relationBook) list() []Relation {
	slices.SortStableFunc(b.relations, func(x, y Relation) int { return x.Trigger.Start - y.Trigger.Start })
	return b.relations
}

// sentence finds the triggers of relations in one sentence.
func (b *relationBook) sentence(in Sentence) {
	for i := in.First; i < in.Last; i++ {
		if m := b.covering[i]; m >= 0 && b.doc.Mentions[m].Kind != Nominal && b.doc.Mentions[m].Kind != Pronoun {
			continue
		}
		m, err := b.finder.lexicon.match(b.analysis, i, func(l *lexeme) bool { return l.relation != nil })
		switch {
		case m != nil:
			b.trigger(m)
		case err != nil && b.tag(i) == "NOUN":
			b.refuse(i, err.Error())
		}
	}
}

// trigger reads the ends of a relation and whether it holds.
func (b *relationBook) trigger(m *match) {
	t, known := m.trigger, m.relation
	if b.bygone(m.word) {
		b.refuse(m.word, known.ID+": the text has it as past")
		return
	}
	if m.kind == nounLexeme && b.hasLemma(m.word, []string{"amod", "advmod", "compound", "det"}, "former", "then", "ex", "previous", "erstwhile", "deposed", "ousted", "one-time", "onetime") {
		b.refuse(m.word, known.ID+": the text has it as past")
		return
	}
	from := b.ends(m.word, t.Actor, known.Domain)
	to := b.ends(m.word, t.Recipient, known.Range)
	if known.Symmetric && len(from) > 1 && len(to) == 0 {
		to = from
	}
	if len(from) == 0 || len(to) == 0 {
		b.refuse(m.word, known.ID+": nothing of the right class stands at "+places(t))
		return
	}
	about := []int{-1}
	if a := b.ends(m.word, t.About, nil); len(a) > 0 {
		about = a
	}
	st := b.standing(matter{word: m.word, acting: from, particle: len(m.words) > 1})
	if t.Negative {
		st.negative = !st.negative
	}
	if t.Modality != "" && t.Modality != "realis" {
		st.mood(t.Modality)
	}
	statement := st.statement()
	switch statement.Modality {
	case "realis":
	case "conditional":
		if statement.Assertion == "asserted" {
			statement.Assertion = "conditional"
		}
	}
	statement.Evidence = []Span{b.doc.Sentences[b.doc.Tokens[m.word].Sentence].Span}
	statement.Confidence = 0.8
	since := b.since(m.word)
	for _, f := range from {
		for _, e := range to {
			if m.kind == nounLexeme && b.tenured(f, e) {
				continue // their office says so already
			}
			for _, a := range about {
				b.add(Relation{Type: known.ID, From: f, To: e, About: a, Trigger: b.span(*m), ValidFrom: since, Statement: statement})
			}
		}
	}
}

// bygone reports whether a verb tells of what was once so: "once recognised", "formerly belonged".
func (b *relationBook) bygone(word int) bool {
	return verbalTag(b.tag(word)) && b.hasLemma(word, []string{"advmod"}, "once", "formerly", "previously", "briefly", "originally") && b.past(word)
}

// since gives the time since which the text says that something lasts: "have had relations since 1992".
func (b *relationBook) since(word int) timex.Value {
	for _, t := range b.timesBeside(word) {
		if t.Expression.Role != timex.RoleSince || !t.Known() {
			continue
		}
		top := b.top(t.Span)
		if top < 0 {
			continue
		}
		if up := b.head(top); up == word || up >= 0 && up == b.head(word) && b.is(word, "obj", "nsubj") {
			return t.Value
		}
	}
	return timex.Value{}
}

// tenured reports whether a person holds a position on behalf of the state or organization.
func (b *relationBook) tenured(person, of int) bool {
	return slices.ContainsFunc(b.holders[person], func(i int) bool { return b.doc.Tenures[i].Of == of })
}

// ends gives the entities at the first filled place that are of one of the
// classes, or the states that they act for.
func (b *relationBook) ends(word int, places, classes []string) []int {
	for _, place := range places {
		var out []int
		heads := slices.DeleteFunc(slices.Clone(b.at(word, place)), func(h int) bool { // who heads a state's council does not head the state
			return b.entityAt(h) < 0 && !personNoun(b.lemma(h)) && actingNoun(b.lemma(h)) && slices.Contains(classes, "Organization")
		})
		if place != "in" { // what lies in northern Mali lies in Mali
			for _, h := range heads {
				if e := b.regionAt(h); e >= 0 && b.allowed(classes, e) {
					out = append(out, e)
				}
			}
			heads = slices.DeleteFunc(slices.Clone(heads), func(h int) bool { return b.regionAt(h) >= 0 })
		}
		for _, p := range b.parties(heads) {
			candidates := p.acting
			if b.class(p.entity) != "Group" && len(classes) > 0 && b.allowed(classes, p.entity) {
				candidates = []int{p.entity}
			}
			for _, e := range candidates {
				if b.allowed(classes, e) && !slices.Contains(out, e) {
					out = append(out, e)
				}
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	for _, place := range places {
		var out []int
		for _, p := range b.unnamedParties(b.at(word, place)) {
			if b.allowed(classes, p.entity) {
				out = append(out, p.entity)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// fromEvents enters what events begin and end: relations established and
// severed, memberships, and the parties of what was signed. Only what happened counts.
func (b *relationBook) fromEvents(s *scene) {
	for _, d := range s.accounts {
		st := d.standing.statement()
		if d.dropped != "" || !st.Fact() || b.bygone(d.word) {
			continue
		}
		st.Evidence = d.evidence
		st.Confidence = s.confidence(d)
		for _, id := range d.typ.Starts {
			b.between(id, d, st)
		}
		st.Polarity = "negative"
		for _, id := range d.typ.Ends {
			b.between(id, d, st)
		}
	}
}

// between enters a relation between those who take part in an event.
func (b *relationBook) between(id string, d *account, st Statement) {
	known := b.finder.known[id]
	if known == nil {
		return
	}
	rel := Relation{Type: id, About: -1, Trigger: d.head, Statement: st}
	if d.date.Known() && d.date.Precision != timex.Before {
		rel.ValidFrom = d.date.Value
	}
	to := slices.Clone(d.recipients)
	for _, p := range d.participants {
		if p.Part == "object" && p.Entity >= 0 {
			to = append(to, p.Entity)
		}
	}
	for i, from := range d.actors {
		rel.From = from
		targets := to
		if d.typ.Mutual && known.Symmetric {
			targets = d.actors[i+1:]
		}
		for _, t := range targets {
			if d.typ.Mutual && slices.Contains(d.partners, from) && slices.Contains(d.partners, t) {
				continue
			}
			rel.To = t
			b.add(rel)
		}
	}
}
