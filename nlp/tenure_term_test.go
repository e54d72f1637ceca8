package nlp_test

import (
	"context"
	"testing"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

// TestTenureTerms reads how long positions are held; the date of an event told beside them is another.
func TestTenureTerms(t *testing.T) {
	pipeline := english(t)
	for _, c := range []struct {
		text, from, until string
		former            bool
		event             string // date of the event, "" for none or an unknown one
	}{
		{"Ann Ray, who was deputy prime minister of Fiji until last month, met Bob Lee.", "", "2024-04", true, ""},
		{"Ann Ray has been foreign minister of Fiji since 2019.", "2019", "", false, ""},
		{"Ann Ray, prime minister of Fiji from 2012 to 2016, met Bob Lee on Monday.", "2012", "2016", true, "2024-05-13"},
		{"Ann Ray, foreign minister of Fiji since March 2020, visited Peru.", "2020-03", "", false, ""},
		{"Ann Ray, the foreign minister of Fiji, visited Peru in 2019.", "", "", false, "2019"},
		{"Ann Ray, the foreign minister of Fiji, will remain in office until 2026.", "", "", false, ""},
	} {
		d := &nlp.Doc{ID: "case", Text: c.text, Language: "en", Published: timex.Date{Year: 2024, Month: 5, Day: 14}}
		if err := pipeline.Annotate(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		if len(d.Tenures) != 1 {
			t.Errorf("%q: %d tenures, want 1", c.text, len(d.Tenures))
			continue
		}
		got := d.Tenures[0]
		if got.From.Date.String() != c.from || got.Until.Date.String() != c.until || got.Former != c.former {
			t.Errorf("%q: from %q until %q, former %v; want %q, %q, %v", c.text, got.From.Date, got.Until.Date, got.Former, c.from, c.until, c.former)
		}
		event := ""
		for _, v := range d.Events {
			event += v.Date.Date.String()
		}
		if event != c.event {
			t.Errorf("%q: event dated %q, want %q", c.text, event, c.event)
		}
	}
}
