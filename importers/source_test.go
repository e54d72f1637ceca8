package importers

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/ententegraph/entente/graph"
)

// TestPacked reads quads as they are, and packed; a packed file that is cut off is an error.
func TestPacked(t *testing.T) {
	text := "<s> <p> <o> .\n<s> <p> \"o\" <g> .\n"
	for name, pack := range map[string]func(io.Writer) (io.WriteCloser, error){
		"a.nq":     nil,
		"a.nq.gz":  func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil },
		"a.nq.zst": func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) },
		"unnamed":  func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) },
	} {
		data := []byte(text)
		if pack != nil {
			var b bytes.Buffer
			w, err := pack(&b)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(w, text); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			data = b.Bytes()
		}
		read := func(data []byte) (quads []graph.Quad, err error) {
			f, err := Bytes(name, data).open(Reading{})
			if err != nil {
				return nil, err
			}
			defer f.Close()
			for batch, err := range f.Quads(t.Context(), f.Input) {
				if err != nil {
					return nil, err
				}
				quads = append(quads, batch...)
			}
			return quads, nil
		}
		quads, err := read(data)
		if err != nil || string(formatQuads(quads)) != text {
			t.Errorf("%s: read %v, %v", name, quads, err)
		}
		if pack != nil {
			if quads, err := read(data[:len(data)-5]); err == nil {
				t.Errorf("%s, cut off: read %v and no error", name, quads)
			}
		}
	}
}
