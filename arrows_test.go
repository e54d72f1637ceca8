package entente

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/ententegraph/entente/"

// arrows is the architecture: each package, and the packages of this module
// that it may import. A missing arrow is a design question, not a typo.
var arrows = map[string][]string{
	"nearest":                   {},
	"schema":                    {"nearest"},
	"graph":                     {},
	"graph/iri":                 {},
	"graph/columns":             {"graph"},
	"graph/pebble":              {"graph", "graph/columns"},
	"graph/graphtest":           {"graph"},
	"graph/graphtest/diplomacy": {"graph", "schema"},
	"nlp/timex":                 {},
	"nlp/models":                {},
	"nlp/perceptron":            {"nlp/models"},
	"nlp":                       {"nlp/perceptron", "nlp/timex", "schema"},
	"nlp/score":                 {"nlp", "nlp/timex"},
	"importers/background":      {"importers", "nlp", "nlp/timex"},
	"importers/articles":        {"nlp", "nlp/timex"},
	"importers/importertest":    {"graph/pebble", "importers", "nlp", "nlp/timex", "schema"},
	"importers":                 {"graph", "graph/rdf", "nearest", "nlp", "nlp/timex", "schema"},
	"queries":                   {"graph", "nearest", "queries/sparql", "queries/sparql/algebra", "queries/sparql/syntax", "schema"},
	"queries/sparql/value":      {"graph"},
	"queries/results":           {"graph"},
	"queries/sparql/functions":  {"graph", "graph/iri", "queries/sparql/regex", "queries/sparql/value", "schema"},
	"queries/sparql/regex":      {},
	"queries/facts":             {"graph", "nearest", "queries/past", "schema"},
	"queries/past":              {"graph", "schema"},
	"queries/ties":              {"graph", "nearest", "queries/facts", "queries/past", "schema"},
	"web/protocol":              {"graph", "graph/iri", "graph/overlay", "graph/rdf", "queries/results", "queries/sparql", "queries/sparql/algebra", "queries/sparql/engine", "queries/sparql/syntax"},
	"web/picture":               {"queries/facts", "schema"},
	"web/lanes":                 {},
	"web/loading":               {"importers", "nlp", "nlp/timex", "schema"},
	"web":                       {"web/lanes", "web/loading", "graph", "web/protocol", "importers", "nearest", "nlp/timex", "queries", "queries/facts", "schema", "web/network", "web/picture", "web/ui"},
	"web/network":               {"graph", "nearest", "queries/facts", "schema", "web/picture"},
	"web/ui":                    {},
	"cmd/bench":                 {"graph", "graph/graphtest/diplomacy", "graph/pebble", "importers", "importers/articles", "importers/background", "nlp", "queries/sparql", "schema", "web/protocol", "queries", "queries/past", "queries/ties"},
	"cmd/train":                 {"nlp", "nlp/perceptron", "nlp/score", "schema"},
	"cmd/entente":               {"importers/background", "graph/memory", "queries/results", "queries/sparql", "queries/sparql/algebra", "queries/sparql/remote", "web/protocol", "queries/sparql/syntax", "queries/sparql/update", "graph", "graph/pebble", "graph/rdf", "importers", "nearest", "nlp", "nlp/score", "nlp/timex", "queries", "queries/facts", "queries/past", "queries/ties", "schema", "web", "web/loading", "web/picture", ""},

	"graph/rdf":             {"graph", "graph/iri"},
	"queries/sparql/syntax": {"graph", "graph/iri", "nearest"},
	"graph/graphtest/w3c":   {"graph", "graph/rdf"},

	"graph/overlay":            {"graph"},
	"queries/sparql/update":    {"graph", "graph/overlay", "graph/rdf", "queries/sparql", "queries/sparql/algebra", "queries/sparql/engine", "queries/sparql/functions", "queries/sparql/syntax"},
	"graph/memory":             {"graph"},
	"queries/sparql/algebra":   {"graph", "queries/sparql/syntax"},
	"queries/sparql/reference": {"graph", "queries/sparql/algebra", "queries/sparql/functions", "queries/sparql/value"},
	"queries/sparql":           {"graph", "queries/sparql/algebra", "queries/sparql/engine", "queries/sparql/functions", "queries/sparql/syntax", "schema"},
	"queries/sparql/remote":    {"graph", "graph/rdf", "queries/results", "queries/sparql/algebra"},
	"queries/sparql/engine":    {"graph", "queries/sparql/algebra", "queries/sparql/functions", "queries/sparql/value"},
}

// owners lists third-party modules that only some packages may import.
var owners = map[string][]string{
	"github.com/cayleygraph/":       {"graph", "graph/pebble", "graph/graphtest", "queries"},
	"github.com/cockroachdb/pebble": {"graph/pebble"},
	"github.com/dop251/goja":        {"queries"},
	"github.com/spf13/":             {"cmd/entente"},
	"github.com/markusmobius/":      {"importers"},
	"github.com/piprate/":           {"graph/rdf"},
}

func TestArrows(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		pkg := filepath.ToSlash(filepath.Dir(path))
		if pkg == "." {
			return nil // the root package embeds config.yaml and imports nothing of ours
		}
		allowed, ok := arrows[pkg]
		if !ok {
			t.Errorf("%s: package %s is not in the table of arrows", path, pkg)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			imp, _ := strconv.Unquote(spec.Path.Value)
			if in, ours := strings.CutPrefix(imp+"/", module); ours && !slices.Contains(allowed, strings.TrimSuffix(in, "/")) {
				t.Errorf("%s: %s may not import %s", path, pkg, imp)
			}
			for prefix, who := range owners {
				if strings.HasPrefix(imp, prefix) && !slices.Contains(who, pkg) {
					t.Errorf("%s: %s may not import %s; only %s may", path, pkg, imp, strings.Join(who, ", "))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
