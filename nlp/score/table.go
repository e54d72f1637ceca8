package score

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// columns are the figures that a table of documents shows.
var columns = []struct{ head, name string }{
	{"named", "mentions.named.f1"}, {"all", "mentions.all.f1"},
	{"entity", "entities.f1"}, {"linked", "entities.linking"}, {"split", "entities.splits"}, {"merged", "entities.merges"},
	{"coref", "coreference.conll"}, {"tenure", "tenures.f1"},
	{"rel", "relations.loose.f1"}, {"rel!", "relations.strict.f1"},
	{"root", "events.root.f1"}, {"found", "events.detection.f1"},
	{"date", "events.date.exact"}, {"place", "events.place"}, {"status", "events.status"}, {"said", "events.attributedTo"},
	{"FALSE", "falseFacts.total"},
}

// A Row is a document, or several, in a table of figures.
type Row struct {
	Name    string
	Figures Figures
}

// Table shows the chief figures of documents, one a line, and of all of them.
func Table(rows []Row) string {
	width := len("text")
	all := make([]Figures, len(rows))
	for i, r := range rows {
		width = max(width, len(r.Name))
		all[i] = r.Figures
	}
	var out strings.Builder
	line := func(name string, cell func(int) string) {
		fmt.Fprintf(&out, "%-*s", width, name)
		for i := range columns {
			fmt.Fprintf(&out, " %6s", cell(i))
		}
		out.WriteByte('\n')
	}
	line("text", func(i int) string { return columns[i].head })
	for _, r := range append(slices.Clip(rows), Row{"sum", Sum(all)}) {
		line(r.Name, func(i int) string { return r.Figures.Value(columns[i].name).String() })
	}
	return out.String()
}

// String shows a share with three digits, a count without, and what is not known as -.
func (v Value) String() string {
	switch {
	case !v.Known:
		return "-"
	case v.Kind == Count:
		return strconv.Itoa(int(v.Value))
	}
	return strconv.FormatFloat(v.Value, 'f', 3, 64)
}

// An Interval is where a value lies with 95 % of documents drawn anew.
type Interval struct{ Low, High float64 }

// Intervals draws the documents anew so many times, and returns the interval of each value by its name; one document has none.
func Intervals(documents []Figures, draws int) map[string]Interval {
	if len(documents) < 2 {
		return nil
	}
	random := rand.New(rand.NewPCG(2025, 9))
	values := map[string][]float64{}
	drawn := make([]Figures, len(documents))
	for range draws {
		for i := range drawn {
			drawn[i] = documents[random.IntN(len(documents))]
		}
		for _, v := range Sum(drawn).Values() {
			if v.Known {
				values[v.Name] = append(values[v.Name], v.Value)
			}
		}
	}
	out := map[string]Interval{}
	for name, list := range values {
		slices.Sort(list)
		last := float64(len(list) - 1)
		out[name] = Interval{list[int(0.025*last)], list[int(0.975*last+0.999999)]}
	}
	return out
}
