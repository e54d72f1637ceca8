// Package importers reads document formats, runs the pipeline over them, states
// what each document reports in a named graph of its own, and concludes from
// all reports what stands in the default graph, each fact with its evidence.
//
// A [Format] turns a file into [Document]s; [Files] finds the files; an
// [Importer] stores what they say, one atomic change a document, and takes it
// back exactly.
//
//	im := &importers.Importer{Store: store, Model: model, Pipeline: english}
//	for outcome, err := range im.Load(ctx, importers.Files(ctx, []string{"news/"}, nil), importers.Options{}) { … }
//	_, err := im.Undo(ctx, "i-7f3a")
//
// [Review] lists what a person should look at, [Contradictions] what cannot all
// be true; [Importer.Judge] keeps what the person decides, as a [Judgement] that
// holds for documents to come until [Importer.Unjudge] takes it back.
package importers

import (
	"context"
	"io"
	"iter"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

// A Document is one publication with its text.
type Document struct {
	// Key tells the document from all others across loads: an absolute path or
	// a URL. Where it is "", the content itself does.
	Key       string     `json:"key,omitempty"`
	Source    string     `json:"source"`             // where it came from, for people: a path as given, a URL, "-"
	Title     string     `json:"title,omitempty"`    // headline, or ""
	Text      string     `json:"text,omitempty"`     // UTF-8; all offsets count on it
	Published timex.Date `json:"published,omitzero"` // zero when unknown
	Publisher string     `json:"publisher,omitempty"`
	Author    string     `json:"author,omitempty"`
	URL       string     `json:"url,omitempty"`
	Language  string     `json:"language,omitempty"` // BCP 47, or "" to be detected

	// Said is what the document says, where its format knows (a data set); then
	// the text is not read. It has all but ID, Title, Text and dates.
	Said *nlp.Doc `json:"-"`
}

// A Format reads one kind of file. It registers itself in its own file.
type Format struct {
	Name string   // html
	Ext  []string // .html, .htm
	// Media lists media types: text/html.
	Media []string
	// Sniff recognises the format by its first bytes; nil when it cannot.
	Sniff func(head []byte) bool
	// Charset gives the character encoding that the file itself names, or ""; nil when it cannot.
	Charset func(head []byte) string
	// Lines says that the file is read line by line and may be of any size:
	// the limit holds for a document, not for the file.
	Lines bool
	// Read yields the documents of a file. Each error stands for one document
	// that cannot be read; the sequence goes on after it where it can.
	Read func(ctx context.Context, in Input) iter.Seq2[Document, error]
	// Quads yields the quads of a file that holds quads and no documents, in
	// batches that are valid until the next one is asked for; Read is nil then.
	Quads func(ctx context.Context, in Input) iter.Seq2[[]graph.Quad, error]
}

// Input is a file as a Format gets it: unpacked, and in UTF-8 without a byte order mark.
type Input struct {
	Name   string // for messages
	Key    string // of the file: see Document.Key
	Reader io.Reader
	Max    int64 // bytes that one document may have; 0 is no limit
	// SkipBad, when set, is told of each line of a quad file that is wrong, and reading goes on.
	SkipBad func(*graph.SyntaxError)
}
