package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/rdf"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/importers/background"
	"github.com/ententegraph/entente/schema"
)

func newLoad(a *app) *cobra.Command {
	var about documentFlags
	var force, dryRun, skipBad, common bool
	c := &cobra.Command{
		Use:   "load FILE…",
		Short: "Read documents into the graph",
		Long: `Read documents into the graph: text, Markdown, HTML, JSON Lines (a document a line); the data sets of Correlates of War
(intergovernmental organizations), ATOP (alliances) and Archigos (leaders) as CSV, known by their header; and quads in N-Quads,
N-Triples, Turtle, TriG, RDF/XML and JSON-LD; all also packed with gzip or zstd. FILE may be a folder, or - for standard input. Loading the same again changes nothing; a changed document replaces its former
version; entente undo takes an import back. A document that fails does not stop the others (exit status 3).
A file of very many quads is read once, in bounded memory (setting import.bulk_memory), and is an import of its own: it is loaded as a
whole, or after an error, Ctrl-C or a power cut not at all.`,
		Args: args(func(c *cobra.Command, files []string) error {
			if common {
				return nil
			}
			return cobra.MinimumNArgs(1)(c, files)
		}),
		RunE: func(c *cobra.Command, files []string) error {
			format, err := a.output("text", "json")
			if err != nil {
				return err
			}
			s, err := a.settings(c)
			if err != nil {
				return err
			}
			o, err := about.options(s)
			if err != nil {
				return err
			}
			o.Force, o.DryRun, o.SkipBad = force, dryRun, skipBad
			sources := importers.Files(c.Context(), files, a.stdin)
			if common {
				sources = both(background.Sources(), sources)
			}
			return a.load(c, sources, o, format)
		},
	}
	about.add(c)
	byFlag(c)
	c.Flags().BoolVar(&force, "force", false, "read again what is loaded already")
	c.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be stored, and store nothing")
	c.Flags().BoolVar(&common, "background", false, "load the facts that come with the program: organizations with their members, states, agreements and who held which office, each with its sentence")
	c.Flags().BoolVar(&skipBad, "skip-bad", false, "of files of quads, leave out the lines that are wrong")
	c.Flags().Int("jobs", 0, "documents read at once (setting import.jobs)")
	return c
}

// options turns the flags and settings into the importer's options.
func (f *documentFlags) options(s *settings) (importers.Options, error) {
	date, err := f.date()
	if err != nil {
		return importers.Options{}, err
	}
	return importers.Options{
		Reading:   importers.Reading{Encoding: f.encoding, MaxDocument: int64(s.Import.MaxDocument)},
		Published: date, Publisher: f.publisher, Title: f.title, Language: f.language,
		Jobs: s.Import.Jobs, ReviewBelow: s.Import.ReviewBelow,
	}, nil
}

// importer makes what loads documents into a store.
func importer(store graph.Store, s *settings) (*importers.Importer, error) {
	model, pipeline, err := reader()
	if err != nil {
		return nil, err
	}
	return &importers.Importer{Store: store, Model: model, Pipeline: pipeline, BulkMemory: int64(s.Import.BulkMemory)}, nil
}

// both yields one sequence behind the other.
func both(a, b iter.Seq2[importers.Source, error]) iter.Seq2[importers.Source, error] {
	return func(yield func(importers.Source, error) bool) {
		for _, seq := range []iter.Seq2[importers.Source, error]{a, b} {
			for s, err := range seq {
				if !yield(s, err) {
					return
				}
			}
		}
	}
}

func (a *app) load(c *cobra.Command, sources iter.Seq2[importers.Source, error], o importers.Options, format string) (err error) {
	ctx := c.Context()
	store, err := a.writable(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	s, err := a.settings(c)
	if err != nil {
		return err
	}
	im, err := importer(store, s)
	if err != nil {
		return err
	}
	im.By = s.author()
	report := loadReport{app: a, json: format == "json", started: time.Now()}
	if report.live() {
		o.Progress = report.large().show
	}
	for outcome, err := range im.Load(ctx, sources, o) {
		if err != nil {
			report.end()
			if errors.Is(err, context.Canceled) {
				return fmt.Errorf("interrupted; what was loaded until then is in the graph")
			}
			return err
		}
		if err := report.add(outcome); err != nil {
			return err
		}
	}
	report.end()
	if report.failed > 0 {
		return failures(report.loaded, report.failed)
	}
	return nil
}

// loadReport tells the user what came of each document, and of all.
type loadReport struct {
	*app
	json                      bool
	started                   time.Time
	loaded, unchanged, failed int
	replaced, passedOver      int
	stated, quads, review     int
	imports                   []string
	progress                  bool // a progress line stands on the terminal
}

func (r *loadReport) add(o importers.Outcome) error {
	switch o.Status {
	case importers.Failed:
		r.failed++
	case importers.PassedOver:
		r.passedOver++
	case importers.Unchanged:
		r.unchanged++
	case importers.Replaced:
		r.replaced++
		r.loaded++
	default:
		r.loaded++
	}
	r.stated += o.Stated + o.Reported + o.Inferred
	r.quads += o.Quads
	r.review += len(o.Review)
	if o.Import != "" && o.Status != importers.Unchanged && (len(r.imports) == 0 || r.imports[len(r.imports)-1] != o.Import) {
		r.imports = append(r.imports, o.Import)
	}
	if r.json {
		return r.printJSON(o)
	}
	r.clear()
	switch {
	case o.Status == importers.Failed || o.Status == importers.PassedOver:
		fmt.Fprintf(r.stderr, "%-9s %s\n", o.Status, reason(o))
	case r.quiet:
	case o.Status == importers.Unchanged:
		fmt.Fprintf(r.stdout, "unchanged %s  %s. Use --force to read it again.\n", o.Source, o.Reason)
	case o.Doc == nil:
		if o.Import == "" {
			fmt.Fprintf(r.stdout, "would be  %s  %s\n", o.Source, count(o.Quads, "quad"))
		} else {
			fmt.Fprintf(r.stdout, "stored    %s  %d quads, import %s%s\n", o.Source, o.Quads, o.Import, pace(o))
		}
		for _, line := range o.Skipped {
			fmt.Fprintf(r.stderr, "left out  %s\n", line)
		}
	default:
		r.print(o)
	}
	r.showProgress()
	return nil
}

// reason says why a document failed, with its place, and what can be done.
func reason(o importers.Outcome) string {
	if bad, ok := errors.AsType[*graph.SyntaxError](o.Err); ok {
		what := bad.Error() + "   nothing of it was loaded"
		if f, known := rdf.ByExtension(bad.Name); !known || f.Name == "nq" || f.Name == "nt" { // which are read line by line
			what += " (use --skip-bad to keep the other lines)"
		}
		return what
	}
	return o.Source + "  " + strings.TrimSpace(o.Reason)
}

// print writes what was read, resolved, extracted, dated and stored of one document.
func (r *loadReport) print(o importers.Outcome) {
	w := r.stdout
	fmt.Fprintf(w, "reading   %s  %s, %s, %s, %s\n", o.Source, size(o.Bytes), languageName(o.Language), count(o.Paragraphs, "paragraph"), count(o.Sentences, "sentence"))
	fmt.Fprintf(w, "resolved  %s  (%d known · %d new)", count(o.Known+o.Fresh, "thing"), o.Known, o.Fresh)
	if o.Ambiguous > 0 {
		fmt.Fprintf(w, "        %d doubtful → see below", o.Ambiguous)
	}
	fmt.Fprintf(w, "\nextracted %s  (%d stated · %d reported · %d inferred)\n", count(o.Stated+o.Reported+o.Inferred, "statement"), o.Stated, o.Reported, o.Inferred)
	if o.Dates.Total > 0 {
		fmt.Fprintf(w, "dates     %s\n", dates(o.Dates))
	}
	verb := "stored    "
	if o.Import == "" {
		verb = "would be  "
	}
	fmt.Fprintf(w, "%s", verb)
	if o.Import != "" {
		fmt.Fprintf(w, "import %s  ", o.Import)
	}
	fmt.Fprintf(w, "%s", count(o.Quads, "quad"))
	if o.Status == importers.Replaced {
		fmt.Fprintf(w, ", in place of the former version's %d", o.Removed)
	}
	fmt.Fprintf(w, ", graph <%s>      %d ms\n", schema.Compact(o.Document), o.Took.Milliseconds())
	r.printNew(o)
	if o.Import != "" && !r.progress {
		fmt.Fprintf(w, "undo with: entente undo %s\n", o.Import)
	}
}

// shownDoubts is how many doubtful readings of a document are shown as it is loaded.
const shownDoubts = 10

// printNew lists the things that no document spoke of before, and doubtful readings.
func (r *loadReport) printNew(o importers.Outcome) {
	w := r.stdout
	if len(o.NewThings)+len(o.Review) > 0 {
		fmt.Fprintln(w)
	}
	head := "new"
	for _, t := range o.NewThings {
		fmt.Fprintf(w, "  %-7s %-30s %-13s%s\n", head, t.Name, strings.ToLower(t.Class), strings.Join(t.Positions, "; "))
		if len(t.Also) > 0 {
			fmt.Fprintf(w, "  %-7s   also “%s”\n", "", strings.Join(t.Also, "”, “"))
		}
		head = ""
	}
	head = "review"
	for i, d := range o.Review {
		if i == shownDoubts {
			fmt.Fprintf(w, "  %-7s … and %d more: entente review\n", "", len(o.Review)-i)
			break
		}
		fmt.Fprintf(w, "  %-7s “%s” (sentence %d)  read as %s, %.2f\n", head, d.Text, d.Sentence, d.Reading, d.Confidence)
		if d.Note != "" {
			fmt.Fprintf(w, "  %-7s   %s\n", "", d.Note)
		}
		head = ""
	}
}

// dates says how the dates of a document were understood.
func dates(d importers.Dates) string {
	parts := []string{fmt.Sprintf("%d", d.Total)}
	var what []string
	if len(d.Years) > 0 {
		what = append(what, fmt.Sprintf("%d years only (%s)", len(d.Years), strings.Join(d.Years, ", ")))
	}
	if d.Yearless > 0 {
		what = append(what, fmt.Sprintf("%d without a year, read against the date of publication", d.Yearless))
	}
	if len(d.Relative) > 0 {
		var each []string
		for _, r := range d.Relative {
			each = append(each, fmt.Sprintf("“%s” → %s", r.Text, r.Date))
		}
		what = append(what, fmt.Sprintf("%d relative (%s)", len(d.Relative), strings.Join(each, ", ")))
	}
	if d.Unknown > 0 {
		what = append(what, fmt.Sprintf("%d not resolved", d.Unknown))
	}
	if len(what) > 0 {
		parts = append(parts, strings.Join(what, " · "))
	}
	return strings.Join(parts, ": ")
}

// showProgress keeps one line on a terminal while many documents are read.
func (r *loadReport) showProgress() {
	done := r.loaded + r.unchanged + r.failed
	if !r.live() || done < 2 {
		return
	}
	rate := float64(done) / time.Since(r.started).Seconds()
	fmt.Fprintf(r.stderr, "%d documents, %d failed, %d to review, %.0f a second  (Ctrl-C stops after the running documents)", done, r.failed, r.review, rate)
	r.progress = true
}

func (r *loadReport) clear() {
	if r.progress {
		fmt.Fprint(r.stderr, "\r\x1b[K")
	}
}

// end sums up when there was more than one document.
func (r *loadReport) end() {
	r.clear()
	switch {
	case r.json:
	case r.quiet:
		for _, id := range r.imports {
			fmt.Fprintln(r.stdout, id)
		}
	case r.loaded+r.unchanged+r.failed > 1:
		fmt.Fprintf(r.stdout, "loaded %d (%d replaced) · unchanged %d · failed %d        %s, %s, %.1f s\n",
			r.loaded, r.replaced, r.unchanged, r.failed, count(r.stated, "statement"), count(r.quads, "quad"), time.Since(r.started).Seconds())
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func size(bytes int) string {
	switch {
	case bytes >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	case bytes >= 1e3:
		return fmt.Sprintf("%.1f kB", float64(bytes)/1e3)
	}
	return fmt.Sprintf("%d bytes", bytes)
}

func languageName(tag string) string {
	switch tag {
	case "", "und":
		return "language unknown"
	case "en":
		return "English"
	}
	return "language " + tag
}
