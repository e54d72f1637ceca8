package network

import (
	"context"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/importers/importertest"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/picture"
)

func TestAddressesReadBack(t *testing.T) {
	for _, address := range []string{
		"",
		"thing=state:ARM&thing=state:PAK&depth=2",
		"assertion=negative&assertion=claimed&class=State&relation=member-of&source=Courier",
		"at=2025-08&expand=state:PAK~member-of&expand=state:RUS&from=2015&hidden=state:RUS&until=2025-08-31",
		"path=state:PAK~organization:CSTO",
		"layout=layers&limit=300&locked=1&pinned=state:ARM@-12,340&tab=table",
	} {
		q, err := url.ParseQuery(address)
		if err != nil {
			t.Fatal(err)
		}
		v, err := Parse(q)
		if err != nil {
			t.Errorf("%s: %v", address, err)
		}
		if !reflect.DeepEqual(v.Values(), q) {
			t.Errorf("%s reads back as %s", address, v.Values().Encode())
		}
	}
}

func TestBadAddressesAreReportedAtOnce(t *testing.T) {
	_, err := Parse(url.Values{"depth": {"9"}, "from": {"August"}, "assertion": {"perhaps"}, "pinned": {"state:ARM"}, "layout": {"spiral"}, "things": {"x"}, "path": {"state:ARM"}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, part := range []string{"depth=9", "from=August", "assertion=perhaps", "pinned=state:ARM", "layout=spiral", "things=x", "did you mean thing?", "path=state:ARM"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not tell of %s:\n%v", part, err)
		}
	}
}

// open loads the sample text of the pages.
func open(t *testing.T) (graph.View, *schema.Model) {
	t.Helper()
	text, err := os.ReadFile("../testdata/tianjin.md")
	if err != nil {
		t.Fatal(err)
	}
	im := importertest.New(t)
	importertest.Load(t, im, importers.Bytes("tianjin.md", text), timex.Date{Year: 2025, Month: 9, Day: 1})
	view, err := im.Store.View()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { view.Close() })
	return view, im.Model
}

// told lists the edges of a view as text.
func told(n *Network) []string {
	var out []string
	for _, e := range n.Edges {
		out = append(out, e.From+" "+e.Label+" "+e.To+" ("+string(e.Assertion)+")")
	}
	return out
}

func TestViews(t *testing.T) {
	view, model := open(t)
	member := "state:ARM is a member of organization:CSTO (holds)"
	for _, c := range []struct {
		address   string
		has, lack []string
		check     func(n *Network) bool
	}{
		{address: "thing=Armenia", has: []string{member}, lack: []string{"state:RUS is a member of organization:CSTO (holds)"}},
		{address: "thing=Armenia&expand=organization:CSTO~member-of", has: []string{member, "state:RUS is a member of organization:CSTO (holds)"},
			lack: []string{"state:PAK has applied to join organization:CSTO (holds)"}},
		{address: "thing=Armenia&depth=2", has: []string{"state:PAK has applied to join organization:CSTO (holds)"}},
		{address: "", has: []string{member, "state:PAK has applied to join organization:CSTO (holds)"}},
		{address: "thing=Armenia&assertion=negative", lack: []string{member}, check: func(n *Network) bool {
			return len(n.Edges) > 0 && !slices.ContainsFunc(n.Edges, func(e picture.Edge) bool { return e.Assertion != picture.Negative })
		}},
		{address: "thing=Armenia&relation=member-of", has: []string{member}, check: func(n *Network) bool { return len(n.Edges) == 1 && len(n.Nodes) == 2 }},
		{address: "thing=Armenia&class=Organization", has: []string{member}, check: func(n *Network) bool { return len(n.Nodes) == 2 && n.Nodes[0].Center }},
		{address: "thing=Armenia&source=Caucasus+Courier", has: []string{member}},
		{address: "thing=Armenia&source=Somebody", lack: []string{member}, check: func(n *Network) bool { return len(n.Nodes) == 1 }},
		{address: "thing=Armenia&until=2001", lack: []string{member}},
		{address: "thing=Armenia&until=2002", has: []string{member}, check: func(n *Network) bool { return n.Undated > 0 }},
		{address: "thing=Armenia&at=2020", has: []string{member}, lack: []string{"state:ARM has diplomatic relations with state:PAK (holds)"}},
		{address: "thing=Armenia&at=2025-08-31", has: []string{"state:ARM has diplomatic relations with state:PAK (holds)"}},
		{address: "thing=Armenia&hidden=organization:CSTO", lack: []string{member}, check: func(n *Network) bool { return len(n.Hidden) == 1 }},
		{address: "thing=Armenia&limit=3", check: func(n *Network) bool { return len(n.Nodes) == 3 && n.Cut > 0 && n.Nodes[0].ID == "state:ARM" }},
		{address: "path=Pakistan~CSTO", has: []string{"state:PAK has applied to join organization:CSTO (holds)"}, lack: []string{member},
			check: func(n *Network) bool { return n.Path.Steps == 1 && len(n.Nodes) == 2 }},
		{address: "path=person:ishaq-dar~organization:CSTO", has: []string{"state:PAK has applied to join organization:CSTO (holds)", "person:ishaq-dar Foreign Minister state:PAK (holds)"},
			lack: []string{"state:RUS is a member of organization:CSTO (holds)"}, check: func(n *Network) bool { return n.Path.Steps == 2 }},
		{address: "thing=Atlantis", check: func(n *Network) bool { return len(n.Unknown) == 1 && len(n.Nodes) == 0 }},
		{address: "thing=state:ARM&pinned=state:PAK@5,-7", check: func(n *Network) bool {
			return slices.ContainsFunc(n.Nodes, func(node picture.Node) bool { return node.Pin != nil && node.Pin[1] == -7 })
		}},
	} {
		q, err := url.ParseQuery(c.address)
		if err != nil {
			t.Fatal(err)
		}
		v, err := Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		n, err := Read(context.Background(), view, model, v, nil)
		if err != nil {
			t.Fatal(err)
		}
		edges := told(n)
		for _, e := range c.has {
			if !slices.Contains(edges, e) {
				t.Errorf("%q lacks %q; it has:\n%s", c.address, e, strings.Join(edges, "\n"))
			}
		}
		for _, e := range c.lack {
			if slices.Contains(edges, e) {
				t.Errorf("%q has %q", c.address, e)
			}
		}
		if c.check != nil && !c.check(n) {
			t.Errorf("%q shows %+v", c.address, n)
		}
		for _, e := range n.Edges {
			if len(e.Sources) != 1 || e.Sources[0] != "Caucasus Courier" {
				t.Errorf("%q: the sources of %s are %v", c.address, e.Label, e.Sources)
			}
		}
	}
}

func TestSurroundingsCountWhatAnExpansionShows(t *testing.T) {
	view, model := open(t)
	choices, err := Surroundings(context.Background(), view, model, schema.Expand("organization:CSTO"))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(choices, func(c Choice) bool { return c.Value == "member-of" })
	if i < 0 || choices[i].Count != 2 || choices[0].Value != "" {
		t.Errorf("around the CSTO lies %+v", choices)
	}
}
