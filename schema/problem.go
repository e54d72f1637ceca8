package schema

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nearest"
)

// A Problem is one thing that is wrong with a schema file, and what to do about it.
type Problem struct {
	Origin
	Text string
}

// String writes the problem as schema: file:line: text.
func (p Problem) String() string {
	return fmt.Sprintf("schema: %s:%d: %s", p.File, p.Line, p.Text)
}

// An InvalidError holds all problems of a schema, by file and line.
type InvalidError struct{ Problems []Problem }

// Error writes one problem a line.
func (e *InvalidError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// problems collects what is wrong while a schema is read and checked.
type problems struct{ list []Problem }

func (p *problems) add(at Origin, format string, args ...any) {
	p.list = append(p.list, Problem{Origin: at, Text: fmt.Sprintf(format, args...)})
}

// err returns all problems in order, or nil.
func (p *problems) err() error {
	if len(p.list) == 0 {
		return nil
	}
	slices.SortStableFunc(p.list, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return &InvalidError{Problems: slices.Compact(p.list)}
}

// meant ends a message about an unknown name: with the name that was probably
// meant, or else with all there are, when they are few.
func meant(name string, known []string) string {
	if n, ok := nearest.Name(name, known); ok {
		return fmt.Sprintf("; did you mean %s?", n)
	}
	if len(known) == 0 || len(known) > 20 {
		return ""
	}
	return "; known: " + strings.Join(known, ", ")
}
