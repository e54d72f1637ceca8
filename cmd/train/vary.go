package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// vary adds to the trees copies of a share of them, written as news writes
// what treebanks have little of: headlines without a full stop, in title case or
// in capitals. Hyphenated words come joined, and in sentences that have some
// also split. The choice depends on nothing but the order of the trees.
func vary(trees []tree) []tree {
	var out []tree
	for i, t := range trees {
		joined := joinHyphens(t)
		out = append(out, joined)
		if len(joined) < len(t) {
			out = append(out, t)
		}
		switch {
		case i%40 == 7:
			out = append(out, recase(withoutStop(joined), strings.ToUpper))
		case i%25 == 3:
			out = append(out, recase(withoutStop(joined), headlineCase))
		case i%12 == 5 && len(withoutStop(joined)) < len(joined):
			out = append(out, withoutStop(joined))
		}
	}
	return out
}

// withoutStop gives the tree without its final full stop.
func withoutStop(t tree) tree {
	last := len(t) - 1
	if last < 1 || t[last].form != "." || t[last].Head < 0 {
		return t
	}
	for _, w := range t {
		if w.Head == last {
			return t
		}
	}
	return t[:last]
}

func recase(t tree, change func(string) string) tree {
	out := append(tree(nil), t...)
	for i := range out {
		out[i].form = change(out[i].form)
	}
	return out
}

// headlineCase writes a capital first, but for short words.
func headlineCase(form string) string {
	if len(form) <= 3 {
		return form
	}
	first, size := utf8.DecodeRuneInString(form)
	return string(unicode.ToUpper(first)) + form[size:]
}
