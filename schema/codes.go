package schema

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed codes/plover.tsv
var ploverTable string

//go:embed codes/cameo.tsv
var cameoTable string

// A Root is an event root of the PLOVER ontology, or STATEMENT.
type Root struct {
	Name  string   // SANCTION
	Quad  string   // class of the four: material conflict; "neutral statement" for STATEMENT
	Modes []string // withdraw, expel, …
	Short string   // in a few words
}

// A CameoCode is an event code of CAMEO.
type CameoCode struct {
	Code  string // 057
	Root  string // PLOVER root that it comes under
	Short string // name in a few words
}

// codeTables holds the codes that event types may carry.
type codeTables struct {
	roots []Root
	cameo []CameoCode
}

// tables reads the embedded code tables. They are part of the program: a line
// that cannot be read is an error of the build, found by every test that loads a schema.
func tables() (codeTables, error) {
	var t codeTables
	err := eachRow(ploverTable, 4, func(c []string) {
		t.roots = append(t.roots, Root{Name: c[0], Quad: c[1], Modes: strings.Fields(c[2]), Short: c[3]})
	})
	if err != nil {
		return t, fmt.Errorf("schema: codes/plover.tsv: %w", err)
	}
	err = eachRow(cameoTable, 3, func(c []string) {
		t.cameo = append(t.cameo, CameoCode{Code: c[0], Root: c[1], Short: c[2]})
	})
	if err != nil {
		return t, fmt.Errorf("schema: codes/cameo.tsv: %w", err)
	}
	return t, nil
}

// eachRow calls row for the columns of every line that is not a comment.
func eachRow(table string, columns int, row func([]string)) error {
	for i, line := range strings.Split(strings.TrimSuffix(table, "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != columns {
			return fmt.Errorf("line %d has %d columns, want %d", i+1, len(c), columns)
		}
		row(c)
	}
	return nil
}

func (t codeTables) root(name string) (Root, bool) {
	i := slices.IndexFunc(t.roots, func(r Root) bool { return r.Name == name })
	if i < 0 {
		return Root{}, false
	}
	return t.roots[i], true
}

func (t codeTables) rootNames() []string {
	var names []string
	for _, r := range t.roots {
		names = append(names, r.Name)
	}
	return names
}

func (t codeTables) code(code string) (CameoCode, bool) {
	i := slices.IndexFunc(t.cameo, func(c CameoCode) bool { return c.Code == code })
	if i < 0 {
		return CameoCode{}, false
	}
	return t.cameo[i], true
}

func (t codeTables) codeNames() []string {
	var names []string
	for _, c := range t.cameo {
		names = append(names, c.Code)
	}
	return names
}
