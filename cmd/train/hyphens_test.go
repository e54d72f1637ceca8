package main

import (
	"strings"
	"testing"
)

const hyphenated = `1	The	the	DET	DT	_	6	det	_	_
2	rebel	rebel	NOUN	NN	_	4	obl	_	SpaceAfter=No
3	-	-	PUNCT	HYPH	_	4	punct	_	SpaceAfter=No
4	held	hold	VERB	VBN	VerbForm=Part	6	amod	_	_
5	hill	hill	NOUN	NN	_	6	compound	_	_
6	town	town	NOUN	NN	_	7	nsubj	_	_
7	fell	fall	VERB	VBD	_	0	root	_	SpaceAfter=No
8	-	-	PUNCT	:	_	7	punct	_	_
9	twice	twice	ADV	RB	_	7	advmod	_	_

`

func TestJoinHyphens(t *testing.T) {
	trees, err := readTrees(strings.NewReader(hyphenated))
	if err != nil {
		t.Fatal(err)
	}
	got := joinHyphens(trees[0])
	var b strings.Builder
	for _, w := range got {
		head := "root"
		if w.Head >= 0 {
			head = got[w.Head].form
		}
		b.WriteString(w.form + "/" + w.Tag + "/" + w.Lemma + "/" + head + " ")
	}
	want := "The/DET/the/town rebel-held/VERB/rebel-hold/town hill/NOUN/hill/town town/NOUN/town/fell " +
		"fell/VERB/fall/root -/PUNCT/-/fell twice/ADV/twice/fell "
	if b.String() != want {
		t.Errorf("got  %s\nwant %s", b.String(), want)
	}
}
