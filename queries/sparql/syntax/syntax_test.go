package syntax

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

const head = "PREFIX : <http://example.org/>\n"

var samples = []string{
	`SELECT * { ?s ?p ?o }`,
	`SELECT DISTINCT ?s (COUNT(*) AS ?n) (GROUP_CONCAT(DISTINCT ?o; SEPARATOR=", ") AS ?all) WHERE { ?s :p ?o . FILTER(?o > 1 && !BOUND(?x) || ?o IN (1, 2.5, 1e3)) }
	 GROUP BY ?s HAVING (COUNT(*) > 1) ORDER BY DESC(?n) ?s LIMIT 10 OFFSET 5`,
	`SELECT ?s { ?s :p/:q*|^:r ?o ; !(:a|^:b) ?z , "x"@en, "y"^^:t . OPTIONAL { ?s :m ( 1 [ :n 2 ] ) } MINUS { ?s :gone true } }`,
	`ASK FROM :g FROM NAMED :h { GRAPH ?g { [] :p [] } { ?a :b ?c } UNION { ?a :d ?c } UNION {} }`,
	`CONSTRUCT WHERE { ?s :p _:b . _:b :q ?o }`,
	`CONSTRUCT { ?s :p _:b } { ?s :q ?o BIND (?o * -2 - 1 / (3 - 4) AS ?x) VALUES (?a ?b) { (1 UNDEF) (:c "d") } }`,
	`DESCRIBE ?s :thing { ?s a :State }`,
	`SELECT ?s { { SELECT ?s (MAX(?y) AS ?latest) { ?s :year ?y } GROUP BY ?s } FILTER NOT EXISTS { ?s :p ?q } }`,
	`SELECT ?s { ?s :p ?o } VALUES ?s { :a :b }`,
	`SELECT ?s { SERVICE SILENT :endpoint { ?s :p ?o } }`,
	`SELECT ?s { << ?s :p ?o ~ ?r >> :said ?who . ?s :q 1 ~ :why {| :since 2020 |} FILTER(isTRIPLE(<<( ?s :p ?o )>>)) }`,
	`SELECT (((?a + ?b) * ?c) AS ?x) (?a - (?b - ?c) AS ?y) (-(?a) AS ?z) (!(?a = ?b) AS ?w) { ?a :p ?b , ?c }`,
	`SELECT * { ?s (:p|:q)+/(^:r)? ?o . ?s ^(:a/:b) ?o2 }`,
	`SELECT * { ?s :p "a\"b\\c\n" , '''long "one"''' , "direction"@ar--rtl }`,
}

var updates = []string{
	`INSERT DATA { :a :b :c . GRAPH :g { :d :e "f" ; :g _:x } }`,
	`DELETE DATA { GRAPH :g { :d :e "f" } } ; PREFIX x: <http://example.org/x#> DELETE WHERE { ?s x:p ?o . GRAPH ?g { ?s ?p 1 } }`,
	`WITH :g DELETE { ?s :p ?o } INSERT { ?s :q ?o . GRAPH :h { ?s :r _:n } } USING :g USING NAMED :h WHERE { ?s :p ?o }`,
	`INSERT {} WHERE {}`,
	`LOAD SILENT :file INTO GRAPH :g ; CLEAR ALL ; DROP SILENT GRAPH :g ; CREATE GRAPH :g ; COPY DEFAULT TO :g ; MOVE SILENT :g TO GRAPH :h ; ADD :g TO DEFAULT`,
	``,
}

func TestRoundTrip(t *testing.T) {
	for _, s := range samples {
		if _, err := Parse(head+s, Options{}); err != nil {
			t.Errorf("%s\n%v", s, err)
		}
		checkRoundTrip(t, "sample.rq", head+s)
	}
	for _, s := range updates {
		if _, err := ParseUpdate(head+s, Options{}); err != nil {
			t.Errorf("%s\n%v", s, err)
		}
		checkRoundTrip(t, "sample.ru", head+s)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"SELECT ?s { ?s ?p ?o OPTIONAL { ?s ?q }", `1:39: expected a variable, an IRI`},
		{"SELECT ?s {\n  ?s ?p ?o\n  ?x ?y ?z }", `3:3: expected "}" or "." before "?x"`},
		{"SELECT ?n (1 AS ?n) {}", `1:11: ?n has a value already; SELECT (… AS ?new) needs a new variable`},
		{"SELECT (1 AS ?n) {} GROUP BY (1 AS ?k) (2 AS ?k)", `1:1: ?k has a value already; GROUP BY (… AS ?new) needs a new variable`},
		{"SELECT ?s { ?s dip:p ?o }", `1:16: prefix "dip:" is not declared; declare it with PREFIX dip: <…>`},
		{head + "SELECT ?s { ?s kgg:p ?o }", `2:16: prefix "kgg:" is not declared; known: `},
		{"SELECT ?s { ?s <p> ?o }", `1:16: <p> is relative; write the whole IRI, or say BASE <…> first`},
		{"SELECT ?s { ?s ?p \"open }", `1:19: the string is not closed`},
		{"SELECT ?s WHERE ?s", `1:17: expected WHERE or "{" before "?s"`},
		{"SELECT { }", `1:8: expected a variable, "*" or "(" before "{"`},
		{"SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }", `1:8: ?x is neither a key of GROUP BY nor in an aggregate`},
		{"SELECT (SUM(COUNT(?y)) AS ?n) { ?x ?p ?y }", `1:13: an aggregate cannot stand within another`},
		{"SELECT ?x { ?x ?p ?y FILTER(COUNT(?y) > 1) }", `1:29: an aggregate stands in SELECT`},
		{"SELECT ?x { ?x ?p ?y BIND(1 AS ?y) }", `1:32: ?y has a value already in this group`},
		{"SELECT (1 AS ?x) { ?x ?p ?y }", `1:8: ?x has a value already`},
		{"SELECT * { ?x ?p ?y } GROUP BY ?x", `1:1: SELECT * cannot stand with GROUP BY`},
		{"SELECT * { _:a ?p ?y OPTIONAL { _:a ?q ?z } }", `1:33: blank node _:a stands in another basic graph pattern`},
		{"SELECT * { ?s ?p ?o FILTER(STRLEN(?o, 1) > 2) }", `1:28: STRLEN takes one argument, not 2`},
		{"SELECT * { VALUES (?a ?b) { (1) } }", `1:29: 1 values for 2 variables`},
		{"INSERT DATA { <http://e/a> <http://e/b> 1 }", `1:1: INSERT is an update; this takes queries`},
		{"SELECT * { ?s ?p ?o } LIMIT ten", `1:29: expected a number before "ten"`},
		{"SELECT * { ?s ?p '\\u00zz' }", `is no escape`},
		{"SELECT * { {" + strings.Repeat("{", 2000), "levels in each other"},
		{"SELECT * { ?s ?p ?o FILTER(" + strings.Repeat("(", 5000), "levels in each other"},
		{"SELECT * { ?s ?p " + strings.Repeat("( ", 5000), "levels in each other"},
		{"ASK { FILTER(1" + strings.Repeat("||1", 11_000) + ") }", "more than 10000 operators in a row"},
		{"ASK { ?s <http://e/p>" + strings.Repeat("/<http://e/p>", 11_000) + " ?o }", "more than 10000 steps in a row"},
		{"ASK { {}" + strings.Repeat(" UNION {}", 11_000) + " }", "more than 10000 unions in a row"},
		{"ASK { " + strings.Repeat("{}", 11_000) + " }", "more than 10000 patterns in a row"},
		{"", `1:1: expected SELECT`},
		{"SELECT * { ?s ?p ?o } extra", `expected the end of the query before "extra"`},
	} {
		_, err := Parse(c.text, Options{})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%.60s: %v, want an error %q", c.text, err, c.want)
			continue
		}
		if !strings.Contains(e.Short(), c.want) {
			t.Errorf("%.60s:\n %s, want\n %s", c.text, e.Short(), c.want)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"INSERT DATA { ?s <http://e/b> 1 }", "1:15: a variable cannot stand in data"},
		{"DELETE DATA { _:s <http://e/b> 1 }", "1:15: a blank node cannot stand in DELETE DATA"},
		{"DELETE { [] <http://e/b> 1 } WHERE { }", "1:10: a blank node cannot stand in DELETE"},
		{"SELECT * { ?s ?p ?o }", `expected INSERT, DELETE`},
		{"CLEAR GRAPH", "expected an IRI before the end"},
	} {
		_, err := ParseUpdate(c.text, Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n %v, want\n %s", c.text, err, c.want)
		}
	}
}

// TestErrorPlace wants a caret below the place.
func TestErrorPlace(t *testing.T) {
	_, err := Parse("SELECT ?s {\n\t?s ?p ?o OPTION { } }", Options{Name: "alliances.rq"})
	want := "alliances.rq:2:11: expected \"}\" or \".\" before \"OPTION\"\n  \t?s ?p ?o OPTION { } }\n  \t         ^"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestVisible(t *testing.T) {
	q, err := Parse(head+`SELECT * { ?a :p ?b . OPTIONAL { ?b :q/:r ?c } MINUS { ?x :y ?z } FILTER EXISTS { ?u :v ?w } BIND(1 AS ?d) GRAPH ?g { {SELECT ?e { ?e :p ?f }} } } VALUES ?h { 1 }`, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(q.Visible(), " "); got != "a b c d g e h" {
		t.Errorf("visible: %s", got)
	}
}

// BenchmarkParse shows that the time grows with the length of the text.
func BenchmarkParse(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		var text strings.Builder
		text.WriteString(head + "INSERT DATA {")
		for i := range n {
			fmt.Fprintf(&text, " :s%d :p \"value %d\" .", i, i)
		}
		text.WriteString("}")
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				if _, err := ParseUpdate(text.String(), Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range append(samples, updates...) {
		f.Add(head + s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkRoundTrip(t, "http://example.org/f.rq", text)
		checkRoundTrip(t, "http://example.org/f.ru", text)
	})
}
