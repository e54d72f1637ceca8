package nlp

import (
	"slices"
	"sort"
)

// plainSpeech lists verbs that only hand on what was said. Where what was
// said is itself an event, saying it is not one beside it.
var plainSpeech = []string{"say", "tell", "add", "write", "report", "explain", "comment", "reply", "respond", "quote", "cite", "post", "tweet", "speak"}

// speechActs decides which statements are news: one that accuses is an
// accusation, one that hands on an event or only names a source is none.
func (s *scene) speechActs() {
	for _, d := range s.accounts {
		if d.typ.Plover != "STATEMENT" || d.dropped != "" || d.kind != verbLexeme || d.typ.ID != "state" {
			continue
		}
		inner := s.told(d.word)
		plain := slices.Contains(plainSpeech, d.lexeme.words[d.anchor])
		switch {
		case s.accuses(d, inner):
		case plain && s.sourceTag(d.word):
			d.dropped = "it only names the source"
		case plain && len(inner) > 0:
			d.dropped = "what was said is the event"
		case plain && d.lexeme.words[d.anchor] == "say" && s.past(d.word) && !d.standing.negative:
			d.dropped = "it only hands on what was said"
		case s.quoted[d.word] >= 0 && plain:
			d.dropped = "it stands within a quotation"
		}
	}
}

// told gives the accounts in what a verb of speech hands on.
func (s *scene) told(v int) []*account {
	var out []*account
	sentence := s.doc.Tokens[v].Sentence
	first := sort.Search(len(s.accounts), func(i int) bool { return s.doc.Tokens[s.accounts[i].word].Sentence >= sentence })
	for _, d := range s.accounts[first:] {
		if s.doc.Tokens[d.word].Sentence > sentence {
			break
		}
		if d.word == v || d.dropped != "" {
			continue
		}
		for _, c := range s.complements(v) {
			if s.within(d.word, c) {
				out = append(out, d)
				break
			}
		}
	}
	return out
}

// sourceTag reports whether a verb of speech stands behind what it hands on ("…, the ministry said").
func (s *scene) sourceTag(v int) bool {
	if s.is(v, "parataxis") || s.is(v, "advcl") && s.introducer(v) == "as" && s.form(v) == participle && s.kid(v, "nsubj") < 0 { // "as reported before"
		return true
	}
	for _, c := range s.all(v, "ccomp") {
		if c < v {
			return true
		}
	}
	return false
}

// accuses turns a statement about somebody else's hostile act into an accusation.
func (s *scene) accuses(d *account, inner []*account) bool {
	accuse := s.finder.types["accuse"]
	if accuse == nil {
		return false
	}
	for _, e := range inner {
		direct := slices.ContainsFunc(s.complements(d.word), func(c int) bool { return c == e.word })
		if !direct || !hostile(e.typ.Plover) || e.standing.negative || e.standing.modality != "" || len(e.actors) == 0 || overlap(e.actors, d.actors) {
			continue
		}
		d.typ = accuse
		d.recipients = slices.Clone(e.actors)
		return true
	}
	return false
}

func hostile(root string) bool { return root == "COERCE" || root == "ASSAULT" || root == "THREATEN" }
