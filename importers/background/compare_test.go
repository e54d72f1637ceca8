package background_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/importers/background"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// dataSet reads a file of the field's data sets, and skips the test where it is not there.
func dataSet(t *testing.T, name string) []importers.Document {
	t.Helper()
	file := "../../../shared/facts/cow/" + name
	if _, err := os.Stat(file); err != nil {
		t.Skip("needs the data sets in ../shared/facts/cow")
	}
	var out []importers.Document
	for s, err := range importers.Files(t.Context(), []string{file}, nil) {
		if err != nil {
			t.Fatal(err)
		}
		for d, err := range s.Documents(t.Context(), importers.Reading{}) {
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, d)
		}
	}
	return out
}

// agreement compares figures with a golden file, and fails on what has no explanation.
func agreement(t *testing.T, golden string, all []background.Agreement) {
	t.Helper()
	var b strings.Builder
	var total background.Agreement
	for _, a := range all {
		fmt.Fprintf(&b, "%-14s %6d compared  %6.2f %% the same  %6.2f %% the same or explained\n", a.About, a.Compared, 100*a.Raw(), 100*a.Accounted())
		total.Compared, total.Same, total.Explained = total.Compared+a.Compared, total.Same+a.Same, total.Explained+a.Explained
		for _, d := range a.Unexplained() {
			t.Logf("unexplained: %s", d)
		}
		if a.Accounted() < 0.99 {
			t.Errorf("%s: %.2f %% the same or explained, 99 are wanted", a.About, 100*a.Accounted())
		}
	}
	fmt.Fprintf(&b, "%-14s %6d compared  %6.2f %% the same  %6.2f %% the same or explained\n", "all", total.Compared, 100*total.Raw(), 100*total.Accounted())
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("the figures of %s changed (rewrite with -update, and read the diff):\n%s", golden, got)
	}
}

// TestMembershipsAgree compares with the Correlates of War project, to 2014.
func TestMembershipsAgree(t *testing.T) {
	theirs := dataSet(t, "igo_membership.csv")
	all, err := background.CompareMemberships(documents(t), theirs)
	if err != nil {
		t.Fatal(err)
	}
	agreement(t, "testdata/memberships.txt", all)
}

// TestLeadersAgree compares with Archigos, to 2015.
func TestLeadersAgree(t *testing.T) {
	theirs := dataSet(t, "leaders.csv")
	all, err := background.CompareLeaders(documents(t), theirs)
	if err != nil {
		t.Fatal(err)
	}
	agreement(t, "testdata/leaders.txt", all)
}

// TestAlliancesAgree compares with ATOP, to 2018.
func TestAlliancesAgree(t *testing.T) {
	theirs := dataSet(t, "atop_alliances.csv")
	all, err := background.CompareAlliances(documents(t), theirs)
	if err != nil {
		t.Fatal(err)
	}
	agreement(t, "testdata/alliances.txt", all)
}
