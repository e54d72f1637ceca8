//go:build unix

package nlp_test

import (
	"context"
	"syscall"
	"testing"
	"time"

	"github.com/ententegraph/entente/nlp"
)

// processorTime is what the process has worked so far, whatever else the machine is busy with.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano())
}

// TestLongTextsTakeTimeByLength reads texts and others twice as long. What
// takes time by the square takes four times as long; what is linear, twice.
func TestLongTextsTakeTimeByLength(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some megabytes")
	}
	pipeline := english(t)
	read := func(text string) time.Duration {
		start := processorTime(t)
		if err := pipeline.Annotate(context.Background(), &nlp.Doc{Text: text, Language: "en"}); err != nil {
			t.Fatal(err)
		}
		return processorTime(t) - start
	}
	const size, slack = 48 << 10, 50 * time.Millisecond
	for kind := range hostile {
		short, twice := read(long(kind, size)), read(long(kind, 2*size))
		for n := 0; n < 3 && twice > short*5/2+slack; n++ { // the collector may have run in one of the two
			short, twice = min(short, read(long(kind, size))), min(twice, read(long(kind, 2*size)))
		}
		if twice > short*5/2+slack {
			t.Errorf("%s: %v for %d bytes, %v for twice as many", kind, short, size, twice)
		}
	}
}
