package results

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// csvEncoder writes SPARQL 1.1 Query Results CSV (RFC 4180).
type csvEncoder struct{}

func (csvEncoder) head(b []byte, vars []string) []byte {
	for i, v := range vars {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCSV(b, v)
	}
	return append(b, "\r\n"...)
}

func (csvEncoder) row(b []byte, _ []string, row []graph.Term, _ bool) ([]byte, error) {
	for i, t := range row {
		if i > 0 {
			b = append(b, ',')
		}
		switch t.Kind {
		case graph.KindNone:
		case graph.KindBlank:
			b = append(append(b, "_:"...), t.Value...)
		case graph.KindTriple:
			b = appendCSV(b, t.String())
		default:
			b = appendCSV(b, t.Value)
		}
	}
	return append(b, "\r\n"...), nil
}

func (csvEncoder) end(b []byte) []byte { return b }

func (csvEncoder) boolean(b []byte, value bool) []byte { return fmt.Appendf(b, "%t\n", value) }

func (csvEncoder) abort(b []byte, message string) []byte {
	return append(appendCSV(b, "# error: "+message), "\r\n"...)
}

// appendCSV puts a field in quotes where it must be; an empty string too, as
// nothing stands for unbound.
func appendCSV(b []byte, s string) []byte {
	if s != "" && !strings.ContainsAny(s, "\",\r\n") {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}

// tsvEncoder writes SPARQL 1.1 Query Results TSV, with terms as N-Triples has them.
type tsvEncoder struct{}

func (tsvEncoder) head(b []byte, vars []string) []byte {
	for i, v := range vars {
		if i > 0 {
			b = append(b, '\t')
		}
		b = append(append(b, '?'), v...)
	}
	return append(b, '\n')
}

func (tsvEncoder) row(b []byte, _ []string, row []graph.Term, _ bool) ([]byte, error) {
	for i, t := range row {
		if i > 0 {
			b = append(b, '\t')
		}
		b = graph.AppendTerm(b, t)
	}
	return append(b, '\n'), nil
}

func (tsvEncoder) end(b []byte) []byte { return b }

func (tsvEncoder) boolean(b []byte, value bool) []byte { return fmt.Appendf(b, "%t\n", value) }

func (tsvEncoder) abort(b []byte, message string) []byte {
	return append(append(append(b, "# error: "...), message...), '\n')
}

// longestField bounds the memory that a field or line can take, in bytes.
const longestField = 64 << 20

// records reads comma-separated values (RFC 4180), and tells empty fields from
// quoted empty ones, which encoding/csv does not; nor does that keep empty lines.
type records struct{ in *bufio.Reader }

type field struct {
	text   string
	quoted bool
}

// next returns the fields of a record, and io.EOF behind the last one.
func (r records) next(fields []field) ([]field, error) {
	fields = fields[:0]
	if _, err := r.in.Peek(1); err != nil {
		return nil, err
	}
	var b strings.Builder
	quoted, open := false, false
	for {
		c, err := r.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF) && !open:
			return append(fields, field{b.String(), quoted}), nil
		case errors.Is(err, io.EOF):
			return nil, errors.New(`expected " at the end of a field`)
		case err != nil:
			return nil, err
		case b.Len() > longestField:
			return nil, fmt.Errorf("a field of more than %d MiB", longestField>>20)
		case open && c == '"':
			if more, _ := r.in.Peek(1); len(more) == 1 && more[0] == '"' {
				r.in.Discard(1)
				b.WriteByte('"')
			} else {
				open = false
			}
		case open:
			b.WriteByte(c)
		case c == '"' && !quoted && b.Len() == 0:
			quoted, open = true, true
		case c == ',':
			fields = append(fields, field{b.String(), quoted})
			b.Reset()
			quoted = false
		case c == '\n':
			return append(fields, field{b.String(), quoted}), nil
		case c == '\r':
			if more, _ := r.in.Peek(1); len(more) == 1 && more[0] == '\n' {
				continue
			}
			return nil, errors.New("a carriage return that is not in quotes")
		case quoted:
			return nil, fmt.Errorf("unexpected %q behind a field in quotes", c)
		default:
			b.WriteByte(c)
		}
	}
}

func readCSV(in *bufio.Reader) (*Results, error) {
	if answer := lonelyBoolean(in); answer != nil {
		return answer, nil
	}
	r := records{in}
	head, err := r.next(nil)
	if err != nil {
		return nil, unexpectedEnd(err)
	}
	answer := &Results{Vars: []string{}}
	for _, f := range head {
		answer.Vars = append(answer.Vars, f.text)
	}
	if len(head) == 1 && head[0] == (field{}) {
		answer.Vars = answer.Vars[:0] // a table without variables has empty lines
	}
	answer.Rows = func(yield func([]graph.Term, error) bool) {
		row := make([]graph.Term, len(answer.Vars))
		var fields []field
		for n := 1; ; n++ {
			var err error
			fields, err = r.next(fields)
			switch {
			case errors.Is(err, io.EOF):
				return
			case err == nil && len(fields) != max(1, len(row)):
				err = fmt.Errorf("%d fields for %d variables", len(fields), len(row))
			case err == nil && len(row) == 0 && fields[0] != (field{}):
				err = fmt.Errorf("%.40q in a table without variables", fields[0].text)
			}
			if err != nil {
				yield(nil, failing(CSV, n, err))
				return
			}
			for i := range row {
				row[i] = graph.Term{}
				if fields[i] != (field{}) {
					row[i] = graph.String(fields[i].text)
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return answer, nil
}

// lonelyBoolean recognises a document of one line that is a boolean. A table
// with a variable of that name ends its line with CR LF, or begins it with "?".
func lonelyBoolean(in *bufio.Reader) *Results {
	text, _ := in.Peek(8)
	switch strings.TrimSuffix(string(text), "\n") {
	case "true":
		return &Results{IsBoolean: true, Boolean: true}
	case "false":
		return &Results{IsBoolean: true}
	}
	return nil
}

func readTSV(in *bufio.Reader) (*Results, error) {
	if answer := lonelyBoolean(in); answer != nil {
		return answer, nil
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestField)
	if !lines.Scan() {
		if err := lines.Err(); err != nil {
			return nil, err
		}
		return nil, io.ErrUnexpectedEOF
	}
	answer := &Results{Vars: []string{}}
	if head := lines.Text(); head != "" {
		for name := range strings.SplitSeq(head, "\t") {
			v, ok := strings.CutPrefix(name, "?")
			if !ok {
				return nil, fmt.Errorf("expected a variable with its ?, not %.40q", name)
			}
			answer.Vars = append(answer.Vars, v)
		}
	}
	answer.Rows = func(yield func([]graph.Term, error) bool) {
		row := make([]graph.Term, len(answer.Vars))
		n := 1
		for ; lines.Scan(); n++ {
			err := tsvRow(lines.Text(), row)
			if err != nil {
				yield(nil, failing(TSV, n, err))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(nil, failing(TSV, n, err))
		}
	}
	return answer, nil
}

func tsvRow(line string, row []graph.Term) error {
	clear(row)
	if len(row) == 0 {
		if line != "" {
			return fmt.Errorf("%.40q in a table without variables", line)
		}
		return nil
	}
	i := 0
	for text := range strings.SplitSeq(line, "\t") {
		if i == len(row) {
			return fmt.Errorf("more than %d fields", len(row))
		}
		t, err := tsvTerm(text)
		if err != nil {
			return err
		}
		row[i] = t
		i++
	}
	if i < len(row) {
		return fmt.Errorf("%d fields for %d variables", i, len(row))
	}
	return nil
}

// number are the short forms of numbers in Turtle (productions INTEGER, DECIMAL and DOUBLE).
var number = regexp.MustCompile(`^[-+]?(?:(\d+)|(\d*\.\d+)|((?:\d+\.?\d*|\.\d+)[eE][-+]?\d+))$`)

// tsvTerm reads a term of N-Triples, or one of Turtle's short forms.
func tsvTerm(text string) (graph.Term, error) {
	const xsd = "http://www.w3.org/2001/XMLSchema#"
	switch {
	case text == "":
		return graph.Term{}, nil
	case text == "true" || text == "false":
		return graph.Typed(text, xsd+"boolean"), nil
	case text[0] == '\'':
		text = doubleQuoted(text)
	}
	if m := number.FindStringSubmatch(text); m != nil {
		switch {
		case m[1] != "":
			return graph.Typed(text, xsd+"integer"), nil
		case m[2] != "":
			return graph.Typed(text, xsd+"decimal"), nil
		}
		return graph.Typed(text, xsd+"double"), nil
	}
	for q, err := range graph.ReadNQuads(context.Background(), strings.NewReader("<s:s> <p:p> "+text+" ."), graph.ReadOptions{}) {
		if err != nil || q.Graph.Kind != graph.KindNone {
			break
		}
		return q.Object, nil
	}
	return graph.Term{}, fmt.Errorf("%.40q is no term", text)
}

// doubleQuoted writes a literal in Turtle's single quotes with double ones.
func doubleQuoted(text string) string {
	b := []byte{'"'}
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\'':
			return string(append(b, '"')) + text[i+1:]
		case c == '"':
			b = append(b, '\\', '"')
		case c == '\\' && i+1 < len(text):
			i++
			if text[i] == '\'' {
				b = append(b, '\'')
			} else {
				b = append(b, '\\', text[i])
			}
		default:
			b = append(b, c)
		}
	}
	return text // without an end it is no literal
}
