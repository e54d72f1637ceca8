package results_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/results"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const xsd = "http://www.w3.org/2001/XMLSchema#"

var (
	vars = []string{"state", "note"}
	rows = [][]graph.Term{
		{graph.IRI("http://example.org/ARM?a=1&b=2"), graph.String("Yerevan")},
		{graph.Blank("b0"), graph.LangTagged("Երևան, \"city\"", "hy")},
		{{}, graph.Typed("01", xsd+"integer")},
		{graph.IRI("http://example.org/é"), {}},
		{{}, {}},
		{graph.String(""), graph.String(" a\tb\nc\r\nd\\e'f<g>&h,i ")},
		{graph.DirTagged("مرحبا", "ar", "rtl"), graph.Typed("x", "http://example.org/type")},
		{graph.TripleTerm(graph.Blank("s"), graph.IRI("p:p"), graph.TripleTerm(graph.IRI("s:s"), graph.IRI("p:p"), graph.LangTagged("a b", "en"))), graph.Typed("1.0E6", xsd+"double")},
	}
)

func write(t testing.TB, f results.Format, vars []string, rows [][]graph.Term) string {
	t.Helper()
	var b strings.Builder
	w := results.NewWriter(&b, f)
	if err := w.Head(vars); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func read(text string, f results.Format) (vars []string, rows [][]graph.Term, err error) {
	r, err := results.Read(strings.NewReader(text), f)
	if err != nil || r.IsBoolean {
		return nil, nil, err
	}
	for row, err := range r.Rows {
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, slices.Clone(row))
	}
	return r.Vars, rows, nil
}

func TestWritten(t *testing.T) {
	for _, f := range results.All() {
		got := write(t, f, vars, rows)
		golden := filepath.Join("testdata", "written."+f.String())
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("as %s:\n%s\nwant\n%s", f, got, want)
		}
	}
}

// lossy is what CSV leaves of a row.
func lossy(row []graph.Term) []graph.Term {
	left := make([]graph.Term, len(row))
	for i, t := range row {
		switch t.Kind {
		case graph.KindNone:
		case graph.KindBlank, graph.KindTriple:
			left[i] = graph.String(t.String())
		default:
			left[i] = graph.String(t.Value)
		}
	}
	return left
}

func TestRoundTrip(t *testing.T) {
	for _, f := range results.All() {
		for _, table := range []struct {
			vars []string
			rows [][]graph.Term
		}{
			{vars, rows},
			{vars, nil},
			{[]string{}, [][]graph.Term{{}, {}}},
			{[]string{}, nil},
			{[]string{"x"}, [][]graph.Term{{{}}, {graph.String("")}, {{}}}},
			{[]string{"true"}, nil},
		} {
			want := table.rows
			if f == results.CSV {
				want = nil
				for _, row := range table.rows {
					want = append(want, lossy(row))
				}
			}
			text := write(t, f, table.vars, table.rows)
			gotVars, got, err := read(text, f)
			if err != nil || !slices.Equal(gotVars, table.vars) || !reflect.DeepEqual(got, want) {
				t.Errorf("as %s, %v come back as %v %v (%v):\n%s", f, table, gotVars, got, err, text)
			}
		}
	}
}

func TestBoolean(t *testing.T) {
	for _, f := range results.All() {
		for _, value := range []bool{true, false} {
			var b strings.Builder
			w := results.NewWriter(&b, f)
			if err := errors.Join(w.Boolean(value), w.Close()); err != nil {
				t.Fatal(err)
			}
			r, err := results.Read(strings.NewReader(b.String()), f)
			if err != nil || !r.IsBoolean || r.Boolean != value {
				t.Errorf("%t as %s is read as %+v (%v):\n%s", value, f, r, err, b.String())
			}
		}
	}
}

func TestNames(t *testing.T) {
	for _, f := range results.All() {
		if got, ok := results.ByName(f.String()); !ok || got != f {
			t.Errorf("%s is not found by its name", f)
		}
		if got, ok := results.ByMediaType(f.MediaType() + "; charset=utf-8"); !ok || got != f {
			t.Errorf("%s is not found by its media type", f)
		}
	}
	if _, ok := results.ByName("html"); ok {
		t.Error("html is a format")
	}
}

func TestAbortedDocumentsAreNotWhole(t *testing.T) {
	for _, f := range results.All() {
		var b strings.Builder
		w := results.NewWriter(&b, f)
		err := errors.Join(w.Head(vars), w.Row(rows[0]), w.Abort(errors.New("out of time\nafter 1 row")))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "# error: out of time after 1 row") {
			t.Errorf("%s does not say why it ends:\n%s", f, b.String())
		}
		if _, rows, err := read(b.String(), f); err == nil {
			t.Errorf("the broken off %s is read: %v", f, rows)
		}
	}
}

func TestCutDocumentsAreNotWhole(t *testing.T) {
	for _, f := range []results.Format{results.JSON, results.XML} {
		text := write(t, f, vars, rows)
		for i := range len(strings.TrimSpace(text)) {
			if _, _, err := read(text[:i], f); err == nil {
				t.Fatalf("%d bytes of %s are taken for all", i, f)
			}
		}
	}
}

func TestMisuse(t *testing.T) {
	w := results.NewWriter(&strings.Builder{}, results.JSON)
	if w.Row(nil) == nil || w.Close() == nil {
		t.Error("a row or an end without a head is written")
	}
	if err := w.Head(vars); err != nil {
		t.Fatal(err)
	}
	if w.Head(vars) == nil || w.Row(rows[0][:1]) == nil || w.Boolean(true) == nil {
		t.Error("a second head, a short row or a boolean in a table is written")
	}
	x := results.NewWriter(&strings.Builder{}, results.XML)
	if err := errors.Join(x.Head([]string{"x"}), x.Row([]graph.Term{graph.String("\x01")})); err == nil || !strings.Contains(err.Error(), "U+0001") {
		t.Errorf("a character that XML has not: %v", err)
	}
}

func TestBadDocuments(t *testing.T) {
	const xmlStart = `<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>`
	for _, test := range []struct {
		format     results.Format
		text, want string
	}{
		{results.JSON, ``, "unexpected EOF"},
		{results.JSON, `[]`, "expected {"},
		{results.JSON, `{}`, `expected a "head"`},
		{results.JSON, `{"head":{"vars":["x"]}}`, `expected a "head"`},
		{results.JSON, `{"head":{"vars":["x"]},"results":{"bindings":[{"y":{"type":"uri","value":"a:a"}}]}}`, `row 1: the variable "y" is not in the head`},
		{results.JSON, `{"head":{"vars":["x"]},"results":{"bindings":[{},{"x":{"type":"url","value":"a:a"}}]}}`, `row 2: ?x: "url" is no type of term`},
		{results.JSON, `{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":5}}]}}`, `needs a string`},
		{results.JSON, `{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"triple","value":{}}}]}}`, `needs a string`},
		{results.JSON, `{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"a","its:dir":"up","xml:lang":"en"}}]}}`, `"up" is no base direction`},
		{results.JSON, `{"head":{"vars":[]},"results":{"bindings":[]}} {}`, "expected the end"},
		{results.JSON, `{"head":{},"boolean":"yes"}`, "the boolean"},
		{results.XML, ``, "unexpected EOF"},
		{results.XML, `<html/>`, "expected the element sparql"},
		{results.XML, xmlStart + `</sparql>`, "expected the element boolean or results"},
		{results.XML, xmlStart + `<boolean>yes</boolean></sparql>`, `"yes" is no boolean`},
		{results.XML, xmlStart + `<results><result><binding name="y"/></result></results></sparql>`, `row 1: the variable "y"`},
		{results.XML, xmlStart + `<results><result><binding name="x"><url/></binding></result></results></sparql>`, "unexpected element url"},
		{results.XML, xmlStart + `<results><result><binding name="x"><uri>a:a</uri><uri/></binding></result></results></sparql>`, "unexpected element uri"},
		{results.XML, xmlStart + `<results>text</results></sparql>`, `unexpected text "text"`},
		{results.XML, xmlStart + `<results><result><binding name="x"><triple><subject/></triple></binding></result></results></sparql>`, "a term is missing"},
		{results.XML, xmlStart + `<results></results></sparql><more/>`, "expected the end"},
		{results.XML, xmlStart + `<results><result>&e;</result></results></sparql>`, "entity"},
		{results.CSV, ``, "unexpected EOF"},
		{results.CSV, "x,y\r\na\r\n", "row 1: 1 fields for 2 variables"},
		{results.CSV, "x\r\n\"a", `expected "`},
		{results.CSV, "x\r\n\"a\"b\r\n", "behind a field in quotes"},
		{results.TSV, ``, "unexpected EOF"},
		{results.TSV, "x\n", "expected a variable"},
		{results.TSV, "?x\t?y\n1\n", "row 1: 1 fields for 2 variables"},
		{results.TSV, "?x\n1\t2\n", "row 1: more than 1 fields"},
		{results.TSV, "?x\nabc\n", `row 1: "abc" is no term`},
		{results.TSV, "?x\n1 . <a:a> <b:b> 2\n", "is no term"},
		{results.TSV, "?x\n<a:a> <g:g>\n", "is no term"},
	} {
		_, _, err := read(test.text, test.format)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s %s: %v; want %q", test.format, test.text, err, test.want)
		}
	}
	deep := strings.Repeat(`{"type":"triple","value":{"object":{"type":"uri","value":"p:p"},"predicate":{"type":"uri","value":"p:p"},"subject":`, 100) +
		`{"type":"uri","value":"s:s"}` + strings.Repeat("}}", 100)
	if _, _, err := read(`{"head":{"vars":["x"]},"results":{"bindings":[{"x":`+deep+`}]}}`, results.JSON); err == nil {
		t.Error("100 triple terms in each other are read")
	}
}

func TestOthersDocuments(t *testing.T) {
	for _, test := range []struct {
		format results.Format
		text   string
		want   [][]graph.Term
	}{
		{results.JSON, `{"results":{"ordered":true,"bindings":[{"x":{"value":"5","type":"typed-literal","datatype":"` + xsd + `integer"}}],"distinct":false},"head":{"link":[],"vars":["x"]},"more":[1]}`,
			[][]graph.Term{{graph.Typed("5", xsd+"integer")}}},
		{results.JSON, `{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"a","datatype":"` + xsd + `string"}}]},"more":{}}`, [][]graph.Term{{graph.String("a")}}},
		{results.XML, `<?xml version="1.0"?><!-- a --><r:sparql xmlns:r="http://www.w3.org/2005/sparql-results#"><r:head><r:variable name="x"/><r:link href="a"/></r:head>
			<r:results ordered="true"><r:result><r:binding name="x"><r:literal xml:lang="en">a&amp;<![CDATA[<b>]]></r:literal></r:binding></r:result><r:result/></r:results></r:sparql>`,
			[][]graph.Term{{graph.LangTagged("a&<b>", "en")}, {{}}}},
		{results.CSV, "x\na\n\"b\nc\"", [][]graph.Term{{graph.String("a")}, {graph.String("b\nc")}}},
		{results.TSV, "?x\n-5\n5.0\n.5e3\ntrue\n'it\\'s \"a\"'@en\n\"\\u00e9\"\n\n", [][]graph.Term{
			{graph.Typed("-5", xsd+"integer")}, {graph.Typed("5.0", xsd+"decimal")}, {graph.Typed(".5e3", xsd+"double")}, {graph.Typed("true", xsd+"boolean")},
			{graph.LangTagged(`it's "a"`, "en")}, {graph.String("é")}, {{}}}},
	} {
		vars, got, err := read(test.text, test.format)
		if err != nil || !reflect.DeepEqual(got, test.want) || !slices.Equal(vars, []string{"x"}) {
			t.Errorf("%s\nis read as %v %v (%v), want %v", test.text, vars, got, err, test.want)
		}
	}
}

// TestW3C reads every result file of the W3C's suites, writes it, and reads that again.
func TestW3C(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "w3c", "sparql")
	if _, err := os.Stat(root); err != nil {
		t.Skip("needs the W3C's test suites in ../shared/w3c")
	}
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		f, ok := results.ByName(filepath.Ext(path))
		if err != nil || !ok || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		vars, rows, err := read(string(text), f)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return nil
		}
		if f == results.CSV {
			return nil
		}
		for _, other := range []results.Format{results.JSON, results.XML, results.TSV} {
			if vars == nil {
				continue
			}
			_, back, err := read(write(t, other, vars, rows), other)
			if err != nil || !reflect.DeepEqual(back, rows) {
				t.Errorf("%s through %s: %v", path, other, err)
			}
		}
		return nil
	})
	if err != nil || files < 300 {
		t.Errorf("%d files read, %v", files, err)
	}
}

// FuzzRoundTrip writes a term in every format and reads it again.
func FuzzRoundTrip(f *testing.F) {
	for i, row := range rows {
		f.Add(uint8(i), row[1].Value, row[1].Datatype, row[1].Language)
	}
	f.Fuzz(func(t *testing.T, kind uint8, text, datatype, language string) {
		term := graph.Term{Kind: graph.Kind(kind % 4), Value: text, Datatype: datatype, Language: language}
		if term.Kind != graph.KindLiteral {
			term.Datatype, term.Language = "", ""
		}
		if kind&64 != 0 {
			term = graph.TripleTerm(graph.IRI("s:s"), graph.IRI("p:p"), term)
		}
		if term.Check() != nil {
			return
		}
		row := []graph.Term{term, {}, graph.String(text)}
		if row[2].Check() != nil {
			row[2] = graph.Term{}
		}
		for _, format := range results.All() {
			want := row
			if format == results.CSV {
				want = lossy(row)
			}
			var b strings.Builder
			w := results.NewWriter(&b, format)
			if err := errors.Join(w.Head([]string{"a", "b", "c"}), w.Row(row), w.Close()); err != nil {
				if format == results.XML && strings.Contains(err.Error(), "cannot be written in XML") {
					continue
				}
				t.Fatal(err)
			}
			_, got, err := read(b.String(), format)
			if err != nil || len(got) != 1 || !slices.Equal(got[0], want) {
				t.Errorf("%v as %s: %v (%v)\n%s", want, format, got, err, b.String())
			}
		}
	})
}

// FuzzRead reads what may be no results; what is read can be written.
func FuzzRead(f *testing.F) {
	for _, format := range results.All() {
		f.Add(uint8(format), write(f, format, vars, rows))
	}
	f.Fuzz(func(t *testing.T, n uint8, text string) {
		format := results.Format(n % 4)
		vars, rows, err := read(text, format)
		if err != nil || vars == nil {
			return
		}
		w := results.NewWriter(&strings.Builder{}, results.JSON)
		if err := w.Head(vars); err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if err := w.Row(row); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	for _, f := range results.All() {
		b.Run(f.String(), func(b *testing.B) {
			w := results.NewWriter(discard{}, f)
			if err := w.Head(vars); err != nil {
				b.Fatal(err)
			}
			for i := range b.N {
				if err := w.Row(rows[i%2]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func ExampleWriter() {
	w := results.NewWriter(os.Stdout, results.TSV)
	err := errors.Join(w.Head([]string{"capital"}), w.Row([]graph.Term{graph.String("Yerevan")}), w.Close())
	fmt.Println(err)
	// Output:
	// ?capital
	// "Yerevan"
	// <nil>
}
