package main

import (
	"fmt"
	"time"

	"github.com/ententegraph/entente/importers"
)

// live reports whether a line that changes may stand on the terminal.
func (r *loadReport) live() bool { return !r.quiet && !r.json && onTerminal(r.stderr) }

// largeProgress keeps a line on a terminal while large files of quads are loaded.
type largeProgress struct {
	report        *loadReport
	source        string
	started, last time.Time
}

func (r *loadReport) large() *largeProgress { return &largeProgress{report: r} }

// show is called very often, and shows something five times a second.
func (l *largeProgress) show(p importers.Progress) {
	now := time.Now()
	if p.Source != l.source {
		l.source, l.started, l.last = p.Source, now, now
	}
	if now.Sub(l.last) < time.Second/5 {
		return
	}
	l.last = now
	l.report.clear()
	fmt.Fprint(l.report.stderr, "\r\x1b[K", largeLine(p, now.Sub(l.started)))
	l.report.progress = true
}

// readingShare is about what part of the time of a load its reading takes.
const readingShare = 0.6

// largeLine says how far a large file is after some time.
func largeLine(p importers.Progress, after time.Duration) string {
	done := readingShare * float64(p.Bytes) / float64(max(p.Size, 1))
	if p.Written > 0 {
		done = readingShare + (1-readingShare)*p.Written
	}
	line := p.Source
	if p.Size > 0 || p.Written > 0 {
		line += fmt.Sprintf("  %.0f %%", 100*min(done, 1))
	}
	line += fmt.Sprintf("  %s quads read", thousands(float64(p.Quads)))
	if p.Written > 0 {
		line += ", being sorted and written"
	} else if seconds := after.Seconds(); seconds > 0 {
		line += fmt.Sprintf(", %s a second", thousands(float64(p.Quads)/seconds))
	}
	if p.Size > 0 && done > 0.02 {
		left := time.Duration(float64(after) * max(1-done, 0) / done)
		line += fmt.Sprintf(", %s left", left.Round(time.Second))
	}
	return line + "  (Ctrl-C leaves the graph as it was)"
}

// thousands writes a number to three digits or so: 999, 12 k, 3.4 M.
func thousands(n float64) string {
	switch {
	case n >= 1e6:
		return fmt.Sprintf("%.1f M", n/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.0f k", n/1e3)
	}
	return fmt.Sprintf("%.0f", n)
}

// pace says how long what took a while took.
func pace(o importers.Outcome) string {
	if o.Took < time.Second {
		return ""
	}
	return fmt.Sprintf(", in %.1f s (%s a second)", o.Took.Seconds(), thousands(float64(o.Quads)/o.Took.Seconds()))
}
