package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/picture"
)

// A queryAnswer is what a query found, as the page shows it.
type queryAnswer struct {
	Columns  []string
	Rows     [][]cell
	Count    int
	Total    int64
	Cut      string
	Warnings []string
	Elapsed  string

	SVG     template.HTML   // seen as a network
	Drawing picture.Drawing // the same, for the client
	Left    int             // things that the network leaves out
	Dated   []datedRow      // seen as a timeline
	Raw     string
	Plan    *queries.Step
}

// A cell is a value of a row, as it is shown and as it is.
type cell struct {
	Text    string // label of a node, or a literal's text
	Term    string // exact, as in N-Quads, or JSON
	Address string // of the page of a node, or ""
	IRI     string
	Class   string
	Number  bool
	Date    string // ISO 8601, of a date
}

type datedRow struct {
	Date  string
	Cells []cell
}

// answer runs a query and prepares what is to be seen of it.
func (s *server) answer(ctx context.Context, request queries.Request, show string) (*queryAnswer, error) {
	if show == "explain" {
		plan, err := s.Engine.Explain(ctx, request)
		if err != nil {
			return nil, err
		}
		return &queryAnswer{Plan: plan, Elapsed: elapsed(plan.Time), Total: plan.Rows, Count: int(plan.Rows)}, nil
	}
	result, err := s.Engine.Run(ctx, request)
	if result == nil {
		return nil, err
	}
	a := &queryAnswer{
		Columns: result.Columns, Count: result.Count, Total: result.Total, Cut: result.Cut(), Warnings: result.Warnings, Elapsed: elapsed(result.Elapsed),
	}
	if err != nil {
		return a, err
	}
	if show == "raw" {
		var raw bytes.Buffer
		err = result.WriteJSON(&raw)
		a.Raw = raw.String()
		return a, err
	}
	if err := s.fill(ctx, a, result); err != nil {
		return a, err
	}
	switch show {
	case "network":
		err = s.drawAnswer(a)
	case "timeline":
		a.Dated = datedRows(a.Rows)
	}
	return a, err
}

// fill makes the cells of an answer; nodes are called by their labels.
func (s *server) fill(ctx context.Context, a *queryAnswer, result *queries.Result) error {
	labels := map[string]facts.Ref{}
	var iris []string
	for _, row := range result.Rows {
		cells := row.Cells()
		line := make([]cell, len(a.Columns))
		for i, column := range a.Columns {
			line[i] = cellOf(cells[column])
			if iri := line[i].IRI; iri != "" {
				if _, seen := labels[iri]; !seen {
					labels[iri] = facts.Ref{}
					iris = append(iris, iri)
				}
			}
		}
		a.Rows = append(a.Rows, line)
	}
	view, err := s.Store.View()
	if err != nil {
		return fmt.Errorf("web: %w", err)
	}
	defer view.Close()
	refs, err := facts.Refs(ctx, view, s.Model, iris)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		labels[ref.IRI] = ref
	}
	for _, row := range a.Rows {
		for i := range row {
			ref, ok := labels[row[i].IRI]
			if !ok {
				continue
			}
			row[i].Text, row[i].Class = cmp.Or(s.Engine.Vocabulary[ref.IRI], ref.Label), ref.Class
			if ours(ref.IRI) {
				row[i].Address = address(ref.IRI)
			}
		}
	}
	return nil
}

// ours reports whether an IRI names something that has a page here.
func ours(iri string) bool { return strings.HasPrefix(iri, schema.ID) }

func cellOf(v any) cell {
	t, ok := v.(graph.Term)
	if !ok {
		if v == nil {
			return cell{}
		}
		var text bytes.Buffer
		enc := json.NewEncoder(&text)
		enc.SetEscapeHTML(false)
		if enc.Encode(v) != nil {
			return cell{Text: fmt.Sprint(v)}
		}
		_, number := v.(float64)
		_, whole := v.(int64)
		return cell{Text: strings.TrimSpace(text.String()), Term: strings.TrimSpace(text.String()), Number: number || whole}
	}
	c := cell{Text: t.Value, Term: t.String()}
	switch t.Kind {
	case graph.KindIRI:
		c.IRI = t.Value
	case graph.KindBlank:
		c.Text = "_:" + t.Value
	default:
		kind := strings.TrimPrefix(t.Datatype, schema.XSD)
		c.Number = slices.Contains([]string{"integer", "decimal", "double", "float", "int", "long"}, kind)
		if slices.Contains([]string{"date", "gYear", "gYearMonth", "dateTime"}, kind) {
			c.Date = t.Value
		}
	}
	return c
}

// answerNodes bounds the network of an answer.
const answerNodes = 300

// drawAnswer draws the nodes of an answer: triples as they are, and of other
// rows each node with the next one in its row.
func (s *server) drawAnswer(a *queryAnswer) error {
	p := picture.Picture{Title: "Result"}
	known, left := map[string]bool{}, map[string]bool{}
	node := func(c cell) bool {
		if known[c.IRI] || len(p.Nodes) >= answerNodes {
			left[c.IRI] = !known[c.IRI]
			return known[c.IRI]
		}
		known[c.IRI] = true
		n := picture.Node{ID: schema.Compact(c.IRI), IRI: c.IRI, Label: c.Text, Link: c.Address}
		if class := s.Model.Class(c.Class); class != nil {
			n.Class, n.Shape, n.Color = class.Label, class.Shape, class.Color
		}
		p.Nodes = append(p.Nodes, n)
		return true
	}
	told := map[[3]string]bool{}
	join := func(from, to cell, label string) {
		key := [3]string{from.IRI, to.IRI, label}
		if node(from) && node(to) && !told[key] {
			told[key] = true
			p.Edges = append(p.Edges, picture.Edge{From: schema.Compact(from.IRI), To: schema.Compact(to.IRI), Label: label, Directed: true, Assertion: picture.Holds})
		}
	}
	triples := slices.Equal(a.Columns, []string{"subject", "predicate", "object"})
	for _, row := range a.Rows {
		if triples {
			if row[0].IRI != "" && row[2].IRI != "" {
				join(row[0], row[2], row[1].Text)
			}
			continue
		}
		last := -1
		for i, c := range row {
			if c.IRI == "" {
				continue
			}
			if last >= 0 {
				join(row[last], c, a.Columns[i])
			} else {
				node(c)
			}
			last = i
		}
	}
	for _, isLeft := range left {
		if isLeft {
			a.Left++
		}
	}
	var svg strings.Builder
	if err := picture.WriteInlineSVG(&svg, p); err != nil {
		return err
	}
	// The picture escapes every text that it contains.
	a.SVG, a.Drawing = template.HTML(svg.String()), picture.Draw(p)
	return nil
}

// datedRows lists the rows that have a date, by it.
func datedRows(rows [][]cell) []datedRow {
	var out []datedRow
	for _, row := range rows {
		i := slices.IndexFunc(row, func(c cell) bool { return c.Date != "" })
		if i >= 0 {
			out = append(out, datedRow{row[i].Date, slices.Delete(slices.Clone(row), i, i+1)})
		}
	}
	slices.SortStableFunc(out, func(a, b datedRow) int { return strings.Compare(a.Date, b.Date) })
	return out
}

// sortedPrefixes goes through the prefixes that need no declaration, by name.
func sortedPrefixes() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		prefixes := schema.Prefixes()
		for _, name := range slices.Sorted(maps.Keys(prefixes)) {
			if !yield(name, prefixes[name]) {
				return
			}
		}
	}
}
