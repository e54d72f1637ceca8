package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/picture"
)

// pictureWriters are the formats of a part of the graph, seen as a picture.
var pictureWriters = map[string]func(io.Writer, picture.Picture) error{
	"dot": picture.WriteDOT, "graphml": picture.WriteGraphML, "gexf": picture.WriteGEXF, "svg": picture.WriteSVG,
}

func newExport(a *app) *cobra.Command {
	var format, around, file string
	var depth, limit int
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the graph, or what lies around a thing, to a file",
		Long: `Write the whole graph as N-Quads (nq) or its default graph as Turtle (ttl); or, as a picture, what lies around a
thing: dot, graphml, gexf, svg. N-Quads come sorted: two graphs with the same quads give the same bytes.`,
		Args: args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			write, drawn := pictureWriters[format]
			if !drawn && format != "nq" && format != "ttl" {
				return usageError{fmt.Errorf("-f %s is not known; known: nq, ttl, dot, graphml, gexf, svg", format)}
			}
			if !drawn && around != "" {
				return usageError{fmt.Errorf("--around goes with dot, graphml, gexf and svg; %s writes the whole graph", format)}
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
					switch format {
					case "nq":
						return graph.Dump(ctx, view, w)
					case "ttl":
						return graph.WriteTurtle(ctx, view, w, schema.Prefixes())
					}
					return write(w, p)
				})
			})
		},
	}
	c.Flags().StringVarP(&format, "format", "f", "nq", "nq, ttl, dot, graphml, gexf or svg")
	c.Flags().StringVar(&around, "around", "", "of a picture: the thing in its middle (default: all things)")
	c.Flags().StringVar(&file, "to", "", "file to write (default standard output)")
	c.Flags().IntVar(&depth, "depth", 1, "of a picture: how many steps around the thing")
	c.Flags().IntVar(&limit, "nodes", 2000, "of a picture: at most so many nodes")
	return c
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
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
