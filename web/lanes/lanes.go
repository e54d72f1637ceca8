// Package lanes draws timelines as SVG: a lane for each thing, points for what
// happened on a day, bars for what lasted or is dated imprecisely, and lines
// between lanes for what happened to several things at once.
//
//	err := lanes.WriteSVG(w, lanes.Timeline{From: "2020-01-01", To: "2025-12-31", Lanes: []lanes.Lane{
//		{Label: "Armenia", Items: []lanes.Item{{Key: "e1", Title: "Armenia met France", First: "2024-02-23", Last: "2024-02-23"}}},
//	}})
package lanes

import (
	"cmp"
	"slices"
	"time"
)

// A Timeline is what is drawn, between two days (ISO 8601).
type Timeline struct {
	From, To string
	Lanes    []Lane
}

// A Lane is the row of one thing.
type Lane struct {
	Label string
	Link  string
	Items []Item
}

// An Item is something that happened, or lasted. Its days are the first and
// the last on which it may have been.
type Item struct {
	Key         string // the same in all lanes in which the item stands
	Title       string
	Link        string
	When        string // its date in words
	First, Last string
	// SoftStart and SoftEnd say that it did not begin and end on the days, but somewhere near them.
	SoftStart, SoftEnd bool
	Style              Style
}

// A Style tells what an item is worth.
type Style string

// The styles.
const (
	Fact     Style = ""
	Lasting  Style = "lasting"  // a position or relation, for as long as it holds
	Reported Style = "reported" // no fact
)

// The measures of the drawing, in its own units.
const (
	width      = 1080.0
	left       = 150.0 // of the axis; the labels of lanes stand before it
	right      = 20.0
	top        = 34.0
	rowHeight  = 19.0
	lanePad    = 9.0
	mostRows   = 12
	radius     = 4.5
	letter     = 6.1 // a letter of a label, at most
	labelShift = 8.0
	leastBar   = 7.0
)

// placed is an item in its lane.
type placed struct {
	Item
	x, end   float64 // of the mark
	row      int
	labelled bool
	text     string
}

type placedLane struct {
	Lane
	top, height float64
	items       []placed
	crowded     int // items that have no label
}

type layout struct {
	axis   axis
	lanes  []placedLane
	height float64
}

// axis maps days to places.
type axis struct {
	from time.Time
	days float64
}

func day(iso string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil && len(iso) == len(time.DateOnly) { // the 31st of a month of thirty days
		t, err = time.Parse("2006-01", iso[:7])
		t = t.AddDate(0, 1, -1)
	}
	return t, err == nil
}

func newAxis(from, to string) axis {
	a, ok := day(from)
	b, fine := day(to)
	if !ok || !fine || !b.After(a) {
		b = a.AddDate(1, 0, 0)
	}
	return axis{a, max(1, daysBetween(a, b))}
}

// daysBetween counts days; a time.Duration reaches no further than three centuries.
func daysBetween(a, b time.Time) float64 { return float64(b.Unix()-a.Unix()) / (24 * 60 * 60) }

// at places a day; what is before or after the axis lies at its end.
func (a axis) at(iso string) float64 {
	t, ok := day(iso)
	if !ok {
		if iso < "1" { // no beginning
			return left
		}
		return width - right
	}
	share := daysBetween(a.from, t) / a.days
	return left + min(max(share, 0), 1)*(width-left-right)
}

// arrange gives every item a row in which its mark and label overlap no other;
// where there is none any more, it stands in the last row without a label.
func arrange(t Timeline) layout {
	l := layout{axis: newAxis(t.From, t.To), height: top}
	for _, lane := range t.Lanes {
		p := placedLane{Lane: lane, top: l.height}
		items := slices.Clone(lane.Items)
		slices.SortStableFunc(items, func(a, b Item) int {
			return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Key, b.Key))
		})
		var taken [mostRows]float64 // up to where each row is taken
		rows := 1
		for _, item := range items {
			at := placed{Item: item, x: l.axis.at(item.First), end: l.axis.at(item.Last), row: -1}
			if at.end-at.x < leastBar {
				at.end = at.x
			}
			at.text = shortened(item.Title)
			reach := at.end + labelShift + letter*float64(len([]rune(at.text)))
			start := at.x
			if reach > width { // the label stands before the mark
				start = at.x - labelShift - letter*float64(len([]rune(at.text)))
				reach = at.end
			}
			for row := range taken {
				if taken[row] <= start-4 && start >= left-4 {
					at.row, at.labelled, taken[row] = row, true, reach+radius
					break
				}
			}
			if at.row < 0 {
				at.row = mostRows
				p.crowded++
			}
			rows = max(rows, at.row+1)
			p.items = append(p.items, at)
		}
		p.height = float64(rows)*rowHeight + 2*lanePad
		l.height += p.height
		l.lanes = append(l.lanes, p)
	}
	l.height += lanePad
	return l
}

const mostLetters = 46

// shortened cuts a title at a word.
func shortened(title string) string {
	letters := []rune(title)
	if len(letters) <= mostLetters {
		return title
	}
	cut := mostLetters - 1
	for cut > mostLetters/2 && letters[cut] != ' ' {
		cut--
	}
	return string(letters[:cut]) + " …"
}

// y is the middle of an item's row.
func (l placedLane) y(p placed) float64 { return l.top + lanePad + (float64(p.row)+0.5)*rowHeight }
