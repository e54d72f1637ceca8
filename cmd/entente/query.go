package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/schema"
)

func newQuery(a *app) *cobra.Command {
	var language, explain string
	var params []string
	c := &cobra.Command{
		Use:   "query [NAME | TEXT | FILE | -]",
		Short: "Ask a saved query, or run a query text",
		Long: `Ask a saved query by its name, or run a query: its text, a file with it, or - for standard input.
The language is told by the end of the file's name (.gizmo, .rq), or by how the text begins; -l says it. In SPARQL our prefixes
need no PREFIX. Without an argument it lists the saved queries. Your own go into the folder of the setting query.saved.`,
		Example: `  entente query who-signed --param for=armenia
  entente query 'g.V("state:ARM").Out("ent:memberOf").All()' -o csv
  entente query 'SELECT ?state { ?state :memberOf organization:CSTO }'
  entente query -l sparql alliances.rq --explain plan`,
		Args: args(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, words []string) error {
			format, err := a.output("text", "json", "csv", "tsv")
			if err != nil {
				return err
			}
			s, err := a.settings(c)
			if err != nil {
				return err
			}
			library, err := savedQueries(s)
			if err != nil {
				return err
			}
			if len(words) == 0 {
				return a.listSaved(library, format)
			}
			if explain != "" {
				return a.explainQuery(c, s, words[0], explain)
			}
			return a.query(c, s, library, words[0], language, params, format)
		},
	}
	c.Flags().StringVarP(&language, "language", "l", "", "language of the text: "+strings.Join(queries.Languages(), ", "))
	c.Flags().StringVar(&explain, "explain", "", "of a SPARQL query, show instead of its answer: "+strings.Join(sparql.Stages(), ", "))
	c.Flags().StringArrayVar(&params, "param", nil, "NAME=VALUE for a saved query; may be given several times")
	c.Flags().IntP("limit", "n", 0, "rows to print (setting query.max_rows); 0 for all")
	timeFlags(c)
	c.Flags().String("timeout", "", "time to run, such as 2m (setting query.timeout)")
	return c
}

// savedQueries reads the built-in queries and those in the user's folder, where there is one.
func savedQueries(s *settings) (*queries.Library, error) {
	if info, err := os.Stat(s.Query.Saved); err == nil && info.IsDir() {
		return queries.ReadLibrary(os.DirFS(s.Query.Saved))
	}
	return queries.ReadLibrary(nil)
}

func (a *app) listSaved(library *queries.Library, format string) error {
	if format == "json" {
		return a.printJSON(library.List())
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, q := range library.List() {
		var params []string
		for _, p := range q.Params {
			name := p.Name
			if !p.Required {
				name = "[" + name + "]"
			}
			params = append(params, name)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", q.Name, q.Title, strings.Join(params, " "))
	}
	return w.Flush()
}

func (a *app) query(c *cobra.Command, s *settings, library *queries.Library, what, language string, params []string, format string) error {
	model, err := schema.Default()
	if err != nil {
		return err
	}
	values, err := assignments(params)
	if err != nil {
		return err
	}
	return a.reading(c, func(ctx context.Context, view graph.View) error {
		e := engine(s, model, func() (graph.View, error) { return shared{graph.Forwarded{View: view}}, nil })
		e.Saved = library
		request, err := a.request(ctx, e, library, what, language, values)
		if err != nil {
			return queryError(what, err)
		}
		result, err := e.Run(ctx, request)
		if result != nil {
			if e := a.printResult(result, format, err == nil); e != nil {
				return e
			}
		}
		return queryError(what, err)
	})
}

// shared is a view that the query does not close: the command does.
type shared struct{ graph.Forwarded }

func (shared) Close() error { return nil }

// request makes the request of a saved query, of a file, of standard input, or of the text itself.
func (a *app) request(ctx context.Context, e *queries.Engine, library *queries.Library, what, language string, values map[string]string) (queries.Request, error) {
	if _, err := library.Get(what); err == nil {
		return e.BindSaved(ctx, what, values, queries.Limits{})
	}
	if len(values) > 0 {
		_, err := library.Get(what)
		return queries.Request{}, err
	}
	text, file, err := a.queryText(what)
	if err != nil {
		return queries.Request{}, err
	}
	if !file && !strings.ContainsAny(text, "(){}. \n") {
		_, err := library.Get(what) // a slip in the name of a saved query
		return queries.Request{}, err
	}
	if language == "" {
		language = guessLanguage(what, text)
	}
	return queries.Request{Language: language, Text: text}, nil
}

// extensions are the ends of names of files with queries.
var extensions = map[string]string{".gizmo": "gizmo", ".rq": "sparql", ".sparql": "sparql"}

// queryText gives a query's text: of a file, of standard input, or what is given itself.
func (a *app) queryText(what string) (text string, file bool, err error) {
	if what == "-" {
		text, err := io.ReadAll(a.stdin)
		return string(text), true, err
	}
	if extensions[filepath.Ext(what)] == "" || strings.ContainsAny(what, "\n{(") {
		return what, false, nil
	}
	data, err := os.ReadFile(what)
	if err != nil {
		return "", true, usageError{err}
	}
	return string(data), true, nil
}

// sparqlBegins matches how SPARQL queries begin, after comments.
var sparqlBegins = regexp.MustCompile(`(?i)^(\s*#[^\n]*\n)*\s*(SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE|VERSION)\b`)

// guessLanguage tells the language of a text whose language nobody says.
func guessLanguage(name, text string) string {
	if language := extensions[filepath.Ext(name)]; language != "" && name != text {
		return language
	}
	if sparqlBegins.MatchString(text) {
		return "sparql"
	}
	return "gizmo"
}

// explainQuery shows what becomes of a SPARQL query.
func (a *app) explainQuery(c *cobra.Command, s *settings, what, stage string) error {
	if !slices.Contains(sparql.Stages(), stage) {
		return usageError{fmt.Errorf("--explain %s: one of %s is needed", stage, strings.Join(sparql.Stages(), ", "))}
	}
	text, _, err := a.queryText(what)
	if err != nil {
		return err
	}
	q, err := sparql.Prepare(text, sparql.Options{Prefixes: schema.Prefixes(), Memory: int64(s.Query.MemoryLimit)})
	if err != nil {
		return usageError{err}
	}
	return a.reading(c, func(ctx context.Context, view graph.View) error {
		ctx, cancel := context.WithTimeout(ctx, s.Query.Timeout)
		defer cancel()
		text, err := q.Explain(ctx, view, stage)
		if err != nil {
			return err
		}
		_, err = io.WriteString(a.stdout, text)
		return err
	})
}

func assignments(params []string) (map[string]string, error) {
	values := map[string]string{}
	for _, p := range params {
		name, value, ok := strings.Cut(p, "=")
		if !ok {
			return nil, usageError{fmt.Errorf("--param %s: NAME=VALUE is needed", p)}
		}
		values[name] = value
	}
	return values, nil
}

func (a *app) printResult(r *queries.Result, format string, complete bool) error {
	var err error
	switch format {
	case "json":
		err = r.WriteJSON(a.stdout)
	case "csv":
		err = r.WriteCSV(a.stdout)
	case "tsv":
		err = r.WriteTSV(a.stdout)
	default:
		if len(r.Rows) > 0 {
			err = r.WriteTable(a.stdout)
		}
	}
	for _, warning := range r.Warnings {
		fmt.Fprintln(a.stderr, warning)
	}
	if complete && len(r.Rows) == 0 && len(r.Warnings) == 0 && format == "text" {
		fmt.Fprintln(a.stderr, "0 rows")
	}
	if cut := r.Cut(); cut != "" {
		fmt.Fprintf(a.stderr, "%s, -n 0 for all.\n", cut)
	}
	return err
}

// queryError gives a query's failure its exit status: 2 when the query is at fault, 4 when a limit stopped it.
func queryError(what string, err error) error {
	q, ok := errors.AsType[*queries.Error](err)
	if !ok {
		return err
	}
	switch q.Kind {
	case queries.KindTime, queries.KindMemory:
		return statusError{err, exitStopped}
	case queries.KindRuntime, queries.KindCancelled:
		return err
	}
	if q.Line > 0 && extensions[filepath.Ext(what)] != "" {
		err = fmt.Errorf("%s:%w", what, err)
	}
	return usageError{err}
}
