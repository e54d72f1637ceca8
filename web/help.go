package web

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/ententegraph/entente/graph"
)

// handbook renders the Markdown files of a folder as pages. Links between them
// lead to the pages; what leads out of the folder is text.
type handbook struct {
	files    fs.FS
	markdown goldmark.Markdown
}

func newHandbook(files fs.FS) *handbook {
	return &handbook{files, goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithParserOptions(parser.WithAutoHeadingID()))}
}

type helpBody struct {
	Pages []link
	Text  template.HTML
	Here  string
}

// firstHelp is the page that the handbook opens with.
const firstHelp = "pages"

// helpPage shows a page of the handbook.
func (s *server) helpPage(r *http.Request, _ graph.View) (*reply, error) {
	name := r.PathValue("id")
	if name == "" {
		name = firstHelp
	}
	if s.handbook == nil {
		return nil, missing("This server was built without the handbook.")
	}
	body, title, err := s.handbook.render(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, missing("The handbook has no page " + name + ".")
	}
	if err != nil {
		return nil, err
	}
	pages, err := s.handbook.list()
	if err != nil {
		return nil, err
	}
	return &reply{template: "help.html", title: title, body: helpBody{pages, body, "/help/" + name}, data: pages}, nil
}

// list lists the pages by title, those of folders last.
func (h *handbook) list() (out []link, err error) {
	err = fs.WalkDir(h.files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".md" {
			return err
		}
		source, err := fs.ReadFile(h.files, name)
		if err != nil {
			return err
		}
		page := link{"/help/" + strings.TrimSuffix(name, ".md"), titleOf(source, name)}
		if name == firstHelp+".md" {
			out = append([]link{page}, out...)
		} else {
			out = append(out, page)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("web: handbook: %w", err)
	}
	return out, nil
}

func titleOf(source []byte, name string) string {
	first, _, _ := strings.Cut(string(source), "\n")
	if title, ok := strings.CutPrefix(first, "# "); ok {
		return strings.TrimSpace(title)
	}
	return name
}

// render gives a page as HTML. Raw HTML in it is left out.
func (h *handbook) render(name string) (template.HTML, string, error) {
	file := name + ".md"
	source, err := fs.ReadFile(h.files, file)
	if err != nil {
		return "", "", err
	}
	tree := h.markdown.Parser().Parse(text.NewReader(source))
	if err := h.relink(tree, source, path.Dir(file)); err != nil {
		return "", "", err
	}
	var out bytes.Buffer
	if err := h.markdown.Renderer().Render(&out, source, tree); err != nil {
		return "", "", fmt.Errorf("web: handbook: %s: %w", file, err)
	}
	return template.HTML(out.String()), titleOf(source, name), nil // goldmark escapes, and leaves raw HTML out
}

// relink makes links lead to pages of the handbook, or makes them text.
func (h *handbook) relink(tree ast.Node, source []byte, folder string) error {
	var links []*ast.Link
	var others []ast.Node
	err := ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			links = append(links, n)
		case *ast.AutoLink, *ast.Image:
			others = append(others, n)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return fmt.Errorf("web: handbook: %w", err)
	}
	for _, l := range links {
		if to, ok := h.target(string(l.Destination), folder); ok {
			l.Destination = []byte(to)
			continue
		}
		for c := l.FirstChild(); c != nil; c = l.FirstChild() {
			l.Parent().InsertBefore(l.Parent(), l, c)
		}
		l.Parent().RemoveChild(l.Parent(), l)
	}
	for _, n := range others {
		label := ""
		if a, ok := n.(*ast.AutoLink); ok {
			label = string(a.Label(source))
		}
		n.Parent().ReplaceChild(n.Parent(), n, ast.NewString([]byte(template.HTMLEscapeString(label))))
	}
	return nil
}

// target is where a link of a page in a folder leads.
func (h *handbook) target(to, folder string) (string, bool) {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return "", false
	}
	if u.Path == "" {
		return to, true // within the page
	}
	if strings.HasPrefix(u.Path, "/") {
		return to, true // to a page of the site
	}
	file := path.Clean(path.Join(folder, u.Path))
	if path.Ext(file) != ".md" {
		return "", false
	}
	if _, err := fs.Stat(h.files, file); err != nil {
		return "", false
	}
	u.Path = "/help/" + strings.TrimSuffix(file, ".md")
	return u.String(), true
}
