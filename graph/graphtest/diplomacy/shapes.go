package diplomacy

import (
	"embed"
	"strings"
)

// A Shape is a kind of query that people ask, by an example of it.
type Shape struct {
	Name string // "two hops"
	Text string // SPARQL, with its prefixes
}

//go:embed queries/*.rq
var queries embed.FS

// Shapes returns the queries of the folder queries, in the order of their
// numbers. Each fixes the order of the rows that a LIMIT cuts, so that every
// engine must give the same.
func Shapes() ([]Shape, error) {
	files, err := queries.ReadDir("queries")
	if err != nil {
		return nil, err
	}
	var shapes []Shape
	for _, f := range files {
		text, err := queries.ReadFile("queries/" + f.Name())
		if err != nil {
			return nil, err
		}
		_, name, _ := strings.Cut(strings.TrimSuffix(f.Name(), ".rq"), "-")
		shapes = append(shapes, Shape{Name: strings.ReplaceAll(name, "-", " "), Text: string(text)})
	}
	return shapes, nil
}
