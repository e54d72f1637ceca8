package nlp

import (
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

// places names the grammatical places where a trigger looks for who takes part, for a message.
func places(t *schema.Trigger) string {
	all := append(append([]string(nil), t.Actor...), t.Recipient...)
	if len(all) == 0 {
		return "any place"
	}
	return strings.Join(all, ", ")
}
