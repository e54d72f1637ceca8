package functions_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/functions"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// TestFunctions evaluates the calls in testdata/functions, one a line: the name
// and its arguments, which are terms as Turtle writes them.
func TestFunctions(t *testing.T) {
	datadriven.RunTest(t, "testdata/functions", func(t *testing.T, d *datadriven.TestData) string {
		env := functions.NewEnv(time.Date(2026, 3, 1, 12, 30, 0, 0, time.UTC))
		env.Base = "http://example.org/dir/"
		env.Random = rand.New(rand.NewPCG(1, 2))
		env.Blank = func(label string, named bool) graph.Term { return graph.Blank(fmt.Sprintf("b%s%t", label, named)) }
		var out strings.Builder
		for _, line := range strings.Split(strings.TrimSpace(d.Input), "\n") {
			fmt.Fprintln(&out, call(t, env, line))
		}
		return out.String()
	})
}

var xsdIRI = regexp.MustCompile(`\^\^<http://www.w3.org/2001/XMLSchema#(\w+)>`)

var token = regexp.MustCompile(`<<\(.*\)>>|"(?:[^"\\]|\\.)*"(?:@[-\w]+|\^\^\S+)?|\S+`)

func call(t *testing.T, env *functions.Env, line string) string {
	words := token.FindAllString(line, -1)
	name := strings.Replace(words[0], "xsd:", value.XSD, 1)
	f, ok := functions.Lookup(name)
	if !ok {
		t.Fatalf("no function %s", name)
	}
	var args []functions.Value
	for _, word := range words[1:] {
		args = append(args, value.FromTerm(term(t, word)))
	}
	if len(args) < f.Min || len(args) > f.Max {
		t.Fatalf("%s takes %d to %d arguments", name, f.Min, f.Max)
	}
	v, err := f.Eval(env, args)
	if err != nil {
		return "error: " + strings.TrimPrefix(err.Error(), "value: ")
	}
	return xsdIRI.ReplaceAllString(v.Term().String(), "^^xsd:$1")
}

// term reads a term: a number, a boolean, or what N-Triples has, with xsd: for the datatypes.
func term(t *testing.T, word string) graph.Term {
	switch {
	case word == "true" || word == "false":
		return graph.Typed(word, value.XSD+"boolean")
	case regexp.MustCompile(`^[-+]?\d+$`).MatchString(word):
		return graph.Typed(word, value.XSD+"integer")
	case regexp.MustCompile(`^[-+]?\d*\.\d+$`).MatchString(word):
		return graph.Typed(word, value.XSD+"decimal")
	case regexp.MustCompile(`^[-+]?[\d.]+[eE][-+]?\d+$`).MatchString(word):
		return graph.Typed(word, value.XSD+"double")
	}
	if inner, ok := strings.CutPrefix(word, "<<( "); ok {
		return graph.Term{Kind: graph.KindTriple, Value: strings.TrimSuffix(inner, " )>>")}
	}
	if m := regexp.MustCompile(`^"(.*)"@(\w+)--(\w+)$`).FindStringSubmatch(word); m != nil {
		return graph.DirTagged(m[1], m[2], m[3])
	}
	if lexical, datatype, ok := strings.Cut(word, "^^xsd:"); ok {
		word = lexical + "^^<" + value.XSD + datatype + ">"
	}
	for q, err := range graph.ReadNQuads(t.Context(), strings.NewReader("<s:s> <p:p> "+word+" ."), graph.ReadOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		return q.Object
	}
	t.Fatalf("no term: %s", word)
	return graph.Term{}
}

func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range functions.All() {
		if seen[f.Name] {
			t.Errorf("%s has two rows", f.Name)
		}
		seen[f.Name] = true
		if f.Help == "" || !strings.HasSuffix(f.Help, ".") || f.Clause == "" || f.Min > f.Max {
			t.Errorf("row of %s: %+v", f.Name, f)
		}
		if got, ok := functions.Lookup(f.Name); !ok || got.Help != f.Help {
			t.Errorf("%s is not found", f.Name)
		}
	}
}

// TestHostileArguments gives every function every kind of term: none may panic.
func TestHostileArguments(t *testing.T) {
	env := functions.NewEnv(time.Now())
	terms := []graph.Term{
		{}, graph.IRI(""), graph.IRI("a b"), graph.Blank("b"), graph.String(""), graph.String("\xff("), graph.LangTagged("x", "en"), graph.LangTagged("x", "ar--rtl"),
		graph.Typed("1", value.XSD+"integer"), graph.Typed("-99999999999999999999999999999999999", value.XSD+"integer"), graph.Typed("NaN", value.XSD+"double"),
		graph.Typed("-INF", value.XSD+"float"), graph.Typed("1.5", value.XSD+"decimal"), graph.Typed("x", value.XSD+"decimal"), graph.Typed("true", value.XSD+"boolean"),
		graph.Typed("-999999999-01-01T00:00:00-14:00", value.XSD+"dateTime"), graph.Typed("2024-02-29", value.XSD+"date"), graph.Typed("10:00:00", value.XSD+"time"),
		graph.Typed("--02", value.XSD+"gMonth"), graph.Typed("P1000000000Y", value.XSD+"duration"), graph.Typed("-P1D", value.XSD+"dayTimeDuration"),
		graph.Typed("P1M", value.XSD+"yearMonthDuration"), graph.Typed("x", "http://example.org/t"),
		graph.TripleTerm(graph.IRI("s:s"), graph.IRI("p:p"), graph.String("o")), {Kind: graph.KindTriple, Value: "nonsense"},
	}
	for _, f := range functions.All() {
		if f.Eval == nil {
			continue
		}
		var args []functions.Value
		var try func(n int)
		try = func(n int) {
			if n == 0 {
				if v, err := f.Eval(env, args); err == nil {
					v.Term()
				}
				return
			}
			for _, term := range terms {
				args = append(args, value.FromTerm(term))
				try(n - 1)
				args = args[:len(args)-1]
			}
		}
		for n := f.Min; n <= min(f.Max, 3); n++ {
			try(n)
		}
	}
}

func TestPatternsAreBounded(t *testing.T) {
	env := functions.NewEnv(time.Now())
	f, _ := functions.Lookup("REGEX")
	for i := range 1000 {
		v, err := f.Eval(env, []functions.Value{value.String(fmt.Sprint("a", i)), value.String(fmt.Sprint("^a", i, "$"))})
		if b, _ := v.AsBool(); err != nil || !b {
			t.Fatal(v, err)
		}
	}
}

func TestFreshness(t *testing.T) {
	env := functions.NewEnv(time.Now())
	for _, name := range []string{"UUID", "STRUUID", "RAND", "BNODE"} {
		f, _ := functions.Lookup(name)
		a, err := f.Eval(env, nil)
		b, _ := f.Eval(env, nil)
		if err != nil || !f.Varies || value.SameTerm(a, b) || a.Term().Check() != nil {
			t.Errorf("%s gives %v and %v (%v)", name, a.Term(), b.Term(), err)
		}
	}
	f, _ := functions.Lookup("STRUUID")
	v, _ := f.Eval(env, nil)
	if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(v.Term().Value) {
		t.Errorf("%v is no UUID of version 4", v.Term())
	}
}

// TestAggregates computes the aggregates in testdata/aggregates, one a line: its
// name, DISTINCT and a separator if wanted, and the values of a group, in which
// UNDEF is an error.
func TestAggregates(t *testing.T) {
	datadriven.RunTest(t, "testdata/aggregates", func(t *testing.T, d *datadriven.TestData) string {
		var out strings.Builder
		for _, line := range strings.Split(strings.TrimSpace(d.Input), "\n") {
			words := token.FindAllString(line, -1)
			aggregate, ok := functions.LookupAggregate(words[0])
			if !ok {
				t.Fatalf("no aggregate %s", words[0])
			}
			o := functions.AggregateOptions{Separator: " "}
			words = words[1:]
			if len(words) > 0 && words[0] == "DISTINCT" {
				o.Distinct, words = true, words[1:]
			}
			if len(words) > 0 && strings.HasPrefix(words[0], "SEPARATOR=") {
				o.Separator, words = strings.TrimPrefix(words[0], "SEPARATOR="), words[1:]
			}
			acc := aggregate.New(o)
			for _, word := range words {
				if word == "UNDEF" {
					acc.Fail(value.Error("unbound"))
				} else {
					acc.Add(value.FromTerm(term(t, word)))
				}
			}
			v, err := acc.Result()
			if err != nil {
				fmt.Fprintln(&out, "error: "+strings.TrimPrefix(err.Error(), "value: "))
				continue
			}
			fmt.Fprintln(&out, xsdIRI.ReplaceAllString(v.Term().String(), "^^xsd:$1"))
		}
		return out.String()
	})
}

func TestAggregatesTellWhatTheyHold(t *testing.T) {
	for _, a := range functions.Aggregates() {
		acc := a.New(functions.AggregateOptions{Distinct: true})
		for i := range 1000 {
			acc.Add(value.String(fmt.Sprint("text", i)))
			acc.Add(value.String("text"))
		}
		if bytes := acc.Bytes(); bytes < 1000*8 {
			t.Errorf("%s of 1000 distinct texts says that it holds %d bytes", a.Name, bytes)
		}
	}
}
