// Package score compares what was read in a document with what a careful reader
// finds in it, both in the wire format extraction/1, and says layer by layer how
// well the two agree. Its figures are those of the contract's scorer, score.py,
// with which a test keeps it equal; coreference is measured beside them.
//
//	gold, err := score.Read("d01.gold.json")
//	figures, misses := score.Compare(gold, doc.Extraction())
//	fmt.Print(figures.Value("entities.f1"), misses)
//
// [Sum] adds the figures of several documents up (micro-averages).
package score

import (
	"github.com/ententegraph/entente/nlp"
)

// A Kind says what a figure counts, and so which values it has.
type Kind int

const (
	Overlap Kind = iota // found things against wanted ones: .p, .r, .f1
	Share               // of the wanted things, how many are right
	Count               // plain number of faults
)

// A Figure is one measure of agreement. Of an [Overlap], Precise of Found things
// are right, and Recalled of Wanted ones were found; the two differ only for
// coreference. A [Share] has Recalled of Wanted, a [Count] Wanted alone.
type Figure struct {
	Name                             string
	Kind                             Kind
	Precise, Found, Recalled, Wanted float64
}

// Figures are the measures of one document or of several, in the order of the contract.
type Figures []Figure

func overlap(name string, right, found, wanted int) Figure {
	return Figure{name, Overlap, float64(right), float64(found), float64(right), float64(wanted)}
}

func share(name string, right, of int) Figure {
	return Figure{Name: name, Kind: Share, Recalled: float64(right), Wanted: float64(of)}
}

func count(name string, n int) Figure {
	return Figure{Name: name, Kind: Count, Wanted: float64(n)}
}

// A Value is a figure's value under its full name; Known is false where nothing
// was there to be measured.
type Value struct {
	Name  string
	Kind  Kind
	Value float64
	Known bool
}

// Values returns the values of all figures, by the names that the contract has for them.
func (f Figures) Values() []Value {
	var out []Value
	for _, x := range f {
		out = append(out, x.values()...)
	}
	if m, ok := f.coreference(); ok {
		out = append(out, m)
	}
	return out
}

// Value returns the value of that name, such as entities.f1.
func (f Figures) Value(name string) Value {
	for _, v := range f.Values() {
		if v.Name == name {
			return v
		}
	}
	return Value{Name: name}
}

func (x Figure) values() []Value {
	switch x.Kind {
	case Count:
		return []Value{{x.Name, x.Kind, x.Wanted, true}}
	case Share:
		return []Value{ratio(x.Name, x.Kind, x.Recalled, x.Wanted)}
	}
	p := ratio(x.Name+".p", x.Kind, x.Precise, x.Found)
	if x.Found == 0 && x.Wanted > 0 {
		p.Known = true // nothing was found where there was something
	}
	return []Value{p, ratio(x.Name+".r", x.Kind, x.Recalled, x.Wanted), x.f1()}
}

func (x Figure) f1() Value {
	name := x.Name + ".f1"
	if x.Found+x.Wanted == 0 {
		return Value{Name: name, Kind: x.Kind}
	}
	if x.Precise == x.Recalled {
		return ratio(name, x.Kind, 2*x.Precise, x.Found+x.Wanted)
	}
	p, r := x.Precise/max(x.Found, 1), x.Recalled/max(x.Wanted, 1)
	if p+r == 0 {
		return Value{name, x.Kind, 0, true}
	}
	return Value{name, x.Kind, 2 * p * r / (p + r), true}
}

func ratio(name string, kind Kind, part, whole float64) Value {
	if whole == 0 {
		return Value{Name: name, Kind: kind}
	}
	return Value{name, kind, part / whole, true}
}

// Sum adds up the figures of documents, which all have the same names.
func Sum(documents []Figures) Figures {
	var out Figures
	for _, d := range documents {
		if out == nil {
			out = append(out, d...)
			continue
		}
		for i, x := range d {
			out[i].Precise += x.Precise
			out[i].Found += x.Found
			out[i].Recalled += x.Recalled
			out[i].Wanted += x.Wanted
		}
	}
	return out
}

// Compare returns the figures of one document, and a line for each thing that was missed, read too much or read wrongly.
func Compare(gold, system nlp.Extraction) (Figures, []string) {
	c := newComparison(gold, system)
	var out Figures
	for _, layer := range []func() Figures{
		c.mentions, c.compareEntities, c.tenures, c.relations, c.events, c.falseFacts, c.coreferences,
	} {
		out = append(out, layer()...)
	}
	return out, c.misses
}
