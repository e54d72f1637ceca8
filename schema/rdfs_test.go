package schema

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// golden compares got with a file of testdata, or rewrites it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); rewrite with -update:\n%s", file, diff)
	}
}

func turtleOf(t *testing.T, m *Model) string {
	t.Helper()
	var b bytes.Buffer
	if err := m.WriteTurtle(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteTurtle(t *testing.T) {
	m, err := Load(base(t))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "base.ttl", turtleOf(t, m))
}

// turtleToken matches the tokens that WriteTurtle uses.
var turtleToken = regexp.MustCompile(`^(?:@prefix|\^\^|@en|<[^<>"{}|\\^` + "`" + `\s]*>|"(?:[^"\\\n\r]|\\[tnr"\\])*"|[A-Za-z][\w-]*:[\w-]*|a\b|[.;,\[\]()])`)

// TestTurtleTokens reads the whole schema token by token: nothing else stands
// in it, brackets close, every prefix is declared and every statement ends.
func TestTurtleTokens(t *testing.T) {
	text := turtleOf(t, loadDefault(t))
	declared := map[string]bool{}
	depth, statements := 0, 0
	previous := ""
	for line := range strings.Lines(text) {
		rest := strings.TrimSpace(line)
		if strings.HasPrefix(rest, "#") {
			continue
		}
		for rest != "" {
			token := turtleToken.FindString(rest)
			if token == "" {
				t.Fatalf("not Turtle: %q in %q", rest, line)
			}
			prefix, _, colon := strings.Cut(token, ":")
			switch {
			case token == "[" || token == "(":
				depth++
			case token == "]" || token == ")":
				depth--
			case token == ".":
				statements++
				if depth != 0 {
					t.Fatalf("a bracket is open at the end of a statement: %q", line)
				}
			case previous == "@prefix":
				declared[prefix] = true
			case colon && token[0] != '<' && token[0] != '"' && !declared[prefix]:
				t.Errorf("the prefix of %s is not declared", token)
			}
			previous = token
			rest = strings.TrimSpace(rest[len(token):])
		}
	}
	if previous != "." || statements < 100 {
		t.Errorf("%d statements, the last token is %q", statements, previous)
	}
	if turtleOf(t, loadDefault(t)) != text {
		t.Error("written twice, the schema differs")
	}
}

// TestTermsAreWritten makes sure that whatever may be stated is also defined.
func TestTermsAreWritten(t *testing.T) {
	m := loadDefault(t)
	text := turtleOf(t, m)
	want := []string{}
	for _, c := range m.Classes {
		want = append(want, c.IRI())
	}
	for _, r := range m.Relations {
		want = append(want, r.IRI())
	}
	for _, e := range m.Events {
		want = append(want, e.IRI())
	}
	for _, p := range Properties() {
		want = append(want, p.IRI)
	}
	for _, iri := range want {
		if strings.Count(text, "\n"+Compact(iri)+"\n    a ") != 1 {
			t.Errorf("%s is not defined exactly once", iri)
		}
	}
}
