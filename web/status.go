package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/queries/facts"
)

// slowFrom is how long a request takes that the status page names.
const slowFrom = 500 * time.Millisecond

// A slowRequest is one that took long.
type slowRequest struct {
	When   time.Time     `json:"when"`
	Took   time.Duration `json:"took"` // nanoseconds
	Method string        `json:"method"`
	Path   string        `json:"path"`
	Query  string        `json:"query,omitempty"` // the text that was asked, where the address has it
}

// slowRequests keeps the latest of them.
type slowRequests struct {
	mu   sync.Mutex
	list []slowRequest
}

const mostSlow = 20

func (s *slowRequests) note(r *http.Request, start time.Time) {
	took := time.Since(start)
	if took < slowFrom || r.URL.Path == "/backup" || r.Header.Get("Accept") == "text/event-stream" {
		return
	}
	q := r.URL.Query()
	one := slowRequest{start, took, r.Method, r.URL.Path, cmp.Or(q.Get("query"), q.Get("text"), q.Get("qu"), q.Get("saved"), q.Get("q"))}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, one)
	if len(s.list) > mostSlow {
		s.list = slices.Delete(s.list, 0, len(s.list)-mostSlow)
	}
}

func (s *slowRequests) latest() []slowRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := append([]slowRequest{}, s.list...)
	slices.Reverse(out)
	return out
}

// statusBody is how the graph and the server stand.
type statusBody struct {
	Quads    int64              `json:"quads"`
	Counts   []facts.ClassCount `json:"counts"`
	Imports  int                `json:"imports"`
	Latest   *importers.Import  `json:"latestImport,omitempty"`
	Judged   int                `json:"judgements"`
	Size     int                `json:"storeBytes,omitempty"`
	Where    string             `json:"store,omitempty"`
	ReadOnly bool               `json:"readOnly"`
	Backup   time.Time          `json:"lastBackup,omitzero"` // since the server started
	Started  time.Time          `json:"started"`
	Memory   int                `json:"memoryBytes"`
	Version  map[string]any     `json:"version"`
	Slow     []slowRequest      `json:"slow"`
}

// StoreInfo says where the store is and how large; see [Options].
type StoreInfo struct {
	Where string // for people
	Size  func() (bytes int64, err error)
}

// statusPage shows how much there is, and how the server does.
func (s *server) statusPage(r *http.Request, view graph.View) (*reply, error) {
	ctx := r.Context()
	b := statusBody{ReadOnly: s.jobs == nil, Started: s.started, Slow: s.slow.latest(), Where: s.StoreInfo.Where}
	var err error
	if b.Quads, _, err = view.Estimate(ctx, graph.Pattern{}); err != nil {
		return nil, err
	}
	if b.Counts, err = facts.Counts(ctx, view, s.Model); err != nil {
		return nil, err
	}
	imports, err := importers.Imports(ctx, view)
	if err != nil {
		return nil, err
	}
	if b.Imports = len(imports); b.Imports > 0 {
		b.Latest = &imports[0]
	}
	judgements, err := importers.Judgements(ctx, view)
	if err != nil {
		return nil, err
	}
	b.Judged = len(judgements)
	if s.StoreInfo.Size != nil {
		size, err := s.StoreInfo.Size()
		if err != nil {
			return nil, fmt.Errorf("web: size of the store: %w", err)
		}
		b.Size = int(size)
	}
	if at := s.backedUp.Load(); at > 0 {
		b.Backup = time.Unix(at, 0)
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	b.Memory = int(memory.HeapAlloc)
	text, err := json.Marshal(s.Version)
	if err != nil {
		return nil, fmt.Errorf("web: version: %w", err)
	}
	if json.Unmarshal(text, &b.Version) != nil {
		b.Version = map[string]any{"version": s.Version} // it is no object
	}
	return &reply{template: "status.html", title: "Status", body: b, data: b}, nil
}
