package main

import (
	"fmt"
	"strings"
	"testing"
)

const entities = `1	The	the	DET	DT	_	2	det	_	Entity=(1-organization-new-nnnnn-cf1-2-sgl
2	Council	council	PROPN	NNP	_	8	nsubj	_	_
3	of	of	ADP	IN	_	5	case	_	_
4	the	the	DET	DT	_	5	det	_	_
5	Isles	Isles	PROPN	NNPS	_	2	nmod	_	Entity=(2-place-new-nnnnn-cf2-1-sgl)1)
6	,	,	PUNCT	,	_	8	punct	_	_
7	Nordic	Nordic	ADJ	JJ	_	8	amod	_	_
8	heirs	heir	NOUN	NNS	_	0	root	_	Entity=(3-person-new-nnnnn-cf3-1-sgl
9	of	of	ADP	IN	_	10	case	_	_
10	Ragna	Ragna	PROPN	NNP	_	8	nmod	_	Entity=(4-person-new-nnnnn-cf3-1-sgl
11	Dahl-	Dahl	PROPN	NNP	_	10	flat	_	Entity=4)3)

`

func TestNamedTrees(t *testing.T) {
	trees, err := readTrees(strings.NewReader(entities))
	if err != nil {
		t.Fatal(err)
	}
	s := namedTrees(trees)[0]
	var got []string
	for _, n := range s.Names {
		got = append(got, fmt.Sprint(n.Type, s.Forms[n.First:n.Last]))
	}
	want := "ORG[Council of the Isles] PER[Ragna Dahl-] MISC[Nordic]"
	if g := strings.Join(got, " "); g != want {
		t.Errorf("got %s, want %s", g, want)
	}
}

func TestNameTokens(t *testing.T) {
	for name, want := range map[string]string{
		"the Republic of Korea":               "Republic|of|Korea",
		"Korea, North":                        "Korea|,|North",
		"Union for Testing (UFT)":             "Union|for|Testing",
		"Nations' Bank":                       "Nations'|Bank",
		"OK":                                  "",
		"People's Democratic Republic [note]": "People|'s|Democratic|Republic",
	} {
		if got := strings.Join(nameTokens(name), "|"); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
