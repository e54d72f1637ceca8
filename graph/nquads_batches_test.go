package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// outcome is all that a reader tells of a file.
type outcome struct {
	Quads []Quad
	Bad   []string
	Err   string
}

func (o *outcome) end(err error) {
	if err != nil {
		o.Err = err.Error()
	}
}

func (o *outcome) options(strict, skip bool) ReadOptions {
	options := ReadOptions{Name: "f.nq", Strict: strict}
	if skip {
		options.SkipBad = func(e *SyntaxError) { o.Bad = append(o.Bad, e.Error()) }
	}
	return options
}

func readTogether(ctx context.Context, r io.Reader, strict, skip bool, size, workers int) (o outcome) {
	for batch, err := range readBatches(ctx, r, o.options(strict, skip), size, workers) {
		o.Quads = append(o.Quads, batch...)
		o.end(err)
	}
	return o
}

func readOneByOne(ctx context.Context, r io.Reader, strict, skip bool) (o outcome) {
	for q, err := range ReadNQuads(ctx, r, o.options(strict, skip)) {
		if err == nil {
			o.Quads = append(o.Quads, q)
		}
		o.end(err)
	}
	return o
}

func agree(t *testing.T, text string, size int) {
	t.Helper()
	for _, strict := range []bool{false, true} {
		for _, skip := range []bool{false, true} {
			want := readOneByOne(t.Context(), strings.NewReader(text), strict, skip)
			for workers := range 3 {
				got := readTogether(t.Context(), strings.NewReader(text), strict, skip, size, workers+1)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("strict %t, skip %t, chunks of %d: %s\n%q", strict, skip, size, diff, text)
				}
			}
		}
	}
}

func TestBatchesAgree(t *testing.T) {
	var long strings.Builder
	for i := range 300 {
		fmt.Fprintf(&long, "<http://example.org/%d> <http://example.org/p> \"%s\"@en <http://example.org/g> .%s",
			i, strings.Repeat("é\\n", i%40), []string{"\n", "\r\n", "\r", "\n# note\n\n"}[i%4])
		if i%71 == 70 {
			long.WriteString("<a> <b> nothing .\r\n")
		}
	}
	for _, text := range []string{"", "\n", "\r\n\r\n", "<a> <b> <c> .", "\ufeff<a:> <b:> <c:> .\n\ufeff<a:> <b:> <c:> .", "x\ny\r\rz", long.String()} {
		for _, size := range []int{1, 2, 3, 7, 64, 1000, chunkSize} {
			agree(t, text, size)
		}
	}
}

func FuzzBatches(f *testing.F) {
	f.Add("<a> <b> <c> .\r\n_:x <b> \"1\"^^<d> <g> .\rbad\n", 5)
	f.Fuzz(func(t *testing.T, text string, size int) {
		if size < 1 || size > 1<<16 {
			t.Skip()
		}
		agree(t, text, size)
	})
}

func TestBatchesStop(t *testing.T) {
	line := []byte("<a> <b> <c> .\n")
	broken := errors.New("broken")
	got := readTogether(t.Context(), io.MultiReader(bytes.NewReader(line), iotest.ErrReader(broken)), false, false, 64, 2)
	if len(got.Quads) != 1 || got.Err != "graph: reading f.nq: broken" {
		t.Errorf("a reader that breaks gives %+v", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for _, err := range readBatches(ctx, bytes.NewReader(bytes.Repeat(line, 1000)), ReadOptions{}, 64, 2) {
		if n++; n == 1 {
			cancel()
		} else if !errors.Is(err, context.Canceled) {
			t.Errorf("after the context was done: %v", err)
		}
	}
	if n != 2 {
		t.Errorf("%d batches, and not one and an error", n)
	}
	for range readBatches(t.Context(), bytes.NewReader(bytes.Repeat(line, 1000)), ReadOptions{}, 64, 2) {
		break
	}
}

func BenchmarkReadNQuads(b *testing.B) {
	var text bytes.Buffer
	const lines = 100_000
	for i := range lines {
		fmt.Fprintf(&text, "<https://example.org/id/event/%d> <https://example.org/ns#actor> <https://example.org/id/state/%d> <https://example.org/id/doc/%d> .\n", i/5, i%200, i/50)
	}
	for name, run := range map[string]func(io.Reader) int{
		"one by one": func(r io.Reader) (n int) {
			for range ReadNQuads(b.Context(), r, ReadOptions{}) {
				n++
			}
			return n
		},
		"batches": func(r io.Reader) (n int) {
			for batch := range ReadNQuadsBatches(b.Context(), r, ReadOptions{}) {
				n += len(batch)
			}
			return n
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				if n := run(bytes.NewReader(text.Bytes())); n != lines {
					b.Fatalf("%d quads", n)
				}
			}
			b.ReportMetric(float64(b.N*lines)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}
