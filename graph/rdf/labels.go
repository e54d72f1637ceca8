package rdf

import (
	"strconv"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// labels gives blank nodes their labels: those of the document keep theirs,
// those without get genid1, genid2 … in the order of the document, so that the
// same document always gives the same quads. A label of the document that looks
// like one of ours gets an x before it, which keeps all labels apart.
type labels struct{ made int }

const madeLabel = "genid"

func (l *labels) fresh() graph.Term {
	l.made++
	return graph.Blank(madeLabel + strconv.Itoa(l.made))
}

func (l *labels) labelled(label string) graph.Term {
	if digits, ok := strings.CutPrefix(strings.TrimLeft(label, "x"), madeLabel); ok && strings.Trim(digits, "0123456789") == "" {
		label = "x" + label
	}
	return graph.Blank(label)
}
