package graph

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"runtime"
	"strings"
	"sync"
)

// chunkSize is how many bytes of a quad file are parsed together.
const chunkSize = 256 << 10

// ReadNQuadsBatches is [ReadNQuads] for large files: it parses on all cores and
// yields the same quads, errors and bad lines in the same sequence, in batches.
// A batch is valid until the next one is asked for; the terms in it may be
// kept, and keep some text around them in memory (clone what stays for long).
// It reads ahead, so a caller who shows quads as they come uses ReadNQuads.
func ReadNQuadsBatches(ctx context.Context, r io.Reader, o ReadOptions) iter.Seq2[[]Quad, error] {
	return readBatches(ctx, r, o, chunkSize, runtime.GOMAXPROCS(0))
}

// A chunk is some whole lines of a file and what they hold.
type chunk struct {
	text  string
	first bool  // of the file
	err   error // of reading, after the lines

	lines  int
	quads  []Quad
	bad    []*SyntaxError // with lines counted from the chunk's start
	parsed chan struct{}  // is closed when the four above are set
}

func readBatches(ctx context.Context, r io.Reader, o ReadOptions, size, workers int) iter.Seq2[[]Quad, error] {
	if o.Name == "" {
		o.Name = "quads"
	}
	return func(yield func([]Quad, error) bool) {
		inner, stop := context.WithCancel(ctx)
		var running sync.WaitGroup
		defer func() {
			stop()
			if ctx.Err() == nil { // else the reader may hang in a Read that nobody answers
				running.Wait()
			}
		}()
		work := make(chan *chunk, workers)
		inOrder := make(chan *chunk, 2*workers)
		free := make(chan []Quad, 2*workers+2)
		running.Go(func() {
			defer close(inOrder)
			defer close(work)
			cut(r, size, func(c *chunk) bool {
				for _, queue := range []chan *chunk{inOrder, work} {
					select {
					case queue <- c:
					case <-inner.Done():
						return false
					}
				}
				return true
			})
		})
		for range workers {
			running.Go(func() {
				for c := range work {
					select {
					case c.quads = <-free:
					default:
					}
					c.parse(inner, o)
				}
			})
		}
		line := 0
		for {
			var c *chunk
			select {
			case c = <-inOrder:
			case <-ctx.Done():
			}
			if c != nil {
				select {
				case <-c.parsed:
				case <-ctx.Done():
				}
			}
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if c == nil {
				return
			}
			if !c.deliver(o, line, yield) {
				return
			}
			line += c.lines
			select {
			case free <- c.quads[:0]:
			default:
			}
		}
	}
}

// deliver yields what the chunk holds, which starts after so many lines of the
// file, and reports whether to go on.
func (c *chunk) deliver(o ReadOptions, line int, yield func([]Quad, error) bool) bool {
	for _, bad := range c.bad {
		bad.Name, bad.Line = o.Name, bad.Line+line
		if o.SkipBad != nil {
			o.SkipBad(bad)
		}
	}
	if len(c.quads) > 0 && !yield(c.quads, nil) {
		return false
	}
	err := c.err
	if o.SkipBad == nil && len(c.bad) > 0 {
		err = c.bad[0]
	} else if err == errLongLine {
		err = &SyntaxError{Name: o.Name, Line: line + c.lines + 1, Column: 1, Message: errLongLine.Error(), Text: "…"}
	} else if err != nil {
		err = fmt.Errorf("graph: reading %s: %w", o.Name, err)
	}
	if err != nil {
		yield(nil, err)
	}
	return err == nil
}

// parse reads the lines of a chunk: up to the first bad one, unless those are skipped.
func (c *chunk) parse(ctx context.Context, o ReadOptions) {
	defer close(c.parsed)
	rest := c.text
	for len(rest) > 0 && ctx.Err() == nil {
		var line string
		if i := strings.IndexAny(rest, "\n\r"); i < 0 {
			line, rest = rest, ""
		} else if line = rest[:i]; strings.HasPrefix(rest[i:], "\r\n") {
			rest = rest[i+2:]
		} else {
			rest = rest[i+1:]
		}
		c.lines++
		if c.first && c.lines == 1 && !o.Strict {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		var q Quad
		var found bool
		var bad *SyntaxError
		if len(line) > longestLine {
			bad = &SyntaxError{Column: 1, Message: errLongLine.Error(), Text: "…"}
		} else {
			q, found, bad = parseLine(line, o)
		}
		switch {
		case bad != nil:
			bad.Line = c.lines
			c.bad = append(c.bad, bad)
			if o.SkipBad == nil {
				return
			}
		case found:
			c.quads = append(c.quads, q)
		}
	}
}

var errLongLine = fmt.Errorf("expected a line of at most %d MiB", longestLine>>20)

// cut reads whole lines of about size bytes and sends them on.
func cut(r io.Reader, size int, send func(*chunk) bool) {
	buf := make([]byte, 0, size)
	for first := true; ; {
		if len(buf) == cap(buf) { // one line fills it
			buf = append(make([]byte, 0, 2*cap(buf)), buf...)
		}
		var err error
		for len(buf) < cap(buf) && err == nil {
			var n int
			n, err = r.Read(buf[len(buf):cap(buf)])
			buf = buf[:len(buf)+n]
		}
		c := &chunk{first: first, parsed: make(chan struct{})}
		end := lastLineEnd(buf) // what follows may be cut off, unless the file ends there
		switch {
		case err == io.EOF:
			end = len(buf)
		case err != nil:
			c.err = err
		case end == 0 && len(buf) <= longestLine:
			continue
		case end == 0:
			c.err, err = errLongLine, errLongLine
		}
		c.text = string(buf[:end])
		if !send(c) || err != nil {
			return
		}
		first = false
		rest := copy(buf, buf[end:])
		buf = buf[:rest]
	}
}

// lastLineEnd returns the offset after the last line that is surely at its end, or 0.
func lastLineEnd(b []byte) int {
	if n := len(b); n > 0 && b[n-1] == '\r' { // a line feed may follow
		b = b[:n-1]
	}
	return bytes.LastIndexAny(b, "\n\r") + 1
}
