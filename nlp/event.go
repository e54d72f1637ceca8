package nlp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// An eventFinder reads events and relations off the parse by the triggers of a schema.
type eventFinder struct {
	model   *schema.Model
	lexicon lexicon
	world   *Lexicon // who leads which state
	types   map[string]*schema.EventType
	known   map[string]*schema.Relation
}

func newEventFinder(m *schema.Model, world *Lexicon) eventFinder {
	f := eventFinder{model: m, lexicon: newLexicon(m), world: world, types: map[string]*schema.EventType{}, known: map[string]*schema.Relation{}}
	for _, e := range m.Events {
		f.types[e.ID] = e
	}
	for _, r := range m.Relations {
		f.known[r.ID] = r
	}
	return f
}

// Events finds the events and relations of the model's types: what happened,
// who took part, when and where, and what the text says about whether it happened at all.
func Events(m *schema.Model, world *Lexicon) Component {
	return Component{
		Name:     "events",
		Requires: []Layer{LayerSentences, LayerTokens, LayerSyntax, LayerTimes, LayerQuotations, LayerMentions, LayerEntities, LayerTenures},
		Provides: []Layer{LayerEvents, LayerStatus},
		Annotate: newEventFinder(m, world).annotate,
	}
}

func (f eventFinder) annotate(ctx context.Context, d *Doc) error {
	r := newAnalysis(d)
	r.world = f.world
	b := &relationBook{analysis: r, finder: f, seen: map[relationKey]int{}}
	b.constructions()
	r.findSpeakers()
	s := &scene{analysis: r, finder: f, at: map[int]*account{}, consumed: map[int]bool{}, lies: b.occasions()}
	for i := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.sentence(d.Sentences[i])
		b.sentence(d.Sentences[i])
	}
	s.settle()
	d.Events = s.events()
	b.fromEvents(s)
	d.Relations = b.list()
	r.keepUnnamed()
	d.Notes = append(d.Notes, r.notes...)
	return nil
}

// An account is an event before its document has been read to the end.
type account struct {
	match
	typ          *schema.EventType
	actors       []int
	recipients   []int
	participants []Participant
	standing     standing
	place        int
	date         dating
	evidence     []Span
	partners     []int    // actors only named as those with whom: it binds each of them to the others, not to one another
	anaphoric    bool     // "the raid": says nothing of its own about who takes part
	dropped      string   // why it is no event of its own
	into         *account // the account that it was joined with, or nil
	head         Span
}

// A scene collects the events of a document.
type scene struct {
	*analysis
	finder   eventFinder
	accounts []*account
	at       map[int]*account // by word
	consumed map[int]bool     // words that are part of another trigger
	lies     map[int]int      // occasion → 1 + the place where it is held
}

// sentence finds the triggers of one sentence.
func (s *scene) sentence(in Sentence) {
	var found []*match
	var refused, passed []Note // passed: weaker reasons, told only where there is no other
	before, noted := len(s.accounts), len(s.notes)
	for i := in.First; i < in.Last; i++ {
		if why := s.passedOver(i); why != "" {
			passed = append(passed, Note{s.doc.Tokens[i].Span, "events", true, why})
		}
		if !s.open(i) {
			continue
		}
		m, err := s.finder.lexicon.match(s.analysis, i, func(l *lexeme) bool { return l.event != nil })
		switch {
		case m != nil:
			found = append(found, m)
		case err != nil && !slices.Contains(lightVerbs, s.lemma(i)) && s.tag(i) != "AUX":
			refused = append(refused, Note{s.doc.Tokens[i].Span, "events", true, err.Error()})
		case err != nil && s.tag(i) != "AUX":
			passed = append(passed, Note{s.doc.Tokens[i].Span, "events", true, err.Error()})
		}
	}
	for _, m := range found {
		for _, w := range append(slices.Clone(m.words), m.taken...) {
			if w != m.word {
				s.consumed[w] = true
			}
		}
	}
	for _, m := range found {
		if !s.consumed[m.word] {
			s.account(m)
		}
	}
	if len(s.accounts) == before { // of a sentence that yields something, only the gaps are told
		s.notes = append(s.notes, refused...)
		if len(s.notes) == noted {
			s.notes = append(s.notes, passed...)
		}
	}
}

// open reports whether a word may be a trigger: no part of a name, unless it is the head of a named happening.
func (s *scene) open(i int) bool {
	m := s.covering[i]
	if m < 0 || s.doc.Mentions[m].Kind == Nominal || s.doc.Mentions[m].Kind == Pronoun {
		return true
	}
	return s.doc.Mentions[m].Class == "Occasion" && s.doc.Mentions[m].Head == i
}

// account reads the participants and the standing of a trigger.
func (s *scene) account(m *match) {
	d := &account{match: *m, typ: m.event, place: -1}
	d.head = s.span(*m)
	if s.is(m.word, "compound", "nmod:desc", "flat") && m.kind == nounLexeme {
		s.refuse(m.word, fmt.Sprintf("%s: the word only describes %q", d.typ.ID, s.word(s.tree.head(m.word))))
		return
	}
	s.cast(d)
	if why := s.incomplete(d); why != "" {
		if m.kind == nounLexeme && s.definite(m.word) && !s.negated(m.word) {
			d.anaphoric = true
		} else {
			s.refuse(m.word, d.typ.ID+": "+why)
			return
		}
	}
	d.standing = s.standingOf(d)
	s.setting(d)
	d.evidence = []Span{s.doc.Sentences[s.doc.Tokens[m.word].Sentence].Span}
	s.at[m.word] = d
	s.accounts = append(s.accounts, d)
}

// standingOf computes the standing and adds what the trigger itself says.
func (s *scene) standingOf(d *account) standing {
	st := s.analysis.standing(matter{word: d.word, acting: d.actors, particle: len(d.words) > 1, gentle: gentle(d.typ), violent: violent(d.typ)})
	if st.assertion == "claimed" && st.modality == "" && (speechRoot(d.typ) || d.typ.ActorPart == "speaker") && len(st.by) > 0 && s.voicedBy(d, st.by) {
		st.assertion, st.by = "", nil // who says that they condemn it condemns it
	}
	if d.trigger.Negative {
		if st.negative {
			st.mood("hypothetical")
		}
		st.negative = true
	}
	if d.trigger.Modality != "" && d.trigger.Modality != "realis" {
		st.mood(d.trigger.Modality)
	}
	return st
}

// voicedBy reports whether all who say so are among the actors.
func (s *scene) voicedBy(d *account, by []int) bool {
	for _, e := range by {
		if !overlap(s.actsFor(e, 0), d.actors) || len(d.actors) == 0 {
			return false
		}
	}
	return true
}

// gentle reports whether events of the type are contacts and agreements, which
// those who took part report without boasting or accusing.
func gentle(t *schema.EventType) bool {
	switch t.Plover {
	case "CONSULT", "SUPPORT", "AGREE", "COOPERATE", "AID", "STATEMENT":
		return true
	}
	return false
}

// violent reports whether events of the type do harm: stopping them presupposes that they went on.
func violent(t *schema.EventType) bool {
	switch t.Plover {
	case "ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION":
		return true
	}
	return false
}

// cast fills the places of the trigger.
func (s *scene) cast(d *account) {
	t := d.trigger
	actors := s.fill(d.word, t.Actor)
	recipients := s.fill(d.word, t.Recipient)
	if len(recipients) == 0 && len(actors) > 0 && (speechRoot(d.typ) || violent(d.typ)) {
		recipients = s.owning(d.word, t.Recipient)
	}
	if d.kind == nounLexeme && !d.typ.Mutual && slices.Contains(t.Recipient, "of") {
		for _, p := range s.parties(s.oblique(d.word, "of")) { // "recognition of Taiwan" is not Taiwan's own deed
			actors = slices.DeleteFunc(actors, func(a party) bool { return a.entity == p.entity })
			if len(recipients) == 0 {
				recipients = []party{p}
			}
		}
	}
	if d.typ.Mutual {
		var partners []party
		actors = nil
		for _, place := range t.Actor {
			found := s.fill(d.word, []string{place})
			if place == "with" || strings.HasSuffix(place, ".with") {
				partners = union(partners, found)
			} else {
				actors = union(actors, found)
			}
		}
		known := acting(actors)
		for i, p := range partners { // a president met by the state that he was taken for an officer of is himself
			if s.class(p.entity) == "Person" && len(p.acting) > 0 && !slices.ContainsFunc(p.acting, func(e int) bool { return !slices.Contains(known, e) }) {
				partners[i].acting = []int{p.entity}
			}
		}
		actors, recipients = union(union(actors, partners), recipients), nil
		d.partners = slices.DeleteFunc(acting(partners), func(e int) bool { return slices.Contains(known, e) })
		if len(acting(actors)) < 2 && d.kind == nounLexeme {
			actors = union(actors, s.hosts(d.word))
		}
	}
	if len(actors) == 0 && d.kind == nounLexeme && d.typ.Plover == "CONSULT" {
		actors = s.hosts(d.word) // "during a visit to Lima, the minister …"
	}
	d.actors = s.governed(acting(actors))
	if d.typ.Mutual && len(actors) > 1 && !slices.ContainsFunc(actors, func(p party) bool { return s.class(p.entity) != "Organization" }) &&
		(len(d.actors) == 1 || slices.ContainsFunc(d.actors, func(e int) bool { return s.class(e) == "Organization" })) {
		d.actors = nil // the army and the rebels that it fights
		for _, p := range actors {
			d.actors = append(d.actors, p.entity)
		}
	}
	d.recipients = s.residents(d, d.reached(recipients))
	d.recipients = slices.DeleteFunc(d.recipients, func(e int) bool { return slices.Contains(d.actors, e) })
	for _, part := range sortedKeys(t.Parts) {
		for _, place := range t.Parts[part] {
			heads := s.analysis.at(d.word, place)
			for _, h := range heads {
				if e := s.regionAt(h); e >= 0 {
					d.join(e, part)
					continue
				}
				for _, p := range s.parties([]int{h}) {
					s.take(d, p.entity, part)
				}
			}
			if part == "object" {
				for _, e := range s.namedIn(heads) {
					d.join(e, part)
				}
			}
		}
	}
	for _, p := range actors {
		s.take(d, p.entity, d.typ.ActorPart)
	}
	for _, p := range recipients {
		s.take(d, p.entity, d.typ.RecipientPart)
	}
}

// residents gives the states of the places among the recipients, as far as the
// document names them: an attack on Goma is one on the Congo, and happens in Goma.
func (s *scene) residents(d *account, recipients []int) []int {
	var out []int
	for _, e := range recipients {
		if code := s.seatOf(e); code != "" && s.doc.Entities[e].Country == "" {
			s.doc.Entities[e].Country = code
		}
		if state, ok := s.states[s.doc.Entities[e].Country]; ok && s.class(e) == "Place" && !slices.Contains(d.actors, state) {
			d.place = e
			e = state
		}
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// namedIn gives the places and agreements whose names stand before plain
// nouns, or behind "of": "the Torkham crossing", "the Geneva and Lomé conventions".
func (s *scene) namedIn(heads []int) []int {
	var out []int
	for _, h := range heads {
		if s.entityAt(h) >= 0 || actingNoun(s.lemma(h)) {
			continue
		}
		for _, k := range s.all(h, "compound", "nmod", "amod") {
			if k > h && s.introducer(k) != "of" {
				continue
			}
			for _, c := range s.conjuncts(k) {
				if e := s.entityAt(c); e >= 0 && (s.class(e) == "Place" || s.class(e) == "Agreement") {
					out = append(out, e)
				}
			}
		}
	}
	return out
}

// take adds a participant, or for a group those of its members that are known.
func (s *scene) take(d *account, entity int, part string) {
	members := s.doc.Entities[entity].Members
	if s.class(entity) != "Group" || len(members) == 0 {
		d.join(entity, part)
		return
	}
	for _, m := range members {
		if s.class(m) != "State" {
			d.join(m, part)
		}
	}
}

// join adds a participant, unless it is an actor, a recipient or already there.
func (d *account) join(entity int, part string) {
	if slices.Contains(d.actors, entity) || slices.Contains(d.recipients, entity) ||
		slices.ContainsFunc(d.participants, func(p Participant) bool { return p.Entity == entity }) {
		return
	}
	d.participants = append(d.participants, Participant{Entity: entity, Event: -1, Part: part})
}

// fill gives the parties at the first place that has any with a name, with
// the unnamed ones beside them; else those at the first place that has unnamed ones.
func (s *scene) fill(word int, places []string) []party {
	for _, place := range places {
		heads := s.analysis.at(word, place)
		ps := s.parties(heads)
		ps = slices.DeleteFunc(ps, func(p party) bool {
			c := s.class(p.entity)
			return c == "Agreement" || c == "Occasion"
		})
		if len(ps) > 0 {
			return append(ps, s.unnamedPeople(heads)...)
		}
	}
	for _, place := range places {
		if ps := s.unnamedPeople(s.analysis.at(word, place)); len(ps) > 0 {
			return ps
		}
	}
	return nil
}

// owning gives the state or body whose the things in the places are, or where
// they are, however deep the phrase says so: "shelled a part of Togo's second city".
func (s *scene) owning(word int, places []string) []party {
	for _, place := range places {
		if strings.Contains(place, ".") {
			continue
		}
		for _, h := range s.analysis.at(word, place) {
			if s.entityAt(h) < 0 && (s.tag(h) == "NOUN" || s.tag(h) == "PROPN") {
				if ps := s.ownersOf(h, 0); len(ps) > 0 {
					return ps
				}
			}
		}
	}
	return nil
}

func (s *scene) ownersOf(h, depth int) []party {
	for _, place := range []string{"possessor", "nationality", "by", "in", "near", "against"} {
		heads := s.analysis.at(h, place)
		ps := slices.DeleteFunc(s.parties(heads), func(p party) bool {
			c := s.class(p.entity)
			return c != "State" && c != "Organization" && c != "Place"
		})
		if len(ps) > 0 {
			return ps
		}
		for _, deeper := range heads {
			if depth < 2 && s.entityAt(deeper) < 0 {
				if ps := s.ownersOf(deeper, depth+1); len(ps) > 0 {
					return ps
				}
			}
		}
	}
	return nil
}

// unnamedPeople gives the unnamed parties at the heads that can act.
func (s *scene) unnamedPeople(heads []int) []party {
	return slices.DeleteFunc(s.unnamedParties(heads), func(p party) bool { return s.class(p.entity) == "Place" })
}

// hosts gives the parties of a noun of encounter that names none, from its clause:
// "following a meeting in Oslo, the ministers signed …".
func (s *scene) hosts(n int) []party {
	if !s.is(n, "obl") {
		return nil
	}
	switch s.introducer(n) {
	case "after", "following", "during", "at", "in", "on", "on the sidelines of":
		return s.parties(s.logicalSubject(s.tree.head(n)))
	}
	return nil
}

func union(a, b []party) []party {
	for _, p := range b {
		if !slices.ContainsFunc(a, func(q party) bool { return q.entity == p.entity }) {
			a = append(a, p)
		}
	}
	return a
}

// reached gives those whom the event reaches, for whom they act; but whoever
// acts for an actor is reached in person: "Ghana appointed its envoy".
func (d *account) reached(ps []party) []int {
	var out []int
	for _, p := range ps {
		for _, e := range p.acting {
			if slices.Contains(d.actors, e) {
				e = p.entity
			}
			if !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	return out
}

func acting(ps []party) []int {
	var out []int
	for _, p := range ps {
		for _, e := range p.acting {
			if !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	return out
}

// incomplete says what is missing for an event, or "".
func (s *scene) incomplete(d *account) string {
	switch {
	case !s.identified(d.actors...) && !s.identified(d.recipients...) && !slices.ContainsFunc(d.participants, func(p Participant) bool { return s.identified(p.Entity) }):
		return "nobody is named at " + places(d.trigger)
	case d.typ.Mutual && len(d.actors) == 0:
		return "no party is named at " + places(d.trigger)
	case len(d.actors) == 0 && d.kind == verbLexeme && slices.Contains(hearsay, s.lemma(d.word)) && s.passive(d.word):
		return "nobody says who " + s.lemma(d.word) + "s so"
	case len(d.actors) == 0 && (d.kind == verbLexeme && !s.passive(d.word) && len(s.surfaceSubject(d.word)) == 0 || speechRoot(d.typ) && !(s.passive(d.word) && len(d.recipients) > 0 && s.identified(d.recipients...))):
		return "no actor is named at " + places(d.trigger)
	}
	return ""
}

// hearsay lists verbs that in the passive hand on what nobody in particular says: "is expected to veto".
var hearsay = []string{"say", "believe", "expect", "report", "think", "suppose", "know", "understand", "consider", "rumour", "rumor", "estimate", "fear", "assume"}

// speechRoot reports whether events of the type are acts of speech.
func speechRoot(t *schema.EventType) bool {
	switch t.Plover {
	case "STATEMENT", "ACCUSE", "REQUEST", "REJECT", "THREATEN":
		return true
	}
	return false
}
