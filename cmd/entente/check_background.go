package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/importers/background"
)

// checkBackground checks the files of facts that come with the program, and
// with a folder of the field's data sets compares them with these.
func (a *app) checkBackground(ctx context.Context, folder string) error {
	docs, problems, err := background.Check(ctx)
	if err != nil {
		return err
	}
	for _, p := range problems {
		fmt.Fprintln(a.stdout, p)
	}
	fmt.Fprintf(a.stdout, "%d documents of background: %s\n", len(docs), count(len(problems), "problem"))
	unexplained := 0
	if folder != "" {
		if unexplained, err = a.compareBackground(ctx, docs, folder); err != nil {
			return err
		}
	}
	if len(problems)+unexplained > 0 {
		return statusError{fmt.Errorf("%w: the background has mistakes", errReported), exitFailure}
	}
	return nil
}

// compareBackground prints how far the facts agree with the data sets of a
// folder, and returns how many differences have no explanation.
func (a *app) compareBackground(ctx context.Context, docs []importers.Document, folder string) (unexplained int, err error) {
	compared := 0
	for _, c := range []struct {
		file    string
		what    string
		compare func(ours, theirs []importers.Document) ([]background.Agreement, error)
	}{
		{"igo_membership.csv", "memberships, Correlates of War", background.CompareMemberships},
		{"atop_alliances.csv", "alliances, ATOP", background.CompareAlliances},
		{"leaders.csv", "leaders, Archigos", background.CompareLeaders},
	} {
		file := filepath.Join(folder, c.file)
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var theirs []importers.Document
		for s, err := range importers.Files(ctx, []string{file}, a.stdin) {
			if err != nil {
				return 0, err
			}
			for d, err := range s.Documents(ctx, importers.Reading{}) {
				if err != nil {
					return 0, err
				}
				theirs = append(theirs, d)
			}
		}
		all, err := c.compare(docs, theirs)
		if err != nil {
			return 0, err
		}
		compared++
		fmt.Fprintf(a.stdout, "\n%s\n", c.what)
		total := background.Agreement{About: "all"}
		for _, one := range all {
			a.printAgreement(one)
			for _, d := range one.Unexplained() {
				fmt.Fprintf(a.stdout, "  unexplained: %s\n", d)
				unexplained++
			}
			total.Compared, total.Same, total.Explained = total.Compared+one.Compared, total.Same+one.Same, total.Explained+one.Explained
		}
		a.printAgreement(total)
	}
	if compared == 0 {
		return 0, usageError{fmt.Errorf("%s has none of igo_membership.csv, atop_alliances.csv and leaders.csv", folder)}
	}
	return unexplained, nil
}

func (a *app) printAgreement(g background.Agreement) {
	fmt.Fprintf(a.stdout, "%-16s %7d compared  %6.2f %% the same  %6.2f %% the same or explained\n", g.About, g.Compared, 100*g.Raw(), 100*g.Accounted())
}
