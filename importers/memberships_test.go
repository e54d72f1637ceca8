package importers

import (
	"strings"
	"testing"
)

func TestMembershipErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"UN\tmember\t1945\t\tXXX", `line 1: there is no state with the code "XXX"`},
		{"UN\tfriend\t1945\t\tARM", `line 1: "friend" is nothing that a line about UN can say; known: associate member`},
		{"UN\tmember\t1945\tARM", "line 1: 4 cells where five belong"},
		{"UN\tmember\t1992-03-02\t1990\tARM", "line 1: UN: member ends on 1990 before it begins on 1992-03-02"},
		{"UN\tmember\t1992-13-02\t\tARM", "line 1:"},
		{"UN\tmember\t1992\t\t", "line 1: no states"},
		{"UN\tmember\t1992\t\tARM\nCSTO\tmember\t1994\t\tARM\nUN\tmember\t1992\t\tAZE", "lines of UN stand in two places"},
	} {
		var got []string
		for _, err := range factFiles[0].read(t.Context(), Input{Name: "x", Reader: strings.NewReader(c.text)}) {
			if err != nil {
				got = append(got, err.Error())
			}
		}
		if len(got) != 1 || !strings.Contains(got[0], c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestMembershipSentences(t *testing.T) {
	text := "# source: a list of ours\n# published: 2026-01-02\n" +
		"CSTO\tmember\t1994-04-20\t\tARM KAZ\nCSTO\tmember\t2006-06-23\t2012-12-19\tUZB\nCSTO\tobserver\t2013\t\tSRB\nCSTO\tcandidate\t\t2000-05\tCUB\n"
	for d, err := range factFiles[0].read(t.Context(), Input{Name: "x", Reader: strings.NewReader(text)}) {
		if err != nil {
			t.Fatal(err)
		}
		want := "Armenia and Kazakhstan have been members of the Collective Security Treaty Organization since 20 April 1994.\n" +
			"Uzbekistan was a member of the Collective Security Treaty Organization from 23 June 2006 to 19 December 2012.\n" +
			"Serbia has been an observer of the Collective Security Treaty Organization since 2013.\n" +
			"Cuba was a candidate for membership of the Collective Security Treaty Organization until May 2000.\n"
		if d.Text != want {
			t.Errorf("got\n%s\nwant\n%s", d.Text, want)
		}
		if d.Publisher != "a list of ours" || d.Published.String() != "2026-01-02" || len(d.Said.Relations) != 5 {
			t.Errorf("%+v", d)
		}
	}
}
