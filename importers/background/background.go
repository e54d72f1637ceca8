// Package background holds what is common knowledge of the world of states, as
// files of facts with their sources: states, who belongs to which organization
// since when, what was agreed, who holds which office. They are documents like any other: loaded, shown with their
// sentences, replaced by a newer version, and taken back.
//
//	for outcome, err := range im.Load(ctx, background.Sources(), importers.Options{}) { … }
package background

import (
	"embed"
	"io"
	"io/fs"
	"iter"

	"github.com/ententegraph/entente/importers"
)

//go:embed memberships/*.memberships agreements/*.agreements states/*.states tenures/*.tenures
var files embed.FS

// Sources yields the files, by name.
func Sources() iter.Seq2[importers.Source, error] {
	return func(yield func(importers.Source, error) bool) {
		names, err := fs.Glob(files, "*/*")
		if err != nil {
			yield(importers.Source{}, err)
			return
		}
		for _, name := range names {
			s := importers.Source{
				Name: "background/" + name, Key: "background:" + name,
				Open: func() (io.ReadCloser, error) { return files.Open(name) },
			}
			if !yield(s, nil) {
				return
			}
		}
	}
}
