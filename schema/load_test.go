package schema

import (
	"errors"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestDefault(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, class := range []string{
		ClassDocument, ClassSentence, ClassEntity, ClassMention, ClassTenureReport, ClassRelationReport, ClassEventReport,
		ClassNote, ClassPosition, ClassTenure, ClassRelation, ClassEvent,
	} {
		if m.ClassOf(class) == nil {
			t.Errorf("no definition of %s, which documents are written with", class)
		}
	}
}

var update = flag.Bool("update", false, "rewrite the expected messages and golden files")

// TestBadFiles loads small schemas with one bad file each. The first lines of
// the file are comments with all the messages it must give, and nothing else.
func TestBadFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.bad.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no bad files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".bad.yaml"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			// The messages name the file: that is where it goes.
			named := regexp.MustCompile(`^# schema: ([^:]+):`).FindStringSubmatch(string(data))
			if named == nil {
				t.Fatal("the first line is no message of the form # schema: FILE:LINE: …")
			}
			messages, body := split(string(data))
			got := load(t, named[1], data)
			if *update {
				// As many lines as there are messages stand before the body, and count in the messages.
				head := strings.Repeat("# schema: "+named[1]+"\n", len(load(t, named[1], []byte(body))))
				got = load(t, named[1], []byte(head+body))
				text := "# " + strings.Join(got, "\n# ") + "\n" + body
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(messages, got); diff != "" {
				t.Errorf("messages (-want +got):\n%s", diff)
			}
		})
	}
}

// split separates the messages at the head of a bad file from the rest.
func split(text string) (messages []string, body string) {
	for {
		line, rest, _ := strings.Cut(text, "\n")
		message, ok := strings.CutPrefix(line, "# ")
		if !ok || !strings.HasPrefix(message, "schema: ") {
			return messages, text
		}
		messages, text = append(messages, message), rest
	}
}

// load returns the problems of the base schema with one file added or replaced.
func load(t *testing.T, name string, data []byte) []string {
	t.Helper()
	fsys := base(t)
	fsys[name] = &fstest.MapFile{Data: data}
	_, err := Load(fsys)
	var invalid *InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("Load gave %v, want an InvalidError", err)
	}
	return strings.Split(err.Error(), "\n")
}

// base is a small schema without faults.
func base(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	root := os.DirFS("testdata/base")
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, path)
		fsys[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fsys
}

func TestBaseIsGood(t *testing.T) {
	m, err := Load(base(t))
	if err != nil {
		t.Fatal(err)
	}
	got := []string{m.Event("meet").IRI(), m.Relation("ally-of").IRI(), m.Class("Organization").IRI()}
	want := []string{NS + "Meet", NS + "allyOf", NS + "Organization"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	fsys := base(t)
	maps.Copy(fsys, fstest.MapFS{
		"classes/Broken.yaml": &fstest.MapFile{Data: []byte("id: [")},
		"events/rest.yaml":    &fstest.MapFile{Data: []byte("id: rest\n")},
	})
	_, err := Load(fsys)
	var invalid *InvalidError
	if !errors.As(err, &invalid) {
		t.Fatal(err)
	}
	var files []string
	for _, p := range invalid.Problems {
		files = append(files, p.File)
	}
	if got := slices.Compact(files); !slices.Equal(got, []string{"classes/Broken.yaml", "events/rest.yaml"}) {
		t.Errorf("problems of %v; want those of both files, in order", got)
	}
}
