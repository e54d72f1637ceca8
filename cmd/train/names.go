package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nlp/perceptron"
)

// readNames reads a gzipped list of tokens with BIO labels, separated by a tab. Types
// other than the four of the model (times, numbers) are not names.
func readNames(path string) ([]perceptron.NamedSentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []perceptron.NamedSentence
	var s perceptron.NamedSentence
	end := func() {
		if len(s.Forms) > 0 {
			out = append(out, s)
		}
		s = perceptron.NamedSentence{}
	}
	lines := bufio.NewScanner(z)
	for n := 1; lines.Scan(); n++ {
		form, label, ok := strings.Cut(lines.Text(), "\t")
		if form == "" || form == "-DOCSTART-" {
			end()
			continue
		}
		if !ok {
			return nil, fmt.Errorf("%s:%d: no label after %q", path, n, form)
		}
		s.Forms = append(s.Forms, form)
		at := len(s.Forms)
		mark, kind, _ := strings.Cut(label, "-")
		if !slices.Contains([]string{"PER", "ORG", "LOC", "MISC"}, kind) {
			continue
		}
		if k := len(s.Names) - 1; mark == "I" && k >= 0 && s.Names[k].Last == at-1 && s.Names[k].Type == kind {
			s.Names[k].Last = at
			continue
		}
		s.Names = append(s.Names, perceptron.NameSpan{First: at - 1, Last: at, Type: kind})
	}
	end()
	return out, lines.Err()
}

// entityTypes maps GUM's types of entities to those of names. Named events and
// works count as miscellaneous.
var entityTypes = map[string]string{
	"person": "PER", "organization": "ORG", "place": "LOC",
	"event": "MISC", "abstract": "MISC", "object": "MISC",
}

// An entitySpan is a mention in GUM: tokens [first, last).
type entitySpan struct {
	first, last int
	kind        string
}

// entitySpans reads the brackets of GUM's entities, which nest.
func entitySpans(t tree) []entitySpan {
	type opened struct {
		id, kind string
		at       int
	}
	var open []opened
	var out []entitySpan
	for i, w := range t {
		for rest := w.entities; rest != ""; {
			if after, ok := strings.CutPrefix(rest, "("); ok {
				end := strings.IndexAny(after, "()")
				if end < 0 {
					end = len(after)
				}
				id, more, _ := strings.Cut(after[:end], "-")
				kind, _, _ := strings.Cut(more, "-")
				open = append(open, opened{id, kind, i})
				rest = after[end:]
				if closed, ok := strings.CutPrefix(rest, ")"); ok {
					open = open[:len(open)-1]
					out = append(out, entitySpan{i, i + 1, kind})
					rest = closed
				}
				continue
			}
			id, after, _ := strings.Cut(rest, ")")
			for k := len(open) - 1; k >= 0; k-- {
				if open[k].id == id {
					out = append(out, entitySpan{open[k].at, i + 1, open[k].kind})
					open = slices.Delete(open, k, k+1)
					break
				}
			}
			rest = after
		}
	}
	return out
}

// entityNames derives names from GUM's entities: of each mention whose head is a
// proper name, the proper names around the head, joined over small words ("Bank of
// England"). Of names within names the longer one counts.
func entityNames(t tree) []perceptron.NameSpan {
	var out []perceptron.NameSpan
	for _, e := range entitySpans(t) {
		kind := entityTypes[e.kind]
		if kind == "" {
			continue
		}
		head := -1
		for i := e.first; i < e.last; i++ {
			if h := t[i].Head; h < e.first || h >= e.last {
				head = i
				break
			}
		}
		if head < 0 || !isProper(t[head]) || t[head].Tag != "PROPN" {
			continue
		}
		first, last := head, head+1
		for first > e.first && isProper(t[first-1]) {
			first--
		}
		for last < e.last && isProper(t[last]) {
			last++
		}
		for next := last; kind != "PER" && next < e.last && next < last+3; next++ {
			if isProper(t[next]) {
				last = next + 1
			} else if form := t[next].form; form != "of" && form != "the" && form != "for" {
				break
			}
		}
		out = append(out, perceptron.NameSpan{First: first, Last: last, Type: kind})
	}
	slices.SortStableFunc(out, func(a, b perceptron.NameSpan) int { return (b.Last - b.First) - (a.Last - a.First) })
	var kept []perceptron.NameSpan
	for _, n := range out {
		if !slices.ContainsFunc(kept, func(k perceptron.NameSpan) bool { return n.First < k.Last && k.First < n.Last }) {
			kept = append(kept, n)
		}
	}
	slices.SortFunc(kept, func(a, b perceptron.NameSpan) int { return a.First - b.First })
	return kept
}

// namedTrees gives the sentences of GUM with their names. Adjectives of peoples
// and beliefs (a capital in their lemma), which GUM takes for no entities, are
// miscellaneous names, as in the other sets.
func namedTrees(trees []tree) []perceptron.NamedSentence {
	var out []perceptron.NamedSentence
	for _, t := range trees {
		t = joinHyphens(t)
		s := perceptron.NamedSentence{Names: entityNames(t)}
		inName := make([]bool, len(t))
		for _, n := range s.Names {
			for i := n.First; i < n.Last; i++ {
				inName[i] = true
			}
		}
		for i, w := range t {
			s.Forms = append(s.Forms, w.form)
			if w.Fine == "JJ" && !inName[i] && startsUpper(w.Lemma) && startsUpper(w.form) {
				s.Names = append(s.Names, perceptron.NameSpan{First: i, Last: i + 1, Type: "MISC"})
			}
		}
		out = append(out, s)
	}
	return out
}

func startsUpper(s string) bool { return s != "" && s[0] >= 'A' && s[0] <= 'Z' }

// tagNames fills in tags. Where a set calls an adjective ("French") a place or
// an organization, which others do not, it becomes a miscellaneous name.
func tagNames(sentences []perceptron.NamedSentence, m *perceptron.Models) {
	for i := range sentences {
		s := &sentences[i]
		s.Tags = nil
		for _, a := range m.Annotate(s.Forms) {
			s.Tags = append(s.Tags, a.Tag)
		}
		for k, n := range s.Names {
			if n.Last == n.First+1 && n.Type != "PER" && s.Tags[n.First] == "ADJ" {
				s.Names[k].Type = "MISC"
			}
		}
	}
}

func isProper(w treeToken) bool { return w.Fine == "NNP" || w.Fine == "NNPS" }
