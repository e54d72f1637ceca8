package lanes

import (
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func some(n int, seed uint64) Timeline {
	r := rand.New(rand.NewPCG(seed, 1))
	t := Timeline{From: "2015-01-01", To: "2025-12-31"}
	for i := range 4 {
		lane := Lane{Label: fmt.Sprintf("State with a long name %d", i), Link: "/e"}
		for k := range n {
			first := time.Date(2015, 1, 1+r.IntN(4000), 0, 0, 0, 0, time.UTC)
			item := Item{Key: fmt.Sprint(k), Title: strings.Repeat("word ", 1+r.IntN(12)), Link: "/why", When: "then", First: first.Format(time.DateOnly), Last: first.AddDate(0, 0, r.IntN(2)*r.IntN(900)).Format(time.DateOnly)}
			switch r.IntN(6) {
			case 0:
				item.First = "0000-00-00"
			case 1:
				item.Last = "9999-99-99"
			}
			lane.Items = append(lane.Items, item)
		}
		t.Lanes = append(t.Lanes, lane)
	}
	return t
}

// No label overlaps another label or mark of its row, and none leaves the drawing.
func TestLabelsDoNotOverlap(t *testing.T) {
	type span struct {
		from, to float64
		what     string
	}
	for seed := range uint64(20) {
		l := arrange(some(30, seed))
		for _, lane := range l.lanes {
			rows := map[int][]span{}
			for _, p := range lane.items {
				if !p.labelled {
					continue
				}
				text := letter * float64(len([]rune(p.text)))
				from, to := p.x, p.end+labelShift+text
				if to > width {
					from, to = p.x-labelShift-text, p.end
				}
				if from < left-radius || to > width {
					t.Errorf("%q lies from %.0f to %.0f", p.text, from, to)
				}
				for _, other := range rows[p.row] {
					if from < other.to && other.from < to {
						t.Errorf("seed %d: %q (%.0f to %.0f) lies over %q (%.0f to %.0f)", seed, p.text, from, to, other.what, other.from, other.to)
					}
				}
				rows[p.row] = append(rows[p.row], span{from, to, p.text})
			}
		}
	}
}

func TestDrawingsAreXML(t *testing.T) {
	tangled := some(5, 1)
	tangled.Lanes[0].Label, tangled.Lanes[0].Items[0].Title = `<b>"&`, `a < b & "c"`
	for name, drawn := range map[string]Timeline{
		"tangled": tangled, "crowded": some(200, 2), "empty": {}, "a day": {From: "2025-01-01", To: "2025-01-01", Lanes: []Lane{{Label: "one"}}},
		"no calendar": {From: "2025-02-31", To: "2025-02-31", Lanes: []Lane{{Label: "one", Items: []Item{{First: "2025-02-31", Last: "2025-02-31"}}}}},
		"centuries":   {From: "1648-01-01", To: "2025-12-31"}, "weeks": {From: "2025-01-01", To: "2025-01-14"}, "months": {From: "2025-01-01", To: "2025-04-14"},
	} {
		var b strings.Builder
		if err := WriteSVG(&b, drawn); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(b.String(), `class="tick" d=`); n > 40 {
			t.Errorf("%s has %d ticks", name, n)
		}
		d := xml.NewDecoder(strings.NewReader(b.String()))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
}

func TestPlacesOfDays(t *testing.T) {
	a := newAxis("2025-01-01", "2025-12-31")
	for iso, want := range map[string]float64{"2025-01-01": left, "2025-12-31": width - right, "0000-00-00": left, "9999-99-99": width - right, "1990-01-01": left, "2025-02-31": a.at("2025-02-28")} {
		if got := a.at(iso); got != want {
			t.Errorf("%s lies at %.1f, want %.1f", iso, got, want)
		}
	}
}
