package queries

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"

	"github.com/ententegraph/entente/graph"
)

// A termFilter keeps the nodes whose term passes a test.
type termFilter func(graph.Term) bool

// BuildIterator is what Cayley asks of a filter.
func (f termFilter) BuildIterator(qs cayley.QuadStore, it cayley.Iterator) cayley.Iterator {
	return iterator.NewValueFilter(qs, it, func(v quad.Value) (bool, error) {
		t, ok := graph.TermOf(v)
		return ok && f(t), nil
	})
}

// comparison keeps the terms that stand in a relation to a given one. Terms
// compare within their kind only: numbers by value, dates and times by their
// ISO 8601 text, other literals by text, IRIs and blank nodes by name. A plain
// string that is given also compares with dates, so that gt("2025") finds them.
func comparison(holds func(order int) bool, with graph.Term) termFilter {
	return func(t graph.Term) bool {
		order, comparable := compareTerms(t, with)
		return comparable && holds(order)
	}
}

type termClass int

const (
	classBlank termClass = iota
	classIRI
	classNumber
	classDate
	classText
	classOther
)

func classOf(t graph.Term) termClass {
	switch t.Kind {
	case graph.KindBlank:
		return classBlank
	case graph.KindIRI:
		return classIRI
	}
	name, isXSD := strings.CutPrefix(t.Datatype, xsd)
	switch {
	case t.Datatype == "":
		return classText
	case !isXSD:
		return classOther
	}
	switch name {
	case "integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger",
		"positiveInteger", "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte":
		return classNumber
	case "date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth", "time":
		return classDate
	case "string", "normalizedString", "token":
		return classText
	}
	return classOther
}

func compareTerms(a, b graph.Term) (order int, comparable bool) {
	ca, cb := classOf(a), classOf(b)
	if ca == classDate && cb == classText && b.Language == "" || ca == classText && a.Language == "" && cb == classDate {
		return strings.Compare(a.Value, b.Value), true
	}
	if ca != cb || ca == classOther && a.Datatype != b.Datatype {
		return 0, false
	}
	if ca == classNumber {
		x, errA := strconv.ParseFloat(a.Value, 64)
		y, errB := strconv.ParseFloat(b.Value, 64)
		if errA != nil || errB != nil || math.IsNaN(x) || math.IsNaN(y) {
			return 0, false
		}
		switch {
		case x < y:
			return -1, true
		case x > y:
			return 1, true
		}
		return 0, true
	}
	return strings.Compare(a.Value, b.Value), true
}

// orderTerms is the total order of order(): blank nodes, IRIs, then literals:
// numbers by value, dates by time, texts by their letters.
func orderTerms(a, b graph.Term) int {
	if ca, cb := classOf(a), classOf(b); ca != cb {
		return int(ca) - int(cb)
	}
	if order, ok := compareTerms(a, b); ok && order != 0 {
		return order
	}
	if order := strings.Compare(a.Value, b.Value); order != 0 {
		return order
	}
	return strings.Compare(a.Datatype+"@"+a.Language, b.Datatype+"@"+b.Language)
}

func sortEntries(entries []entry, terms []graph.Term, b *budget) ([]entry, error) {
	order := make([]int, len(entries))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		if b.stopped() {
			return 0
		}
		return orderTerms(terms[i], terms[j])
	})
	if b.stopped() {
		return nil, errStopped
	}
	out := make([]entry, len(entries))
	for i, at := range order {
		out[i] = entries[at]
	}
	return out, nil
}

// matching keeps the literals that match a regular expression, and IRIs and
// blank nodes only where refs says so. RE2 syntax; matching takes linear time.
func matching(expression string, refs bool) (termFilter, error) {
	re, err := regexp.Compile(expression)
	if err != nil {
		return nil, fmt.Errorf("regex: %w", err)
	}
	return func(t graph.Term) bool {
		if t.Kind != graph.KindLiteral && !refs {
			return false
		}
		return re.MatchString(t.Value)
	}, nil
}

// like keeps the terms whose whole text matches a pattern in which % stands
// for any characters and ? for exactly one.
func like(pattern string) (termFilter, error) {
	re, err := regexp.Compile("(?s)^" + strings.NewReplacer("%", ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern)) + "$")
	if err != nil {
		return nil, fmt.Errorf("like: %w", err)
	}
	return func(t graph.Term) bool { return re.MatchString(t.Value) }, nil
}
