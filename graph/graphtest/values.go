package graphtest

import (
	"math/big"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
)

const xsd = "http://www.w3.org/2001/XMLSchema#"

// compareValues compares two literals in the plainest way, and reports false
// where they do not compare, or where it depends on a time zone that is taken for granted.
func compareValues(a, b graph.Term) (int, bool) {
	if n, ok := number(a); ok {
		if m, ok := number(b); ok {
			return n.Cmp(m), true
		}
		return 0, false
	}
	if a.Datatype != b.Datatype {
		return 0, false
	}
	switch a.Datatype {
	case xsd + "boolean":
		truth := func(t graph.Term) int { return strings.Count("true1", t.Value) }
		return truth(a) - truth(b), true
	case xsd + "date", xsd + "dateTime":
		at, zoneA, okA := moment(a.Value)
		bt, zoneB, okB := moment(b.Value)
		return at.Compare(bt), okA && okB && zoneA == zoneB
	}
	return 0, false
}

func number(t graph.Term) (*big.Rat, bool) {
	if t.Datatype != xsd+"integer" && t.Datatype != xsd+"decimal" {
		return nil, false
	}
	return new(big.Rat).SetString(t.Value)
}

// moment reads a date or dateTime, and whether it has a time zone.
func moment(lexical string) (time.Time, bool, bool) {
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, lexical); err == nil {
			return t, false, true
		}
		if t, err := time.Parse(layout+"Z07:00", lexical); err == nil {
			return t, true, true
		}
	}
	return time.Time{}, false, false
}
