package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/nlp/score"
)

func newEval(a *app) *cobra.Command {
	var misses bool
	c := &cobra.Command{
		Use:   "eval GOLD…",
		Short: "Measure the reading on texts of which it is known what they say",
		Long: `Read texts, compare what was read with what a careful reader finds in them, and print layer by layer how well the two agree,
and how far the confidence given to what was read can be trusted.
GOLD is a file NAME.gold.json in the format extraction/1 with its text beside it in NAME.txt, or a folder of such files.
With --misses each thing that was missed, read too much or read wrongly is listed as well.`,
		Args: args(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, golds []string) error {
			format, err := a.output("text", "json")
			if err != nil {
				return err
			}
			texts, err := score.Texts(golds...)
			if err != nil {
				return usageError{err}
			}
			e, err := evaluate(c.Context(), texts)
			if err != nil {
				return err
			}
			if format == "json" {
				return a.printJSON(e.json(misses))
			}
			a.printEvaluation(e, misses)
			return nil
		},
	}
	c.Flags().BoolVar(&misses, "misses", false, "list what was missed, read too much or read wrongly")
	return c
}

// evaluation is how well the reading of some texts went.
type evaluation struct {
	rows      []score.Row
	misses    [][]string // of each row
	total     score.Figures
	reliable  []score.Reliability // of the confidence, by kind of reading
	intervals map[string]score.Interval
}

// draws is how often documents are drawn anew for the intervals.
const draws = 1000

func evaluate(ctx context.Context, texts []score.Text) (*evaluation, error) {
	_, pipeline, err := reader()
	if err != nil {
		return nil, err
	}
	e := &evaluation{}
	var figures []score.Figures
	var judged []score.Judged
	for i := range texts {
		t := &texts[i]
		if err := pipeline.Annotate(ctx, &t.Doc); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
		f, misses := score.Compare(t.Gold, t.Doc.Extraction())
		figures = append(figures, f)
		judged = append(judged, score.Judge(t.Gold, &t.Doc)...)
		e.rows = append(e.rows, score.Row{Name: t.Name, Figures: f})
		e.misses = append(e.misses, misses)
	}
	e.total = score.Sum(figures)
	e.reliable = score.Reliabilities(judged)
	e.intervals = score.Intervals(figures, draws)
	return e, nil
}

func (a *app) printEvaluation(e *evaluation, misses bool) {
	fmt.Fprintln(a.stdout, score.Table(e.rows))
	for _, v := range e.total.Values() {
		fmt.Fprintf(a.stdout, "%-30s %7s", v.Name, v)
		if i, ok := e.intervals[v.Name]; ok {
			fmt.Fprintf(a.stdout, "   [%.3f, %.3f]", i.Low, i.High)
		}
		fmt.Fprintln(a.stdout)
	}
	fmt.Fprint(a.stdout, "\n"+score.ReliabilityTable(e.reliable))
	if !misses {
		return
	}
	for i, r := range e.rows {
		fmt.Fprintf(a.stdout, "\n%s\n", r.Name)
		for _, m := range e.misses[i] {
			fmt.Fprintln(a.stdout, "  "+m)
		}
	}
}

// json is the evaluation as the contract's scorer writes it.
func (e *evaluation) json(misses bool) any {
	out := struct {
		Schema    string                         `json:"schema"`
		Files     map[string]map[string]*float64 `json:"files"`
		Total     map[string]*float64            `json:"total"`
		Intervals map[string][2]float64          `json:"intervals"`
		Reliable  []score.Reliability            `json:"confidence"`
		Details   map[string][]string            `json:"details,omitempty"`
	}{"score/1", map[string]map[string]*float64{}, valuesByName(e.total), map[string][2]float64{}, e.reliable, nil}
	for _, r := range e.rows {
		out.Files[r.Name] = valuesByName(r.Figures)
	}
	for name, i := range e.intervals {
		out.Intervals[name] = [2]float64{i.Low, i.High}
	}
	if misses {
		out.Details = map[string][]string{}
		for i, r := range e.rows {
			out.Details[r.Name] = e.misses[i]
		}
	}
	return out
}

func valuesByName(f score.Figures) map[string]*float64 {
	out := map[string]*float64{}
	for _, v := range f.Values() {
		out[v.Name] = nil
		if v.Known {
			out[v.Name] = &v.Value
		}
	}
	return out
}
