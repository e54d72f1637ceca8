package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/schema"
)

func newSchema(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "schema [TYPE]",
		Short: "List or explain what can be said: classes, relations, event types",
		Long: `List the classes, relations and event types, or explain one of them. With -o ttl the whole schema is
written as RDFS and OWL in Turtle, with mappings to W3C ORG, PROV-O, SKOS, schema.org and SEM.`,
		Args: args(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, words []string) error {
			format, err := a.output("text", "json", "ttl")
			if err != nil {
				return err
			}
			model, err := schema.Default()
			if err != nil {
				return err
			}
			if len(words) == 1 {
				return a.explainType(model, words[0], format)
			}
			switch format {
			case "ttl":
				return model.WriteTurtle(a.stdout)
			case "json":
				return a.printJSON(model)
			}
			return a.listSchema(model)
		},
	}
}

func (a *app) explainType(model *schema.Model, id, format string) error {
	e, err := model.Explain(id)
	if err != nil {
		return usageError{err}
	}
	switch format {
	case "json":
		return a.printJSON(e)
	case "ttl":
		return usageError{fmt.Errorf("-o ttl writes the whole schema; leave %s out", id)}
	}
	_, err = fmt.Fprintln(a.stdout, strings.TrimRight(e.String(), "\n"))
	return err
}

func (a *app) listSchema(model *schema.Model) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "CLASS\t\tDEFINITION\n")
	for _, c := range model.Classes {
		fmt.Fprintf(w, "%s\t%s\t%s\n", c.ID, c.Extends, c.Definition)
	}
	fmt.Fprintf(w, "\nRELATION\t\tDEFINITION\n")
	for _, r := range model.Relations {
		fmt.Fprintf(w, "%s\t%s → %s\t%s\n", r.ID, strings.Join(r.Domain, ", "), strings.Join(r.Range, ", "), r.Definition)
	}
	fmt.Fprintf(w, "\nEVENT\tPLOVER\tDEFINITION\n")
	for _, e := range model.Events {
		fmt.Fprintf(w, "%s\t%s %s\t%s\n", e.ID, e.Plover, strings.Join(e.Cameo, " "), e.Definition)
	}
	return w.Flush()
}
