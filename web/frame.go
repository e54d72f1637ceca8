package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ententegraph/entente/schema"
)

// page is what every template gets: what the frame shows, and the page's own Body.
type page struct {
	Site    string
	Title   string
	Query   string // in the box of the frame
	Section string // path of the section that the page belongs to
	Wide    bool   // uses the whole width of the window
	Data    []link // the page as data
	Body    any
}

// A link leads to a page of the site.
type link struct{ Path, Name string }

// sections lists the pages that every page leads to.
func sections() []link {
	return []link{{"/", "Home"}, {"/graph", "Network"}, {"/timeline", "Timeline"}, {"/query", "Query"}, {"/load", "Load"}, {"/review", "Review"}, {"/schema", "Schema"}, {"/status", "Status"}, {"/help", "Help"}}
}

// framed makes the page that answers a request.
func (s *server) framed(r *http.Request, title string, body any) page {
	p := page{Site: s.Title, Title: title, Query: r.URL.Query().Get("q"), Body: body}
	for _, section := range sections() {
		if r.URL.Path == section.Path || section.Path != "/" && strings.HasPrefix(r.URL.Path, section.Path+"/") {
			p.Section = section.Path
		}
	}
	return p
}

// shape draws the sign of a class, as pictures do; decoration beside the class's name.
func (s *server) shape(class string) template.HTML {
	c := s.Model.Class(class)
	if c == nil {
		return ""
	}
	form, ok := map[string]string{
		"ellipse": `<ellipse cx="8" cy="8" rx="7" ry="5"/>`,
		"diamond": `<path d="M8 1 15 8 8 15 1 8z"/>`,
		"hexagon": `<path d="M1 8 4.5 2.5h7L15 8l-3.5 5.5h-7z"/>`,
		"rounded": `<rect x="1" y="3" width="14" height="10" rx="5"/>`,
	}[c.Shape]
	if !ok {
		form = `<rect x="2" y="2" width="12" height="12"/>`
	}
	return template.HTML(fmt.Sprintf(`<svg class="shape class-%s" viewBox="0 0 16 16" aria-hidden="true">%s</svg>`, c.ID, form))
}

// classLabel names a class for people.
func (s *server) classLabel(class string) string {
	if c := s.Model.Class(class); c != nil {
		return c.Label
	}
	return strings.ToLower(class)
}

// classShape names the shape of a class: ellipse, box ….
func (s *server) classShape(class string) string {
	if c := s.Model.Class(class); c != nil {
		return c.Shape
	}
	return ""
}

// classPlural names so many things of a class.
func (s *server) classPlural(class string, n int64) string {
	if c := s.Model.Class(class); c != nil && n != 1 {
		return c.Plural
	}
	return s.classLabel(class)
}

func (s *server) classDefinition(class string) string {
	if c := s.Model.Class(class); c != nil {
		return c.Definition
	}
	return ""
}

// classPage is where the things of a class are listed.
func classPage(class string) string {
	if class == "Document" {
		return "/documents"
	}
	return "/things/" + class
}

// upperFirst puts a capital first.
func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// classStyle is the style sheet that gives each class its colour.
func classStyle(model *schema.Model) []byte {
	var b strings.Builder
	b.WriteString(".shape > * { fill: var(--class, #ccc); stroke: var(--ink); stroke-width: 1; }\n")
	for _, c := range model.Classes {
		if c.Color != "" {
			fmt.Fprintf(&b, ".class-%s { --class: %s; }\n", c.ID, c.Color)
		}
	}
	return []byte(b.String())
}
