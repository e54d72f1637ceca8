package timex

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzFind checks that no text makes Find or Resolve fail, and that spans lie
// within the text, on borders of runes, in order and apart.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"", "On Friday, 31 August 2025–1 Sept.", "from 4/5/2024-6/7/2024 to now", "the the day before the day before the day before",
		"early late mid-early mid late 1990s", "in the year 9999 in the year 100", "0000-00-00 99/99/9999 12345678901234567890 BC",
		"10,000 hours later, a hundred thousand years ago in 20201232", "two thousand and and and five", "’90s 'Q3 Q 3Q 2021/22/23",
		"29 février 2024 \u00a0 today\u2028tomorrow \xff\xfe May", "every every 3 other Friday once a", "the 31st of February",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, e := range Find(text, Options{}) {
			if e.Start < end || e.End <= e.Start || e.End > len(text) {
				t.Fatalf("span %d–%d after %d in %q", e.Start, e.End, end, text)
			}
			end = e.End
			if utf8.ValidString(text) && (!utf8.RuneStart(text[e.Start]) || e.End < len(text) && !utf8.RuneStart(text[e.End])) {
				t.Fatalf("span %d–%d cuts a rune of %q", e.Start, e.End, text)
			}
			for _, dir := range []Direction{Unclear, Past, Future} {
				for _, ref := range []Reference{{}, {Published: Date{2024, 2, 29}, Anchor: Date{1999, 12, 31}}, {Published: Date{Year: 1}, Anchor: Date{9999, 12, 31}}, {Published: Date{2025, 3, 0}}} {
					ref.Direction = dir
					v := Resolve(e, ref)
					for _, d := range []Date{v.Date, v.End} {
						if d.Month > 12 || d.Day > 31 || d.Day != 0 && d.Year != 0 && d.Day > daysIn(d.Year, d.Month) {
							t.Fatalf("%q of %q resolves to %v", text[e.Start:e.End], text, v)
						}
					}
					if v.Known() && !v.End.IsZero() && v.End.Compare(v.Date) < 0 {
						t.Fatalf("%q of %q ends before it begins: %v", text[e.Start:e.End], text, v)
					}
				}
			}
		}
	})
}

// article is news prose with about one expression in twelve words.
const article = `LISBON, 3 March — Envoys of the two island states met on Tuesday for the first time since 1998, three weeks after the ceasefire of 11 February.
The talks, which had been due to begin in early December, will resume next month, and a treaty may be signed by the end of the year, the host said.
Fishing crews waited for decades for such a step; in the 1970s there were 1,200 boats, and between 2005 and 2012 none. "We shall see," said the harbour master of the northern town.
A day earlier the smaller state had released nineteen sailors whom it had detained last summer, and on 28 February its parliament voted, by 61 to 40, to reopen the consulate.
`

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(article, 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if len(Find(text, Options{})) < 100 {
			b.Fatal("too few expressions")
		}
	}
}

func BenchmarkFindPlain(b *testing.B) {
	text := strings.Repeat("The governments exchanged notes of protest while their navies, as so often, stayed in harbour to the relief of everyone. ", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(text, Options{})
	}
}

// TestDateOrder covers what only the reader can settle.
func TestDateOrder(t *testing.T) {
	for text, want := range map[string][2]string{
		"signed on 3/4/2025":  {"2025-03-04", "2025-04-03"},
		"signed on 3-4-2025":  {"2025-03-04", "2025-04-03"},
		"signed on 3.4.2025":  {"2025-04-03", "2025-04-03"},
		"signed on 13/4/2025": {"2025-04-13", "2025-04-13"},
		"signed on 2025/4/3":  {"2025-04-03", "2025-04-03"},
	} {
		for order, want := range want {
			found := Find(text, Options{Order: DateOrder(order)})
			if len(found) != 1 || Resolve(found[0], Reference{}).Date.String() != want {
				t.Errorf("%s, order %d: got %v, want %s", text, order, found, want)
			}
		}
	}
}

// TestExpressionForms covers what expressions say beside their value.
func TestExpressionForms(t *testing.T) {
	for _, c := range []struct {
		text   string
		kind   Kind
		role   Role
		anchor Anchor
		offset Offset
	}{
		{"They left two days before the signing.", KindDate, RoleAt, AnchorEvent, Offset{-2, UnitDay}},
		{"They left a year after the signing.", KindDate, RoleAt, AnchorEvent, Offset{1, UnitYear}},
		{"They left hours after he had come.", KindDate, RoleAt, AnchorEvent, Offset{0, UnitHour}},
		{"They left a month later.", KindDate, RoleAt, AnchorNarrative, Offset{1, UnitMonth}},
		{"They left the same day.", KindDate, RoleAt, AnchorNarrative, Offset{0, UnitDay}},
		{"They left in June of that year.", KindDate, RoleAt, AnchorNarrative, Offset{0, UnitYear}},
		{"They left three weeks ago.", KindDate, RoleAt, AnchorPublished, Offset{-3, UnitWeek}},
		{"They left on Friday.", KindDate, RoleAt, AnchorPublished, Offset{}},
		{"They ruled for three decades.", KindDuration, RoleFor, AnchorNone, Offset{3, UnitDecade}},
		{"They left on 5 May 2020.", KindDate, RoleAt, AnchorNone, Offset{}},
		{"They ruled from May to July.", KindRange, RoleAt, AnchorPublished, Offset{}},
		{"They meet every Friday.", KindSet, RoleAt, AnchorNone, Offset{}},
	} {
		found := Find(c.text, Options{})
		if len(found) != 1 {
			t.Errorf("%s: %d expressions", c.text, len(found))
			continue
		}
		if e := found[0]; e.Kind != c.kind || e.Role != c.role || e.Anchor != c.anchor || e.Offset != c.offset {
			t.Errorf("%s: got %s %s %q %v", c.text, e.Kind, e.Role, e.Anchor, e.Offset)
		}
	}
}

// TestFindAdversarial bounds the work on texts made of words that open expressions.
func TestFindAdversarial(t *testing.T) {
	for _, w := range []string{"the day before ", "early ", "the end of ", "1 year 1 month ", "from 1 to ", "Friday next ", "a few ", "last ", "20/", "first week of ", "two thousand "} {
		Find(strings.Repeat(w, 20_000), Options{})
	}
}
