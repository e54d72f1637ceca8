package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestDefaults(t *testing.T) {
	t.Chdir(t.TempDir())
	s, err := loadConfig("", nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Store.Path != "./data/graph" || s.Query.Timeout != 30*time.Second || s.Query.MemoryLimit != 256<<20 || s.Import.ReviewBelow != 0.8 {
		t.Errorf("defaults are %+v", s.config)
	}
	for _, k := range s.keys {
		if wanted(k) == "a text" && !isText(k) {
			t.Errorf("config.yaml has %s, which the program does not know", k)
		}
		if s.origin(k) != "default" {
			t.Errorf("%s comes from %s", k, s.origin(k))
		}
	}
}

func isText(key string) bool {
	switch key {
	case "store.path", "server.address", "query.saved", "review.author", "ui.title", "log.level", "log.format":
		return true
	}
	return false
}

func TestLayers(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("entente.yaml", []byte("store:\n  path: from-file\nquery:\n  timeout: 5s\n  max_rows: 7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ENTENTE_QUERY_TIMEOUT", "9s")
	root := newRoot(&app{})
	if err := root.PersistentFlags().Parse([]string{"--store", "from-flag"}); err != nil {
		t.Fatal(err)
	}
	s, err := loadConfig("", root.PersistentFlags())
	if err != nil {
		t.Fatal(err)
	}
	if s.Store.Path != "from-flag" || s.Query.Timeout != 9*time.Second || s.Query.MaxRows != 7 {
		t.Errorf("layers give %+v", s.config)
	}
	for key, want := range map[string]string{"store.path": "--store", "query.timeout": "ENTENTE_QUERY_TIMEOUT", "query.max_rows": "entente.yaml:5", "ui.title": "default"} {
		if got := s.origin(key); got != want {
			t.Errorf("%s comes from %s, want %s", key, got, want)
		}
	}
}

// Each testdata/*.bad.yaml starts with comment lines that hold the messages it must give.
func TestBadFiles(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.bad.yaml")
	if len(files) == 0 {
		t.Fatal("no testdata/*.bad.yaml")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, err = loadConfig(file, nil)
		if err == nil {
			t.Errorf("%s: accepted", file)
			continue
		}
		for line := range strings.Lines(string(text)) {
			want, ok := strings.CutPrefix(strings.TrimSpace(line), "# ")
			if !ok {
				break
			}
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: message lacks %q:\n%v", file, want, err)
			}
		}
	}
}

func TestByteSize(t *testing.T) {
	for text, want := range map[string]byteSize{"10": 10, "10MiB": 10 << 20, "2 kB": 2000, "1GiB": 1 << 30} {
		if got, err := parseByteSize(text); err != nil || got != want {
			t.Errorf("parseByteSize(%q) = %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "MiB", "-1", "1.5MiB", "9999999999TiB"} {
		if got, err := parseByteSize(text); err == nil {
			t.Errorf("parseByteSize(%q) = %d, no error", text, got)
		}
	}
}
