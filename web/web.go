// Package web holds every HTTP handler and page: what is known of a thing with
// the sentences it rests on, pictures, and the endpoints of the query languages.
//
//	handler, err := web.New(web.Options{Store: store, Model: model, Engine: engine})
//	err = http.Serve(listener, handler)
package web

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/lanes"
	"github.com/ententegraph/entente/web/loading"
	"github.com/ententegraph/entente/web/picture"
	"github.com/ententegraph/entente/web/protocol"
	"github.com/ententegraph/entente/web/ui"
)

// Options is what the handlers need; Store, Model and Engine are required.
type Options struct {
	Store   graph.Store
	Model   *schema.Model
	Engine  *queries.Engine
	SPARQL  protocol.Options // of the endpoints /sparql and /graphs; its Store, Prefixes and Log are set here
	Title   string           // heading of the pages; "entente" when empty
	Version any              // what /version says, written as JSON
	Backup  *Backup          // nil where there is nothing to back up
	Loading *Loading         // nil where pages write nothing
	Log     *slog.Logger

	Handbook  fs.FS     // Markdown files that /help shows, of which pages.md comes first
	StoreInfo StoreInfo // what /status says of the store
}

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

type server struct {
	Options
	pages      *template.Template
	protection http.CrossOriginProtection
	jobs       *loading.Jobs // nil where pages write nothing
	doubts     questions
	examples   examples
	slow       slowRequests
	started    time.Time
	backedUp   atomic.Int64 // Unix time; 0 for never
	handbook   *handbook    // nil where there is none
}

// A Site is the handler of all pages and endpoints. It is safe for concurrent use.
type Site struct {
	http.Handler
	jobs *loading.Jobs
}

// Close ends the imports that pages have begun. The store must be closed after it.
func (s *Site) Close() {
	if s.jobs != nil {
		s.jobs.Close()
	}
}

// New returns the whole site. It keeps nothing open between requests but the
// imports that run, which Close ends.
func New(o Options) (*Site, error) {
	if o.Title == "" {
		o.Title = "entente"
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	client, err := ui.Embedded()
	if err != nil {
		return nil, err
	}
	s := &server{Options: o, started: time.Now()}
	if o.Handbook != nil {
		s.handbook = newHandbook(o.Handbook)
	}
	if o.Loading != nil {
		s.jobs = loading.New(o.Loading.Importer, o.Loading.Options)
	}
	s.pages, err = template.New("").Funcs(s.words()).Funcs(template.FuncMap{
		"scripts": client.Scripts, "styles": client.Styles,
		"facet": facet, "span": span, "expand": schema.Expand, "elapsed": elapsed,
	}).ParseFS(templateFiles, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	for _, origin := range o.SPARQL.Origins {
		if origin == "*" {
			continue // all may read; none is trusted to write
		}
		if err := s.protection.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page(s.home))
	s.both(mux, "/home", s.home)
	s.both(mux, "/search", s.search)
	s.loads(mux)
	s.judges(mux)
	s.both(mux, "/schema", s.schemaPage)
	mux.HandleFunc("GET /schema/{id}", s.page(s.schemaTerm))
	s.both(mux, "/status", s.statusPage)
	s.both(mux, "/help", s.helpPage)
	mux.HandleFunc("GET /help/{id...}", s.page(s.helpPage))
	s.both(mux, "/documents", s.documents)
	mux.HandleFunc("GET /things/{id}", s.page(s.things))
	mux.HandleFunc("GET /e/{id...}", s.page(s.thing))
	mux.HandleFunc("GET /d/{id...}", s.page(s.document))
	mux.HandleFunc("GET /why/{id...}", s.page(s.why))
	s.both(mux, "/timeline", s.timelinePage)
	mux.HandleFunc("GET /timeline/{id...}", s.timeline)
	mux.HandleFunc("GET /graph", s.graphPage)
	mux.HandleFunc("GET /graph/view", s.graphView)
	mux.HandleFunc("GET /graph/surroundings.json", s.surroundings)
	mux.HandleFunc("GET /graph.json", s.graphData)
	mux.HandleFunc("GET /query", s.queryPage)
	mux.HandleFunc("GET /query/view", s.queryView)
	mux.HandleFunc("GET /query/words.json", s.queryWords)
	mux.HandleFunc("GET /query.json", s.queryFile((*queries.Result).WriteJSON, "answer.json", "application/json"))
	mux.HandleFunc("GET /query.csv", s.queryFile((*queries.Result).WriteCSV, "answer.csv", "text/csv; charset=utf-8"))
	mux.HandleFunc("GET /query.tsv", s.queryFile((*queries.Result).WriteTSV, "answer.tsv", "text/tab-separated-values; charset=utf-8"))
	for _, format := range picture.Formats() {
		mux.HandleFunc("GET /graph."+format.Name, s.drawing(format, false))
		mux.HandleFunc("GET /picture."+format.Name, s.drawing(format, true))
	}
	mux.HandleFunc("POST /gizmo", s.gizmo)
	mux.HandleFunc("GET /api/v2/query", s.cayleyQuery)
	mux.HandleFunc("POST /api/v2/query", s.cayleyQuery)
	o.SPARQL.Store, o.SPARQL.Prefixes, o.SPARQL.Log = o.Store, schema.Prefixes(), o.Log
	endpoints := protocol.New(o.SPARQL)
	mux.Handle("/sparql", endpoints.SPARQL())
	mux.Handle("/graphs", endpoints.Graphs("/graphs"))
	mux.Handle("/graphs/", endpoints.Graphs("/graphs"))
	if o.Backup != nil {
		mux.HandleFunc("POST /backup", o.Backup.handler(s))
	}
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("GET /version", func(w http.ResponseWriter, _ *http.Request) { s.writeJSON(w, http.StatusOK, s.Version) })
	mux.Handle("GET /static/", http.FileServerFS(staticFiles))
	if client.Files() != nil {
		mux.Handle("GET /ui/", clientFiles(client.Files()))
	}
	for name, style := range map[string][]byte{"picture": []byte(picture.Stylesheet), "lanes": []byte(lanes.Stylesheet), "classes": classStyle(o.Model)} {
		mux.HandleFunc("GET /static/"+name+".css", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/css; charset=utf-8")
			_, _ = w.Write(style) // a client that left needs no answer
		})
	}
	return &Site{s.guard(mux), s.jobs}, nil
}
