package ui

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"reflect"
	"testing"
	"testing/fstest"
)

func TestManifest(t *testing.T) {
	c, err := Read(fstest.MapFS{manifestFile: {Data: []byte(`{
		"src/graph.ts": {"file": "assets/graph-1.js", "imports": ["_shared"], "css": ["assets/graph-1.css"], "isEntry": true},
		"_shared": {"file": "assets/shared-2.js", "css": ["assets/shared-2.css"], "imports": ["src/graph.ts"]}}`)}})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Scripts("graph"); !reflect.DeepEqual(got, []string{"assets/graph-1.js"}) {
		t.Errorf("scripts: %v", got)
	}
	if got := c.Styles("graph"); !reflect.DeepEqual(got, []string{"assets/graph-1.css", "assets/shared-2.css"}) {
		t.Errorf("styles: %v", got)
	}
	if got := c.Loads("graph"); len(got) != 4 {
		t.Errorf("loads: %v", got)
	}
	if c.Scripts("query") != nil {
		t.Error("a page without an entry has a script")
	}
}

func TestNotBuilt(t *testing.T) {
	c, err := Read(fstest.MapFS{".gitkeep": {}})
	if err != nil || c.Files() != nil || c.Scripts("graph") != nil || c.Styles("graph") != nil {
		t.Errorf("an empty folder is a client: %+v, %v", c, err)
	}
	if _, err := Read(fstest.MapFS{manifestFile: {Data: []byte("{")}}); err == nil {
		t.Error("a broken manifest is read without an error")
	}
}

// The pages themselves take up to 100 kB of what a first page may load.
func TestSizes(t *testing.T) {
	const most = 300 << 10 // bytes, compressed
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if c.Files() == nil {
		t.Skip("the client is not built: npm ci && npm run build in web/ui")
	}
	for key := range c.entries {
		sum := 0
		seen := map[string]bool{}
		c.walk(key, map[string]bool{}, func(entry chunk) {
			for _, name := range append([]string{entry.File}, entry.CSS...) {
				if !seen[name] {
					seen[name] = true
					sum += compressed(t, c.Files(), name)
				}
			}
		})
		t.Logf("%s: %d kB compressed", key, sum>>10)
		if sum > most {
			t.Errorf("%s loads %d bytes, compressed; at most %d are allowed", key, sum, most)
		}
	}
}

func compressed(t *testing.T, files fs.FS, name string) int {
	t.Helper()
	data, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}
