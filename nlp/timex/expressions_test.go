package timex

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestExpressions reads testdata/expressions.txt, where the form of the rows is
// explained, and testdata/news.txt.
func TestExpressions(t *testing.T) {
	if rows := testRows(t, "expressions.txt") + testRows(t, "news.txt"); rows < 300 {
		t.Errorf("only %d rows", rows)
	}
}

func testRows(t *testing.T, file string) int {
	b, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var ref Reference
	rows := 0
	for n, line := range strings.Split(string(b), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		place := fmt.Sprintf("%s:%d", file, n+1)
		if name, value, ok := strings.Cut(line, " "); ok && setting(&ref, name, value) {
			continue
		}
		rows++
		marked, values, _ := strings.Cut(line, "=>")
		text, spans := unmark(strings.TrimSpace(marked))
		var want []string
		for i, v := range strings.Split(values, ";") {
			if i < len(spans) {
				want = append(want, spans[i]+" => "+strings.TrimSpace(v))
			}
		}
		var got []string
		for _, e := range Find(text, Options{}) {
			got = append(got, text[e.Start:e.End]+" => "+show(e, Resolve(e, ref)))
		}
		if strings.Join(got, "; ") != strings.Join(want, "; ") {
			t.Errorf("%s: %s\n\tgot  %s\n\twant %s", place, text, strings.Join(got, "; "), strings.Join(want, "; "))
		}
	}
	return rows
}

func setting(ref *Reference, name, value string) bool {
	date := Date{}
	if value != "none" && len(value) >= 4 && value[0] >= '0' && value[0] <= '9' {
		date = parseDate(value)
	}
	switch name {
	case "written":
		ref.Published = date
	case "anchor":
		ref.Anchor = date
	case "looking":
		ref.Direction = map[string]Direction{"unclear": Unclear, "past": Past, "future": Future}[value]
	default:
		return false
	}
	return true
}

// unmark takes the brackets out of a sentence and gives what stood in them.
func unmark(s string) (text string, spans []string) {
	for {
		open := strings.IndexByte(s, '[')
		if open < 0 {
			return text + s, spans
		}
		size := strings.IndexByte(s[open:], ']')
		span := s[open+1 : open+size]
		text += s[:open] + span
		spans = append(spans, span)
		s = s[open+size+1:]
	}
}

// show writes a value as expressions.txt does.
func show(e Expression, v Value) string {
	out := v.Date.String()
	if v.Date.Year > 0 && v.Date.Year < 1000 {
		out = strings.TrimLeft(out, "0")
	}
	if !v.End.IsZero() {
		out += "/" + v.End.String()
	}
	switch {
	case e.Kind == KindDuration || e.Kind == KindSet:
		out = string(e.Kind)
	default:
		out = map[string]string{About: "~", Before: "<", After: ">", Since: ">=", Unknown: "?"}[v.Precision] + out
	}
	if e.Role != RoleAt {
		out += " " + string(e.Role)
	}
	return out
}
