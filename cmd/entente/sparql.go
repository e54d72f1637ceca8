package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/memory"
	"github.com/ententegraph/entente/graph/rdf"
	"github.com/ententegraph/entente/queries/results"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/remote"
	"github.com/ententegraph/entente/queries/sparql/syntax"
	"github.com/ententegraph/entente/queries/sparql/update"
)

func newSPARQL(a *app) *cobra.Command {
	x := &sparqlRun{app: a}
	c := &cobra.Command{
		Use:   "sparql [flags] QUERY | @FILE | -",
		Short: "Run a SPARQL query or update over files, without a graph of your own",
		Long: `Run a SPARQL query over files of RDF: Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD, told by the ends of their names. The
query is given as text, as @FILE or as - for standard input. With --update it is an update, and the whole dataset is printed afterwards as
N-Quads. With --parse it is only checked and printed. Prefixes must be declared. Exit status 2: not SPARQL; 1: it failed.`,
		Example: `  entente sparql --data alliances.ttl 'SELECT * { ?s ?p ?o } LIMIT 10'
  entente sparql --data states.ttl --named http://example.org/g=more.nt @query.rq -o csv
  entente sparql --map ./suite=http://example.org/suite/ @suite/query.rq`,
		Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, words []string) error { return x.run(c, words[0]) },
	}
	c.Flags().StringArrayVar(&x.data, "data", nil, "file of the default graph, or of a dataset (.nq, .trig, .jsonld); may be given several times")
	c.Flags().StringArrayVar(&x.named, "named", nil, "IRI=FILE: file of a named graph; may be given several times")
	c.Flags().StringArrayVar(&x.maps, "map", nil, "DIR=IRI: files below DIR are named by IRI and their path below it; may be given several times")
	c.Flags().StringArrayVar(&x.services, "service", nil, "endpoint that SERVICE may ask, beside those of the setting sparql.service; may be given several times")
	c.Flags().BoolVar(&x.update, "update", false, "run an update, and print the whole dataset afterwards as N-Quads")
	c.Flags().BoolVar(&x.parse, "parse", false, "only check the text, and print it")
	c.Flags().StringVar(&x.explain, "explain", "", "show instead: "+strings.Join(sparql.Stages(), ", "))
	c.Flags().String("timeout", "", "time to run, such as 2m (setting query.timeout)")
	return c
}

// A sparqlRun is one run of the command.
type sparqlRun struct {
	*app
	data, named, maps []string
	services          []string
	update, parse     bool
	explain           string

	client  *remote.Client
	folders []folder
	quads   []graph.Quad
	graphs  []graph.Term
	files   int // that were read
}

// A folder is what --map gives an IRI.
type folder struct{ path, iri string }

func (x *sparqlRun) run(c *cobra.Command, what string) error {
	format, err := x.output("text", "json", "xml", "csv", "tsv", "nt", "nq", "ttl")
	if err != nil {
		return err
	}
	s, err := x.settings(c)
	if err != nil {
		return err
	}
	for _, m := range x.maps {
		path, iri, ok := strings.Cut(m, "=")
		abs, err := filepath.Abs(path)
		if !ok || err != nil {
			return usageError{fmt.Errorf("--map %s: DIR=IRI is needed", m)}
		}
		x.folders = append(x.folders, folder{abs, iri})
	}
	for _, endpoint := range x.services {
		if !validEndpoint(endpoint) {
			return usageError{fmt.Errorf("--service %s: an address is needed, such as https://example.org/sparql", endpoint)}
		}
	}
	x.client = remote.New(remote.Options{
		Endpoints: append(slices.Clone(s.SPARQL.Service), x.services...), Hosts: s.SPARQL.Load, MaxBody: int64(s.SPARQL.MaxUpload),
	})
	text, name, base, err := x.text(what)
	if err != nil {
		return err
	}
	options := syntax.Options{Name: name, Base: base}
	ctx, cancel := context.WithTimeout(c.Context(), s.Query.Timeout)
	defer cancel()
	if x.update {
		u, err := syntax.ParseUpdate(text, options)
		switch {
		case err != nil:
			return usageError{err}
		case x.parse:
			return x.print(u.String())
		}
		return x.limited(s, x.runUpdate(ctx, u, int64(s.Query.MemoryLimit)))
	}
	tree, err := syntax.Parse(text, options)
	switch {
	case err != nil:
		return usageError{err}
	case x.parse:
		return x.print(tree.String())
	}
	return x.limited(s, x.runQuery(ctx, tree, sparql.Options{Name: name, Base: base, Memory: int64(s.Query.MemoryLimit), Service: x.service}, format))
}

// limited words the error of a run that a limit stopped.
func (x *sparqlRun) limited(s *settings, err error) error {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return statusError{fmt.Errorf("stopped after %s (incomplete). Narrow it, or give it more time with --timeout", s.Query.Timeout), exitStopped}
	case errors.Is(err, sparql.ErrMemory):
		return statusError{err, exitStopped}
	}
	return err
}

func (x *sparqlRun) print(text string) error {
	_, err := io.WriteString(x.stdout, text)
	return err
}

// text gives the text of the query, its name for messages, and the IRI that relative ones are resolved against.
func (x *sparqlRun) text(what string) (text, name, base string, err error) {
	file, isFile := strings.CutPrefix(what, "@")
	var data []byte
	switch {
	case isFile:
		data, err = os.ReadFile(file)
		if err == nil {
			base, err = x.address(file)
		}
		if err != nil {
			err = usageError{err}
		}
		return string(data), file, base, err
	case what == "-":
		data, err = io.ReadAll(x.stdin)
		what = string(data)
	}
	if err == nil {
		base, err = x.address(".")
		base += "/"
	}
	return what, "", base, err
}

// address gives the IRI of a file: what --map says, else its file: URL.
func (x *sparqlRun) address(file string) (string, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	for _, f := range x.folders {
		if rel, err := filepath.Rel(f.path, abs); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			if rel == "." {
				return strings.TrimSuffix(f.iri, "/"), nil
			}
			return f.iri + filepath.ToSlash(rel), nil
		}
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}).String(), nil
}

// file gives the file that an IRI below a mapped folder names.
func (x *sparqlRun) file(iri string) (string, bool) {
	for _, f := range x.folders {
		if rel, ok := strings.CutPrefix(iri, f.iri); ok && filepath.IsLocal(filepath.FromSlash(rel)) {
			return filepath.Join(f.path, filepath.FromSlash(rel)), true
		}
	}
	return "", false
}

// read adds a file to the dataset, to a graph where one is named.
func (x *sparqlRun) read(ctx context.Context, file string, name graph.Term) error {
	base, err := x.address(file)
	if err != nil {
		return err
	}
	format, ok := rdf.ByExtension(file)
	if !ok {
		return usageError{fmt.Errorf("%s: the end of its name tells no format; known: %s", file, dataExtensions())}
	}
	in, err := os.Open(file)
	if err != nil {
		return usageError{err}
	}
	defer in.Close()
	x.files++
	own := func(label string) string { return "f" + strconv.Itoa(x.files) + "-" + label }
	if !name.IsZero() {
		x.graphs = append(x.graphs, name)
	}
	for q, err := range rdf.Read(ctx, in, format, rdf.Options{Name: file, Base: base}) {
		if err != nil {
			return err
		}
		if x.files > 1 { // keep the blank nodes of files apart
			q.Subject, q.Object = graph.RenameBlanks(q.Subject, own), graph.RenameBlanks(q.Object, own)
		}
		if !name.IsZero() {
			q.Graph = name
		}
		x.quads = append(x.quads, q)
	}
	return nil
}

func dataExtensions() string {
	var out []string
	for _, f := range rdf.Formats() {
		out = append(out, f.Extensions...)
	}
	return strings.Join(out, ", ")
}

// dataset reads all files, and those that FROM names in mapped folders.
func (x *sparqlRun) dataset(ctx context.Context, from []syntax.DatasetClause) (graph.Dataset, error) {
	for _, file := range x.data {
		if err := x.read(ctx, file, graph.Term{}); err != nil {
			return nil, err
		}
	}
	for _, pair := range x.named {
		iri, file, ok := strings.Cut(pair, "=")
		if i := strings.LastIndexByte(pair, '='); ok && i > 0 {
			iri, file = pair[:i], pair[i+1:] // an IRI may have "=" inside
		}
		if iri == "" || file == "" {
			return nil, usageError{fmt.Errorf("--named %s: IRI=FILE is needed", pair)}
		}
		if err := x.read(ctx, file, graph.IRI(iri)); err != nil {
			return nil, err
		}
	}
	for _, clause := range from {
		name := graph.IRI(clause.IRI)
		file, ok := x.file(clause.IRI)
		if !ok || slices.Contains(x.graphs, name) {
			continue
		}
		if err := x.read(ctx, file, name); err != nil {
			return nil, err
		}
	}
	return memory.New(x.quads, x.graphs), nil
}

func (x *sparqlRun) runQuery(ctx context.Context, tree *syntax.Query, o sparql.Options, format string) error {
	data, err := x.dataset(ctx, tree.Dataset)
	if err != nil {
		return err
	}
	q := sparql.PrepareTree(tree, o)
	if x.explain != "" {
		text, err := q.Explain(ctx, data, x.explain)
		if err != nil {
			return err
		}
		return x.print(text)
	}
	if q.Kind() == sparql.Triples {
		name, ok := map[string]string{"text": "ttl", "ttl": "ttl", "nt": "nt", "nq": "nq", "xml": "rdf", "json": "jsonld"}[format]
		if !ok {
			return usageError{fmt.Errorf("-o %s: a CONSTRUCT or DESCRIBE gives triples; they come as ttl, nt, nq, xml or json", format)}
		}
		found, err := q.Run(ctx, data)
		if err != nil {
			return err
		}
		f, _ := rdf.ByName(name)
		prefixes := map[string]string{}
		for _, p := range tree.Prefixes {
			prefixes[p.Name] = p.IRI
		}
		return rdf.Write(x.stdout, f, found.Quads, prefixes)
	}
	found, err := q.Run(ctx, data)
	if err != nil {
		return err
	}
	if format == "text" {
		format = "tsv"
		if found.Kind == sparql.Boolean {
			_, err := fmt.Fprintln(x.stdout, found.Bool)
			return err
		}
	}
	f, ok := results.ByName(format)
	if !ok {
		return usageError{fmt.Errorf("-o %s: a SELECT or ASK gives results; they come as json, xml, csv or tsv", format)}
	}
	return writeResults(results.NewWriter(x.stdout, f), found)
}

func writeResults(w *results.Writer, found *sparql.Results) error {
	if found.Kind == sparql.Boolean {
		return errors.Join(w.Boolean(found.Bool), w.Close())
	}
	if err := w.Head(found.Vars); err != nil {
		return err
	}
	for row, err := range found.Rows {
		if err == nil {
			err = w.Row(row)
		}
		if err != nil {
			return errors.Join(err, w.Abort(err))
		}
	}
	return w.Close()
}

func (x *sparqlRun) runUpdate(ctx context.Context, u *syntax.Update, memory int64) error {
	data, err := x.dataset(ctx, nil)
	if err != nil {
		return err
	}
	staged, err := update.Stage(ctx, data, u, update.Options{Memory: memory, Load: x.load, Service: x.service})
	if err != nil {
		return err
	}
	f, _ := rdf.ByName("nq")
	return rdf.WriteSorted(x.stdout, f, graph.Quads(ctx, staged, graph.Pattern{}), nil)
}

// service asks the endpoints that --service and the settings allow.
func (x *sparqlRun) service(ctx context.Context, op algebra.Service, endpoint graph.Term) ([]map[string]graph.Term, error) {
	solutions, err := x.client.Service(ctx, op, endpoint)
	if errors.Is(err, remote.ErrRefused) {
		err = fmt.Errorf("%w; allow it with --service %s", err, endpoint.Value)
	}
	return solutions, err
}

// load opens what LOAD names: files in mapped folders, and documents of the hosts that the setting sparql.load allows.
func (x *sparqlRun) load(ctx context.Context, iri string) (io.ReadCloser, string, error) {
	file, ok := x.file(iri)
	if !ok {
		body, mediaType, err := x.client.Load(ctx, iri)
		if errors.Is(err, remote.ErrRefused) {
			err = fmt.Errorf("no --map leads to it, and %w (setting sparql.load)", err)
		}
		return body, mediaType, err
	}
	in, err := os.Open(file)
	if err != nil {
		if e, ok := errors.AsType[*fs.PathError](err); ok {
			err = e.Err
		}
		return nil, "", fmt.Errorf("%s: %w", file, err)
	}
	return in, mime.TypeByExtension(filepath.Ext(file)), nil
}
