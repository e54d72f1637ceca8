package w3c

import (
	"bufio"
	"fmt"
	"io"
)

// A Report gathers the outcomes of tests.
type Report struct{ outcomes []outcome }

type outcome struct {
	test   string
	passed bool
}

// Add notes the outcome of the test that has an IRI.
func (r *Report) Add(test string, passed bool) {
	r.outcomes = append(r.outcomes, outcome{test, passed})
}

// Write writes the outcomes in EARL 1.0, as Turtle, one assertion a line.
func (r *Report) Write(w io.Writer) error {
	const project = "https://ententegraph.github.io/ns#entente"
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, `@prefix earl: <http://www.w3.org/ns/earl#> .
@prefix doap: <http://usefulinc.com/ns/doap#> .

<%s> a doap:Project, earl:Software, earl:TestSubject ;
    doap:name "entente" ;
    doap:programming-language "Go" .

`, project)
	for _, o := range r.outcomes {
		result := "failed"
		if o.passed {
			result = "passed"
		}
		fmt.Fprintf(out, "[] a earl:Assertion ; earl:subject <%s> ; earl:assertedBy <%[1]s> ; earl:mode earl:automatic ; earl:test <%s> ; earl:result [ a earl:TestResult ; earl:outcome earl:%s ] .\n", project, o.test, result)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("w3c: writing the report: %w", err)
	}
	return nil
}
