package nlp_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp"
)

// hostile makes texts that are long in every way that has no limit: one sentence
// without an end, lists, tables, marks that never close, and ever new names, speakers and dates.
var hostile = map[string]func(piece int, r *rand.Rand) string{
	"prose": func(_ int, r *rand.Rand) string {
		who, other := person(r), person(r)
		return fmt.Sprintf("%s’s Foreign Minister %s met her %s counterpart, %s, in %s on %d May 2024. ", pick(r, states), who, pick(r, demonyms), other, pick(r, cities), 1+r.IntN(28)) +
			fmt.Sprintf("She said the two countries would sign a border agreement by the end of %d. “We trust each other,” %s told reporters. ", 2026+r.IntN(9), surname(who)) +
			fmt.Sprintf("The ministry did not comment, and %s denied that it had closed the crossing a day earlier.\n\n", pick(r, states))
	},
	"capitals": func(_ int, r *rand.Rand) string {
		return pick(r, shouted) + " AND " + pick(r, shouted) + " MET IN OSLO "
	},
	"new words": func(_ int, r *rand.Rand) string { return strings.ToUpper(surname(person(r))) + " " },
	"unended": func(_ int, r *rand.Rand) string {
		return pick(r, states) + " and " + person(r) + " met in " + pick(r, cities) + " and then "
	},
	"names": func(_ int, r *rand.Rand) string { return pick(r, states) + ", " + pick(r, states) + " and " },
	"lines": func(_ int, _ *rand.Rand) string { return "- signed\n" },
	"list": func(i int, r *rand.Rand) string {
		return fmt.Sprintf("%d. %s, ambassador of %s to %s\n", i, person(r), pick(r, states), pick(r, states))
	},
	"officials": func(_ int, r *rand.Rand) string {
		return fmt.Sprintf("President %s said on Monday that the minister had resigned. ", person(r))
	},
	"table": func(_ int, r *rand.Rand) string {
		return fmt.Sprintf("| %s | %s | %d May 2024 |\n", person(r), pick(r, states), 1+r.IntN(28))
	},
	"one row":  func(_ int, r *rand.Rand) string { return person(r) + "\t" + pick(r, cities) + "\t" },
	"quotes":   func(int, *rand.Rand) string { return `"“‘ ` },
	"speech":   func(_ int, r *rand.Rand) string { return fmt.Sprintf("“It will leave,” said %s. ", person(r)) },
	"brackets": func(int, *rand.Rand) string { return "((( " },
	"one word": func(int, *rand.Rand) string { return "agreement" },
	"entities": func(int, *rand.Rand) string { return "&amp;&#233;" },
	"accents":  func(int, *rand.Rand) string { return "e\u0301te\u0301 " },
	"bodies": func(_ int, r *rand.Rand) string {
		return fmt.Sprintf("The %s %s Council, part of the government, signed it in %s. ", surname(person(r)), surname(person(r)), pick(r, cities))
	},
}

var (
	states   = []string{"Norway", "Kenya", "Peru", "Chad", "Laos", "Qatar", "Ethiopia", "Armenia"}
	demonyms = []string{"Norwegian", "Kenyan", "Peruvian", "Chadian", "Qatari", "Ethiopian", "Armenian"}
	cities   = []string{"Oslo", "Nairobi", "Lima", "Doha", "Addis Ababa", "Yerevan", "Geneva"}
	shouted  = []string{"NORWAY", "SWEDEN", "KENYA", "QATAR", "FRANCE"}
)

func pick(r *rand.Rand, of []string) string { return of[r.IntN(len(of))] }

// person gives a name that is hardly ever given twice.
func person(r *rand.Rand) string {
	sounds := []string{"ba", "do", "ki", "lu", "me", "no", "ra", "si", "ta", "ve", "zo", "ha"}
	word := func() string {
		w := pick(r, sounds) + pick(r, sounds) + pick(r, sounds) + pick(r, sounds)
		return strings.ToUpper(w[:1]) + w[1:]
	}
	return pick(r, []string{"Amina", "Pedro", "Ingrid", "Yusuf", "Anna"}) + " " + word()
}

func surname(name string) string { return name[strings.IndexByte(name, ' ')+1:] }

// long makes a text of a kind and about a size in bytes.
func long(kind string, size int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(hostile[kind](i, r))
	}
	return b.String()
}

// BenchmarkLong reads texts of which each is four times as long as the one before: time by byte must not grow with length.
func BenchmarkLong(b *testing.B) {
	pipeline := english(b)
	for kind := range hostile {
		for _, size := range []int{64, 256, 1024} {
			text := long(kind, size<<10)
			b.Run(fmt.Sprintf("%s/%dkB", strings.ReplaceAll(kind, " ", "-"), size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					if err := pipeline.Annotate(context.Background(), &nlp.Doc{Text: text, Language: "en"}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
