package background_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/importers/background"
)

// documents reads all files, and fails on what is wrong in any.
func documents(t *testing.T) []importers.Document {
	t.Helper()
	var out []importers.Document
	for s, err := range background.Sources() {
		if err != nil {
			t.Fatal(err)
		}
		for d, err := range s.Documents(t.Context(), importers.Reading{}) {
			if err != nil {
				t.Errorf("%s: %v", s.Name, err)
				continue
			}
			out = append(out, d)
		}
	}
	return out
}

// TestUnitedNations wants the number of members that the organization itself gives for some years.
func TestUnitedNations(t *testing.T) {
	all := documents(t)
	i := slices.IndexFunc(all, func(d importers.Document) bool { return d.Title == "Members of the United Nations" })
	if i < 0 {
		t.Fatal("there is no United Nations")
	}
	for year, want := range map[int]int{1945: 51, 1955: 76, 1970: 127, 1984: 159, 2000: 189, 2002: 191, 2006: 192, 2011: 193, 2024: 193} {
		members := map[string]bool{}
		for _, r := range all[i].Said.Relations {
			until := cmp.Or(r.Until.Date.Year, 9999)
			if r.Type == "member-of" && r.ValidFrom.Date.Year <= year && until > year {
				members[all[i].Said.Entities[r.From].Code] = true
			}
		}
		if len(members) != want {
			t.Errorf("%d: %d members, want %d", year, len(members), want)
		}
	}
}
