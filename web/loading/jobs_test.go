package loading

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/importers/importertest"
)

func jobs(t *testing.T) *Jobs {
	t.Helper()
	j := New(importertest.New(t), importers.Options{Jobs: 1})
	t.Cleanup(j.Close)
	return j
}

func wait(t *testing.T, job *Job) Progress {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		changed, p := job.Changed(), job.Progress()
		if p.Ended() {
			return p
		}
		select {
		case <-changed:
		case <-late:
			t.Fatalf("the job is still %+v", p)
		}
	}
}

func many(n int) (out []File) {
	for i := range n {
		out = append(out, File{fmt.Sprintf("%d.txt", i), fmt.Appendf(nil, "Peru and Ghana held talks in Lima on %d May 2021. Ghana praised Peru.", i%30+1)})
	}
	return out
}

func TestCancelKeepsWhatIsStored(t *testing.T) {
	j := jobs(t)
	job, err := j.Start(many(300), About{}, false)
	if err != nil {
		t.Fatal(err)
	}
	for changed := job.Changed(); len(job.Progress().Results) == 0; changed = job.Changed() {
		<-changed
	}
	job.Cancel()
	p := wait(t, job)
	if p.State != Cancelled || len(p.Results) == 0 || len(p.Results) == 300 || p.Import() == "" {
		t.Errorf("a cancelled job is %s with %d results, import %q", p.State, len(p.Results), p.Import())
	}
}

func TestTooManyAtOnce(t *testing.T) {
	j := jobs(t)
	for range mostRunning {
		if _, err := j.Start(many(300), About{}, true); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := j.Start(many(1), About{}, true); !errors.Is(err, ErrBusy) {
		t.Errorf("one more gives %v", err)
	}
	j.Close() // which ends them
	for _, job := range j.list {
		if p := job.Progress(); p.State != Cancelled && p.State != Done {
			t.Errorf("after Close a job is %s", p.State)
		}
	}
	if _, err := j.Start(many(1), About{}, true); err == nil {
		t.Error("a job starts after Close")
	}
}

func TestOldJobsAreForgotten(t *testing.T) {
	j := jobs(t)
	first, err := j.Start(many(1), About{}, true)
	if err != nil {
		t.Fatal(err)
	}
	wait(t, first)
	for range mostRemembered {
		job, err := j.Start(many(1), About{}, true)
		if err != nil {
			t.Fatal(err)
		}
		wait(t, job)
	}
	if j.Get(first.ID()) != nil || len(j.list) > mostRemembered {
		t.Errorf("%d jobs are remembered", len(j.list))
	}
}
