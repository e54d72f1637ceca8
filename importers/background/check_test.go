package background_test

import (
	"strings"
	"testing"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/importers/background"
)

// TestCheck wants nothing wrong in the files.
func TestCheck(t *testing.T) {
	docs, problems, err := background.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
	count := map[string]int{}
	for _, d := range docs {
		for _, e := range d.Said.Entities {
			if e.Kind != "" {
				count["organizations"]++
			}
		}
		for range d.Said.Tenures {
			count["tenures"]++
		}
		for _, e := range d.Said.Events {
			if e.Type == "sign-agreement" {
				count["agreements"]++
			}
		}
	}
	for what, least := range map[string]int{"organizations": 140, "tenures": 1500, "agreements": 60} {
		if count[what] < least {
			t.Errorf("%d %s, at least %d are wanted", count[what], what, least)
		}
	}
}

// TestCheckFinds wants each kind of mistake to be found.
func TestCheckFinds(t *testing.T) {
	head := "# source: a list\n# published: 2025-12-31\n"
	world := "TON\texisted\t1970-06-04\t\t\nDDR\texisted\t1949-10-07\t1990-10-02\t\n"
	for _, c := range []struct{ file, text, want string }{
		{"a.memberships", "XYZ\tmember\t1980\t\tTON\nXYZ\tmember\t1990\t1995\tTON\n", "Tonga is twice member-of XYZ: 1980 to … and 1990 to 1995"},
		{"a.memberships", "XYZ\tmember\t1960\t\tTON\n", "Tonga is a member since 1960, and a state since 1970-06-04"},
		{"a.memberships", "XYZ\tmember\t1975\t\tDDR\n", "German Democratic Republic is a member longer than it existed, to 1990-10-02"},
		{"a.memberships", "XYZ\torganization\t1990-05-01\t1999\tXylo Union; bloc; Suva, FJI\nXYZ\tmember\t1985\t1992\tTON\n", "Tonga belongs to it since 1985, and it exists since 1990-05-01"},
		{"a.memberships", "XYZ\torganization\t1980\t1999\tXylo Union; bloc; Suva, FJI\nXYZ\tmember\t1985\t\tTON\n", "Tonga belongs to it longer than it existed, to 1999"},
		{"a.tenures", "TON\tPresident\t2001-01-01\t2005-01-01\tAna Lolo\nTON\tPresident\t2004-06-01\t\tTevita Moala\n", "Ana Lolo and Tevita Moala are President at one time"},
		{"a.tenures", "TON\tPresident\t2001-01-01\t2005-01-01\tAna Lolo\nTON\tMinister\t2004-06-01\t\tAna Maria Lolo\n", "Ana Lolo and Ana Maria Lolo would be taken for one person"},
		{"a.tenures", "TON\tPresident\t2001-01-01\t2005-01-01\tAna Lolo\nTON\tPresident\t2005-01-01\t\tTevita Moala\n", ""},
		{"a.memberships", "XYZ\tmember\t1980\t1985\tTON\nXYZ\tmember\t1985\t\tTON\n", ""},
	} {
		var docs []importers.Document
		for name, text := range map[string]string{"world.states": world, c.file: c.text} {
			for d, err := range importers.Bytes(name, []byte(head+text)).Documents(t.Context(), importers.Reading{}) {
				if err != nil {
					t.Fatalf("%q: %v", c.text, err)
				}
				docs = append(docs, d)
			}
		}
		problems, err := background.CheckDocuments(docs)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range problems {
			got = append(got, p.What)
		}
		if c.want == "" && len(got) == 0 {
			continue
		}
		if len(got) != 1 || c.want == "" || !strings.Contains(got[0], c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
