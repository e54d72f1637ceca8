// Package loading runs the imports that pages ask for: in the background, with
// progress that can be watched, and so that they can be cancelled. A rehearsal
// stores nothing and keeps the files, so that they can be stored as they were shown.
//
//	jobs := loading.New(importer, options)
//	defer jobs.Close()
//	job, err := jobs.Start([]loading.File{{Name: "article.txt", Data: text}}, loading.About{}, true)
//	for changed := job.Changed(); !job.Progress().Ended(); changed = job.Changed() {
//		<-changed
//	}
package loading

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/nlp/timex"
)

// A File is one that somebody has sent.
type File struct {
	Name string // with an ending that tells its format
	Data []byte
}

// About is what somebody says of the files, in place of what they say themselves.
type About struct {
	Title     string
	Published timex.Date
	Publisher string
}

// The most jobs that run at once, and that are remembered.
const (
	mostRunning    = 4
	mostRemembered = 24
)

// ErrBusy says that too many imports run already.
var ErrBusy = errors.New("too many imports are running; wait until one has ended")

// Jobs are the imports of one importer. It is safe for concurrent use.
type Jobs struct {
	importer *importers.Importer
	options  importers.Options

	ctx     context.Context
	stop    context.CancelFunc
	running sync.WaitGroup

	mu   sync.Mutex
	list []*Job // in the order in which they began
}

// New makes the place for imports; the options hold for all of them.
func New(importer *importers.Importer, o importers.Options) *Jobs {
	ctx, stop := context.WithCancel(context.Background())
	return &Jobs{importer: importer, options: o, ctx: ctx, stop: stop}
}

// Close cancels what runs, and returns when it has ended. What documents were stored stays.
func (j *Jobs) Close() {
	j.stop()
	j.running.Wait()
}

// Start begins an import, or a rehearsal.
func (j *Jobs) Start(files []File, about About, rehearsal bool) (*Job, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.ctx.Err(); err != nil {
		return nil, fmt.Errorf("loading: %w", err)
	}
	running := 0
	for _, other := range j.list {
		if !other.Progress().Ended() {
			running++
		}
	}
	if running >= mostRunning {
		return nil, ErrBusy
	}
	for len(j.list) >= mostRemembered {
		i := slices.IndexFunc(j.list, func(o *Job) bool { return o.Progress().Ended() })
		j.list = slices.Delete(j.list, i, i+1)
	}
	ctx, cancel := context.WithCancel(j.ctx)
	job := &Job{id: rand.Text()[:12], about: about, files: files, cancel: cancel, changed: make(chan struct{})}
	job.progress = Progress{State: Running, Rehearsal: rehearsal, Files: len(files)}
	for _, f := range files {
		job.progress.Names = append(job.progress.Names, f.Name)
	}
	j.list = append(j.list, job)
	j.running.Go(func() {
		defer cancel()
		job.end(j.run(ctx, job, rehearsal))
	})
	return job, nil
}

// Store begins an import of what a rehearsal has shown.
func (j *Jobs) Store(rehearsal *Job) (*Job, error) {
	return j.Start(rehearsal.files, rehearsal.about, false)
}

// Get returns a job, or nil where none has the id any more.
func (j *Jobs) Get(id string) *Job {
	j.mu.Lock()
	defer j.mu.Unlock()
	i := slices.IndexFunc(j.list, func(job *Job) bool { return job.id == id })
	if i < 0 {
		return nil
	}
	return j.list[i]
}

// run loads the files of a job. A panic ends the job and nothing else.
func (j *Jobs) run(ctx context.Context, job *Job, rehearsal bool) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("loading: %v\n%s", p, debug.Stack())
		}
	}()
	o := j.options
	o.DryRun = rehearsal
	o.Title, o.Published, o.Publisher = job.about.Title, job.about.Published, job.about.Publisher
	sources := func(yield func(importers.Source, error) bool) {
		for _, f := range job.files {
			if !yield(importers.Bytes(f.Name, f.Data), nil) {
				return
			}
		}
	}
	for outcome, err := range j.importer.Load(ctx, sources, o) {
		if err != nil {
			return err
		}
		job.add(resultOf(j.importer.Model, outcome, rehearsal))
	}
	return nil
}
