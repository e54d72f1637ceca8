// Command entente turns news about diplomacy into a graph that one can question.
// main wires the packages together; each command has a file of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// The exit statuses; scripts may rely on them.
const (
	exitOK         = 0
	exitFailure    = 1 // something could not be done
	exitUsage      = 2 // the command line, configuration or a name in it is wrong
	exitSomeFailed = 3 // some documents failed, the others were loaded
	exitStopped    = 4 // stopped by a limit
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

func run(words []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr}
	root := newRoot(a)
	root.SetArgs(words)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	if !errors.Is(err, errReported) {
		fmt.Fprintln(stderr, "entente: "+a.advise(err))
	}
	return exitStatus(err)
}

// newRoot builds the command tree around the program's state.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "entente",
		Short: "Read news about diplomacy into a graph, and question it",
		Long: `entente reads news about diplomacy and keeps what it read as a graph that one can question, draw and check.

  entente load article.txt --published 2025-09-01   read an article into the graph
  entente show armenia                              what is known of a thing, each fact with its sentence
  entente timeline pakistan --with armenia          what happened, when
  entente query who-signed --param document=…       ask a saved query, or text in a query language
  entente serve                                     the same as pages, at http://127.0.0.1:8747`,
		Args:          knownCommand,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; %s --help lists the flags", err, c.CommandPath())}
	})
	flags := root.PersistentFlags()
	flags.StringVar(&a.configFile, "config", "", "file of settings (default ./entente.yaml where there is one)")
	flags.String("store", "", "folder of the graph (setting store.path)")
	flags.StringVarP(&a.format, "output", "o", "", "how to print: text (default), or json and others where a command says so")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "print only what is essential")
	for _, add := range commands {
		root.AddCommand(add(a))
	}
	root.InitDefaultCompletionCmd()
	return root
}

// knownCommand refuses a first word that is no command, with what was probably meant.
func knownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "; entente help lists the commands"
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return usageError{fmt.Errorf("%q is not a command%s", args[0], hint)}
}

// args makes the errors of a check of arguments errors of usage.
func args(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, given []string) error {
		if err := check(c, given); err != nil {
			return usageError{fmt.Errorf("%w; usage: %s", err, c.UseLine())}
		}
		return nil
	}
}

// commands lists the makers of the commands, in the order of the help.
var commands = []func(*app) *cobra.Command{
	newLoad, newExtract, newShow, newTimeline, newChanges, newPath, newCentral, newCommunities, newAsOf, newWhy, newQuery, newSPARQL, newDocuments, newUndo, newRemove,
	newReview, newConflicts, newMerge, newUnmerge, newLog, newExport,
	newVerify, newBackup, newRestore, newServe, newSchema, newCheck, newEval, newConfig, newVersion,
}
