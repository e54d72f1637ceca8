package nlp

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed data
var data embed.FS

// readRows reads a table of nlp/data: a row a line, columns between tabs;
// blank lines and lines that begin with # are skipped.
func readRows(name string) ([][]string, error) {
	b, err := data.ReadFile("data/" + name)
	if err != nil {
		return nil, fmt.Errorf("reading embedded data: %w", err)
	}
	var rows [][]string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		rows = append(rows, strings.Split(line, "\t"))
	}
	return rows, nil
}

// list splits a cell that holds several values between semicolons.
func list(cell string) []string {
	var out []string
	for s := range strings.SplitSeq(cell, ";") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
