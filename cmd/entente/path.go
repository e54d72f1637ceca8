package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/queries/ties"
	"github.com/ententegraph/entente/schema"
)

func newPath(a *app) *cobra.Command {
	var o ties.Options
	var paths ties.PathOptions
	var why bool
	c := &cobra.Command{
		Use:   "path THING THING",
		Short: "Show what joins two things: the shortest ways, by facts",
		Long: `Show what joins two things: the shortest ways between them along relations, tenures and events. Of ways of one length those
through things with few ties come first, then the surest. --by and --not choose what may be walked along: types of relations
and events (entente schema lists them; "met" and "memberOf" will do), or tenure, relation, event for all of a kind.`,
		Example: `  entente path pakistan csto
  entente path pakistan csto --by member-of,met --as-of 2024 --why`,
		Args: args(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, words []string) error {
			find := func(ctx context.Context, view graph.View, model *schema.Model) (*ties.Paths, error) {
				var ends [2]facts.Thing
				for i, word := range words {
					t, err := a.thing(ctx, view, word)
					if err != nil {
						return nil, err
					}
					ends[i] = t
				}
				n, err := a.network(ctx, view, model, o)
				if err != nil {
					return nil, err
				}
				return n.Paths(ctx, ends[0].IRI, ends[1].IRI, paths)
			}
			return answer(a, c, find, func(p *ties.Paths) { a.printPaths(p, words, why) })
		},
	}
	tieFlags(c, &o)
	c.Flags().IntVar(&paths.Steps, "max", ties.DefaultSteps, "the longest way, in steps")
	c.Flags().IntVarP(&paths.Paths, "limit", "n", ties.DefaultPaths, "the most ways")
	c.Flags().BoolVar(&why, "why", false, "show the sentences of every step")
	timeFlags(c)
	return c
}

// tieFlags gives a command the flags that choose what joins things.
func tieFlags(c *cobra.Command, o *ties.Options) {
	c.Flags().StringSliceVar(&o.By, "by", nil, "only along these types of relations and events")
	c.Flags().StringSliceVar(&o.Not, "not", nil, "not along these")
}

// network reads the network that a command asks.
func (a *app) network(ctx context.Context, view graph.View, model *schema.Model, o ties.Options) (*ties.Network, error) {
	if _, err := ties.TypesOf(model, append(append([]string{}, o.By...), o.Not...)); err != nil {
		return nil, usageError{fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "ties: "))}
	}
	for _, class := range o.Classes {
		if model.Class(class) == nil {
			return nil, usageError{fmt.Errorf("the schema has no class %q; entente schema lists them", class)}
		}
	}
	return ties.Read(ctx, view, model, o)
}

func (a *app) printPaths(p *ties.Paths, words []string, why bool) {
	model, err := schema.Default()
	if err != nil || len(p.Paths) == 0 {
		fmt.Fprintln(a.stderr, "nothing joins the two within the steps that --max allows")
		return
	}
	out := factPrinter{w: a.stdout}
	for _, path := range p.Paths {
		line := path.Steps[0].From.Label
		for _, s := range path.Steps {
			before, after := "─[", "]→ "
			switch s.Leads {
			case "backward":
				before, after = "←[", "]─ "
			case "both":
				after = "]─ "
			}
			line += " " + before + stepLabel(model, s) + after + s.To.Label
		}
		fmt.Fprintln(a.stdout, line)
		if !why {
			continue
		}
		for _, s := range path.Steps {
			for _, f := range s.Facts {
				out.fact(f, "", f.Standing)
			}
		}
		fmt.Fprintln(a.stdout)
	}
	more := ""
	if p.More {
		more = ", and more of the last length (-n)"
	}
	hint := ""
	if !why {
		hint = "     entente path " + strings.Join(quoted(words), " ") + " --why shows the sentences"
	}
	fmt.Fprintf(a.stdout, "   %s, %s%s%s\n", counted(len(p.Paths), "path"), counted(p.Sources, "source"), more, hint)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// quoted puts words with spaces in quotation marks, for a shell.
func quoted(words []string) []string {
	var out []string
	for _, w := range words {
		if strings.ContainsAny(w, " '\"") {
			w = fmt.Sprintf("%q", w)
		}
		out = append(out, w)
	}
	return out
}

// stepLabel says what joins the two things of a step, by the first of its facts.
func stepLabel(model *schema.Model, s ties.Step) string {
	f := s.Facts[0]
	parts := []string{f.Label}
	switch f.Kind {
	case facts.Event:
		if t := model.Event(f.Type); t != nil && t.Verb != "" {
			parts[0] = t.Verb
		}
		parts = append(parts, f.Date.String())
	case facts.Tenure:
		for _, p := range f.Parts {
			if p.Role == "position" {
				parts[0] = p.Label
			}
		}
		parts = append(parts, f.Span())
	default:
		for _, p := range f.Parts {
			if p.Role == "about" {
				parts = append(parts, "concerning "+p.Label)
			}
		}
		parts = append(parts, f.Span())
	}
	if s.More+len(s.Facts) > 1 {
		parts = append(parts, fmt.Sprintf("and %d more", s.More+len(s.Facts)-1))
	}
	var told []string
	for _, p := range parts {
		if p != "" {
			told = append(told, p)
		}
	}
	return strings.Join(told, " · ")
}
