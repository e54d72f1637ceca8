package score

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

const goldSuffix = ".gold.json"

// A Text is a document to be read, with what a careful reader finds in it.
type Text struct {
	Name string
	Doc  nlp.Doc
	Gold nlp.Extraction
}

// Texts reads gold extractions with the texts that they are of. A path is a file NAME.gold.json or a folder of such
// files; the text stands beside it in NAME.txt, and its date of publication in NAME.meta.json where there is
// one, else in the extraction itself.
func Texts(paths ...string) ([]Text, error) {
	var out []Text
	for _, path := range paths {
		files := []string{path}
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("score: %w", err)
		}
		if info.IsDir() {
			if files, err = filepath.Glob(filepath.Join(path, "*"+goldSuffix)); err != nil || len(files) == 0 {
				return nil, fmt.Errorf("score: the folder %s holds no file *%s", path, goldSuffix)
			}
		}
		for _, file := range files {
			text, err := readText(file)
			if err != nil {
				return nil, err
			}
			out = append(out, text)
		}
	}
	return out, nil
}

func readText(path string) (Text, error) {
	stem, ok := strings.CutSuffix(path, goldSuffix)
	if !ok {
		return Text{}, fmt.Errorf("score: %s is not called NAME%s", path, goldSuffix)
	}
	gold, err := Read(path)
	if err != nil {
		return Text{}, err
	}
	body, err := os.ReadFile(stem + ".txt")
	if err != nil {
		return Text{}, fmt.Errorf("score: the text of %s: %w", path, err)
	}
	about := gold.Document
	switch b, err := os.ReadFile(stem + ".meta.json"); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return Text{}, fmt.Errorf("score: %w", err)
	default:
		var meta struct{ Published *string }
		if err := json.Unmarshal(b, &meta); err != nil {
			return Text{}, fmt.Errorf("score: %s.meta.json: %w", stem, err)
		}
		about.Published = meta.Published
	}
	name := filepath.Base(stem)
	out := Text{Name: name, Gold: gold, Doc: nlp.Doc{ID: name, Text: string(body), Language: about.Language}}
	if about.Title != nil {
		out.Doc.Title = *about.Title
	}
	if about.Published != nil {
		if out.Doc.Published, err = day(*about.Published); err != nil {
			return Text{}, fmt.Errorf("score: %s: published: %w", path, err)
		}
	}
	return out, nil
}

// day reads a date of publication.
func day(iso string) (d timex.Date, err error) {
	if _, err := fmt.Sscanf(iso, "%d-%d-%d", &d.Year, &d.Month, &d.Day); err != nil {
		return timex.Date{}, fmt.Errorf("%q is not a day (2025-09-01)", iso)
	}
	return d, nil
}
