package queries

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ententegraph/entente/graph"
)

// A Row is one result: of a path the term at its end, tagged id, and the terms
// that were tagged on the way; or a value that the query emitted.
type Row struct {
	Terms map[string]graph.Term // nil for an emitted value
	Value any                   // of an emitted row: nil, bool, int64, float64, string, graph.Term, []any, [Object]
}

// An Object is an emitted object; its members keep their order.
type Object []Member

// A Member is one member of an [Object].
type Member struct {
	Name  string
	Value any
}

// MarshalJSON writes the members in their order.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := appendJSON(&b, m.Name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := appendJSON(&b, jsonOf(m.Value)); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// appendJSON writes a value as JSON without escaping < and >, which IRIs are full of.
func appendJSON(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the encoder's newline
	return nil
}

// jsonOf replaces terms inside an emitted value by their JSON form.
func jsonOf(v any) any {
	switch v := v.(type) {
	case graph.Term:
		return jsonValue(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = jsonOf(v[i])
		}
		return out
	}
	return v
}

// JSON returns the row as Gizmo gives it: an object of tags, or the emitted
// value. Terms are written so that nothing is lost: an IRI as "<iri>", a plain
// string bare, other literals in N-Quads form.
func (r Row) JSON() any {
	if r.Terms == nil {
		return jsonOf(r.Value)
	}
	tags := make([]string, 0, len(r.Terms))
	for tag := range r.Terms {
		tags = append(tags, tag)
	}
	slices.SortFunc(tags, compareTags)
	o := make(Object, len(tags))
	for i, tag := range tags {
		o[i] = Member{tag, jsonValue(r.Terms[tag])}
	}
	return o
}

// compareTags puts id first and sorts the rest by name.
func compareTags(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "id":
		return -1
	case b == "id":
		return 1
	}
	return strings.Compare(a, b)
}

// Cells returns the row's cells by column: terms, or emitted values; an
// emitted value that is no object stands in the column "value".
func (r Row) Cells() map[string]any {
	cells := make(map[string]any)
	if r.Terms != nil {
		for tag, t := range r.Terms {
			cells[tag] = t
		}
		return cells
	}
	if o, ok := r.Value.(Object); ok {
		for _, m := range o {
			cells[m.Name] = cell(m.Value)
		}
		return cells
	}
	cells["value"] = cell(r.Value)
	return cells
}

// cell reads back the terms that scripts hold as strings.
func cell(v any) any {
	if text, ok := v.(string); ok {
		return parseTerm(text)
	}
	return v
}

// A Result is what a query found.
type Result struct {
	Columns  []string // id first, then in order of appearance
	Rows     []Row
	Count    int           // rows given back
	Total    int64         // rows found, those beyond the limit included
	More     bool          // Total is a lower bound: counting stopped early
	Warnings []string      // hints, as to a misspelt predicate
	Elapsed  time.Duration // how long the query ran

	prefixes map[string]string
}

// Cut says that rows were left out, as "showing 100 of 5,312", or "" where none were.
func (r *Result) Cut() string {
	switch {
	case r.Total <= int64(r.Count):
		return ""
	case r.More:
		return fmt.Sprintf("showing %s of more than %s", thousands(int64(r.Count)), thousands(r.Total))
	}
	return fmt.Sprintf("showing %s of %s", thousands(int64(r.Count)), thousands(r.Total))
}

func (r *Result) addColumns(row Row) {
	add := func(name string) {
		if !slices.Contains(r.Columns, name) {
			r.Columns = append(r.Columns, name)
		}
	}
	if row.Terms != nil {
		tags := make([]string, 0, len(row.Terms))
		for tag := range row.Terms {
			tags = append(tags, tag)
		}
		slices.SortFunc(tags, compareTags)
		for _, tag := range tags {
			add(tag)
		}
		return
	}
	if o, ok := row.Value.(Object); ok {
		for _, m := range o {
			add(m.Name)
		}
		return
	}
	add("value")
}

// WriteJSON writes {"result": [row, …]} with a row on each line, and beside it
// "warnings", "total" and "more" where there is something to say.
func (r *Result) WriteJSON(w io.Writer) error {
	var b bytes.Buffer
	b.WriteString(`{"result": [`)
	for i, row := range r.Rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n  ")
		if err := appendJSON(&b, row.JSON()); err != nil {
			return err
		}
	}
	if len(r.Rows) > 0 {
		b.WriteByte('\n')
	}
	b.WriteByte(']')
	if r.Cut() != "" {
		fmt.Fprintf(&b, ",\n \"total\": %d, \"more\": %t", r.Total, r.More)
	}
	if len(r.Warnings) > 0 {
		b.WriteString(",\n \"warnings\": ")
		if err := appendJSON(&b, r.Warnings); err != nil {
			return err
		}
	}
	b.WriteString("}\n")
	_, err := w.Write(b.Bytes())
	return err
}

// WriteCSV writes a heading and the rows as comma-separated values (RFC 4180):
// IRIs bare, literals as their text, nested values as JSON.
func (r *Result) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(r.Columns); err != nil {
		return err
	}
	for _, row := range r.Rows {
		cells := row.Cells()
		record := make([]string, len(r.Columns))
		for i, column := range r.Columns {
			text, err := cellText(cells[column], func(t graph.Term) string {
				if t.Kind == graph.KindBlank {
					return "_:" + t.Value
				}
				return t.Value
			})
			if err != nil {
				return err
			}
			record[i] = text
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// WriteTSV writes a heading and the rows as tab-separated values with exact
// terms, as SPARQL 1.1 Query Results TSV writes them.
func (r *Result) WriteTSV(w io.Writer) error {
	var b strings.Builder
	for i, column := range r.Columns {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString("?" + column)
	}
	b.WriteByte('\n')
	for _, row := range r.Rows {
		cells := row.Cells()
		for i, column := range r.Columns {
			if i > 0 {
				b.WriteByte('\t')
			}
			text, err := cellText(cells[column], nquads)
			if err != nil {
				return err
			}
			b.WriteString(text)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteTable writes the rows as an aligned text table with prefixed names.
func (r *Result) WriteTable(w io.Writer) error {
	lines := make([][]string, 0, len(r.Rows)+1)
	lines = append(lines, r.Columns)
	for _, row := range r.Rows {
		cells := row.Cells()
		line := make([]string, len(r.Columns))
		for i, column := range r.Columns {
			text, err := cellText(cells[column], func(t graph.Term) string { return display(t, r.prefixes) })
			if err != nil {
				return err
			}
			line[i] = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(text)
		}
		lines = append(lines, line)
	}
	widths := make([]int, len(r.Columns))
	for _, line := range lines {
		for i, text := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	var b strings.Builder
	for _, line := range lines {
		var out strings.Builder
		for i, text := range line {
			if i > 0 {
				out.WriteString("  ")
			}
			out.WriteString(text)
			out.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text)))
		}
		b.WriteString(strings.TrimRight(out.String(), " "))
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cellText writes a cell as text: terms as told, nested values as JSON.
func cellText(v any, term func(graph.Term) string) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case graph.Term:
		return term(v), nil
	}
	var b bytes.Buffer
	if err := appendJSON(&b, jsonOf(v)); err != nil {
		return "", err
	}
	return b.String(), nil
}
