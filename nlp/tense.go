package nlp

import (
	"strings"

	"github.com/ententegraph/entente/nlp/timex"
)

// A tenseCue is what the verb nearest to a time says about the side of the
// present on which the time lies.
type tenseCue int

const (
	noCue     tenseCue = iota
	pastCue            // met, was held
	stateCue           // was, served: it went on for a while
	perfect            // had
	futureCue          // will, is due, is to be signed
	commit             // agreed, ordered: done in the past, bearing on the future
)

// tenses is the lexicon of the cues. It needs no syntax: verbs in -ed are
// told by their form, others are listed.
type tenses struct{ words map[string]tenseCue }

func newTenses(rows [][]string) tenses {
	names := map[string]tenseCue{"past": pastCue, "state": stateCue, "perfect": perfect, "future": futureCue, "commit": commit}
	t := tenses{make(map[string]tenseCue)}
	for _, row := range rows {
		for _, w := range list(row[1]) {
			t.words[w] = names[row[0]]
		}
	}
	return t
}

// direction tells on which side of the time of writing an expression lies in
// its sentence, the words of which are given in lower case; the expression
// stands at [from, to) of them.
func (t tenses) direction(words []string, from, to int, role timex.Role) timex.Direction {
	cue := noCue
	if !opensClause(words, from) {
		cue = t.left(words, from)
	}
	if cue == noCue {
		cue = t.right(words, to)
	}
	if cue == noCue {
		cue = t.left(words, from)
	}
	forward := role == timex.RoleUntil || role == timex.RoleBy || role == timex.RoleWithin || role == timex.RoleBefore
	switch cue {
	case futureCue:
		return timex.Future
	case commit:
		if forward {
			return timex.Future
		}
		return timex.Past
	case pastCue:
		if role == timex.RoleUntil { // the mission was extended until June
			return timex.Future
		}
		return timex.Past
	case stateCue, perfect:
		return timex.Past
	}
	return timex.Unclear
}

// opensClause reports whether the expression and its preposition begin a
// clause, so that the verb follows: "said that on Friday ministers will meet".
func opensClause(words []string, i int) bool {
	for i--; i >= 0; i-- {
		switch words[i] {
		case "on", "in", "by", "from", "until", "before", "after", "since", "during", "at", "late", "early", "the":
			continue
		case "that", "and", "but", "when", "if", "while", "because":
			return true
		}
		return false
	}
	return true
}

func (t tenses) left(words []string, i int) tenseCue {
	for i--; i >= 0 && words[i] != ";"; i-- {
		if c := t.cue(words, i); c != noCue {
			return c
		}
	}
	return noCue
}

func (t tenses) right(words []string, i int) tenseCue {
	for ; i < len(words) && words[i] != ";"; i++ {
		if c := t.cue(words, i); c != noCue {
			return c
		}
	}
	return noCue
}

// cue gives what the word at i says, with the auxiliaries before it.
func (t tenses) cue(words []string, i int) tenseCue {
	w := words[i]
	if w == "to" {
		return t.infinitive(words, i)
	}
	c := t.words[w]
	if c == noCue && len(w) > 4 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed") {
		c = pastCue
	}
	switch c {
	case futureCue:
		// would have called: it did not come to pass, or is over
		if i+1 < len(words) && (words[i+1] == "have" || words[i+1] == "not" && i+2 < len(words) && words[i+2] == "have") {
			return pastCue
		}
	case pastCue, commit:
		for k := i - 1; k >= max(i-3, 0); k-- {
			if words[k] == "be" { // will be signed, to be held
				return futureCue
			}
		}
	}
	return c
}

// infinitive tells what "to" says: nothing before a place or thing, and the
// future where a word before it looks ahead: is to, agreed to, due to, asked them to.
func (t tenses) infinitive(words []string, i int) tenseCue {
	if i+1 >= len(words) || i == 0 {
		return noCue
	}
	switch words[i+1] {
	case "the", "a", "an", "his", "her", "its", "their", "this", "that":
		return noCue
	}
	switch words[i-1] {
	case "is", "are", "was", "were", "not", "plan", "intend", "hope", "want", "aim", "expect", "prepare", "wish":
		return futureCue
	}
	for k := i - 1; k >= max(i-5, 0); k-- {
		switch c := t.words[words[k]]; {
		case c == commit || c == futureCue:
			return futureCue
		case c != noCue || words[k] == "," || words[k] == ";":
			return noCue
		}
	}
	return noCue
}
