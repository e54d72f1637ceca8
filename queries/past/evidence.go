package past

import (
	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// evidence is when documents were published that tell of a statement, as the
// last day that may be; "" where none has a date.
type evidence struct {
	any         string // the earliest of all
	first, last string // of those that say that it holds
	ended       string // the earliest of those that say that it is over
}

// evidence reads when documents tell of the statements.
func (r *reading) evidence() (map[graph.ID]evidence, error) {
	published, err := r.publications()
	if err != nil {
		return nil, err
	}
	day := map[graph.ID]string{} // of reports
	ending := map[graph.ID]bool{}
	var negative graph.ID
	if negative, _, err = r.view.ID(r.ctx, graph.String("negative")); err != nil {
		return nil, err
	}
	err = r.each(schema.Polarity, "", true, func(e graph.Encoded) {
		day[e.Subject] = published[e.Graph]
		if negative != graph.Any && e.Object == negative {
			ending[e.Subject] = true
		}
	})
	if err != nil {
		return nil, err
	}
	mark := func(e graph.Encoded) {
		if e.Graph != graph.DefaultGraph {
			ending[e.Subject] = true
		}
	}
	if err := r.each(schema.Former, "", true, mark); err != nil {
		return nil, err
	}
	for _, t := range r.model.Events {
		if len(t.Ends) == 0 {
			continue
		}
		id, ok, err := r.view.ID(r.ctx, graph.IRI(t.IRI()))
		if err != nil {
			return nil, err
		}
		if r.ids[t.IRI()] = id; !ok {
			continue
		}
		if err := r.each(schema.StatedType, t.IRI(), true, mark); err != nil {
			return nil, err
		}
	}
	out := map[graph.ID]evidence{}
	err = r.each(schema.Evidence, "", false, func(e graph.Encoded) {
		when := day[e.Object]
		if when == "" {
			return
		}
		told := out[e.Subject]
		told.any = earlier(told.any, when)
		if ending[e.Object] {
			told.ended = earlier(told.ended, when)
		} else {
			told.first = earlier(told.first, when)
			told.last = max(told.last, when)
		}
		out[e.Subject] = told
	})
	return out, err
}

// earlier returns the earlier of two days, of which the first may be "".
func earlier(a, b string) string {
	if a == "" {
		return b
	}
	return min(a, b)
}

// publications returns when documents were published, or where that is not
// known when they were loaded.
func (r *reading) publications() (map[graph.ID]string, error) {
	out := map[graph.ID]string{}
	for _, property := range []string{schema.Issued, schema.Recorded} {
		dates := map[graph.ID]graph.ID{}
		err := r.each(property, "", true, func(e graph.Encoded) {
			if _, known := out[e.Subject]; e.Subject == e.Graph && !known {
				dates[e.Subject] = e.Object
			}
		})
		if err != nil {
			return nil, err
		}
		for document, date := range dates {
			text, err := r.text(date)
			if err != nil {
				return nil, err
			}
			out[document] = LastDay(text)
		}
	}
	return out, nil
}
