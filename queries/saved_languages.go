package queries

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/ententegraph/entente/queries/sparql/syntax"
	"github.com/ententegraph/entente/schema"
)

// A savedLanguage is how saved queries of a language are written.
type savedLanguage struct {
	extension, name, comment string
	// check tells what is wrong with a text and its parameters, at a line where that is known.
	check func(text string, params []Param) error
}

func savedLanguages() []savedLanguage {
	return []savedLanguage{
		{".gizmo", "gizmo", "//", func(text string, _ []Param) error {
			if err := checkScript(text); err != nil {
				return err
			}
			if _, err := compile(text); err != nil {
				return err
			}
			return nil
		}},
		{".rq", "sparql", "#", checkSavedSPARQL},
	}
}

// savedLanguageOf tells the language of a file of saved queries by its name.
func savedLanguageOf(file string) (savedLanguage, error) {
	extension := filepath.Ext(file)
	var known []string
	for _, l := range savedLanguages() {
		if l.extension == extension {
			return l, nil
		}
		known = append(known, "NAME"+l.extension)
	}
	return savedLanguage{}, &Error{Kind: KindRequest, Message: fmt.Sprintf("%s is no file of saved queries, which are called %s", quote(file), strings.Join(known, ", "))}
}

// checkSavedSPARQL parses a query, and looks for a variable for each parameter:
// the value of an argument is the value of the variable of its name.
func checkSavedSPARQL(text string, params []Param) error {
	if _, err := syntax.Parse(text, syntax.Options{Prefixes: schema.Prefixes()}); err != nil {
		return sparqlSyntaxError(err)
	}
	for _, p := range params {
		if !regexp.MustCompile(`(?m)^[^#\n]*[?$]` + p.Name + `\b`).MatchString(text) {
			return &Error{Kind: KindSyntax, Line: 1, Message: fmt.Sprintf("the query has no variable ?%s for the parameter %s", p.Name, p.Name)}
		}
	}
	return nil
}
