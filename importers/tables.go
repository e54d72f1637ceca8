package importers

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
)

func init() {
	register(Format{
		Name:  "csv",
		Ext:   []string{".csv"},
		Media: []string{"text/csv"},
		Sniff: func(head []byte) bool {
			line, _, _ := bytes.Cut(head, []byte("\n"))
			_, err := tableOf(strings.NewReader(string(line)))
			return err == nil
		},
		Read: readTable,
	})
}

// A table is a data set of the field, known by the columns of its header.
type table struct {
	title   string   // of the data set
	columns []string // that it must have, in any order
	ends    int      // the last year that its published version tells of; an excerpt ends no earlier
	// documents makes the documents of all rows.
	documents func(rows []row, last int) ([]*statement, error)
}

// A row is one line of a table.
type row struct {
	number int // of the line in the file, from 1
	values map[string]string
}

var dataSets = []table{
	{"Correlates of War, Intergovernmental Organizations", []string{"org", "ccode", "status", "first", "last"}, 2014, memberships},
	{"Correlates of War, names of intergovernmental organizations", []string{"acronym", "name", "longname", "start", "end", "lastyear"}, 2014, organizations},
	{"ATOP, Alliance Treaty Obligations and Provisions", []string{"ccode1", "ccode2", "kinds", "first", "last"}, 2018, alliances},
	{"Archigos, leaders of states", []string{"gwcode", "leader", "startdate", "enddate"}, 2015, leaders},
}

// tableOf reads a header and finds the table that has its columns.
func tableOf(r io.Reader) (opened struct {
	table
	*csv.Reader
	header []string
}, err error) {
	opened.Reader = csv.NewReader(r)
	opened.header, err = opened.Reader.Read()
	if err == io.EOF {
		err = errors.New("the file is empty")
	}
	if err != nil {
		return opened, err
	}
	for _, t := range dataSets {
		if !slices.ContainsFunc(t.columns, func(c string) bool { return !slices.Contains(opened.header, c) }) {
			opened.table = t
			return opened, nil
		}
	}
	var known []string
	for _, t := range dataSets {
		known = append(known, fmt.Sprintf("%s (%s)", t.title, strings.Join(t.columns, ",")))
	}
	return opened, fmt.Errorf("the columns %s are those of no data set that is known; known: %s", strings.Join(opened.header, ","), strings.Join(known, "; "))
}

// readTable reads a data set as documents, one for each organization or state
// that it tells of. They state their facts themselves, a sentence a row; no
// language is read. A row that is wrong fails the file: half a data set would be taken for the whole.
func readTable(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		t, err := tableOf(in.Reader)
		if err != nil {
			yield(Document{}, err)
			return
		}
		var rows []row
		last := t.ends
		for {
			if err := ctx.Err(); err != nil {
				yield(Document{}, err)
				return
			}
			values, err := t.Reader.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				yield(Document{}, err)
				return
			}
			r := row{values: map[string]string{}}
			r.number, _ = t.Reader.FieldPos(0)
			for i, column := range t.header {
				r.values[column] = strings.TrimSpace(values[i])
			}
			rows = append(rows, r)
			for _, column := range []string{"last", "lastyear", "enddate"} {
				if text := r.values[column]; text != "" {
					d, err := r.date(column)
					if err != nil {
						yield(Document{}, err)
						return
					}
					last = max(last, d.Year)
				}
			}
		}
		statements, err := t.documents(rows, last)
		if err != nil {
			yield(Document{}, err)
			return
		}
		for _, s := range statements {
			if err := ctx.Err(); err != nil {
				yield(Document{}, err)
				return
			}
			d := s.document(t.title, last)
			d.Source = in.Name
			if in.Key != "" {
				d.Key = in.Key + "#" + s.key
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}
