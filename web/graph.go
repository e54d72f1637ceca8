package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/network"
	"github.com/ententegraph/entente/web/picture"
)

// graphBody is what the templates of the network get.
type graphBody struct {
	*network.Network
	View     network.View
	Drawing  picture.Drawing
	SVG      template.HTML // only on the page itself
	Problems []string      // what is wrong with the address
}

// graphPage shows the network that the address asks for. The whole of it is
// in the page: the drawing, the filters as a form, and the same as a table.
func (s *server) graphPage(w http.ResponseWriter, r *http.Request) {
	s.network(w, r, func(body graphBody) error {
		if !body.Drawing.Crowded { // a crowd has a page of its own
			var svg strings.Builder
			if err := picture.WriteInlineSVG(&svg, body.Picture); err != nil {
				return err
			}
			// The picture escapes every text that it contains.
			body.SVG = template.HTML(svg.String())
		}
		p := s.framed(r, "Network: "+body.Title, body)
		p.Wide = true
		s.render(w, http.StatusOK, "graph.html", p)
		return nil
	})
}

// graphView gives the parts of the page that change with the address.
func (s *server) graphView(w http.ResponseWriter, r *http.Request) {
	s.network(w, r, func(body graphBody) error {
		s.render(w, http.StatusOK, "graph-view.html", s.framed(r, "Network: "+body.Title, body))
		return nil
	})
}

// graphData gives the same as data.
func (s *server) graphData(w http.ResponseWriter, r *http.Request) {
	s.network(w, r, func(body graphBody) error {
		s.writeJSON(w, http.StatusOK, struct {
			*network.Network
			Drawing  picture.Drawing `json:"drawing"`
			Problems []string        `json:"problems,omitempty"`
		}{body.Network, body.Drawing, body.Problems})
		return nil
	})
}

// network reads what the address asks for.
func (s *server) network(w http.ResponseWriter, r *http.Request, show func(graphBody) error) {
	v, err := network.Parse(r.URL.Query())
	body := graphBody{View: v}
	if err != nil {
		body.Problems = strings.Split(err.Error(), "\n")
	}
	s.view(w, func(view graph.View) error {
		if body.Network, err = network.Read(r.Context(), view, s.Model, v, address); err != nil {
			return err
		}
		body.View.Things = nil
		for _, t := range body.Things {
			body.View.Things = append(body.View.Things, t.Value)
		}
		body.Drawing = picture.Draw(body.Picture)
		return show(body)
	})
}

// drawing gives the network as a file in one of the formats of pictures.
// /picture.svg is shown in the browser, the others are kept.
func (s *server) drawing(format picture.Format, shown bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := network.Parse(r.URL.Query())
		if err != nil {
			problem(w, http.StatusBadRequest, "bad parameter", err.Error())
			return
		}
		if r.FormValue("limit") == "" {
			v.Limit = pictureNodes
		}
		s.view(w, func(view graph.View) error {
			n, err := network.Read(r.Context(), view, s.Model, v, address)
			if err != nil {
				return err
			}
			if len(v.Things) > 0 && len(n.Unknown)+len(n.Unclear) > 0 {
				problem(w, http.StatusNotFound, "not found", notOneThing(n))
				return nil
			}
			h := w.Header()
			h.Set("Content-Type", format.MediaType)
			// A drawing carries its own style, which the policy of pages would refuse.
			h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
			if !shown {
				h.Set("Content-Disposition", `attachment; filename="network.`+format.Name+`"`)
			}
			return format.Write(w, n.Picture)
		})
	}
}

// notOneThing says which names do not name one thing.
func notOneThing(n *network.Network) string {
	var out []string
	for _, name := range n.Unknown {
		out = append(out, fmt.Sprintf("?thing=%s names nothing", name))
	}
	for _, q := range n.Unclear {
		out = append(out, fmt.Sprintf("?thing=%s names %d things", q.Name, len(q.Choices)))
	}
	return strings.Join(out, "; ")
}

// surroundings counts what lies around ?thing= by type of relation.
func (s *server) surroundings(w http.ResponseWriter, r *http.Request) {
	s.view(w, func(view graph.View) error {
		choices, err := network.Surroundings(r.Context(), view, s.Model, schema.Expand(r.FormValue("thing")))
		if err != nil {
			return err
		}
		s.writeJSON(w, http.StatusOK, choices)
		return nil
	})
}

// Links from the page of a network to other views of it.

// At is the address of the same view at another path, as /graph.gexf.
func (b graphBody) At(path string) string { return withQuery(path, b.View.Values()) }

// Without is the address of the view without one value of a parameter.
func (b graphBody) Without(name, value string) string {
	q := b.View.Values()
	var left []string
	for _, v := range q[name] {
		if v != value {
			left = append(left, v)
		}
	}
	q[name] = left
	return withQuery("/graph", q)
}

// With is the address of the view with one more value of a parameter, instead of another one where that is given.
func (b graphBody) With(name, value, instead string) string {
	q := b.View.Values()
	var values []string
	for _, v := range q[name] {
		if v != instead {
			values = append(values, v)
		}
	}
	q[name] = append(values, value)
	return withQuery("/graph", q)
}

// Kept lists the parameters that the form has no fields for.
func (b graphBody) Kept() []Parameter {
	var out []Parameter
	q := b.View.Values()
	for _, name := range []string{"expand", "path", "hidden", "pinned", "locked", "at", "tab"} {
		for _, value := range q[name] {
			out = append(out, Parameter{name, value})
		}
	}
	return out
}

// A Parameter is a parameter of an address.
type Parameter struct{ Name, Value string }

// tableRows is how many rows of relations, and of things, the page has below a picture.
const tableRows = 300

// Rows lists the relations of the table: all where the table is what is asked for.
func (b graphBody) Rows() []picture.Edge {
	if b.View.Tab == "table" {
		return b.Edges
	}
	return b.Edges[:min(len(b.Edges), tableRows)]
}

// Listed lists the things of the table, as Rows does.
func (b graphBody) Listed() []picture.Node {
	if b.View.Tab == "table" {
		return b.Nodes
	}
	return b.Nodes[:min(len(b.Nodes), tableRows)]
}

// Whole is the address of the table with all its rows.
func (b graphBody) Whole() string {
	q := b.View.Values()
	q.Set("tab", "table")
	return withQuery("/graph", q)
}

// Formats lists the formats in which a network can be kept.
func (b graphBody) Formats() []picture.Format { return picture.Formats() }

// Layouts lists the layouts of networks.
func (b graphBody) Layouts() []picture.Layout { return picture.Layouts() }

// Depths lists the numbers of steps around things.
func (b graphBody) Depths() []int { return []int{1, 2, network.MaxDepth} }

// Label names a node of the network.
func (b graphBody) Label(id string) string {
	for _, n := range b.Nodes {
		if n.ID == id {
			return n.Label
		}
	}
	return id
}

// Limits lists the numbers of things that one may choose to see at most.
func (b graphBody) Limits() []int {
	limits := []int{network.WholeLimit, network.DefaultLimit, 120, 300, 1000, network.MaxLimit}
	if most := b.View.Most(); !slices.Contains(limits, most) {
		limits = append(limits, most)
	}
	return limits
}

func withQuery(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	// Prefixed names stay readable.
	return path + "?" + strings.NewReplacer("%3A", ":", "%40", "@", "%2C", ",", "%7E", "~").Replace(q.Encode())
}

// span writes the time of an edge.
func span(start, until string) string {
	switch {
	case start == until:
		return start
	case until == "":
		return "since " + start
	case start == "":
		return "until " + until
	}
	return start + " to " + until
}

// facetBody is a filter of the form.
type facetBody struct {
	Name, Title string
	Choices     []network.Choice
}

func facet(name, title string, choices []network.Choice) facetBody {
	return facetBody{name, title, choices}
}

// Client is what the script of the page draws.
func (b graphBody) Client() any {
	path := []string{}
	if b.Path != nil {
		path = b.Path.Nodes
	}
	return struct {
		picture.Drawing
		Times  [2]string `json:"times"`
		Locked bool      `json:"locked"`
		Path   []string  `json:"path"` // ids of nodes on it
	}{b.Drawing, b.Times, b.View.Locked, path}
}
