package lanes

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// WriteSVG draws a timeline as an element for a page that has [Stylesheet].
// The element says its own scale in data-from, data-to, data-left and data-right,
// in which a script can read days from places.
func WriteSVG(w io.Writer, t Timeline) error {
	l := arrange(t)
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" class="lanes" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="group" aria-label="Timeline" data-from="%s" data-to="%s" data-left="%.0f" data-right="%.0f">`+"\n",
		width, l.height, width, l.height, escape(t.From), escape(t.To), left, width-right)
	b.WriteString(`<defs><linearGradient id="soft"><stop offset="0" class="fade"/><stop offset=".25" class="full"/><stop offset=".75" class="full"/><stop offset="1" class="fade"/></linearGradient>` +
		`<linearGradient id="soft-start"><stop offset="0" class="fade"/><stop offset=".4" class="full"/></linearGradient>` +
		`<linearGradient id="soft-end"><stop offset=".6" class="full"/><stop offset="1" class="fade"/></linearGradient></defs>` + "\n")
	l.ticks(b)
	for i, lane := range l.lanes {
		if i%2 == 1 {
			fmt.Fprintf(b, `<rect class="band" x="0" y="%.1f" width="%.0f" height="%.1f"/>`, lane.top, width, lane.height)
		}
	}
	l.joints(b)
	for _, lane := range l.lanes {
		lane.write(b)
	}
	b.WriteString("</svg>\n")
	return b.Flush()
}

// ticks draws the axis: days, months, years or more, as many as have room.
func (l layout) ticks(b *bufio.Writer) {
	end := l.axis.from.AddDate(0, 0, int(l.axis.days))
	step, format := stepOf(l.axis.days)
	for t := step(l.axis.from, false); !t.After(end); t = step(t, true) {
		x := l.axis.at(t.Format(time.DateOnly))
		fmt.Fprintf(b, `<path class="tick" d="M%.1f %.1fV%.1f"/><text class="tick" x="%.1f" y="%.1f">%s</text>`+"\n", x, top-8, l.height, x+3, top-12, t.Format(format))
	}
}

// stepOf gives how one comes from a tick to the next, and to the first one not before a day.
func stepOf(days float64) (step func(t time.Time, on bool) time.Time, format string) {
	months := func(n int) func(time.Time, bool) time.Time {
		return func(t time.Time, on bool) time.Time {
			at := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
			if !on && at.Before(t) {
				on, at = false, at.AddDate(0, 1, 0)
			} else if on {
				at = at.AddDate(0, 1, 0)
			}
			for (at.Year()*12+int(at.Month())-1)%n != 0 {
				at = at.AddDate(0, 1, 0)
			}
			return at
		}
	}
	switch {
	case days <= 21:
		return func(t time.Time, on bool) time.Time {
			if on {
				return t.AddDate(0, 0, 2)
			}
			return t
		}, "2 Jan"
	case days <= 120:
		return func(t time.Time, on bool) time.Time {
			if on {
				return t.AddDate(0, 0, 14)
			}
			return t
		}, "2 Jan 2006"
	case days <= 700:
		return months(2), "Jan 2006"
	case days <= 12*366:
		return months(12), "2006"
	case days <= 40*366:
		return months(12 * 5), "2006"
	case days <= 90*366:
		return months(12 * 10), "2006"
	}
	return months(12 * 50), "2006"
}

// joints joins what stands in several lanes.
func (l layout) joints(b *bufio.Writer) {
	type end struct{ x, from, to float64 }
	ends := map[string]end{}
	var keys []string
	for _, lane := range l.lanes {
		for _, p := range lane.items {
			y := lane.y(p)
			e, known := ends[p.Key]
			if !known {
				keys = append(keys, p.Key)
				e = end{p.x, y, y}
			}
			e.from, e.to = min(e.from, y), max(e.to, y)
			ends[p.Key] = e
		}
	}
	for _, key := range keys {
		if e := ends[key]; e.to > e.from {
			fmt.Fprintf(b, `<path class="joint" d="M%.1f %.1fV%.1f"/>`+"\n", e.x, e.from, e.to)
		}
	}
}

func (l placedLane) write(b *bufio.Writer) {
	fmt.Fprintf(b, `<a href="%s"><text class="lane" x="8" y="%.1f">%s</text></a>`+"\n", escape(l.Link), l.top+lanePad+rowHeight*0.7, escape(short(l.Label, 20)))
	if l.crowded > 0 {
		fmt.Fprintf(b, `<text class="crowded" x="8" y="%.1f">%d without label</text>`+"\n", l.top+lanePad+rowHeight*1.6, l.crowded)
	}
	for _, p := range l.items {
		y := l.y(p)
		class := "item"
		if p.Style != Fact {
			class += " " + string(p.Style)
		}
		fmt.Fprintf(b, `<a class="%s" href="%s" data-key="%s"><title>%s: %s</title>`, class, escape(p.Link), escape(p.Key), escape(p.When), escape(p.Title))
		if p.end > p.x {
			hard, soft := "", ""
			switch {
			case p.SoftStart && p.SoftEnd:
				soft = ` fill="url(#soft)"`
			case p.SoftStart:
				soft = ` fill="url(#soft-start)"`
			case p.SoftEnd:
				soft = ` fill="url(#soft-end)"`
			default:
				hard = " hard"
			}
			fmt.Fprintf(b, `<rect class="mark%s" x="%.1f" y="%.1f" width="%.1f" height="7" rx="3"%s/>`, hard, p.x, y-3.5, p.end-p.x, soft)
		} else {
			fmt.Fprintf(b, `<circle class="mark hard" cx="%.1f" cy="%.1f" r="%.1f"/>`, p.x, y, radius)
		}
		if p.labelled {
			x, anchor := p.end+labelShift, "start"
			if x+letter*float64(len([]rune(p.text))) > width {
				x, anchor = p.x-labelShift, "end"
			}
			fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>`, x, y+4, anchor, escape(p.text))
		}
		b.WriteString("</a>\n")
	}
}

func short(label string, most int) string {
	if letters := []rune(label); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return label
}

// Stylesheet is the style of timelines, for pages that have the custom properties of ours.
const Stylesheet = `.lanes{display:block;font:11px/1 var(--sans);min-width:46rem;width:100%;height:auto}
.lanes text{fill:var(--ink)}.lanes text.tick,.lanes .crowded{fill:var(--soft)}.lanes path.tick{stroke:var(--line)}.lanes .lane{font-weight:700;font-size:12.5px}
.lanes .band{fill:var(--sunk);opacity:.6}.lanes .mark{stroke:var(--surface);stroke-width:1}.lanes .hard{fill:var(--accent)}.lanes .lasting .hard{fill:var(--good)}
.lanes .reported .hard{fill:var(--surface)}.lanes .reported .mark{stroke:var(--warn);stroke-width:1.6;stroke-dasharray:2 2}.lanes .reported text{font-style:italic}
.lanes .joint{stroke:var(--strong-line);stroke-width:1.2;stroke-dasharray:1 2}.lanes a:hover text,.lanes a:focus text{text-decoration:underline}
.lanes .full{stop-color:var(--accent)}.lanes .fade{stop-color:var(--accent);stop-opacity:.08}.lanes rect.brush{fill:var(--mark);opacity:.6}
`

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder never fails to write
	return b.String()
}
