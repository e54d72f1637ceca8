package importers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

func init() {
	register(Format{
		Name:    "html",
		Ext:     []string{".html", ".htm", ".xhtml"},
		Media:   []string{"text/html", "application/xhtml+xml"},
		Sniff:   isHTML,
		Charset: htmlCharset,
		Read:    readHTML,
	})
}

var errEmptyPage = errors.New("no text found: <body> is empty (JavaScript page?)")

func isHTML(head []byte) bool {
	head = bytes.ToLower(bytes.TrimSpace(head))
	if bytes.HasPrefix(head, []byte("<?xml")) {
		return bytes.Contains(head, []byte("<html"))
	}
	for _, begin := range []string{"<!doctype html", "<html", "<head", "<body", "<!--"} {
		if bytes.HasPrefix(head, []byte(begin)) {
			return true
		}
	}
	return false
}

// htmlCharset finds the encoding that a <meta> element names.
func htmlCharset(head []byte) string {
	_, name, certain := charset.DetermineEncoding(head, "")
	if !certain {
		// Without a word about it the standard guesses windows-1252; we rather ask.
		lower := bytes.ToLower(head)
		if !bytes.Contains(lower, []byte("charset")) {
			return ""
		}
	}
	return name
}

func readHTML(_ context.Context, in Input) iter.Seq2[Document, error] {
	return one(func() (Document, error) {
		page, err := html.Parse(in.Reader)
		if err != nil {
			return Document{}, fmt.Errorf("html: %w", err)
		}
		plain := pageText(page)
		if plain == "" {
			return Document{}, errEmptyPage
		}
		sizes := trafilatura.DefaultConfig()
		sizes.MinExtractedSize = 20 // a flash of two sentences is news too
		found, err := trafilatura.ExtractDocument(page, trafilatura.Options{
			Config:          sizes,
			ExcludeComments: true,
			// A date in the running text is not the date of the page.
			HtmlDateOptions: &htmldate.Options{UseOriginalDate: true, SkipExtensiveSearch: true},
		})
		d := Document{Key: in.Key, Source: in.Name, Language: pageLanguage(page)}
		if err == nil {
			d.Text = nodeText(found.ContentNode)
			m := found.Metadata
			d.Title, d.Author, d.Publisher = m.Title, m.Author, m.Sitename
			if isURL(m.URL) {
				d.URL = m.URL
			}
			if !m.Date.IsZero() {
				d.Published = dateOf(m.Date)
			}
		}
		// Where no article is recognised, the extractor glues all text together.
		if !strings.Contains(d.Text, "\n") && strings.Contains(plain, "\n") {
			d.Text = plain
		}
		return d, nil
	})
}

func pageLanguage(n *html.Node) string {
	for c := range n.Descendants() {
		if c.DataAtom == atom.Html {
			for _, a := range c.Attr {
				if a.Key == "lang" || a.Key == "xml:lang" {
					return a.Val
				}
			}
		}
	}
	return ""
}

// pageText gives all the prose in the body of a page, without its furniture.
func pageText(page *html.Node) string {
	for n := range page.Descendants() {
		if n.DataAtom == atom.Body {
			return nodeText(n)
		}
	}
	return ""
}

// furniture is what stands on a page and is not part of its article.
var furniture = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Nav: true,
	atom.Header: true, atom.Footer: true, atom.Aside: true, atom.Form: true, atom.Button: true,
	atom.Select: true, atom.Iframe: true, atom.Svg: true, atom.Head: true, atom.Figure: true,
}

// blocks are the elements that begin a line of their own, with what stands between two of a kind.
var blockElements = map[atom.Atom]string{
	atom.P: "\n\n", atom.Div: "\n\n", atom.Section: "\n\n", atom.Article: "\n\n", atom.Main: "\n\n",
	atom.H1: "\n\n", atom.H2: "\n\n", atom.H3: "\n\n", atom.H4: "\n\n", atom.H5: "\n\n", atom.H6: "\n\n",
	atom.Blockquote: "\n\n", atom.Pre: "\n\n", atom.Table: "\n\n", atom.Ul: "\n\n", atom.Ol: "\n\n", atom.Dl: "\n\n",
	atom.Li: "\n", atom.Tr: "\n", atom.Dt: "\n", atom.Dd: "\n",
}

// nodeText gives the text below a node: white space is one space, blocks are parted as in blockText.
func nodeText(root *html.Node) string {
	var out blockText
	var line strings.Builder
	sep := "\n\n"
	flush := func() {
		var lines []string
		for l := range strings.SplitSeq(line.String(), "\n") {
			if l = strings.Join(strings.Fields(l), " "); l != "" {
				lines = append(lines, l)
			}
		}
		out.add(strings.Join(lines, "\n"), sep)
		line.Reset()
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		name := atom.Lookup([]byte(n.Data)) // the extractor renames elements and leaves DataAtom behind
		switch {
		case n.Type == html.TextNode:
			line.WriteString(strings.NewReplacer("\n", " ", "\r", " ").Replace(n.Data))
			return
		case n.Type != html.ElementNode && n.Type != html.DocumentNode, furniture[name]:
			return
		case name == atom.Br:
			line.WriteByte('\n')
			return
		case name == atom.Td || name == atom.Th:
			if strings.TrimSpace(line.String()) != "" {
				line.WriteString(" | ")
			}
		}
		between, block := blockElements[name]
		if block {
			flush()
			if between == "\n\n" {
				out.gap()
			}
			sep = between
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			flush()
			if name == atom.Ul || name == atom.Ol || name == atom.Table {
				out.gap()
			}
			sep = "\n\n"
		}
	}
	walk(root)
	flush()
	return out.String()
}
