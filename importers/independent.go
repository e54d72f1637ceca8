package importers

import (
	"strconv"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// independent counts the sources that do not depend on each other: those of one
// publisher count once, and so do those that have a sentence word for word.
func independent(all []origin) int {
	root := map[string]string{}
	var find func(string) string
	find = func(s string) string {
		if root[s] == "" || root[s] == s {
			return s
		}
		return find(root[s])
	}
	sources := map[string]bool{}
	for _, o := range all {
		source, _, _ := strings.Cut(o.Report, "#")
		if o.Publisher != "" {
			source = "publisher " + o.Publisher
		}
		sources[source] = true
		if o.Wording != "" {
			root[find(source)] = find("wording " + o.Wording)
		}
	}
	roots := map[string]bool{}
	for s := range sources {
		roots[find(s)] = true
	}
	return len(roots)
}

// sources states how many independent sources a fact has.
func (f *facts) sources(iri string, all []origin) {
	f.say(iri, schema.Sources, graph.Typed(strconv.Itoa(independent(all)), schema.XSD+"integer"))
}
