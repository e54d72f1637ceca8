package importers

import (
	_ "embed"
	"fmt"
	"path"
	"strings"
	"sync"
)

//go:embed codes/offices.tsv
var officesFile string

type officeRule struct {
	holds   bool
	pattern string
}

var officeRules = sync.OnceValues(func() ([]officeRule, error) { return parseOffices(officesFile) })

func parseOffices(text string) ([]officeRule, error) {
	var out []officeRule
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		sign, pattern, ok := strings.Cut(line, "\t")
		if _, err := path.Match(pattern, ""); !ok || sign != "+" && sign != "-" || err != nil {
			return nil, fmt.Errorf("importers: offices.tsv:%d: %q is not +, a tab and a title", n, line)
		}
		out = append(out, officeRule{sign == "+", pattern})
	}
	return out, nil
}

// singleHolder reports whether one person holds a position at a time.
func singleHolder(title string) (bool, error) {
	rules, err := officeRules()
	single := false
	for _, r := range rules {
		if match, _ := path.Match(r.pattern, slug(title)); match {
			single = r.holds
		}
	}
	return single, err
}
