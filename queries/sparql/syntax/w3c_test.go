package syntax

import (
	"context"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph/graphtest/w3c"
)

const suites = "../../../../shared/w3c"

// queriesOf gives all queries and updates of the W3C's SPARQL suites by the IRI
// of their file: those that a test wants to be right, and those to be wrong.
func queriesOf(t testing.TB) (right, wrong map[string]bool, text func(iri string) string) {
	suite, err := w3c.Open(suites)
	if err != nil {
		t.Skip("the W3C's test suites are not here: ", err)
	}
	right, wrong = map[string]bool{}, map[string]bool{}
	for _, manifest := range []string{"sparql/sparql11/manifest-all.ttl", "sparql/sparql12/manifest.ttl"} {
		tests, err := suite.Tests(context.Background(), manifest)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range tests {
			kind := strings.TrimPrefix(x.Type, w3c.MF)
			action := x.Action.Value
			switch {
			case strings.HasPrefix(kind, "Positive"):
				right[action] = true
			case strings.HasPrefix(kind, "Negative"):
				wrong[action] = true
			case kind == "QueryEvaluationTest", kind == "CSVResultFormatTest":
				right[x.Manifest.Object(x.Action, w3c.QT+"query").Value] = true
			case kind == "UpdateEvaluationTest":
				right[x.Manifest.Object(x.Action, w3c.UT+"request").Value] = true
			}
		}
	}
	return right, wrong, func(iri string) string {
		path, err := suite.Path(iri)
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
}

// parseAny parses the text of a file as what its name says.
func parseAny(iri, text string) (tree interface{ String() string }, err error) {
	o := Options{Base: iri}
	if strings.HasSuffix(iri, ".ru") {
		u, err := ParseUpdate(text, o)
		return u, err
	}
	q, err := Parse(text, o)
	return q, err
}

func TestW3C(t *testing.T) {
	right, wrong, text := queriesOf(t)
	if len(right) < 500 || len(wrong) < 100 {
		t.Fatalf("only %d right and %d wrong queries; has the suite moved?", len(right), len(wrong))
	}
	for iri := range right {
		if iri == "" {
			t.Fatal("a test names no query")
		}
		if _, err := parseAny(iri, text(iri)); err != nil {
			t.Errorf("%s is right: %v", iri, err)
		}
	}
	for iri := range wrong {
		if _, err := parseAny(iri, text(iri)); err == nil {
			t.Errorf("%s is wrong, and was taken:\n%s", iri, text(iri))
		}
	}
}

// withoutPlaces clears all positions of a tree, so that trees can be compared.
func withoutPlaces(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			withoutPlaces(v.Elem())
		}
	case reflect.Interface:
		if v.IsNil() {
			return
		}
		copied := reflect.New(v.Elem().Type()).Elem()
		copied.Set(v.Elem())
		withoutPlaces(copied)
		v.Set(copied)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Pos]() {
			v.SetZero()
			return
		}
		for i := range v.NumField() {
			withoutPlaces(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			withoutPlaces(v.Index(i))
		}
	}
}

// checkRoundTrip wants the printed tree to parse to the same tree.
func checkRoundTrip(t *testing.T, iri, text string) {
	t.Helper()
	tree, err := parseAny(iri, text)
	if err != nil {
		return
	}
	printed := tree.String()
	again, err := parseAny(iri, printed)
	if err != nil {
		t.Errorf("%s printed is no SPARQL: %v\n%s\nprinted:\n%s", iri, err, text, printed)
		return
	}
	withoutPlaces(reflect.ValueOf(tree))
	withoutPlaces(reflect.ValueOf(again))
	if !reflect.DeepEqual(tree, again) {
		t.Errorf("%s printed is another tree:\n%s\nprinted:\n%s\nagain:\n%s", iri, text, printed, again)
	}
}

func TestRoundTripW3C(t *testing.T) {
	right, _, text := queriesOf(t)
	for iri := range right {
		checkRoundTrip(t, iri, text(iri))
	}
}
