package algebra_test

import (
	"os"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/syntax"
)

// TestAlgebra shows what queries translate to, and what the rules make of that:
// "translate" prints a query's algebra, "rewrite" its operator after all rules.
// Run with -rewrite to write the outcomes anew.
func TestAlgebra(t *testing.T) {
	datadriven.Walk(t, "testdata", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			tree, err := syntax.Parse(d.Input, syntax.Options{Prefixes: map[string]string{"": "e:"}})
			if err != nil {
				return err.Error()
			}
			q := algebra.Translate(tree)
			switch d.Cmd {
			case "translate":
				return algebra.FormatQuery(q)
			case "rewrite":
				return algebra.Format(algebra.Rewrite(q.Op))
			}
			t.Fatalf("%s: no command %s", path, d.Cmd)
			return ""
		})
	})
}

// TestRules checks that every rule has a name of its own, and a case in testdata/rewrite.
func TestRules(t *testing.T) {
	cases, err := os.ReadFile("testdata/rewrite")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range algebra.Rules() {
		if seen[r.Name] || !strings.Contains(strings.ToLower(string(cases)), "# "+r.Name+":") {
			t.Errorf("the rule %q has no case, or its name is another's", r.Name)
		}
		seen[r.Name] = true
	}
}
