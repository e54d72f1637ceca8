package nlp

import (
	"slices"
	"sort"
	"strings"

	"github.com/ententegraph/entente/nlp/timex"
)

// A dating is when an event happened, and the time expression that says so.
type dating struct {
	timex.Value
	time int // index in Doc.Times, or -1
}

// station gives the trigger or clause that a phrase belongs to.
func (s *scene) station(top int) int {
	i := top
	for n := 0; n < deepest && s.tree.head(i) >= 0; n++ {
		if i != top && (s.at[i] != nil || s.clausal(i)) {
			return i
		}
		i = s.tree.head(i)
	}
	return i
}

// top gives the head of the tokens in a span.
func (t *tree) top(in Span) int {
	first := sort.Search(len(t.tokens), func(i int) bool { return t.tokens[i].End > in.Start })
	for i := first; i < len(t.tokens) && t.tokens[i].Start < in.End; i++ {
		if tok := t.tokens[i]; in.Contains(tok.Span) && (tok.Head < 0 || !in.Contains(t.tokens[tok.Head].Span)) {
			return i
		}
	}
	return -1
}

// stations gives the time expressions by the word that they belong to.
func (s *scene) stations() map[int][]int {
	out := map[int][]int{}
	for t, time := range s.doc.Times {
		if time.Expression.Kind == timex.KindDuration || time.Expression.Kind == timex.KindSet || time.Expression.Role == timex.RoleFor {
			continue
		}
		if a := s.agreementOf(time); a >= 0 {
			out[a] = append(out[a], t)
			continue
		}
		if top := s.top(time.Span); top >= 0 && !s.inName(time) {
			at := s.inner(top, s.fronting(top, s.station(top)))
			if n := s.lastingSince(time); n >= 0 {
				at = n
			}
			out[at] = append(out[at], t)
		}
	}
	return out
}

// lastingSince gives the noun of an event right before a time since which it
// lasts ("its recognition since 1991"), or -1.
func (s *scene) lastingSince(time Time) int {
	if time.Expression.Role != timex.RoleSince {
		return -1
	}
	first := sort.Search(len(s.doc.Tokens), func(i int) bool { return s.doc.Tokens[i].End > time.Start })
	n := first - 1
	if n > 0 && s.word(n) == "since" {
		n--
	}
	if n >= 0 && s.at[n] != nil && s.at[n].kind == nounLexeme {
		return n
	}
	return -1
}

// inName reports whether a time is part of a name, as in the Vienna Convention
// of 1961, or says how long a position is held.
func (r *analysis) inName(time Time) bool {
	in := time.Span
	if slices.ContainsFunc(r.doc.Tenures, func(t Tenure) bool { return slices.Contains(t.Terms, in) }) {
		return true
	}
	return slices.ContainsFunc(r.in.mentions[time.Sentence], func(m Mention) bool {
		return m.Kind == Name && (m.Contains(in) || r.agreementOf(time) == m.Head)
	})
}

// agreementOf gives the head of the agreement that the time tells apart, as in the Vienna Convention of 1961, or -1.
func (r *analysis) agreementOf(time Time) int {
	for _, m := range r.in.mentions[time.Sentence] {
		if m.Kind == Name && m.Class == "Agreement" && m.End < time.Start && r.doc.Text[m.End:time.Start] == " of " {
			return m.Head
		}
	}
	return -1
}

// fronting corrects the station of a time that opens its sentence: it belongs to the first clause.
func (s *scene) fronting(top, at int) int {
	in := s.doc.Sentences[s.doc.Tokens[top].Sentence]
	if top-in.First > 4 || at < top {
		return at
	}
	for i := top; i < at; i++ {
		if s.tag(i) == "VERB" && s.finiteVerb(i) && !s.is(i, "acl:relcl", "acl", "advcl") && s.ownSubject(i) > top {
			return i
		}
	}
	return at
}

// inner corrects the station of a time right behind a participle that says which
// agreement is meant ("hailed the accord signed by Chad on 2 May"): it belongs to the participle.
func (s *scene) inner(top, at int) int {
	first, _ := s.extent(top)
	for _, p := range s.kids[max(at, 0)] {
		if p > top || p < at {
			continue
		}
		for _, acl := range s.all(p, "acl") {
			if _, last := s.extent(acl); last == first-1 && s.form(acl) == participle && s.classAt(p) == "Agreement" {
				return acl
			}
		}
	}
	return at
}

// date gives the time of an event: told with the word itself, else with the clause that it is the matter of.
// What is told as done has no date to come: "promised aid by June" was promised before.
func (s *scene) date(d *account, stations map[int][]int) dating {
	word := d.word
	done := d.standing.modality == "" || d.standing.modality == "hedged"
	for n := 0; n < 6; n++ {
		times := stations[word]
		if n < 2 && s.best(times, n > 0) < 0 {
			times = s.timesOfOccasion(word, stations)
		}
		if t := s.best(times, n > 0); t >= 0 && !(done && s.toCome(t)) {
			return dating{s.doc.Times[t].Value, t}
		}
		up := s.tree.head(word)
		if up < 0 || !s.sharesTime(word, up) {
			break
		}
		word = up
	}
	return dating{time: -1}
}

// toCome reports whether a time is a term set for later than the text was written.
func (s *scene) toCome(t int) bool {
	time := s.doc.Times[t]
	switch time.Expression.Role {
	case timex.RoleBy, timex.RoleUntil, timex.RoleWithin, timex.RoleBefore:
		return earlier(timex.Value{Date: s.doc.Published, Precision: timex.Day}, time.Value)
	}
	return false
}

// timesOfOccasion gives the times told with what the clause of the word happened
// at or stands in ("agreed at a summit last May") or when ("hailed it when they met on Friday"),
// and with the noun that a clause opened by "in which" or "during which" is about.
func (s *scene) timesOfOccasion(word int, stations map[int][]int) []int {
	if !s.verbal(word) {
		return nil
	}
	for _, k := range s.kids[word] {
		in := s.introducer(k)
		switch {
		case s.word(k) == "which" && (in == "in" || in == "during" || in == "at") && k > 1:
			return s.timesBefore(k-1, stations)
		case s.is(k, "obl") && (in == "at" || in == "during") && len(stations[k]) > 0:
			return stations[k]
		case s.is(k, "obl") && in == "in" && s.classAt(k) == "Agreement" && len(stations[k]) > 0: // what parties undertake in a treaty
			return stations[k]
		case s.is(k, "advcl") && s.hasLemma(k, []string{"mark", "advmod"}, "when") && s.past(k) && len(stations[k]) > 0:
			return stations[k]
		}
	}
	return nil
}

// timesBefore gives the times of the noun in front of a relative clause, the nearest that has any.
func (s *scene) timesBefore(i int, stations map[int][]int) []int {
	first := s.doc.Sentences[s.doc.Tokens[i].Sentence].First
	for n := i - 1; n >= first && n > i-9; n-- {
		if s.verbal(n) {
			break
		}
		if s.at[n] != nil && len(stations[n]) > 0 {
			return slices.DeleteFunc(slices.Clone(stations[n]), func(t int) bool { return s.doc.Times[t].Value.Date.IsZero() })
		}
	}
	return nil
}

// sharesTime reports whether what is told at the governor's time happened then too.
func (s *scene) sharesTime(i, up int) bool {
	in := s.introducer(i)
	switch s.relation(i) {
	case "conj":
		return s.verbal(i) == s.verbal(up)
	case "advcl":
		return in == "" || in == "by" || in == "while" || in == "in" || in == "when" && s.past(i)
	case "xcomp":
		return true
	case "acl":
		return s.form(i) == gerund && in == ""
	case "obj", "nsubj":
		return slices.Contains(lightVerbs, s.lemma(up)) || slices.Contains(occurs, s.lemma(up))
	case "obl":
		return (in == "in" || in == "at" || in == "during" || in == "on") && s.at[up] == nil
	}
	return false
}

// best chooses among time expressions: a known one, the finer the better; a
// time that dates the noun beside it ("the vote of 2 May") counts for that noun only.
func (s *scene) best(times []int, inherited bool) int {
	out := -1
	for _, t := range times {
		time := s.doc.Times[t]
		if !time.Known() || inherited && time.Expression.Role == timex.RoleOf {
			continue
		}
		if out < 0 || fineness(time.Value) > fineness(s.doc.Times[out].Value) {
			out = t
		}
	}
	return out
}

func fineness(v timex.Value) int {
	switch {
	case v.Date.Day != 0:
		return 3
	case v.Date.Month != 0:
		return 2
	}
	return 1
}

// anchored gives the date of an event whose time is told from another event ("a day before the raid").
func (s *scene) anchored(d *account, stations map[int][]int) {
	for _, t := range stations[d.word] {
		time := s.doc.Times[t]
		if time.Known() || time.Expression.Anchor != timex.AnchorEvent {
			continue
		}
		for _, other := range s.accounts {
			if other == d || !other.date.Known() || !near(time.Span, other.head) {
				continue
			}
			v := timex.Resolve(time.Expression, timex.Reference{Published: s.doc.Published, Anchor: other.date.Date})
			if v.Known() {
				d.date = dating{v, t}
				return
			}
		}
	}
}

// near reports whether a trigger follows a time expression within a few words.
func near(time, trigger Span) bool { return trigger.Start >= time.End && trigger.Start-time.End < 30 }

// location gives the place of an event: named with the word or with the clause that it is the matter of.
func (s *scene) location(d *account) int {
	word := d.word
	for n := 0; n < 6; n++ {
		for _, prep := range []string{"in", "at", "near", "on", "outside"} {
			for _, h := range s.oblique(word, prep) {
				if m := s.mentionAt(h); m >= 0 {
					mention := s.doc.Mentions[m]
					if mention.Class == "Place" || mention.Class == "State" && prep == "in" && mention.Kind == Name {
						return mention.Entity
					}
				}
			}
		}
		if p := s.placeWithin(word); p >= 0 && n == 0 {
			return p
		}
		if s.hasLemma(word, []string{"advmod"}, "here") {
			return s.dateline()
		}
		up := s.tree.head(word)
		if up < 0 || !s.sharesTime(word, up) {
			break
		}
		word = up
	}
	return -1
}

// placeWithin gives the place of what an event is told with: its object, the
// occasion at which, or the meeting after which it happened.
func (s *scene) placeWithin(word int) int {
	if e := s.entityAt(word); e >= 0 && s.lies[e] > 0 {
		return s.lies[e] - 1 // of the occasion itself
	}
	for _, k := range s.kids[word] {
		if !s.is(k, "obl", "nmod", "obj") {
			continue
		}
		switch in := s.introducer(k); {
		case s.is(k, "obj"), in == "following", in == "after", in == "during", in == "at", in == "in":
		default:
			continue
		}
		if e := s.entityAt(k); e >= 0 && s.class(e) == "Occasion" && s.lies[e] > 0 {
			return s.lies[e] - 1
		}
		for _, h := range s.oblique(k, "in") {
			if m := s.mentionAt(h); m >= 0 && s.doc.Mentions[m].Class == "Place" && s.doc.Mentions[m].Kind == Name {
				return s.doc.Mentions[m].Entity
			}
		}
	}
	return -1
}

// dateline gives the place that the text is dated from, or -1.
func (r *analysis) dateline() int {
	if r.dated == nil {
		place := r.findDateline()
		r.dated = &place
	}
	return *r.dated
}

func (r *analysis) findDateline() int {
	for _, m := range r.doc.Mentions {
		before := strings.TrimRight(r.doc.Text[max(0, m.Start-80):m.Start], " \t")
		if m.Start > 0 && !strings.HasSuffix(before, "\n") && before != "" || m.Class != "Place" && m.Kind != Metonym {
			continue
		}
		rest := r.doc.Text[m.End:min(len(r.doc.Text), m.End+40)]
		if strings.ContainsAny(strings.SplitN(rest, "\n", 2)[0], "—–:(") {
			if m.Class == "Place" {
				return m.Entity
			}
		}
	}
	return -1
}
