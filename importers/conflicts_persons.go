package importers

import (
	"maps"
	"slices"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// tenureWindow gives the time in which a person is known to have held a
// position: from the latest beginning to the earliest end that is told, or for as
// long as documents speak of it. dated says that more than publications are known.
func tenureWindow(reports []datedTenure) (w window, dated bool) {
	inOffice := false
	for _, t := range reports {
		if t.From.exact() {
			w.first, dated = max(w.first, t.From.Date), true
		}
		if t.Until.exact() && (w.last == "" || t.Until.Date < w.last) {
			w.last, dated = t.Until.Date, true
		}
		inOffice = inOffice || !t.Former
	}
	if !inOffice && !dated {
		return window{"9999", "0000"}, false // over, and nobody says when it was
	}
	first, last := w.first != "", w.last != ""
	for _, t := range reports {
		if t.published == "" || t.Former {
			continue
		}
		if !first && (w.first == "" || t.published < w.first) {
			w.first = t.published
		}
		if !last && t.published > w.last {
			w.last = t.published
		}
	}
	return w, dated
}

// overlaps reports whether two times are sure to have a part in common. On the
// day on which one ends by what is told, another may begin.
func overlaps(a, b holding) bool {
	first, last := max(a.window.first, b.window.first), a.window.last
	if b.window.last < last {
		last = b.window.last
	}
	if first == "" || last == "" {
		return first == last // neither says when
	}
	if a.dated || b.dated {
		return first < last && !agrees(first, last)
	}
	return first <= last
}

func holds(t datedTenure) string {
	said := t.Holder.Name + ", " + t.Title
	if t.Of.Name != "" {
		said += " of " + t.Of.Name
	}
	if t.Accredited.Name != "" {
		said += " to " + t.Accredited.Name
	}
	return said
}

func tenureClaim(t datedTenure) Claim {
	says := holds(t) + spanned(t.From, t.Until)
	if t.Former {
		says += " (former)"
	}
	return Claim{Says: says, Report: t.Report, Published: t.published}
}

func claimsOf(h holding) []Claim {
	var out []Claim
	for _, t := range h.reports {
		out = append(out, tenureClaim(t))
	}
	return out
}

// twoHolders looks for persons who hold at one time what one person holds.
func (c *contradictions) twoHolders() error {
	for _, position := range slices.Sorted(maps.Keys(c.holders)) {
		all := c.holders[position]
		for i, a := range all {
			for _, b := range all[i+1:] {
				if err := c.d.ctx.Err(); err != nil {
					return err
				}
				if a.person.IRI != b.person.IRI && overlaps(a, b) {
					title := a.reports[0].Title
					if of := a.reports[0].Of.Name; of != "" {
						title += " of " + of
					}
					c.add(TwoHolders, title+": "+a.person.Name+", "+b.person.Name, append(claimsOf(a), claimsOf(b)...))
				}
			}
		}
	}
	return nil
}

// actsForTwo looks for persons who act for two states at one time.
func (c *contradictions) actsForTwo() {
	state := func(h holding) string {
		if of := h.reports[0].Of.IRI; strings.HasPrefix(of, schema.ID+"state/") {
			return of
		}
		return ""
	}
	for _, person := range slices.Sorted(maps.Keys(c.states)) {
		all := c.states[person]
		for i, a := range all {
			for _, b := range all[i+1:] {
				if x, y := state(a), state(b); x != "" && y != "" && x != y && overlaps(a, b) {
					c.add(TwoStates, a.person.Name+" for "+a.reports[0].Of.Name+" and "+b.reports[0].Of.Name, append(claimsOf(a), claimsOf(b)...))
				}
			}
		}
	}
}
