// Package importers reads document formats, runs the pipeline over them, states
// what each document reports in a named graph of its own, and concludes from
// all reports what stands in the default graph, each fact with its evidence.
package importers

import (
	"context"
	"io"
	"iter"

	"github.com/ententegraph/entente/nlp/timex"
)

// A Document is one publication with its text.
type Document struct {
	Source    string     // where it came from: a path, a URL, "-"
	Title     string     // headline, or ""
	Text      string     // UTF-8
	Published timex.Date // zero when unknown
	Publisher string     // name of the source, or ""
	Author    string
	URL       string
	Language  string // BCP 47, or "" to be detected
}

// A Format reads one kind of file. It registers itself in its own file.
type Format struct {
	Name string   // html
	Ext  []string // .html, .htm
	// Media lists media types: text/html.
	Media []string
	// Sniff recognises the format by its first bytes; nil when it cannot.
	Sniff func(head []byte) bool
	// Read yields the documents of a file. name is for messages.
	Read func(ctx context.Context, name string, r io.Reader) iter.Seq2[Document, error]
}
