package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/rdf"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/picture"
)

func newExport(a *app) *cobra.Command {
	var format, around, file string
	var depth, limit int
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the graph, or what lies around a thing, to a file",
		Long: `Write the whole graph as N-Quads (nq), TriG (trig) or JSON-LD (jsonld), or its default graph, which has the facts, as
Turtle (ttl), RDF/XML (rdf) or N-Triples (nt); or, as a picture, what lies around a thing: csv (a row for each relation), cyjs (Cytoscape), dot,
gexf, graphml, png, svg. All come sorted: two graphs with the same quads give the same bytes. With --to FILE the end of its name can say the format.`,
		Args: args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if !c.Flags().Changed("format") {
				if f, ok := rdf.ByExtension(file); ok {
					format = f.Name
				} else if f, ok := picture.ByName(strings.TrimPrefix(filepath.Ext(file), ".")); ok {
					format = f.Name
				}
			}
			drawing, drawn := picture.ByName(format)
			quads, ok := rdf.ByName(format)
			if !drawn && !ok {
				return usageError{fmt.Errorf("-f %s is not known; known: %s", format, exportFormats())}
			}
			if !drawn && around != "" {
				return usageError{fmt.Errorf("--around goes with %s; %s writes the whole graph", schema.Names(pictureFormats()), format)}
			}
			return a.reading(c, func(ctx context.Context, view graph.View) error {
				p := picture.Picture{}
				if drawn {
					var err error
					if p, err = a.draw(ctx, view, around, depth, limit); err != nil {
						return err
					}
				}
				return a.toFile(file, func(w io.Writer) error {
					if drawn {
						return drawing.Write(w, p)
					}
					return a.writeQuads(ctx, view, w, quads)
				})
			})
		},
	}
	timeFlags(c)
	c.Flags().StringVarP(&format, "format", "f", "nq", exportFormats())
	c.Flags().StringVar(&around, "around", "", "of a picture: the thing in its middle (default: all things)")
	c.Flags().StringVar(&file, "to", "", "file to write (default standard output)")
	c.Flags().IntVar(&depth, "depth", 1, "of a picture: how many steps around the thing")
	c.Flags().IntVar(&limit, "nodes", 2000, "of a picture: at most so many nodes")
	return c
}

// exportFormats names all formats that export writes.
func exportFormats() string {
	var names []string
	for _, f := range rdf.Formats() {
		names = append(names, f.Name)
	}
	return strings.Join(append(names, pictureFormats()...), ", ")
}

// pictureFormats names the formats of a part of the graph, seen as a picture.
func pictureFormats() []string {
	var names []string
	for _, f := range picture.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// writeQuads writes the graph, or of a format without named graphs the default
// graph; then it says what was left out.
func (a *app) writeQuads(ctx context.Context, view graph.View, w io.Writer, f rdf.Format) error {
	if f.Name == "nq" {
		return graph.Dump(ctx, view, w)
	}
	pattern := graph.Pattern{}
	if !f.Graphs {
		pattern.Graph = graph.DefaultGraph
		named := 0
		for _, err := range view.Graphs(ctx) {
			if err != nil {
				return err
			}
			named++
		}
		if named > 0 {
			fmt.Fprintf(a.stderr, "%s holds the default graph only; named graphs left out: %d (-f trig, nq or jsonld has them)\n", f.Title, named)
		}
	}
	return rdf.WriteSorted(w, f, graph.Quads(ctx, view, pattern), schema.Prefixes())
}

// draw makes the picture of what lies around a thing, or of everything.
func (a *app) draw(ctx context.Context, view graph.View, around string, depth, limit int) (picture.Picture, error) {
	model, err := schema.Default()
	if err != nil {
		return picture.Picture{}, err
	}
	title := "entente"
	var n *facts.Neighbourhood
	if around == "" {
		n, err = facts.Whole(ctx, view, model, limit)
	} else {
		var t facts.Thing
		if t, err = a.thing(ctx, view, around); err != nil {
			return picture.Picture{}, err
		}
		title = t.Label
		n, err = facts.Around(ctx, view, model, t.IRI, facts.AroundOptions{Depth: depth, Limit: limit})
	}
	if err != nil {
		return picture.Picture{}, err
	}
	if n.Cut > 0 {
		fmt.Fprintf(a.stderr, "%d more things are left out; --nodes %d would show all\n", n.Cut, n.Cut+len(n.Nodes))
	}
	return picture.Of(model, title, n, nil), nil
}

// toFile writes to a new file beside the named one and then puts it in its
// place, so that a failure leaves no half-written file; without a name it writes to standard output.
func (a *app) toFile(name string, write func(io.Writer) error) error {
	if name == "" {
		w := bufio.NewWriter(a.stdout)
		if err := write(w); err != nil {
			return err
		}
		return w.Flush()
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".entente-export-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		f.Close()
		return err
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil { // a rename may reach the disk before what was written
		return err
	}
	return os.Rename(f.Name(), name)
}
