package functions

import (
	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/value"
	"github.com/ententegraph/entente/schema"
)

// texts are our own functions on the words of strings. Over many texts the
// pattern ?text ent:hasWords "words" is faster: it uses the index.
var texts = []Function{
	{Name: schema.HasWords, Min: 2, Max: 2, Eval: hasWords, Help: `Tells whether a string has all of some words; "armen*" stands for all that begin so.`, Clause: "our own"},
	{Name: schema.TextScore, Min: 2, Max: 2, Eval: textScore, Help: "Tells how well some words fit a string: a short one with many of them better.", Clause: "our own"},
}

// HasWords reports whether a term is a string that has all words of a query
// (see [graph.ParseTextQuery]).
func HasWords(t graph.Term, query string) bool {
	_, all := score(t, query)
	return all
}

func hasWords(_ *Env, args []Value) (Value, error) {
	query, err := plain(args[1])
	return value.Boolean(err == nil && HasWords(args[0].Term(), query)), err
}

func textScore(_ *Env, args []Value) (Value, error) {
	query, err := plain(args[1])
	if err != nil {
		return Value{}, err
	}
	sum, all := score(args[0].Term(), query)
	if !all {
		sum = 0
	}
	return value.Double(sum), nil
}

// score weighs the words in a text, all as if they were equally rare, and
// reports whether it has them all.
func score(t graph.Term, query string) (sum float64, all bool) {
	if !t.HasText() {
		return 0, false
	}
	uses, all := graph.ParseTextQuery(query).Uses(t.Value)
	for _, use := range uses {
		sum += use.Score(1)
	}
	return sum, all
}
