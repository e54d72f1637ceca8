package importers

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares a text with a file, or rewrites the file under -update.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run the test with -update to write it)", err)
	}
	if got != string(want) {
		t.Errorf("%s differs (rewrite with -update, and read the diff):\n%s", file, got)
	}
}

// TestFormats reads every file in testdata/FORMAT and compares what comes out
// with the .golden beside it. A name.ENCODING.ext is read in that encoding.
func TestFormats(t *testing.T) {
	ctx := context.Background()
	for _, f := range Formats() {
		t.Run(f.Name, func(t *testing.T) {
			files, err := filepath.Glob("testdata/" + f.Name + "/*")
			if err != nil {
				t.Fatal(err)
			}
			tried := 0
			for _, file := range files {
				if strings.HasSuffix(file, ".golden") {
					continue
				}
				tried++
				t.Run(filepath.Base(file), func(t *testing.T) {
					golden(t, file+".golden", readAll(ctx, file, f.Name))
				})
			}
			if tried == 0 {
				t.Errorf("no files in testdata/%s: a format needs at least one", f.Name)
			}
		})
	}
}

func readAll(ctx context.Context, file, format string) string {
	how := Reading{MaxDocument: 2000}
	if parts := strings.Split(filepath.Base(file), "."); len(parts) > 2 && strings.Contains(parts[1], "-") {
		how.Encoding = parts[1]
	}
	var b strings.Builder
	src, err := fileSource(file)
	if err != nil {
		return err.Error()
	}
	src.Name, src.Key = filepath.Base(file), "/"+filepath.Base(file)
	f, err := src.open(how)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	defer f.Close()
	if f.Format.Name != format {
		fmt.Fprintf(&b, "read as %s\n", f.Format.Name)
	}
	if f.Quads != nil {
		for batch, err := range f.Quads(ctx, f.Input) {
			for _, q := range batch {
				fmt.Fprintln(&b, q)
			}
			if err != nil {
				fmt.Fprintf(&b, "error: %v\n", err)
			}
		}
		return b.String()
	}
	for d, err := range f.Read(ctx, f.Input) {
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n\n", err)
			continue
		}
		for _, field := range [][2]string{
			{"key", d.Key}, {"source", d.Source}, {"title", d.Title}, {"published", d.Published.String()},
			{"publisher", d.Publisher}, {"author", d.Author}, {"url", d.URL}, {"language", d.Language},
		} {
			if field[1] != "" {
				fmt.Fprintf(&b, "%s: %s\n", field[0], field[1])
			}
		}
		fmt.Fprintf(&b, "text:\n%s\n\n", strings.ReplaceAll(d.Text, "\r", "␍"))
	}
	return b.String()
}

func TestFormatsByNameAndHead(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"a.TXT", "<html>", "text"},
		{"a.nq.gz", "", "nquads"},
		{"a.NT.zst", "", "nquads"},
		{"a", "  <!DOCTYPE html><html>", "html"},
		{"a", `{"text":"x"}` + "\n", "jsonl"},
		{"a", "# dump\n<http://a> <http://b> \"c\" .\n", "nquads"},
		{"a", "---\ntitle: x\n---\n", "markdown"},
		{"a.unknown", "Oslo and Lima signed.", "text"},
		{"a.pdf", "%PDF-1.7", ""},
		{"a.bin", "a\x00b", ""},
	} {
		f, err := Source{Name: c.name}.format([]byte(c.head))
		if (err != nil) != (c.want == "") || f.Name != c.want {
			t.Errorf("%s beginning with %q: %q, %v; want %q", c.name, c.head, f.Name, err, c.want)
		}
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for _, f := range []string{"b/2.txt", "b/1.md", "a.html", ".hidden/x.txt", ".y.txt", "c.jpg"} {
		path := filepath.Join(dir, f)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for s, err := range Files(context.Background(), []string{dir, "-", filepath.Join(dir, "none.txt")}, strings.NewReader("x")) {
		line := strings.TrimPrefix(s.Name, dir+"/")
		if err != nil {
			line += ": " + strings.TrimPrefix(err.Error(), s.Name+": ")
		}
		got = append(got, line)
	}
	want := "a.html\nb/1.md\nb/2.txt\nc.jpg: no format reads files of this kind\n-\nnone.txt: no such file or directory"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

func TestHeadline(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Chile and Peru sign treaty\n\nLIMA — They did.", "Chile and Peru sign treaty"},
		{"Chile and Peru signed a treaty.\n\nIt is long.", ""},
		{"Ministers said: “We agree.”\nMore.", ""},
		{"One line only", ""},
		{"The ministers of Chile and of Peru have signed a treaty on the use of\nthe waters of the lake. They did so in Lima.", ""},
		{strings.Repeat("long ", 40) + "\n\nText.", ""},
	} {
		if got := headline(c.text); got != c.want {
			t.Errorf("headline(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2025-09-01": "2025-09-01", "2025-09": "2025-09", "2025": "2025", "2024-03-05T23:30:00+02:00": "2024-03-05",
		"1 September 2025": "2025-09-01", "Mar 5, 2024": "2024-03-05", "Tue, 05 Mar 2024 10:00:00 GMT": "2024-03-05",
	} {
		d, err := ParseDate(in)
		if err != nil || d.String() != want {
			t.Errorf("ParseDate(%q) = %s, %v; want %s", in, d, err, want)
		}
	}
	for _, in := range []string{"yesterday", "2025-13-01", "05/06/2024"} {
		if d, err := ParseDate(in); err == nil {
			t.Errorf("ParseDate(%q) = %s, want an error", in, d)
		}
	}
}
