package importers

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

func init() {
	register(Format{
		Name:  "text",
		Ext:   []string{".txt", ".text"},
		Media: []string{"text/plain"},
		Read:  readText,
	})
}

// errNoText is the reason of a document without a text.
var errNoText = errors.New("no text found: the file is empty")

func readText(_ context.Context, in Input) iter.Seq2[Document, error] {
	return one(func() (Document, error) {
		data, err := io.ReadAll(in.Reader)
		if err != nil {
			return Document{}, err
		}
		text := string(data)
		if strings.TrimSpace(text) == "" {
			return Document{}, errNoText
		}
		return Document{Key: in.Key, Source: in.Name, Title: headline(text), Text: text}, nil
	})
}

// one makes the sequence of a file that is one document.
func one(read func() (Document, error)) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) { yield(read()) }
}

// A headline is shorter than a sentence of prose.
const longestHeadline = 120 // code points

// headline gives the first line of a text if it is a headline rather than the
// beginning of the prose. The text keeps it, at its place.
func headline(text string) string {
	first, rest, found := strings.Cut(strings.TrimLeft(text, " \t\r\n"), "\n")
	first = strings.TrimSpace(first)
	if !found || strings.TrimSpace(rest) == "" || utf8.RuneCountInString(first) > longestHeadline {
		return ""
	}
	if last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(first, `"'”’»)`)); strings.ContainsRune(".;:,…", last) {
		return ""
	}
	// Where lines are wrapped, the first one is as long as the second and
	// nothing but the end of the line parts them.
	second, _, _ := strings.Cut(rest, "\n")
	if s := strings.TrimSpace(second); s != "" && utf8.RuneCountInString(s) < longestHeadline && !startsUpper(s) {
		return ""
	}
	return first
}

// startsUpper reports whether a line begins as a sentence does, with no lower-case letter.
func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) == string(r)
}
