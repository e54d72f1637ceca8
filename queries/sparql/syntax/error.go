package syntax

import (
	"fmt"
	"strings"
)

// An Error says where a text is no SPARQL, and what was expected there.
type Error struct {
	Name     string // of the text: a file; "" for none
	Pos      Pos
	Expected []string // what could have stood there
	Found    string   // what stands there, as written; "" at the end of the text
	Message  string   // instead of Expected: a rule that is broken
	Line     string   // the line of the text
}

// Error gives "name:4:17: expected "}" or "." before "OPTIONAL"", and the line with a caret below.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Short())
	if e.Line != "" {
		column := max(e.Pos.Column-1, 0)
		fmt.Fprintf(&b, "\n  %s\n  %s^", e.Line, blanks(e.Line, column))
	}
	return b.String()
}

// Short gives the message without the line.
func (e *Error) Short() string {
	var b strings.Builder
	if e.Name != "" {
		b.WriteString(e.Name + ":")
	}
	fmt.Fprintf(&b, "%d:%d: ", e.Pos.Line, e.Pos.Column)
	if e.Message != "" {
		b.WriteString(e.Message)
		return b.String()
	}
	b.WriteString("expected ")
	for i, x := range e.Expected {
		switch {
		case i > 0 && i == len(e.Expected)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(x)
	}
	if e.Found == "" {
		b.WriteString(" before the end")
	} else {
		fmt.Fprintf(&b, " before %q", e.Found)
	}
	return b.String()
}

// blanks gives as much blank space as the first columns of a line take, tabs kept.
func blanks(line string, columns int) string {
	var b strings.Builder
	for _, r := range line {
		if columns == 0 {
			break
		}
		columns--
		if r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
