package nlp

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp/perceptron"
)

// marked reads a sentence in which [entities] stand in brackets, with their
// class after a bar ("[Dar|Person]"; State when none is given), and one *word* between stars.
func marked(t *testing.T, text string) (d *Doc, word int) {
	t.Helper()
	d = &Doc{ID: "marked", Language: "en"}
	star := -1
	type entity struct {
		span  Span
		class string
	}
	var entities []entity
	var plain strings.Builder
	for _, part := range regexp.MustCompile(`\[[^\]]*\]|\*|[^\[*]+`).FindAllString(text, -1) {
		switch {
		case part == "*":
			if star < 0 {
				star = plain.Len()
			}
		case part[0] == '[':
			name, class, ok := strings.Cut(strings.Trim(part, "[]"), "|")
			if !ok {
				class = "State"
			}
			entities = append(entities, entity{Span{plain.Len(), plain.Len() + len(name)}, class})
			plain.WriteString(name)
		default:
			plain.WriteString(part)
		}
	}
	d.Text = plain.String()
	rows, err := readRows("abbreviations.tsv")
	if err != nil {
		t.Fatal(err)
	}
	models, err := perceptron.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := newAbbreviations(rows)
	for _, c := range []Component{sentenceFinder{abbreviations: a}.component(), tokenizer{a}.component(), quotationComponent(), parsing(models)} {
		if err := c.Annotate(context.Background(), d); err != nil {
			t.Fatal(err)
		}
	}
	word = -1
	for i, tok := range d.Tokens {
		if tok.Start == star {
			word = i
		}
	}
	for _, e := range entities {
		id := strings.ToLower(strings.ReplaceAll(d.Text[e.span.Start:e.span.End], " ", "-"))
		n := len(d.Entities)
		for i := range d.Entities {
			if d.Entities[i].ID == id {
				n = i
			}
		}
		if n == len(d.Entities) {
			d.Entities = append(d.Entities, Entity{ID: id, Class: e.class, Name: d.Text[e.span.Start:e.span.End]})
		}
		head := -1
		for i, tok := range d.Tokens {
			if e.span.Contains(tok.Span) && (tok.Head < 0 || !e.span.Contains(d.Tokens[tok.Head].Span)) && head < 0 {
				head = i
			}
		}
		d.Mentions = append(d.Mentions, Mention{Span: e.span, Kind: Name, Class: e.class, Head: head, Sentence: d.Tokens[head].Sentence, Entity: n})
		d.Entities[n].Mentions = append(d.Entities[n].Mentions, len(d.Mentions)-1)
	}
	return d, word
}

// A standing is written as what differs from a plain fact, and who says so.
func shownStanding(d *Doc, s Statement) string {
	var out []string
	for _, w := range []string{s.Polarity, s.Modality, s.Assertion} {
		if w != "positive" && w != "realis" && w != "asserted" {
			out = append(out, w)
		}
	}
	for _, e := range s.AttributedTo {
		out = append(out, "by "+d.Entities[e].ID)
	}
	if len(out) == 0 {
		return "fact"
	}
	return strings.Join(out, " ")
}

func TestStanding(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"[Norway] *signed* the treaty.", "fact"},
		{"The treaty was *signed* by [Norway].", "fact"},
		{"[Norway] managed to *restore* relations.", "fact"},
		{"[Norway] began *withdrawing* its troops.", "fact"},
		{"[Norway] signed the treaty and *withdrew* its troops.", "fact"},
		{"[Norway], which *signed* the treaty, will join the bloc.", "fact"},
		{"After *signing* the treaty, [Norway] joined the bloc.", "fact"},
		{"[Norway] announced that it had *severed* relations.", "fact"},
		{"[Norway] regretted that [Peru] had *left* the bloc.", "presupposed"},

		{"[Norway] did not *sign* the treaty.", "negative"},
		{"[Norway] never *signed* the treaty.", "negative"},
		{"[Norway] has no longer *supported* the rebels.", "negative"},
		{"No state *signed* the treaty.", "negative"},
		{"Neither [Norway] nor [Peru] *signed* the treaty.", "negative"},
		{"[Norway] refused to *sign* the treaty.", "negative"},
		{"[Norway] left without *signing* the treaty.", "negative"},
		{"[Norway] was unable to *ratify* the treaty.", "negative"},
		{"[Norway] did not manage to *ratify* the treaty.", "negative"},
		{"[Norway] did not sign or *ratify* the treaty.", "negative"},
		{"[Norway] signed but did not *ratify* the treaty.", "negative"},

		{"[Norway] will *sign* the treaty.", "intention"},
		{"[Norway] plans to *sign* the treaty.", "intention"},
		{"[Norway] agreed to *sign* the treaty.", "intention"},
		{"[Norway] is to *sign* the treaty on Friday.", "intention"},
		{"[Norway] is ready to *sign* the treaty.", "intention"},
		{"[Norway] will sign and *ratify* the treaty.", "intention"},
		{"[Norway] to *resume* diplomatic relations", "intention"},
		{"[Norway] said it would *sign* the treaty.", "intention claimed by norway"},
		{"[Norway] announced that it would *sign* the treaty.", "intention claimed by norway"},

		{"If [Peru] agrees, [Norway] will *sign* the treaty.", "conditional"},
		{"[Norway] will *sign* the treaty if [Peru] agrees.", "conditional"},
		{"[Norway] will sign the treaty if [Peru] *agrees*.", "conditional"},
		{"Unless [Peru] *withdraws*, [Norway] will close its embassy.", "conditional"},
		{"Had [Peru] *signed* the treaty, [Norway] would have ratified it.", "conditional"},
		{"Had [Peru] signed the treaty, [Norway] would have *ratified* it.", "conditional"},
		{"Were [Peru] to *sign* the treaty, [Norway] would follow.", "conditional"},
		{"[Norway] would only *recognise* [Peru] if [Chile] agreed.", "conditional"},
		{"[Norway] will *sign* the treaty provided that [Peru] agrees.", "conditional"},
		{"[Norway] will sign on condition that [Peru] *agrees*.", "conditional"},

		{"[Norway] demanded that [Peru] *withdraw* its troops.", "demanded by norway"},
		{"[Norway] urged [Peru] to *withdraw* its troops.", "demanded by norway"},
		{"[Norway] called on [Peru] to *withdraw* its troops.", "demanded by norway"},
		{"[Norway] called for the *withdrawal* of troops.", "demanded by norway"},
		{"[Peru] must *withdraw* its troops.", "demanded"},
		{"[Norway] said [Peru] must *withdraw* its troops.", "demanded claimed by norway"},

		{"[Norway] may *sign* the treaty.", "hypothetical"},
		{"[Norway] could *sign* the treaty.", "hypothetical"},
		{"[Norway] is unlikely to *sign* the treaty.", "negative hedged"},
		{"It is unclear whether [Norway] *signed* the treaty.", "hypothetical"},
		{"Did [Norway] *sign* the treaty?", "hypothetical"},
		{"The draft would have *called* on [Norway] to withdraw.", "hypothetical"},
		{"[Norway] considered *leaving* the bloc.", "hedged"},
		{"[Norway] did not confirm that it had *signed* the treaty.", "hypothetical claimed by norway"},

		{"[Norway] said that [Peru] had *attacked* [Chile].", "claimed by norway"},
		{"[Peru] *attacked* [Chile], [Norway] said.", "claimed by norway"},
		{"According to [Norway], [Peru] *attacked* [Chile].", "claimed by norway"},
		{"[Norway] accused [Peru] of *attacking* [Chile].", "claimed by norway"},
		{"[Peru] allegedly *attacked* [Chile].", "claimed"},
		{"“[Peru] has *attacked* us,” [Norway] said.", "claimed by norway"},
		{"[Norway] denied that it had *attacked* [Chile].", "denied by norway"},
		{"[Norway] denies *supporting* the rebels.", "denied by norway"},
		{"In my view [Norway] *betrayed* [Peru].", "opinion"},
	} {
		d, word := marked(t, c.text)
		r := newAnalysis(d)
		r.findSpeakers()
		acting := r.parties(r.logicalSubject(word))
		var who []int
		for _, p := range acting {
			who = append(who, p.entity)
		}
		got := shownStanding(d, r.standing(matter{word: word, acting: who}).statement())
		if got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestRulings asks that no word stands twice in a table of effects.
func TestRulings(t *testing.T) {
	for name, rulings := range map[string][]ruling{
		"verb": verbRulings, "clause": clauseRulings, "nominal": nominalRulings, "noun": nounRulings, "adjective": adjectiveRulings,
		"adverb": adverbRulings, "preposition": prepositionRulings, "particle": particleRulings,
	} {
		n := 0
		for _, r := range rulings {
			n += len(strings.Split(r.words, ","))
		}
		if table := byLemma(rulings); len(table) != n {
			t.Errorf("%s: %d words, %d of them different", name, n, len(table))
		}
	}
}
