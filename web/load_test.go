package web

import (
	"bufio"
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/graph/pebble"
)

// send posts a form with files, by name, and returns the answer without following it.
func send(t *testing.T, address string, fields, files map[string]string, header map[string]string) (answer, string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range files {
		part, err := w.CreateFormFile("files", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, address, &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", w.FormDataContentType())
	for k, v := range header {
		request.Header.Set(k, v)
	}
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := stay.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, r), r.Header.Get("Location")
}

type jobSeen struct {
	State, Import string
	Results       []struct {
		Status, Reason, Document string
		Statements               []struct {
			Text, Why, Sentence string
			Fact                bool
		}
	}
}

// ended waits until a job has ended.
func ended(t *testing.T, site, address string) jobSeen {
	t.Helper()
	if address == "" {
		t.Fatal("there is no job")
	}
	for range 300 {
		var seen jobSeen
		a := get(t, site+address+".json")
		if err := json.Unmarshal([]byte(a.body), &seen); err != nil {
			t.Fatal(err, a.body)
		}
		if seen.State != "running" {
			return seen
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s does not end", address)
	return jobSeen{}
}

const other = `Ghana and Peru signed an agreement in Accra on 12 May 2021. Ghana would leave the African Union if the vote failed.`

func TestLoadFromThePage(t *testing.T) {
	s := site(t)
	before := get(t, s.URL+"/documents.csv").body

	_, preview := send(t, s.URL+"/load", map[string]string{"text": other, "title": "Accra", "published": "2021-05-13", "do": "preview"}, nil, nil)
	seen := ended(t, s.URL, preview)
	facts, reports := 0, 0
	for _, statement := range seen.Results[0].Statements {
		if statement.Fact {
			facts++
		} else {
			reports++
		}
		if !strings.Contains(other, statement.Sentence) || statement.Sentence == "" {
			t.Errorf("%q shows the sentence %q", statement.Text, statement.Sentence)
		}
	}
	if seen.State != "done" || seen.Import != "" || facts == 0 || reports == 0 {
		t.Errorf("the preview is %+v", seen)
	}
	if after := get(t, s.URL+"/documents.csv").body; after != before {
		t.Errorf("a preview stores:\n%s", after)
	}
	if page := get(t, s.URL+preview).body; !strings.Contains(page, "Would be facts") || !strings.Contains(page, preview+"/store") {
		t.Errorf("the page of the preview is\n%s", page)
	}

	_, job := send(t, s.URL+preview+"/store", nil, nil, nil)
	seen = ended(t, s.URL, job)
	if seen.State != "done" || seen.Import == "" || seen.Results[0].Status != "new" {
		t.Fatalf("loading gives %+v", seen)
	}
	if list := get(t, s.URL+"/documents").body; !strings.Contains(list, "Accra") {
		t.Errorf("the document is not listed:\n%s", list)
	}
	if page := get(t, s.URL+"/load").body; !strings.Contains(page, "/imports/"+seen.Import+"/undo") {
		t.Errorf("the import is not listed:\n%s", page)
	}

	_, again := send(t, s.URL+"/load", map[string]string{"text": other, "title": "Accra", "published": "2021-05-13"}, nil, nil)
	if r := ended(t, s.URL, again); r.Results[0].Status != "unchanged" || r.Import != "" {
		t.Errorf("loading again gives %+v", r)
	}

	if a, _ := send(t, s.URL+"/imports/"+seen.Import+"/undo", nil, nil, nil); a.status != http.StatusSeeOther {
		t.Errorf("undoing gives %d %s", a.status, a.body)
	}
	if after := get(t, s.URL+"/documents.csv").body; after != before {
		t.Errorf("after undoing there are\n%s", after)
	}
	if a, _ := send(t, s.URL+"/imports/"+seen.Import+"/undo", nil, nil, nil); a.status != http.StatusConflict {
		t.Errorf("undoing again gives %d %s", a.status, a.body)
	}
	if a, _ := send(t, s.URL+"/imports/i-none/undo", nil, nil, nil); a.status != http.StatusNotFound {
		t.Errorf("undoing nothing gives %d %s", a.status, a.body)
	}
}

func TestLoadSeveralFiles(t *testing.T) {
	s := site(t)
	a, _ := send(t, s.URL+"/load", nil, map[string]string{"accra.md": "# Accra\n\n" + other, "bad.txt": "caf\xe9 in Lima"}, map[string]string{"Accept": "application/json"})
	if a.status != http.StatusAccepted {
		t.Fatalf("%d %s", a.status, a.body)
	}
	var job struct{ Address string }
	if err := json.Unmarshal([]byte(a.body), &job); err != nil {
		t.Fatal(err)
	}
	statuses := map[string]int{}
	for _, r := range ended(t, s.URL, job.Address).Results {
		statuses[r.Status]++
		if r.Status == "failed" && !strings.Contains(r.Reason, "UTF-8") {
			t.Errorf("the reason is %q", r.Reason)
		}
	}
	if statuses["new"] != 1 || statuses["failed"] != 1 {
		t.Errorf("the files are %v", statuses)
	}
}

func TestProgressIsSent(t *testing.T) {
	s := site(t)
	_, job := send(t, s.URL+"/load/samples", nil, nil, nil)
	r, err := http.Get(s.URL + job + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if kind := r.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("events are %s", kind)
	}
	last := ""
	for lines := bufio.NewScanner(r.Body); lines.Scan(); { // the stream ends with the job
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			last = data
		}
	}
	if !strings.Contains(last, `"state":"done"`) || !strings.Contains(last, `"done":1`) {
		t.Errorf("the last event is %s", last)
	}
}

func TestFormsThatCannotBeLoaded(t *testing.T) {
	s := site(t)
	for _, c := range []struct {
		fields map[string]string
		files  map[string]string
		status int
		says   string
	}{
		{nil, nil, 400, "nothing to load"},
		{map[string]string{"text": other, "published": "soon"}, nil, 400, "no date of publication"},
		{map[string]string{"title": "Two"}, map[string]string{"a.txt": "a", "b.txt": "b"}, 400, "a title is for one document"},
		{map[string]string{"text": strings.Repeat("Peru met Ghana. ", 1<<17)}, nil, 413, "the most that one request may have"},
	} {
		a, _ := send(t, s.URL+"/load", c.fields, c.files, nil)
		if a.status != c.status || !strings.Contains(a.body, c.says) {
			t.Errorf("%.60v: %d, want %d with %q:\n%.300s", c.fields, a.status, c.status, c.says, a.body)
		}
	}
	// What was typed is not lost.
	if a, _ := send(t, s.URL+"/load", map[string]string{"text": other, "published": "soon"}, nil, nil); !strings.Contains(a.body, "Ghana and Peru") {
		t.Error("the text is lost")
	}
}

func TestWhoMayWrite(t *testing.T) {
	s := site(t)
	cross := map[string]string{"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}
	for _, path := range []string{"/load", "/load/samples", "/imports/i-none/undo"} {
		if a, _ := send(t, s.URL+path, map[string]string{"text": other}, nil, cross); a.status != http.StatusForbidden {
			t.Errorf("another site may write to %s: %d", path, a.status)
		}
	}
	s = site(t, func(o *Options) { o.Loading = nil })
	for _, path := range []string{"/load", "/load/samples", "/load/x/store", "/load/x/cancel", "/imports/i-none/undo"} {
		a, _ := send(t, s.URL+path, map[string]string{"text": other}, nil, nil)
		if a.status != http.StatusForbidden || a.kind != "application/problem+json" || !strings.Contains(a.body, `"title":"read-only"`) {
			t.Errorf("%s without writing: %d %s %s", path, a.status, a.kind, a.body)
		}
	}
	if a := get(t, s.URL+"/load"); a.status != http.StatusOK || strings.Contains(a.body, "<textarea") || !strings.Contains(a.body, "only reads") {
		t.Errorf("the page is %d %s", a.status, a.body)
	}
}

func TestEmptyGraphInvites(t *testing.T) {
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	empty := func(o *Options) {
		o.Store, o.Loading.Importer.Store = store, store
	}
	s := site(t, empty)
	a := get(t, s.URL+"/")
	for _, w := range []string{"The graph is empty", "<textarea", `type="file"`, "sample articles"} {
		if a.status != http.StatusOK || !strings.Contains(a.body, w) {
			t.Errorf("the empty graph's first page lacks %q: %d\n%s", w, a.status, a.body)
		}
	}
	for _, path := range []string{"/search?q=x", "/documents", "/things/State", "/load", "/home.json"} {
		if a := get(t, s.URL+path); a.status != http.StatusOK {
			t.Errorf("%s of the empty graph: %d", path, a.status)
		}
	}
}
