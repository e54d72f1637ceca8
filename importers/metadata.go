package importers

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/ententegraph/entente/nlp/timex"
)

// metadata is what a file says about its document: names of fields in lower case → values.
type metadata map[string]string

// first gives the first field that is there.
func (m metadata) first(names ...string) string {
	for _, n := range names {
		if v := strings.TrimSpace(m[n]); v != "" {
			return v
		}
	}
	return ""
}

// fill sets the fields of the document that the metadata speaks of.
func (m metadata) fill(d *Document) error {
	if t := m.first("title", "headline"); t != "" {
		d.Title = t
	}
	d.Author = m.first("author", "authors", "byline")
	d.Publisher = m.first("publisher")
	d.URL = m.first("url")
	d.Language = m.first("language", "lang")
	// "source" names a page in some files, and a medium in others.
	switch source := m.first("source"); {
	case isURL(source) && d.URL == "":
		d.URL = source
	case source != "" && !isURL(source) && d.Publisher == "":
		d.Publisher = source
	}
	date := m.first("published", "date")
	if date == "" {
		return nil
	}
	var err error
	d.Published, err = ParseDate(date)
	return err
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// layouts are the ways in which files date documents, beside ISO 8601.
var layouts = []string{
	"2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006",
	"Monday, 2 January 2006", "Monday, January 2, 2006", "2006/01/02", "20060102",
	time.RFC1123, time.RFC1123Z, time.RFC822, time.RFC822Z, time.RFC850, time.UnixDate,
}

// ParseDate reads the date of a publication; of a time, the day as it is written there.
func ParseDate(s string) (timex.Date, error) {
	s = strings.TrimSpace(s)
	iso := s
	if len(iso) > 10 && (iso[10] == 'T' || iso[10] == ' ') {
		iso = iso[:10]
	}
	for _, l := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(l, iso); err == nil {
			d := timex.Date{Year: t.Year()}
			if len(l) > 4 {
				d.Month = int(t.Month())
			}
			if len(l) > 7 {
				d.Day = t.Day()
			}
			return d, nil
		}
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			return dateOf(t), nil
		}
	}
	return timex.Date{}, fmt.Errorf("date %q is not understood; write it as 2025-08-31", s)
}

func dateOf(t time.Time) timex.Date {
	return timex.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}
