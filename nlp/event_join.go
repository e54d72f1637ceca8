package nlp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

// settle decides, once all triggers are read, which of them tell of the same
// event and which are no event of their own, and dates and places what is left.
func (s *scene) settle() {
	s.speechActs()
	s.nested()
	for i, d := range s.accounts {
		s.aftermath(i, d)
		s.answers(i, d)
	}
	stations := s.stations()
	for _, d := range s.accounts {
		d.date = s.date(d, stations)
		if p := s.location(d); p >= 0 {
			d.place = p
		}
	}
	alike := map[*schema.EventType][]*account{}
	for _, d := range s.accounts {
		alike[d.typ] = append(alike[d.typ], d)
	}
	for _, list := range alike {
		for i, d := range list {
			if d.dropped == "" {
				s.join(list, i, d)
			}
		}
	}
	for _, d := range s.accounts {
		if d.dropped == "" && !d.date.Known() {
			s.anchored(d, stations)
		}
	}
	s.encounters()
	s.sidelines()
	s.today()
	for _, d := range s.accounts {
		if d.dropped != "" && d.dropped != joined {
			s.refuse(d.word, d.typ.ID+": "+d.dropped)
		}
	}
}

// joined marks an account whose event is told by another trigger too.
const joined = "joined"

// nested drops a noun beneath a verb that reports the same ("conclude an agreement").
func (s *scene) nested() {
	for _, d := range s.accounts {
		up := s.tree.head(d.word)
		if u := s.at[max(up, 0)]; up >= 0 && u != nil && u.typ == d.typ && d.kind == verbLexeme && s.is(d.word, "advcl") && s.form(d.word) == gerund &&
			s.introducer(d.word) == "" && u.dropped == "" && slices.Equal(u.actors, d.actors) && overlap(u.recipients, d.recipients) {
			u.absorb(d)
			d.dropped = joined // "hit back, speaking of …"
		}
		if u := s.at[max(up, 0)]; up >= 0 && u != nil && u != d && u.dropped == "" && u.typ.Plover == "CONSULT" && d.typ.ID == "discuss" && d.kind == verbLexeme &&
			s.is(d.word, "advcl", "xcomp") && s.form(d.word) == infinitive && overlapping(u.actors, d.actors) {
			d.dropped = joined // "met to discuss trade" is one meeting
		}
		if d.dropped != "" || d.kind != nounLexeme || up < 0 || !s.is(d.word, "obj", "obl", "nsubj:pass") {
			continue
		}
		if v := s.at[up]; v != nil && v.dropped == "" && (v.typ == d.typ || d.typ.Plover != "" && v.typ.Plover == d.typ.Plover && d.anaphoric) {
			d.dropped = joined
		}
	}
}

// join finds an earlier report of the same event, among those of its type, and adds this one to it.
func (s *scene) join(alike []*account, i int, d *account) {
	for k := i - 1; k >= max(0, i-recalled); k-- {
		e := alike[k]
		if e.dropped != "" {
			continue
		}
		if d.anaphoric && !e.anaphoric || s.same(e, d) {
			keep, add := e, d
			if s.heading(e) && !s.heading(d) && !d.anaphoric {
				keep, add = d, e
			}
			keep.absorb(add)
			add.dropped = joined
			return
		}
	}
	if d.anaphoric {
		if s.heading(d) { // a headline's bare noun tells of what the text goes on to say
			for _, e := range alike[i+1:] {
				if !e.anaphoric && e.dropped == "" {
					e.absorb(d)
					d.dropped = joined
					return
				}
			}
		}
		d.dropped = "nobody is named at " + places(d.trigger) + ", and no event before it is meant"
	}
}

func (s *scene) heading(d *account) bool {
	return s.doc.Sentences[s.doc.Tokens[d.word].Sentence].Heading
}

// same reports whether two accounts tell of one event.
func (s *scene) same(a, b *account) bool {
	if a.typ != b.typ || repeats(a) || a.standing.statement().Fact() != b.standing.statement().Fact() || a.standing.negative != b.standing.negative {
		return false
	}
	if s.doc.Tokens[a.word].Sentence == s.doc.Tokens[b.word].Sentence && a.kind == b.kind {
		return false
	}
	return overlap(a.actors, b.actors) && overlap(a.recipients, b.recipients) && overlap(a.objects(), b.objects()) &&
		sameTime(a.date.Value, b.date.Value) && (a.place < 0 || b.place < 0 || a.place == b.place)
}

// repeats reports whether events of the type are many in one text, so that two are not taken for one.
func repeats(d *account) bool {
	return speechRoot(d.typ) || d.typ.ID == "discuss" || d.typ.Plover == "AGREE"
}

func (d *account) objects() []int {
	var out []int
	for _, p := range d.participants {
		if p.Part == "object" {
			out = append(out, p.Entity)
		}
	}
	return out
}

// overlap reports whether one list holds the other, or one is empty.
func overlap(a, b []int) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// sameTime reports whether two dates may be one: unknown, equal, or one within the other.
func sameTime(a, b timex.Value) bool {
	if !a.Known() || !b.Known() {
		return true
	}
	x, y := a.Date, b.Date
	return x.Year == y.Year && (x.Month == y.Month || x.Month == 0 || y.Month == 0) && (x.Day == y.Day || x.Day == 0 || y.Day == 0)
}

// absorb adds another report of the same event.
func (d *account) absorb(o *account) {
	o.into = d
	for _, e := range o.evidence {
		if !slices.Contains(d.evidence, e) {
			d.evidence = append(d.evidence, e)
		}
	}
	for _, a := range o.actors {
		if !slices.Contains(d.actors, a) && !slices.Contains(d.recipients, a) {
			d.actors = append(d.actors, a)
		}
	}
	for _, a := range o.recipients {
		if !slices.Contains(d.recipients, a) && !slices.Contains(d.actors, a) {
			d.recipients = append(d.recipients, a)
		}
	}
	for _, p := range o.participants {
		d.join(p.Entity, p.Part)
	}
	if !d.date.Known() || o.date.Known() && fineness(o.date.Value) > fineness(d.date.Value) {
		d.date = o.date
	}
	if d.place < 0 {
		d.place = o.place
	}
}

// sidelines dates an occasion by what took place beside it.
func (s *scene) sidelines() {
	for _, d := range s.accounts {
		e := s.entityAt(d.word)
		if d.dropped != "" || d.date.Known() || e < 0 || s.class(e) != "Occasion" || !d.standing.statement().Fact() {
			continue
		}
		for _, word := range s.besideWhich(e) {
			with := s.at[word]
			for with != nil && with.into != nil {
				with = with.into
			}
			if with != nil && with.date.Date.Day != 0 && with.standing.statement().Fact() {
				d.date = dating{with.date.Value, -1}
				break
			}
		}
	}
}

// encounters dates what is told of a meeting, call or visit after it was
// named: who speaks there and what they discuss, as long as no other time is given.
func (s *scene) encounters() {
	var with *account
	sentence := -1
	for _, d := range s.accounts {
		if in := s.doc.Tokens[d.word].Sentence; in != sentence {
			sentence = in
			if with != nil && s.setApart(in, with) {
				with = nil
			}
		}
		st := d.standing.statement()
		if d.standing.modality == "intention" && d.trigger.Modality == "intention" {
			st.Modality = "realis" // a wish is uttered, whatever it aims at
		}
		if d.dropped != "" || !st.Fact() {
			continue
		}
		switch {
		case d.date.Known() || d.date.time >= 0:
			if with != nil && !earlier(d.date.Value, with.date.Value) {
				with = nil
			}
			if d.typ.Mutual && d.typ.Plover != "" && len(d.actors) > 1 && d.date.Date.Day != 0 {
				with = d
			}
		case with != nil && (speechRoot(d.typ) || gentle(d.typ)) && d.typ.Plover != "REJECT" && overlap(d.actors, with.actors) && len(d.actors) > 0 && len(d.actors) <= len(with.actors) && overlap(d.recipients, with.actors):
			d.date = dating{with.date.Value, -1}
			if d.place < 0 {
				d.place = with.place
			}
		}
	}
}

// earlier reports whether a date lies before another: what is told of it is background.
func earlier(a, b timex.Value) bool {
	x, y := a.Date, b.Date
	return a.Known() && (x.Year < y.Year || x.Year == y.Year && x.Month != 0 && (x.Month < y.Month || x.Month == y.Month && x.Day != 0 && x.Day < y.Day))
}

// today dates what a text that goes along with the events tells in the present:
// most of its events are, so it was written on the day.
func (s *scene) today() {
	if s.doc.Published.Day == 0 {
		return
	}
	present := func(d *account) bool {
		f := s.tokens[d.word].Features
		return strings.Contains(f, "Tense=Pres") && strings.Contains(f, "VerbForm=Fin") && s.kid(d.word, "aux") < 0
	}
	now, then := 0, 0
	for _, d := range s.accounts {
		if d.kind != verbLexeme || s.quoted[d.word] >= 0 || s.heading(d) {
			continue
		}
		if present(d) {
			now++
		} else if s.past(d.word) {
			then++
		}
	}
	if now < 4 || now <= then {
		return
	}
	for _, d := range s.accounts {
		perfect := d.kind == verbLexeme && s.hasLemma(d.word, []string{"aux"}, "have") && !s.past(d.word)
		if !d.date.Known() && d.kind == verbLexeme && (present(d) || perfect) && d.standing.statement().Fact() {
			d.date = dating{timex.Value{Date: s.doc.Published, Precision: timex.Day}, -1}
		}
	}
}

// setApart reports whether a sentence gives a time of its own to what it says, or stands too far from the encounter.
func (s *scene) setApart(sentence int, with *account) bool {
	here := s.doc.Tokens[with.word].Sentence
	if sentence == here {
		return false
	}
	if sentence-here > 8 {
		return true
	}
	for _, t := range s.in.times[sentence] {
		if s.inName(t) || t.Value == with.date.Value {
			continue
		}
		top := s.top(t.Span)
		if top < 0 {
			continue
		}
		at := s.fronting(top, s.station(top))
		background := earlier(t.Value, with.date.Value) && s.hasLemma(at, []string{"aux"}, "have")
		if s.tree.head(at) < 0 && !background || s.is(at, "advcl") && s.tree.head(s.tree.head(at)) < 0 {
			return true
		}
	}
	return false
}

// events gives what is left, in order of the text.
func (s *scene) events() []Event {
	var out []Event
	accounts := slices.DeleteFunc(slices.Clone(s.accounts), func(d *account) bool { return d.dropped != "" })
	slices.SortStableFunc(accounts, func(a, b *account) int { return a.head.Start - b.head.Start })
	for _, d := range accounts {
		cameo := d.trigger.Cameo
		if cameo == "" && len(d.typ.Cameo) > 0 {
			cameo = d.typ.Cameo[0]
		}
		st := d.standing.statement()
		st.Evidence = d.evidence
		st.Confidence = s.confidence(d)
		plover := cmp.Or(d.trigger.Plover, d.typ.Plover) // a narrower code has its own root
		if st.Modality == "intention" && cooperative(plover) {
			plover = "AGREE"
		}
		out = append(out, Event{
			Type: d.typ.ID, Plover: plover, Cameo: cameo, Trigger: d.head, Actors: d.actors, Recipients: d.recipients,
			Participants: d.participants, Place: d.place, Date: d.date.Value, Statement: st,
		})
	}
	return out
}

// cooperative reports whether an intended event of the root is an agreement, as PLOVER has it.
func cooperative(root string) bool {
	return root == "CONSULT" || root == "SUPPORT" || root == "COOPERATE" || root == "AID"
}

// confidence is lower where parties had to be inferred or are missing.
func (s *scene) confidence(d *account) float64 {
	c := 0.9
	if len(d.actors) == 0 {
		c -= 0.2
	}
	if d.kind == nounLexeme {
		c -= 0.1
	}
	for _, e := range append(slices.Clone(d.actors), d.recipients...) {
		if conf := s.doc.Entities[e].Confidence; conf > 0 {
			c = min(c, conf)
		}
	}
	return c
}
