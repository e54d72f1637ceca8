package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/nlp/perceptron"
)

// A treeToken is a word of a treebank with what decides how it is written.
type treeToken struct {
	form     string
	glued    bool   // no space after it
	entities string // brackets of the entities that begin and end here, as in GUM
	perceptron.Annotation
}

type tree []treeToken

// readTreebank reads a gzipped CoNLL-U file.
func readTreebank(path string) ([]tree, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	trees, err := readTrees(z)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", path, err)
	}
	return trees, nil
}

// readTrees reads CoNLL-U. Lines of multiword tokens and of empty nodes are
// passed over; words within a multiword token count as glued.
func readTrees(r io.Reader) ([]tree, error) {
	var trees []tree
	var t tree
	together := 0 // last word of the current multiword token
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" {
			if len(t) > 0 {
				trees = append(trees, t)
			}
			t, together = nil, 0
			continue
		}
		if line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 10 {
			return nil, fmt.Errorf("%d: %d columns where CoNLL-U has 10", n, len(f))
		}
		if _, last, ok := strings.Cut(f[0], "-"); ok {
			together, _ = strconv.Atoi(last)
			continue
		}
		if strings.Contains(f[0], ".") {
			continue
		}
		head, err := strconv.Atoi(f[6])
		if err != nil {
			return nil, fmt.Errorf("%d: head %q is not a number", n, f[6])
		}
		t = append(t, treeToken{
			form:     f[1],
			glued:    strings.Contains(f[9], "SpaceAfter=No") || len(t)+1 < together,
			entities: miscValue(f[9], "Entity"),
			Annotation: perceptron.Annotation{
				Lemma: blank(f[2], f[1]), Tag: f[3], Fine: f[4], Features: blank(f[5], ""),
				Head: head - 1, Relation: f[7],
			},
		})
	}
	if len(t) > 0 {
		trees = append(trees, t)
	}
	return trees, lines.Err()
}

// miscValue gives the value of a name in the MISC column, or "".
func miscValue(misc, name string) string {
	for f := range strings.SplitSeq(misc, "|") {
		if v, ok := strings.CutPrefix(f, name+"="); ok {
			return v
		}
	}
	return ""
}

// blank gives a column's value, and instead where it is the underscore for none.
func blank(s, instead string) string {
	if s == "_" {
		return instead
	}
	return s
}

func (t tree) sentence() perceptron.Sentence {
	var s perceptron.Sentence
	for _, w := range t {
		s.Forms = append(s.Forms, w.form)
		s.Words = append(s.Words, w.Annotation)
	}
	return s
}
