package nlp

import (
	"context"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// verbBases are the verbs that the schema looks for. The tagger guesses the
// lemma of a verb that it never saw from its ending, and may miss by a letter
// ("raided" as raide); where a regular ending leads to a verb of the schema
// instead, that is meant.
type verbBases map[string]bool

func newVerbBases(m *schema.Model) verbBases {
	bases := verbBases{}
	add := func(triggers []schema.Trigger) {
		for _, t := range triggers {
			for _, lemma := range t.Verb {
				bases[strings.Fields(lemma)[0]] = true
			}
		}
	}
	for _, e := range m.Events {
		add(e.Triggers)
	}
	for _, r := range m.Relations {
		add(r.Triggers)
	}
	return bases
}

// component mends lemmas; it leaves all else of the syntax as it is.
func (b verbBases) component() Component {
	return Component{
		Name:     "verb bases",
		Requires: []Layer{LayerSyntax},
		Annotate: func(_ context.Context, d *Doc) error {
			for i := range d.Tokens {
				if t := &d.Tokens[i]; t.Tag == "VERB" {
					t.Lemma = b.mend(strings.ToLower(d.Text[t.Start:t.End]), t.Lemma)
				}
			}
			return nil
		},
	}
}

// mend gives the verb of the schema that the form is a regular form of, or the lemma as it was.
func (b verbBases) mend(form, lemma string) string {
	if b[lemma] {
		return lemma
	}
	for _, ending := range []string{"ing", "ied", "ies", "ed", "es", "d", "s"} {
		stem, ok := strings.CutSuffix(form, ending)
		if !ok || len(stem) < 3 {
			continue
		}
		candidates := []string{stem, stem + "e"}
		switch {
		case ending == "ied" || ending == "ies":
			candidates = []string{stem + "y"}
		case ending == "s" || ending == "d" || ending == "es":
			candidates = candidates[:1]
		case stem[len(stem)-1] == stem[len(stem)-2]: // planned, stopping
			candidates = append(candidates, stem[:len(stem)-1])
		}
		for _, c := range candidates {
			if b[c] {
				return c
			}
		}
	}
	return lemma
}

// irregularVerbs gives the verb of past forms that no ending tells.
var irregularVerbs = map[string]string{
	"froze": "freeze", "frozen": "freeze", "shot": "shoot", "fled": "flee", "hid": "hide", "struck": "strike", "swore": "swear", "sworn": "swear",
	"withdrew": "withdraw", "withdrawn": "withdraw", "overthrew": "overthrow", "overthrown": "overthrow", "overran": "overrun", "broke": "break",
	"broken": "break", "fought": "fight", "sought": "seek", "bought": "buy", "brought": "bring", "caught": "catch", "slew": "slay", "slain": "slay",
	"seen": "see", "sold": "sell", "lent": "lend", "sent": "send", "spent": "spend", "spoke": "speak", "spoken": "speak", "stole": "steal",
	"stolen": "steal", "threw": "throw", "thrown": "throw", "took": "take", "taken": "take", "tore": "tear", "torn": "tear", "underwent": "undergo",
	"upheld": "uphold", "won": "win", "wrote": "write", "written": "write", "forbade": "forbid", "forbidden": "forbid", "forgave": "forgive",
	"laid": "lay", "led": "lead", "left": "leave", "lost": "lose", "met": "meet", "paid": "pay", "quit": "quit", "rode": "ride", "sank": "sink",
	"sunk": "sink", "chose": "choose", "chosen": "choose", "drew": "draw", "drawn": "draw", "flew": "fly", "flown": "fly", "gave": "give",
	"given": "give", "held": "hold", "kept": "keep", "knew": "know", "known": "know", "undertook": "undertake",
	"undertaken": "undertake", "began": "begin", "begun": "begin", "became": "become", "drove": "drive", "driven": "drive", "grew": "grow",
	"shook": "shake", "shaken": "shake", "stood": "stand", "swept": "sweep", "told": "tell", "went": "go", "built": "build", "dealt": "deal",
	"sat": "sit", "taught": "teach", "understood": "understand", "misled": "mislead", "foresaw": "foresee", "rebuilt": "rebuild", "retook": "retake",
}

// pastLemma guesses the verb of a form in -ed.
func pastLemma(form string) string {
	stem := strings.TrimSuffix(form, "ed")
	n := len(stem)
	switch {
	case n < 3:
		return form
	case strings.HasSuffix(stem, "i"):
		return stem[:n-1] + "y"
	case stem[n-1] == stem[n-2] && !strings.ContainsRune("lsz", rune(stem[n-1])):
		return stem[:n-1]
	case strings.ContainsRune("zcvgu", rune(stem[n-1])), stem[n-1] == 's' && stem[n-2] != 's':
		return stem + "e"
	}
	return stem
}
