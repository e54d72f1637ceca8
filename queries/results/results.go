// Package results writes and reads the answers of SPARQL queries: tables of
// solutions and booleans, in the formats of SPARQL 1.1 (Query Results JSON, XML,
// CSV and TSV), with the triple terms and base directions of SPARQL 1.2. All of
// it streams: a row is written when it is known, and read when it is wanted.
//
//	w := results.NewWriter(out, results.JSON)
//	w.Head([]string{"state", "capital"})
//	w.Row([]graph.Term{graph.IRI("http://example.org/ARM"), graph.String("Yerevan")})
//	err := w.Close()
//
//	r, err := results.Read(in, results.JSON)
//	for row, err := range r.Rows { … }
//
// JSON, XML and TSV keep terms exactly. CSV keeps only their text.
package results

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// A Format is one of the recommended formats of results.
type Format uint8

// The formats.
const (
	JSON Format = iota
	XML
	CSV
	TSV
)

// formats are the names, media types and extensions.
var formats = [...]struct{ name, mediaType, extension string }{
	JSON: {"json", "application/sparql-results+json", ".srj"},
	XML:  {"xml", "application/sparql-results+xml", ".srx"},
	CSV:  {"csv", "text/csv", ".csv"},
	TSV:  {"tsv", "text/tab-separated-values", ".tsv"},
}

// All returns the formats.
func All() []Format { return []Format{JSON, XML, CSV, TSV} }

// String returns the short name of a format: json, xml, csv, tsv.
func (f Format) String() string { return formats[f].name }

// MediaType returns the media type that documents of a format have, without parameters.
func (f Format) MediaType() string { return formats[f].mediaType }

// ByName returns the format of a short name or of a file's extension (".srx").
func ByName(name string) (Format, bool) {
	for f, row := range formats {
		if name == row.name || name == row.extension {
			return Format(f), true
		}
	}
	return 0, false
}

// ByMediaType returns the format of a media type, with or without parameters.
// Plain application/json and application/xml are taken too, as servers send them.
func ByMediaType(mediaType string) (Format, bool) {
	base, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		return 0, false
	}
	switch base {
	case "application/json":
		return JSON, true
	case "application/xml", "text/xml":
		return XML, true
	}
	for f, row := range formats {
		if base == row.mediaType {
			return Format(f), true
		}
	}
	return 0, false
}

// A Writer writes one answer: either Boolean, or Head and then Row for each
// solution; then Close or Abort. It buffers; Flush sends what it has.
type Writer struct {
	out    *bufio.Writer
	form   encoder
	format Format
	vars   []string
	rows   int
	state  state
}

type state uint8

const (
	empty state = iota
	inRows
	finished
)

// encoder writes the parts of a document. It appends to a buffer that it is given.
type encoder interface {
	head(b []byte, vars []string) []byte
	row(b []byte, vars []string, row []graph.Term, first bool) ([]byte, error)
	end(b []byte) []byte
	boolean(b []byte, value bool) []byte
	abort(b []byte, message string) []byte
}

// NewWriter returns a writer of a format.
func NewWriter(w io.Writer, f Format) *Writer {
	encoders := [...]encoder{JSON: jsonEncoder{}, XML: xmlEncoder{}, CSV: csvEncoder{}, TSV: tsvEncoder{}}
	return &Writer{out: bufio.NewWriterSize(w, 1<<15), form: encoders[f], format: f}
}

// Head begins a table with its variables, without their question marks.
func (w *Writer) Head(vars []string) error {
	if w.state != empty {
		return errors.New("results: Head after the start of a document")
	}
	w.vars, w.state = vars, inRows
	return w.write(w.form.head(w.out.AvailableBuffer(), vars))
}

// Row writes a solution: a term for each variable, the zero Term where it is unbound.
func (w *Writer) Row(row []graph.Term) error {
	switch {
	case w.state != inRows:
		return errors.New("results: Row outside a table")
	case len(row) != len(w.vars):
		return fmt.Errorf("results: a row of %d terms in a table of %d variables", len(row), len(w.vars))
	}
	b, err := w.form.row(w.out.AvailableBuffer(), w.vars, row, w.rows == 0)
	if err != nil {
		return fmt.Errorf("results: row %d as %s: %w", w.rows+1, w.format, err)
	}
	w.rows++
	return w.write(b)
}

// Boolean writes the whole answer of ASK.
func (w *Writer) Boolean(value bool) error {
	if w.state != empty {
		return errors.New("results: Boolean after the start of a document")
	}
	w.state = finished
	return w.write(w.form.boolean(w.out.AvailableBuffer(), value))
}

// Close ends the document and sends what is left of it. It does not close the
// writer below.
func (w *Writer) Close() error {
	if w.state == empty {
		return errors.New("results: Close before Head or Boolean")
	}
	if w.state == inRows {
		w.state = finished
		if err := w.write(w.form.end(w.out.AvailableBuffer())); err != nil {
			return err
		}
	}
	return w.Flush()
}

// Abort ends a document that cannot be finished with the reason. Nobody takes
// what is there for a whole answer: JSON and XML are left open, CSV and TSV have
// a last line that begins with "# error".
func (w *Writer) Abort(reason error) error {
	w.state = finished
	if err := w.write(w.form.abort(w.out.AvailableBuffer(), strings.Join(strings.Fields(reason.Error()), " "))); err != nil {
		return err
	}
	return w.Flush()
}

// Flush sends what was written so far.
func (w *Writer) Flush() error {
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("results: writing: %w", err)
	}
	return nil
}

// Written reports how many rows were written.
func (w *Writer) Written() int { return w.rows }

func (w *Writer) write(b []byte) error {
	if _, err := w.out.Write(b); err != nil {
		return fmt.Errorf("results: writing: %w", err)
	}
	return nil
}

// Results is an answer that is being read.
type Results struct {
	IsBoolean bool // that it is the answer of ASK
	Boolean   bool // which is this

	Vars []string // of a table, without question marks
	// Rows yields the solutions: a term for each variable, the zero Term where it
	// is unbound. It can be ranged over once. The slice is valid until the next row.
	Rows iter.Seq2[[]graph.Term, error]
}

// Read begins to read an answer; the rows are read as they are ranged over.
// Of CSV, which does not say what terms are, every text is read as a plain string,
// and one that is empty without quotes as unbound.
func Read(r io.Reader, f Format) (*Results, error) {
	in := bufio.NewReader(r)
	var answer *Results
	var err error
	switch f {
	case JSON:
		answer, err = readJSON(in)
	case XML:
		answer, err = readXML(in)
	case CSV:
		answer, err = readCSV(in)
	default:
		answer, err = readTSV(in)
	}
	if err != nil {
		return nil, fmt.Errorf("results: reading %s: %w", f, err)
	}
	return answer, nil
}

// failing wraps the errors of rows as Read does those of heads.
func failing(f Format, n int, err error) error {
	return fmt.Errorf("results: reading %s, row %d: %w", f, n, err)
}

// deepest bounds how deep triple terms may stand in each other.
const deepest = 64

var errTooDeep = fmt.Errorf("more than %d triple terms stand in each other", deepest)
