package nlp

import (
	"slices"
	"strings"
)

// attribution applies who is named as the source of the clause that the word
// heads: "…, the ministry said", "according to X", "in my view".
func (w *walk) attribution(at int) {
	if w.given {
		return
	}
	if tag := w.speechTag(at); tag >= 0 && !w.within(w.word, tag) {
		by := w.speakers(tag)
		switch {
		case w.lemma(tag) == "deny":
			w.say("denied", by)
		case (verbEffects[w.lemma(tag)] == announced || w.lemma(tag) == "confirm") && w.modality == "" && !w.negative && w.assertion == "" && w.quoted[w.word] < 0 && w.official(by):
			// Who confirms what their own state has done adds nothing to it.
		case w.gentle && w.modality == "" && !w.negative && w.assertion == "" && w.quoted[w.word] < 0 && w.official(by):
			w.by = by // a ministry reports a visit, a call or an agreement of its own state
		default:
			w.say("claimed", by)
		}
	}
	for _, k := range w.kids[at] {
		if !w.is(k, "obl", "nmod", "parataxis", "advcl", "advmod") || w.within(w.word, k) {
			continue
		}
		switch in := w.introducer(k); {
		case strings.HasPrefix(in, "accord"), in == "per", strings.HasPrefix(w.lemma(k), "accord"):
			w.say("claimed", w.entities(w.source(k)))
		case in == "in" && slices.Contains([]string{"view", "opinion", "judgement", "judgment"}, w.lemma(k)):
			if p := w.kid(k, "nmod:poss"); p >= 0 && (w.tree.word(p) == "my" || w.tree.word(p) == "our") && w.quoted[p] < 0 {
				w.say("opinion", nil)
			} else {
				w.say("claimed", w.entities(w.possessor(k)))
			}
		}
	}
}

// accordingTo applies a source that the parser hung on a noun of the clause: "brokered the deal, according to two diplomats".
func (w *walk) accordingTo(s Sentence) {
	for i := s.First; i+1 < s.Last; i++ {
		if w.tree.word(i) != "according" || w.tree.word(i+1) != "to" || w.quoted[i] >= 0 || w.given || w.assertion != "" {
			continue
		}
		source := w.head(i)
		if source < i || w.within(w.word, source) {
			continue
		}
		if v := w.predicate(w.head(source)); v >= 0 && w.within(w.word, v) {
			w.say("claimed", w.entities(w.conjuncts(source)))
		}
	}
}

// source gives the heads behind "according to".
func (r *analysis) source(k int) []int {
	if strings.HasPrefix(r.lemma(k), "accord") {
		for _, o := range r.all(k, "obl", "nmod", "xcomp") {
			return r.conjuncts(o)
		}
	}
	return r.conjuncts(k)
}

// speechTag gives the verb of speech that hangs on a clause as a tag
// ("…, the ministry said", "…, reports the ministry"), or -1.
func (r *analysis) speechTag(at int) int {
	for _, k := range r.all(at, "parataxis") {
		if r.tag(k) == "VERB" && r.speaks(k) && r.kid(k, "ccomp") < 0 && (r.ownSubject(k) >= 0 || r.kid(k, "obj") >= 0) {
			return k
		}
	}
	return -1
}

// speaks reports whether the verb reports speech.
func (r *analysis) speaks(v int) bool {
	if !verbalTag(r.tag(v)) {
		return false
	}
	switch verbEffects[r.lemma(v)] {
	case claimed, announced, denied:
		return true
	}
	return slices.Contains(alsoSpeech, r.lemma(v))
}

// alsoSpeech lists verbs that report speech besides what they say of plans and demands.
var alsoSpeech = []string{
	"agree", "insist", "promise", "pledge", "vow", "tell", "warn", "threaten", "recall", "acknowledge", "admit", "conclude", "suggest",
	"indicate", "ask", "urge", "demand", "predict", "believe",
}

// voices gives the heads of who speaks in a verb or noun of speech.
func (r *analysis) voices(v int) []int {
	if !verbalTag(r.tag(v)) {
		return r.bearer(v, 0)
	}
	if s := r.logicalSubject(v); s != nil {
		return s
	}
	if o := r.kid(v, "obj"); o > v && r.ownSubject(v) < 0 && r.is(v, "parataxis") { // "…, reports the ministry"
		return r.conjuncts(o)
	}
	return nil
}

// speakers gives the entities that speak in a verb or noun of speech.
func (r *analysis) speakers(v int) []int { return r.entities(r.voices(v)) }

func (r *analysis) entities(heads []int) []int {
	var out []int
	for _, p := range r.parties(heads) {
		if !slices.Contains(out, p.entity) {
			out = append(out, p.entity)
		}
	}
	return out
}

// official reports whether one of the sources is a body or office of a party to the matter.
func (w *walk) official(by []int) bool {
	for _, e := range by {
		for _, a := range w.actsFor(e, 0) {
			if slices.Contains(w.acting, a) {
				return true
			}
		}
	}
	return false
}

// findSpeakers says for each quotation who speaks: the subject of the verb of
// speech that it depends on or that stands beside it in its sentence; a quotation
// that follows another in the same paragraph with no other speaker goes on.
func (r *analysis) findSpeakers() {
	d := r.doc
	last, lastEnd := -1, -1
	for q := range d.Quotations {
		quotation := &d.Quotations[q]
		speaker := r.speakerBeside(quotation.Span)
		if speaker < 0 && last >= 0 && lastEnd <= quotation.Start && r.continues(lastEnd, quotation.Start) {
			speaker = last
		}
		quotation.Speaker = speaker
		if speaker >= 0 && !quotation.Scare {
			last, lastEnd = speaker, quotation.End
		}
	}
}

// continues reports whether nothing but space and marks lies between two quotations.
func (r *analysis) continues(from, to int) bool {
	return strings.Trim(r.doc.Text[from:to], " \n\t\r“”\"'‘’«».,;:—–-") == ""
}

// speakerBeside gives who says the quotation in the sentences that it touches, or -1.
func (r *analysis) speakerBeside(q Span) int {
	d := r.doc
	first, end := d.sentencesAt(q)
	for _, s := range d.Sentences[first:end] {
		best := -1
		for i := s.First; i < s.Last; i++ {
			if q.Overlaps(d.Tokens[i].Span) || !verbalTag(d.Tokens[i].Tag) || !r.speaks(i) {
				continue
			}
			if by := r.speakers(i); len(by) > 0 && (best < 0 || r.distance(i, q) < r.distance(best, q)) {
				best = i
			}
		}
		if best >= 0 {
			return r.speakers(best)[0]
		}
	}
	return -1
}

func (r *analysis) distance(i int, q Span) int {
	if t := r.doc.Tokens[i]; t.End <= q.Start {
		return q.Start - t.End
	}
	return max(0, r.doc.Tokens[i].Start-q.End)
}
