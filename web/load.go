package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/web/loading"
)

// Loading lets pages load documents and take them back.
type Loading struct {
	Importer  *importers.Importer
	Options   importers.Options
	MaxUpload int64          // bytes that one request may send; 0 for 64 MiB
	Samples   []loading.File // articles for a first look
}

const defaultUpload = 64 << 20

// loads adds the addresses that load.
func (s *server) loads(mux *http.ServeMux) {
	s.both(mux, "/load", s.loadPage)
	mux.HandleFunc("POST /load", s.writing(s.startLoad))
	mux.HandleFunc("POST /load/samples", s.writing(s.loadSamples))
	mux.HandleFunc("GET /load/{id}", s.page(s.jobPage))
	mux.HandleFunc("GET /load/{id}/events", s.jobEvents)
	mux.HandleFunc("POST /load/{id}/cancel", s.writing(s.cancelJob))
	mux.HandleFunc("POST /load/{id}/store", s.writing(s.storeRehearsal))
	mux.HandleFunc("POST /imports/{id}/undo", s.writing(s.undoImport))
}

// writing lets a request write, unless this server only reads. That it comes
// from a page of ours was made sure of before (see guard).
func (s *server) writing(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if s.jobs == nil {
			problem(w, http.StatusForbidden, "read-only", "this server was started with store.read_only: true")
			return
		}
		h(w, r)
	}
}

type loadBody struct {
	Writes  bool
	Samples int
	Problem string
	Said    string
	Form    loadForm
	Imports []importers.Import
	Pager   *pager
}

// loadForm is what was typed into the form.
type loadForm struct{ Text, Title, Published, Source string }

// loadPage shows the form, and what was loaded before.
func (s *server) loadPage(r *http.Request, view graph.View) (*reply, error) {
	all, err := importers.Imports(r.Context(), view)
	if err != nil {
		return nil, err
	}
	skip, err := numberOf(r, "skip")
	if err != nil {
		return nil, err
	}
	window := facts.Window{Skip: skip, Limit: pageRows}
	from := min(window.Skip, len(all))
	list := all[from:min(from+window.Limit, len(all))]
	b := loadBody{Writes: s.jobs != nil, Imports: list, Pager: pages(r, window, len(all))}
	if s.Loading != nil {
		b.Samples = len(s.Loading.Samples)
	}
	if undone := r.FormValue("undone"); undone != "" {
		b.Said = undone + " was undone: the graph is what it was before."
	}
	return &reply{template: "load.html", title: "Load documents", body: b, data: list, table: importTable(list)}, nil
}

func importTable(list []importers.Import) *table {
	t := &table{head: []string{"id", "kind", "recorded", "first", "new", "replaced", "removed", "quads", "undone"}}
	for _, i := range list {
		undone := ""
		if !i.Undone.IsZero() {
			undone = i.Undone.Format(time.RFC3339)
		}
		t.rows = append(t.rows, []string{
			i.ID, i.Kind, i.Recorded.Format(time.RFC3339), i.First,
			fmt.Sprint(i.New), fmt.Sprint(i.Replaced), fmt.Sprint(i.Removed), fmt.Sprint(i.Quads), undone,
		})
	}
	return t
}

// startLoad begins to load what the form sends: a text, files, or both. With
// do=preview it is a rehearsal.
func (s *server) startLoad(w http.ResponseWriter, r *http.Request) {
	most := s.Loading.MaxUpload
	if most <= 0 {
		most = defaultUpload
	}
	r.Body = http.MaxBytesReader(w, r.Body, most)
	if err := r.ParseMultipartForm(8 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		detail := err.Error()
		if bodyStatus(err) == http.StatusRequestEntityTooLarge {
			detail = fmt.Sprintf("more than %d bytes were sent, which is the most that one request may have; load a file of this size with entente load", most)
		}
		problem(w, bodyStatus(err), "not loaded", detail)
		return
	}
	form := loadForm{r.FormValue("text"), strings.TrimSpace(r.FormValue("title")), strings.TrimSpace(r.FormValue("published")), strings.TrimSpace(r.FormValue("source"))}
	files, about, err := readForm(r, form)
	if err != nil {
		s.formProblem(w, r, form, err)
		return
	}
	job, err := s.jobs.Start(files, about, r.FormValue("do") == "preview")
	s.begun(w, r, job, err)
}

// readForm reads the files of a form, and what it says of them.
func readForm(r *http.Request, form loadForm) (files []loading.File, about loading.About, err error) {
	if strings.TrimSpace(form.Text) != "" {
		files = append(files, loading.File{Name: "pasted text", Data: []byte(strings.ReplaceAll(form.Text, "\r\n", "\n"))})
	}
	if r.MultipartForm != nil {
		for _, header := range r.MultipartForm.File["files"] {
			file, err := readUpload(header)
			if err != nil {
				return nil, about, err
			}
			if file.Name != "" {
				files = append(files, file)
			}
		}
	}
	about = loading.About{Title: form.Title, Publisher: form.Source}
	switch {
	case len(files) == 0:
		return nil, about, errors.New("there is nothing to load: paste a text, or choose a file")
	case form.Title != "" && len(files) > 1:
		return nil, about, errors.New("a title is for one document; leave it empty when you load several")
	}
	if form.Published != "" {
		if about.Published, err = importers.ParseDate(form.Published); err != nil {
			return nil, about, fmt.Errorf("%s is no date of publication; write a day, month or year, as 2025-09-01, 2025-09 or 2025", form.Published)
		}
	}
	return files, about, nil
}

func readUpload(header *multipart.FileHeader) (loading.File, error) {
	f, err := header.Open()
	if err != nil {
		return loading.File{}, fmt.Errorf("%s: %w", header.Filename, err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return loading.File{}, fmt.Errorf("%s: %w", header.Filename, err)
	}
	return loading.File{Name: path.Base(strings.ReplaceAll(header.Filename, `\`, "/")), Data: data}, nil
}

// formProblem shows the form again with what is wrong.
func (s *server) formProblem(w http.ResponseWriter, r *http.Request, form loadForm, wrong error) {
	if formOf(r) != "" {
		problem(w, http.StatusBadRequest, "not loaded", wrong.Error())
		return
	}
	s.render(w, http.StatusBadRequest, "load.html", s.framed(r, "Load documents", loadBody{Writes: true, Problem: wrong.Error(), Form: form}))
}

func (s *server) loadSamples(w http.ResponseWriter, r *http.Request) {
	job, err := s.jobs.Start(s.Loading.Samples, loading.About{}, false)
	s.begun(w, r, job, err)
}

// begun leads to the job, or says why there is none.
func (s *server) begun(w http.ResponseWriter, r *http.Request, job *loading.Job, err error) {
	switch {
	case errors.Is(err, loading.ErrBusy):
		problem(w, http.StatusServiceUnavailable, "busy", err.Error())
	case err != nil:
		s.fail(w, err)
	case formOf(r) == "json":
		w.Header().Set("Location", jobAddress(job))
		s.writeJSON(w, http.StatusAccepted, jobData(job))
	default:
		http.Redirect(w, r, jobAddress(job), http.StatusSeeOther)
	}
}

func jobAddress(job *loading.Job) string { return "/load/" + job.ID() }

type jobAsData struct {
	ID      string `json:"id"`
	Address string `json:"address"`
	Import  string `json:"import,omitempty"`
	Problem string `json:"problem,omitempty"`
	loading.Progress
}

func jobData(job *loading.Job) jobAsData {
	d := jobAsData{ID: job.ID(), Address: jobAddress(job), Progress: job.Progress()}
	d.Import = d.Progress.Import()
	if d.State == loading.Failed {
		d.Problem = "the import ended early, because the store or the program failed; the server's log says more"
	}
	return d
}

// job finds the job of a request.
func (s *server) job(r *http.Request) (*loading.Job, error) {
	if s.jobs != nil {
		if job := s.jobs.Get(r.PathValue("id")); job != nil {
			return job, nil
		}
	}
	return nil, missing("This import is no longer remembered. What it stored is in the list of imports.")
}

// jobPage shows how far a job is, and what came of it.
func (s *server) jobPage(r *http.Request, _ graph.View) (*reply, error) {
	job, err := s.job(r)
	if err != nil {
		return nil, err
	}
	d := jobData(job)
	title := "Loading"
	switch {
	case d.Rehearsal:
		title = "Preview: nothing is stored yet"
	case d.State == loading.Done:
		title = "Loaded"
	case d.Ended():
		title = "Loading ended early"
	}
	if d.Err != nil {
		s.Log.Error("loading", "error", d.Err)
	}
	return &reply{template: "job.html", title: title, body: d, data: d}, nil
}

// jobEvents sends the progress of a job as it changes, as server-sent events.
func (s *server) jobEvents(w http.ResponseWriter, r *http.Request) {
	job, err := s.job(r)
	if err != nil {
		problem(w, http.StatusNotFound, "not found", err.Error())
		return
	}
	out := http.NewResponseController(w)
	if err := out.SetWriteDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		s.fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	alive := time.NewTicker(15 * time.Second)
	defer alive.Stop()
	for {
		changed, p := job.Changed(), job.Progress()
		last := ""
		if n := len(p.Results); n > 0 {
			last = p.Results[n-1].Source
		}
		data, err := json.Marshal(map[string]any{"state": p.State, "done": len(p.Results), "files": p.Files, "last": last})
		if err != nil {
			s.Log.Error("progress", "error", err)
			return
		}
		if _, err := fmt.Fprintf(w, "event: progress\ndata: %s\n\n", data); err != nil || out.Flush() != nil || p.Ended() {
			return
		}
		select {
		case <-changed:
		case <-alive.C:
		case <-r.Context().Done():
			return
		}
	}
}

func (s *server) cancelJob(w http.ResponseWriter, r *http.Request) {
	job, err := s.job(r)
	if err != nil {
		s.refuse(w, r, formOf(r), asPageError(err))
		return
	}
	job.Cancel()
	s.begun(w, r, job, nil)
}

// storeRehearsal stores what a rehearsal has shown.
func (s *server) storeRehearsal(w http.ResponseWriter, r *http.Request) {
	rehearsal, err := s.job(r)
	if err != nil {
		s.refuse(w, r, formOf(r), asPageError(err))
		return
	}
	job, err := s.jobs.Store(rehearsal)
	s.begun(w, r, job, err)
}

func asPageError(err error) *pageError {
	if wrong, ok := errors.AsType[*pageError](err); ok {
		return wrong
	}
	return &pageError{http.StatusInternalServerError, "internal error", err.Error()}
}

// undoImport takes an import back.
func (s *server) undoImport(w http.ResponseWriter, r *http.Request) {
	done, err := s.Loading.Importer.Undo(r.Context(), r.PathValue("id"))
	_, depends := errors.AsType[*importers.DependsError](err)
	switch {
	case errors.Is(err, importers.ErrUnknown):
		s.refuse(w, r, formOf(r), &pageError{http.StatusNotFound, "not found", err.Error()})
	case depends || err != nil && !done.Undone.IsZero():
		s.refuse(w, r, formOf(r), &pageError{http.StatusConflict, "not undone", err.Error()})
	case err != nil:
		s.fail(w, err)
	case formOf(r) == "json":
		s.writeJSON(w, http.StatusOK, done)
	default:
		http.Redirect(w, r, "/load?"+url.Values{"undone": {done.ID}}.Encode(), http.StatusSeeOther)
	}
}

// Facts and reports of a result, for its page.
func factsOf(r loading.Result) []loading.Statement { return statementsOf(r, true) }

func reportsOf(r loading.Result) []loading.Statement { return statementsOf(r, false) }

func statementsOf(r loading.Result, fact bool) []loading.Statement {
	return slices.DeleteFunc(slices.Clone(r.Statements), func(s loading.Statement) bool { return s.Fact != fact })
}
