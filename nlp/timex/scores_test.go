package timex

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite golden files")

// suite holds date expressions with reference dates and resolved values
// (Microsoft Recognizers-Text); it is not part of this repository.
const suite = "../../../shared/dates"

// A wanted value is a date or range of the suite, with one reading for the
// past and one for the future where both are possible. Ends are exclusive.
type wanted struct {
	text       string
	start, end int
	kind       string
	readings   []resolution
}

type resolution struct{ from, to, mod string }

type suiteCase struct {
	Input   string
	Context struct{ ReferenceDateTime string }
	Results []struct {
		Text       string
		Type       string
		TypeName   string
		Start      int
		Length     int
		End        int
		Value      struct{ FutureResolution, PastResolution map[string]string }
		Resolution struct{ Values []map[string]string }
	}
}

func (c suiteCase) wanted() []wanted {
	var out []wanted
	for _, r := range c.Results {
		w := wanted{text: r.Text, start: r.Start, end: r.Start + r.Length, kind: strings.TrimPrefix(cmp.Or(r.TypeName, r.Type), "datetimeV2.")}
		if r.Length == 0 {
			w.end = r.End + 1
		}
		if w.kind != "date" && w.kind != "daterange" {
			continue
		}
		for _, m := range []map[string]string{r.Value.PastResolution, r.Value.FutureResolution} {
			w.add(cmp.Or(m["date"], m["startDate"]), m["endDate"], m["mod"])
		}
		for _, m := range r.Resolution.Values {
			if m["value"] == "not resolved" {
				continue
			}
			w.add(cmp.Or(m["value"], m["start"]), m["end"], m["Mod"])
		}
		if len(w.readings) > 0 {
			out = append(out, w)
		}
	}
	return out
}

func (w *wanted) add(from, to, mod string) {
	if from == "0001-01-01" || from == "" && to == "" {
		return
	}
	w.readings = append(w.readings, resolution{from, to, mod})
}

// TestScores resolves every date and date range of the suite, given the
// reference date, and compares the shares that come out right with testdata/scores.golden.
//
// Rules of the comparison: the expression that shares most bytes with the wanted
// one counts; the reference date is both the publication date and the anchor
// of what is told relative to something else; where the suite gives a past and
// a future reading either will do. A date is right if it is the wanted one to
// the precision claimed (day, month or year). A range is right if both ends are;
// the suite's ends are exclusive, but for a range of named ends it writes the
// first day of the last one, so both are accepted. Of an approximate part
// (early May, the end of 2000), whose borders are a convention, the month, year or
// week must be right and the parts overlap. Of an open range (since, before,
// after) the end that is there must be right.
func TestScores(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(suite, "*.json"))
	if len(files) == 0 {
		t.Skip("the date suite is not here: " + suite)
	}
	type score struct{ right, all int }
	scores := map[string]*score{}
	count := func(key string, right bool) {
		if scores[key] == nil {
			scores[key] = &score{}
		}
		scores[key].all++
		if right {
			scores[key].right++
		}
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var cases []suiteCase
		if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), &cases); err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		for _, c := range cases {
			found := Find(c.Input, Options{})
			for _, w := range c.wanted() {
				got, right := judge(c, found, w)
				if !right && testing.Verbose() {
					t.Logf("%s: %.10s %q in %q: got %s, want %v", name, c.Context.ReferenceDateTime, w.text, c.Input, got, w.readings)
				}
				count(name, right)
				count("all files, "+w.kind, right)
				count("sum", right)
			}
		}
	}
	var table strings.Builder
	keys := make([]string, 0, len(scores))
	for k := range scores {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		s := scores[k]
		fmt.Fprintf(&table, "%-22s %4d of %4d right  %.3f\n", k, s.right, s.all, float64(s.right)/float64(s.all))
	}
	compareGolden(t, "testdata/scores.golden", table.String())
}

func judge(c suiteCase, found []Expression, w wanted) (string, bool) {
	var best Expression
	most := 0
	for _, e := range found {
		// The suite counts UTF-16 units; its texts are ASCII but for a few.
		if n := min(e.End, w.end) - max(e.Start, w.start); n > most {
			best, most = e, n
		}
	}
	if most == 0 {
		return "nothing", false
	}
	ref := Reference{}
	if at := c.Context.ReferenceDateTime; at != "" {
		ref.Published = parseDate(at[:10])
		ref.Anchor = ref.Published
	}
	var got []string
	for _, dir := range []Direction{Unclear, Past, Future} {
		ref.Direction = dir
		v := Resolve(best, ref)
		got = append(got, fmt.Sprintf("%v/%v %s", v.Date, v.End, v.Precision))
		for _, r := range w.readings {
			if agrees(v, best, r) {
				return "", true
			}
		}
	}
	return fmt.Sprintf("%q %s %s: %s", c.Input[best.Start:best.End], best.Kind, best.Role, strings.Join(slices.Compact(got), "; ")), false
}

func agrees(v Value, e Expression, r resolution) bool {
	if !v.Known() {
		return false
	}
	last := v.End
	if last.IsZero() {
		last = v.Date
	}
	first, behind := v.Date.first(), last.last()+1
	isFirst := func(s string) bool { return s != "" && parseDate(s).first() == first }
	isEnd := func(s string) bool {
		return s != "" && (parseDate(s).first() == behind || parseDate(s).first() == last.first() || last.unit() != UnitDay && strings.HasPrefix(s, last.String()))
	}
	vague := func(from, to string) bool {
		a, b := parseDate(from).first(), parseDate(to).first()-1
		return first <= b && a < behind && (a.monday() == first.monday() || sameUnit(a.date(), v.Date, b.date()))
	}
	switch {
	case v.Precision == Since || v.Precision == After:
		if r.to != "" && r.mod == "" { // from 2014
			return isFirst(r.from)
		}
		return isFirst(r.from) || r.from != "" && parseDate(r.from).first() == behind || last.unit() != UnitDay && strings.HasPrefix(r.from, last.String())
	case v.Precision == Before:
		s := cmp.Or(r.to, r.from)
		return isFirst(s) || isEnd(s) || last.unit() != UnitDay && strings.HasPrefix(s, last.String())
	case r.to == "":
		return strings.HasPrefix(r.from, v.Date.String()) && (v.End.IsZero() || v.End == v.Date)
	case v.Precision == About && !v.End.IsZero() || strings.Contains(r.mod, "mid"):
		return vague(r.from, r.to)
	}
	return (isFirst(r.from) || v.Date.unit() != UnitDay && strings.HasPrefix(r.from, v.Date.String())) && isEnd(r.to)
}

// sameUnit reports whether all dates are of one month, or of one year.
func sameUnit(a, b, c Date) bool {
	return a.Year == c.Year && b.Year == a.Year && (b.Month == 0 || a.Month == b.Month || c.Month-a.Month > 1)
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs; rewrite with -update\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}
