package picture

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	fontSize   = 12.0
	lineHeight = 15.0
	nodeWrap   = 22 // characters a line of a node's label
	edgeWrap   = 34 // characters a line of an edge's label
)

// textWidth estimates the width of text in a sans-serif font at fontSize, in
// pixels; it errs to the wide side.
func textWidth(text string) float64 {
	w := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune("iljtf.,:;'’!|() -", r):
			w += 0.38
		case strings.ContainsRune("mwMW—…", r):
			w += 0.95
		case unicode.IsUpper(r):
			w += 0.74
		case r > 0x2e80:
			w += 1.05
		default:
			w += 0.60
		}
	}
	return w * fontSize
}

// wrap breaks text at spaces into lines of at most n characters, where words allow.
func wrap(text string, n int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= n:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

// size gives the width and height of a block of lines, in pixels.
func size(lines []string) (w, h float64) {
	for _, l := range lines {
		w = max(w, textWidth(l))
	}
	return w, lineHeight * float64(len(lines))
}

// counted and more say how many edges a line stands for, and how many it does not name.
func counted(n int) string { return "(" + strconv.Itoa(n) + ") " }
func more(n int) string    { return "… " + strconv.Itoa(n) + " more" }
