package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

func newExtract(a *app) *cobra.Command {
	var explain bool
	var about documentFlags
	c := &cobra.Command{
		Use:   "extract FILE…",
		Short: "Print what would be read in documents, and store nothing",
		Long: `Print what would be read in documents: as JSON in the format extraction/1 (one object a document), or as a table.
FILE may be a folder, or - for standard input. Nothing is stored.`,
		Args: args(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, files []string) error {
			format, err := a.output("json", "table")
			if err != nil {
				return err
			}
			return a.extract(c, files, about, format, explain)
		},
	}
	about.add(c)
	c.Flags().BoolVar(&explain, "explain", false, "say, for each word that looks like an event or relation but yielded none, why (on standard error with -o json)")
	return c
}

// documentFlags say of documents what their files do not.
type documentFlags struct {
	published, publisher, title, encoding, language string
}

func (f *documentFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.published, "published", "", "date of publication (2025-09-01), whatever the file says")
	c.Flags().StringVar(&f.publisher, "source", "", "who published it, whatever the file says")
	c.Flags().StringVar(&f.title, "title", "", "headline, whatever the file says")
	c.Flags().StringVar(&f.encoding, "encoding", "", "character encoding, such as windows-1251 (default UTF-8)")
	c.Flags().StringVar(&f.language, "language", "", "language of the text, such as en (default: detected)")
}

// date reads the flag --published.
func (f *documentFlags) date() (timex.Date, error) {
	if f.published == "" {
		return timex.Date{}, nil
	}
	d, err := importers.ParseDate(f.published)
	if err != nil {
		return timex.Date{}, usageError{fmt.Errorf("--published %s: a day (2025-09-01), month (2025-09) or year (2025) is needed", f.published)}
	}
	return d, nil
}

func (a *app) extract(c *cobra.Command, files []string, about documentFlags, format string, explain bool) error {
	s, err := a.settings(c)
	if err != nil {
		return err
	}
	o, err := about.options(s)
	if err != nil {
		return err
	}
	_, pipeline, err := reader()
	if err != nil {
		return err
	}
	ctx := c.Context()
	many := len(files) > 1
	failed, read := 0, 0
	for source, err := range importers.Files(ctx, files, a.stdin) {
		if err == nil {
			for d, e := range source.Documents(ctx, o.Reading) {
				if e != nil {
					err = errors.Join(err, e)
					continue
				}
				o.Amend(&d)
				if e := a.extractOne(ctx, pipeline, d, format, explain, many); e != nil {
					err = errors.Join(err, e)
					continue
				}
				read++
			}
		}
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			failed++
			fmt.Fprintln(a.stderr, "failed", err)
		}
	}
	if failed > 0 {
		return failures(read, failed)
	}
	return nil
}

// failures is the error of a command whose documents failed in part, each of which has been named.
func failures(read, failed int) error {
	status := exitSomeFailed
	return statusError{fmt.Errorf("%w: %d read, %d failed", errReported, read, failed), status}
}

// reader makes what reads documents: the schema, and the pipeline over it.
func reader() (*schema.Model, *nlp.Pipeline, error) {
	model, err := schema.Default()
	if err != nil {
		return nil, nil, err
	}
	pipeline, err := nlp.English(model)
	return model, pipeline, err
}

func (a *app) extractOne(ctx context.Context, pipeline *nlp.Pipeline, d importers.Document, format string, explain, many bool) error {
	doc := &nlp.Doc{
		ID: strings.TrimSuffix(filepath.Base(d.Source), filepath.Ext(d.Source)), Title: d.Title,
		Text: d.Text, Published: d.Published, Language: d.Language,
	}
	if err := pipeline.Annotate(ctx, doc); err != nil {
		return fmt.Errorf("%s: %w", d.Source, err)
	}
	if format == "table" {
		a.printExtraction(doc)
	} else {
		enc := json.NewEncoder(a.stdout)
		enc.SetEscapeHTML(false)
		if !many {
			enc.SetIndent("", " ")
		}
		if err := enc.Encode(doc.Extraction()); err != nil {
			return err
		}
	}
	if explain {
		a.explain(doc, format)
	}
	return nil
}

// explain prints the notes of the reading with their places.
func (a *app) explain(doc *nlp.Doc, format string) {
	w := a.stdout
	if format == "json" {
		w = a.stderr
	}
	fmt.Fprintf(w, "\nnotes on %s\n", doc.ID)
	notes := slices.Clone(doc.Notes)
	slices.SortStableFunc(notes, func(x, y nlp.Note) int { return x.Start - y.Start })
	for _, n := range notes {
		what := "note"
		if n.Refused {
			what = "nothing"
		}
		line, column := place(doc.Text, n.Start)
		fmt.Fprintf(w, "  %d:%-5d %-8s %-10s %q: %s\n", line, column, what, n.Layer, doc.Text[n.Start:n.End], n.Text)
	}
}

// place gives line and column, from 1, of a byte offset; columns count code points.
func place(text string, offset int) (line, column int) {
	before := text[:offset]
	line = 1 + strings.Count(before, "\n")
	return line, 1 + len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))
}
