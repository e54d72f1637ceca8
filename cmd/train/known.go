package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/ententegraph/entente/nlp/perceptron"
)

// The kinds of known names. A name on several lists is of the first kind here.
const (
	knownState = iota + 1
	knownOrganization
	knownRegion
	knownCity
)

// A knownList says which columns of a table of facts hold names of a kind.
type knownList struct {
	file    string
	kind    int
	columns []string
}

var knownLists = []knownList{
	{"country-codes/country-codes.csv", knownState, []string{"CLDR display name", "UNTERM English Short", "UNTERM English Formal", "official_name_en"}},
	{"cow/igo.csv", knownOrganization, []string{"longname", "name", "acronym"}},
	{"world-cities.csv", knownRegion, []string{"subcountry"}},
	{"country-codes/country-codes.csv", knownCity, []string{"Capital"}},
	{"world-cities.csv", knownCity, []string{"name"}},
}

// readKnown reads the names of the lists in the folder of facts.
func readKnown(folder string) ([]perceptron.KnownName, error) {
	var out []perceptron.KnownName
	for _, list := range knownLists {
		path := filepath.Join(folder, list.file)
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, column := range list.columns {
			at := -1
			for i, name := range rows[0] {
				if name == column {
					at = i
				}
			}
			if at < 0 {
				return nil, fmt.Errorf("%s: no column %q", path, column)
			}
			for _, row := range rows[1:] {
				if forms := nameTokens(row[at]); len(forms) > 0 {
					out = append(out, perceptron.KnownName{Forms: forms, Kind: list.kind})
				}
			}
		}
	}
	return out, nil
}

var inBrackets = regexp.MustCompile(`\s*[(\[].*?[)\]]`)

// nameTokens splits a name as running text is split. Notes in brackets and articles
// before the name are left out.
func nameTokens(name string) []string {
	name = inBrackets.ReplaceAllString(name, "")
	name = strings.ReplaceAll(name, ",", " , ")
	name = strings.ReplaceAll(name, "'s ", " 's ")
	forms := strings.Fields(name)
	if len(forms) > 1 && strings.EqualFold(forms[0], "the") {
		forms = forms[1:]
	}
	if len(forms) == 1 && len(forms[0]) < 3 {
		return nil
	}
	return forms
}
