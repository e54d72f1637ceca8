package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

func sample() Picture {
	return Picture{
		Title: `"Armenia" & neighbours`,
		Nodes: []Node{
			{ID: "state:ARM", Label: "Armenia", Class: "state", Shape: "ellipse", Color: "#56B4E9", Link: "/e/state:ARM", Center: true},
			{ID: "state:PAK", Label: "Pakistan", Class: "state", Shape: "ellipse", Color: "#56B4E9"},
			{ID: "organization:CSTO", Label: "Collective Security Treaty Organization", Class: "organization", Shape: "box", Color: "#E69F00"},
			{ID: "person:x", Label: "Ararat Mirzoyan", Class: "person", Shape: "rounded", Color: "#009E73"},
			{ID: "event:1", Label: "signing <of> the communiqué", Class: "event", Shape: "diamond", Color: "#CC79A7"},
		},
		Edges: []Edge{
			{From: "state:ARM", To: "state:PAK", Label: "has diplomatic relations with", Start: "2025-08-31"},
			{From: "state:ARM", To: "state:PAK", Label: "does not recognise", Directed: true, Assertion: Ended, Until: "2025"},
			{From: "state:PAK", To: "state:ARM", Label: "refused to recognise", Directed: true, Assertion: Negative},
			{From: "state:ARM", To: "organization:CSTO", Label: "is a member of", Directed: true},
			{From: "person:x", To: "state:ARM", Label: "Foreign Minister", Directed: true},
			{From: "state:ARM", To: "event:1", Label: "signatory", Directed: true},
			{From: "state:PAK", To: "event:1", Label: "signatory", Directed: true},
			{From: "state:PAK", To: "organization:CSTO", Label: "asked to join", Directed: true, Assertion: Claimed},
			{From: "state:ARM", To: "nowhere", Label: "no such end"},
		},
	}
}

// crowded makes a picture of n things around a centre, with some edges between them.
func crowded(n int) Picture {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	p := Picture{Title: "crowd", Nodes: []Node{{ID: "0", Label: "Centre", Center: true, Class: "state", Shape: "ellipse"}}}
	for i := 1; i <= n; i++ {
		id := fmt.Sprint(i)
		p.Nodes = append(p.Nodes, Node{ID: id, Label: strings.Repeat("Thing ", 1+random.IntN(4)) + id, Class: "person", Shape: "rounded"})
		p.Edges = append(p.Edges, Edge{From: "0", To: id, Label: "relation number " + id, Directed: true})
		if random.IntN(3) == 0 {
			p.Edges = append(p.Edges, Edge{From: id, To: fmt.Sprint(1 + random.IntN(i)), Label: "met"})
		}
	}
	return p
}

func TestNoLabelCoversAnother(t *testing.T) {
	pictures := []Picture{sample(), {Title: "empty"}}
	for _, n := range []int{1, 5, 12, 30, 60} {
		pictures = append(pictures, crowded(n))
	}
	for _, p := range pictures {
		for _, p.Layout = range Layouts() {
			noOverlaps(t, p)
		}
	}
}

func noOverlaps(t *testing.T, p Picture) {
	t.Helper()
	d := Draw(p)
	var boxes []Box
	for _, n := range d.Nodes {
		boxes = append(boxes, n.Box)
	}
	for _, line := range d.Lines {
		boxes = append(boxes, line.Label)
	}
	for i, b := range boxes {
		if b.X-b.W/2 < d.Left || b.Y-b.H/2 < d.Top || b.X+b.W/2 > d.Left+d.Width || b.Y+b.H/2 > d.Top+d.Height {
			t.Errorf("%s with %d nodes, %s: box %d leaves the picture", p.Title, len(p.Nodes), p.Layout, i)
		}
		for _, c := range boxes[:i] {
			if b.shared(c) > 0 {
				t.Errorf("%s with %d nodes, %s: boxes overlap: %v %v", p.Title, len(p.Nodes), p.Layout, b, c)
			}
		}
	}
}

func TestPinnedNodesStayWhereTheyArePut(t *testing.T) {
	p := sample()
	free := Draw(p)
	p.Nodes[1].Pin = &[2]float64{-700, 900}
	d := Draw(p)
	for i, n := range d.Nodes {
		switch {
		case i == 1 && (n.X != -700 || n.Y != 900):
			t.Errorf("the pinned node is at %v, %v", n.X, n.Y)
		case i != 1 && n.Box != free.Nodes[i].Box:
			t.Errorf("%s moved because another was pinned", n.ID)
		}
	}
	if d.Left > -700 || d.Top+d.Height < 900 {
		t.Errorf("the frame leaves the pinned node out: %+v", d)
	}
}

func TestCrowdsAreDrawnWithoutNamesOfLines(t *testing.T) {
	d := Draw(crowded(crowdSize))
	var taken grid
	for _, n := range d.Nodes {
		if taken.covered(n.Box) > 0 {
			t.Errorf("%s covers another", n.Label)
		}
		taken.add(n.Box)
	}
	var out bytes.Buffer
	if err := WriteSVG(&out, crowded(crowdSize)); err != nil {
		t.Fatal(err)
	}
	if !d.Crowded || strings.Contains(out.String(), `class="edge"`) {
		t.Error("a crowd is drawn with the names of its lines")
	}
}

const crowdSize = 700

func TestSVGNamesEveryEdge(t *testing.T) {
	var out bytes.Buffer
	if err := WriteSVG(&out, sample()); err != nil {
		t.Fatal(err)
	}
	text := textOf(t, out.Bytes())
	for _, e := range sample().drawn() {
		for word := range strings.FieldsSeq(e.Label) {
			if !strings.Contains(text, word) {
				t.Errorf("the picture does not name %q", e.Label)
			}
		}
	}
	if !strings.Contains(text, `"Armenia" & neighbours`) {
		t.Error("the picture has no title")
	}
}

// textOf parses XML and returns all its text.
func textOf(t *testing.T, data []byte) string {
	t.Helper()
	var text strings.Builder
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return text.String()
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, data)
		}
		if c, ok := tok.(xml.CharData); ok {
			text.Write(c)
			text.WriteByte(' ')
		}
	}
}

func TestWritersAreDeterministicAndComplete(t *testing.T) {
	for _, format := range Formats() {
		name, write := format.Name, format.Write
		var first, second bytes.Buffer
		if err := write(&first, sample()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := write(&second, sample()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: two runs differ", name)
		}
		if strings.HasSuffix(format.MediaType, "xml") {
			textOf(t, first.Bytes())
		}
		if strings.Contains(first.String(), "no such end") {
			t.Errorf("%s draws an edge without an end", name)
		}
		if format.Name == "png" {
			continue // its text is pixels
		}
		if !strings.Contains(first.String(), "Mirzoyan") {
			t.Errorf("%s lacks a node", name)
		}
	}
}

func TestGEXFReadsBack(t *testing.T) {
	var out bytes.Buffer
	if err := WriteGEXF(&out, sample()); err != nil {
		t.Fatal(err)
	}
	var back struct {
		Nodes []struct {
			ID    string `xml:"id,attr"`
			Label string `xml:"label,attr"`
		} `xml:"graph>nodes>node"`
		Edges []struct {
			Start string `xml:"start,attr"`
			End   string `xml:"end,attr"`
			Label string `xml:"label,attr"`
		} `xml:"graph>edges>edge"`
	}
	if err := xml.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if len(back.Nodes) != 5 || len(back.Edges) != 8 {
		t.Fatalf("%d nodes and %d edges came back", len(back.Nodes), len(back.Edges))
	}
	if back.Edges[0].Start != "2025-08-31" || back.Edges[1].End != "2025-12-31" || back.Edges[0].Label != "has diplomatic relations with" {
		t.Errorf("edges came back as %+v", back.Edges[:2])
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, n := range []int{20, 100, crowdSize} {
		p := crowded(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Draw(p)
			}
		})
	}
}

func TestPNGShowsEveryNode(t *testing.T) {
	p := sample()
	var out bytes.Buffer
	if err := WritePNG(&out, p); err != nil {
		t.Fatal(err)
	}
	image, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range Draw(p).Nodes {
		// Beside the text, within the shape.
		x, y := int((n.X-n.W/2+6)*sharpness), int(n.Y*sharpness)
		if got := image.At(x, y); got != colorOf(n.Color) {
			t.Errorf("%s is %v at %d, %d, want %v", n.Label, got, x, y, colorOf(n.Color))
		}
	}
	wide := Picture{Title: "wide"}
	for i := range 4000 {
		wide.Nodes = append(wide.Nodes, Node{ID: fmt.Sprint(i), Label: strings.Repeat("Thing ", 5), Class: "c"})
	}
	out.Reset()
	if err := WritePNG(&out, wide); err != nil {
		t.Fatal(err)
	}
	if image, err := png.DecodeConfig(&out); err != nil || image.Width*image.Height > maxPixels*11/10 {
		t.Errorf("an image of %d by %d pixels: %v", image.Width, image.Height, err)
	}
}
