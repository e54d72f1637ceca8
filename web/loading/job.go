package loading

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/ententegraph/entente/importers"
)

// A State says how far a job is.
type State string

// The states of jobs.
const (
	Running   State = "running"
	Done      State = "done"
	Cancelled State = "cancelled"
	Failed    State = "failed" // the store or the program failed; what was stored until then stays
)

// A Job is one import, or one rehearsal.
type Job struct {
	id     string
	about  About
	files  []File
	cancel context.CancelFunc

	mu       sync.Mutex
	progress Progress
	changed  chan struct{} // closed at the next change
}

// Progress is how far a job is at some moment, and what came of its documents.
type Progress struct {
	State     State    `json:"state"`
	Rehearsal bool     `json:"rehearsal,omitempty"` // nothing is stored
	Files     int      `json:"files"`
	Names     []string `json:"names"` // of the files
	Results   []Result `json:"results"`
	Err       error    `json:"-"` // of Failed
}

// Ended reports whether the job is over, one way or another.
func (p Progress) Ended() bool { return p.State != Running }

// Import is the id of what was stored, "" where nothing was.
func (p Progress) Import() string {
	for _, r := range p.Results {
		if r.Import != "" && r.Status != importers.Unchanged {
			return r.Import
		}
	}
	return ""
}

// Count counts the documents with a status.
func (p Progress) Count(status importers.Status) (n int) {
	for _, r := range p.Results {
		if r.Status == status {
			n++
		}
	}
	return n
}

// ID names the job; nobody can guess it.
func (j *Job) ID() string { return j.id }

// Cancel ends the job soon; the documents that are stored by then stay.
func (j *Job) Cancel() { j.cancel() }

// Progress says how far the job is.
func (j *Job) Progress() Progress {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.progress
	p.Results = slices.Clone(p.Results)
	return p
}

// Changed returns a channel that is closed when the progress is another than
// it is now. Ask for it before Progress, so as to miss nothing.
func (j *Job) Changed() <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.changed
}

func (j *Job) add(r Result) { j.change(func(p *Progress) { p.Results = append(p.Results, r) }) }

func (j *Job) end(err error) {
	j.change(func(p *Progress) {
		switch {
		case err == nil:
			p.State = Done
		case errors.Is(err, context.Canceled):
			p.State = Cancelled
		default:
			p.State, p.Err = Failed, err
		}
	})
}

func (j *Job) change(f func(*Progress)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.progress)
	close(j.changed)
	j.changed = make(chan struct{})
}
