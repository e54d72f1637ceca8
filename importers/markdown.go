package importers

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"gopkg.in/yaml.v3"
)

func init() {
	register(Format{
		Name:  "markdown",
		Ext:   []string{".md", ".markdown"},
		Media: []string{"text/markdown"},
		Sniff: func(head []byte) bool { return bytes.HasPrefix(head, []byte("---\n")) },
		Read:  readMarkdown,
	})
}

func readMarkdown(_ context.Context, in Input) iter.Seq2[Document, error] {
	return one(func() (Document, error) {
		data, err := io.ReadAll(in.Reader)
		if err != nil {
			return Document{}, err
		}
		head, body := frontMatter(data)
		meta, err := readMeta(head)
		if err != nil {
			return Document{}, err
		}
		d := Document{Key: in.Key, Source: in.Name}
		d.Text, d.Title = markdownText(body)
		if d.Text == "" {
			return Document{}, errNoText
		}
		return d, meta.fill(&d)
	})
}

// frontMatter parts the YAML between two lines of dashes at the head of a file
// from the text below.
func frontMatter(data []byte) (head, body []byte) {
	line, rest, ok := bytes.Cut(data, []byte("\n"))
	if !ok || string(bytes.TrimRight(line, " \t\r")) != "---" {
		return nil, data
	}
	for at := 0; at < len(rest); {
		line, _, _ := bytes.Cut(rest[at:], []byte("\n"))
		next := min(at+len(line)+1, len(rest))
		if mark := string(bytes.TrimRight(line, " \t\r")); mark == "---" || mark == "..." {
			return rest[:at], rest[next:]
		}
		at = next
	}
	return nil, data
}

func readMeta(head []byte) (metadata, error) {
	var fields map[string]yaml.Node
	if err := yaml.Unmarshal(head, &fields); err != nil {
		return nil, fmt.Errorf("front matter: %w", err)
	}
	meta := metadata{}
	for name, node := range fields {
		value := node.Value
		if node.Kind == yaml.SequenceNode {
			var parts []string
			for _, n := range node.Content {
				parts = append(parts, n.Value)
			}
			value = strings.Join(parts, ", ")
		}
		meta[strings.ToLower(name)] = value
	}
	return meta, nil
}

// markdownText gives the prose of a Markdown text, a paragraph, heading or list
// item a line with an empty line between blocks, and its first top heading.
func markdownText(source []byte) (prose, title string) {
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))
	doc := md.Parser().Parse(text.NewReader(source))
	var blocks blockText
	// The walker fails only where the function does.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			line := inlineText(n, source)
			if n.Level == 1 && title == "" {
				title = line
			}
			blocks.add(line, "\n\n")
			return ast.WalkSkipChildren, nil
		case *ast.Paragraph:
			blocks.add(inlineText(n, source), "\n\n")
			return ast.WalkSkipChildren, nil
		case *ast.TextBlock:
			blocks.add(inlineText(n, source), "\n")
			return ast.WalkSkipChildren, nil
		case *tables.TableHeader, *tables.TableRow:
			var cells []string
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				cells = append(cells, inlineText(c, source))
			}
			blocks.add(strings.Join(cells, " | "), "\n")
			return ast.WalkSkipChildren, nil
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			return ast.WalkSkipChildren, nil
		}
		if n.Type() == ast.TypeBlock && n.Kind() != ast.KindListItem {
			blocks.gap()
		}
		return ast.WalkContinue, nil
	})
	return blocks.String(), title
}

// inlineText gives the text below a block, with escapes and entities resolved.
func inlineText(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			value := c.Segment.Value(source)
			if !c.IsRaw() {
				value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
			}
			b.Write(value)
			switch {
			case c.HardLineBreak():
				b.WriteByte('\n')
			case c.SoftLineBreak():
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(source))
		case *ast.Image, *ast.RawHTML:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

// blockText joins the blocks of a marked-up text: an empty line between
// paragraphs, a line end between the items of a list.
type blockText struct {
	strings.Builder
	after string
}

// add appends a block; sep is what stands between it and its like.
func (b *blockText) add(block, sep string) {
	if block == "" {
		return
	}
	if b.Len() > 0 {
		if b.after == "\n" && sep == "\n" {
			b.WriteString("\n")
		} else {
			b.WriteString("\n\n")
		}
	}
	b.WriteString(block)
	b.after = sep
}

// gap says that what follows is no neighbour of what stood before.
func (b *blockText) gap() { b.after = "\n\n" }
