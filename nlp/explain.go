package nlp

import (
	"fmt"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// A trigger that yields nothing leaves a note that says which step refused it
// and why, so that "coded no events" never goes unexplained.

func (s *scene) refuse(word int, why string) { s.analysis.refuse("events", word, why) }

func (b *relationBook) refuse(word int, why string) { b.analysis.refuse("relations", word, why) }

func (r *analysis) refuse(layer string, word int, why string) {
	r.notes = append(r.notes, Note{Span: r.doc.Tokens[word].Span, Layer: layer, Refused: true, Text: why})
}

// passedOver says why a word that is a trigger elsewhere is none here by what
// it was taken for: a part of a name, or another part of speech; or "".
func (s *scene) passedOver(i int) string {
	for _, l := range s.finder.lexicon.of(s.analysis, i) {
		if l.event == nil || len(l.words) > 1 {
			continue
		}
		switch {
		case !s.open(i):
			m := s.doc.Mentions[s.covering[i]]
			return fmt.Sprintf("%s: the word is part of the name %q", l.id(), s.doc.Text[m.Start:m.End])
		case !l.fits(s.analysis, i) && l.kind == verbLexeme && s.tag(i) == "NOUN":
			return l.id() + ": the word was taken for a noun, not a verb"
		case !l.fits(s.analysis, i) && l.kind == nounLexeme && verbalTag(s.tag(i)):
			return l.id() + ": the word was taken for a verb, not a noun"
		}
	}
	return ""
}

// places names the grammatical places where a trigger looks for who takes part, for a message.
func places(t *schema.Trigger) string {
	all := append(append([]string(nil), t.Actor...), t.Recipient...)
	if len(all) == 0 {
		return "any place"
	}
	return strings.Join(all, ", ")
}
