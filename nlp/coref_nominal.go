package nlp

import (
	"strings"
)

// A nounPhrase is a group of words around a noun that may refer back.
type nounPhrase struct {
	pieceRange     // its sentence
	from, to   int // pieces, determiner and complement included
	noun, end  int // pieces of the noun
	word       string
	class      wordClass
	determiner string // the, a, its, both, …, or "" when there is none
	number     int    // of "the two sides"; 0 when not given
	quantified bool   // several, dozens of, six
	owners     []int  // candidates: states and organizations that it belongs to
	plural     bool
}

const referringNoun = stateNoun | organizationNoun | agreementNoun | placeNoun | peopleNoun | forceNoun | partyNoun

// nominal resolves the noun phrase whose noun begins at piece i; it returns the
// number of pieces of the noun, 0 when there is none.
func (a *antecedents) nominal(s pieceRange, i int) int {
	np, ok := a.nounPhrase(s, i)
	if !ok {
		return 0
	}
	a.advance(a.pieces[min(np.to, len(a.pieces)-1)].Start)
	if e, confidence := a.refersTo(&np); e >= 0 {
		a.refer(np.from, np.to, Nominal, e, confidence)
	}
	return np.end - np.noun
}

// nounPhrase reads the phrase around the noun at piece i.
func (a *antecedents) nounPhrase(s pieceRange, i int) (nounPhrase, bool) {
	np := nounPhrase{pieceRange: s, noun: i}
	if a.covering[i] >= 0 || a.pieces[i].glued {
		return np, false
	}
	n := a.lex.words.at(a.pieces[i:s.last], func(_ int, values []wordClass) bool {
		np.class = mergeClasses(values)
		return np.class.has(referringNoun)
	})
	if n == 0 {
		return np, false
	}
	np.end = i + n
	if tag := a.tag(np.end - 1); tag != "" && tag != "NOUN" && tag != "PROPN" && tag != "NUM" {
		return np, false
	}
	np.word = joinKeys(a.pieces[i:np.end])
	np.to = np.end
	np.plural = strings.HasSuffix(a.pieces[np.end-1].key, "s") || a.pieces[np.end-1].key == "men" || np.class.has(peopleNoun|partyNoun)
	// The noun of a compound is not its head: government officials, state visit.
	if np.end < s.last && a.isWord(np.end) && !a.possessive(s, np.end) {
		if a.pieces[np.end].joined || a.Tokens[a.pieces[np.end-1].token].Relation == "compound" && a.tag(np.end) != "ADP" && a.tag(np.end) != "VERB" && a.tag(np.end) != "AUX" {
			return np, false
		}
	}
	a.leftOf(&np)
	a.rightOf(&np)
	return np, true
}

func joinKeys(pieces []piece) string {
	words := make([]string, len(pieces))
	for i, p := range pieces {
		words[i] = p.key
	}
	return strings.Join(words, " ")
}

// leftOf reads adjectives, owners, numbers and the determiner before the noun.
func (a *antecedents) leftOf(np *nounPhrase) {
	i := np.noun - 1
	for steps := 0; i >= np.first && steps < 7; steps++ {
		p := a.pieces[i]
		c := a.covering[i]
		switch {
		case a.isUnseenVerb(np.pieceRange, i):
			np.from = i + 1
			return
		case c >= 0 && a.found[c].to == i+1 && (a.found[c].class == classState || a.found[c].class == classOrganization):
			np.owners = append([]int{c}, np.owners...)
			i = a.found[c].from - 1
			if (a.is(np.pieceRange, i, "and") || a.is(np.pieceRange, i, ",")) && a.found[c].kind == Demonym && i-1 >= np.first && a.covering[i-1] >= 0 && a.found[a.covering[i-1]].kind == Demonym {
				i--
			}
		case a.possessive(np.pieceRange, i) && i-1 >= np.first && a.covering[i-1] >= 0:
			owner := a.covering[i-1]
			np.owners = append([]int{owner}, np.owners...)
			np.determiner = "'s"
			np.from = a.found[owner].from
			if a.is(np.pieceRange, np.from-1, "the") {
				np.from--
			}
			return
		case numbers[p.key] > 0 && a.isWord(i):
			np.number = numbers[p.key]
			np.quantified = true
			if p.key == "both" {
				np.determiner, np.from = "both", i
				return
			}
			i--
		case p.class.has(determiner) && !p.joined:
			if a.is(np.pieceRange, i, "that", "this") && a.tag(i) != "DET" && a.tag(i) != "" {
				np.from = i + 1
				return
			}
			if a.is(np.pieceRange, i, "other", "warring") {
				i--
				continue
			}
			np.determiner, np.from = p.key, i
			np.quantified = np.quantified || a.is(np.pieceRange, i, "several", "some", "many", "all")
			return
		case p.joined || a.isWord(i) && !p.capital && (a.tag(i) == "ADJ" || a.tag(i) == "NOUN" || a.tag(i) == "NUM" || a.tag(i) == "VERB" && strings.HasSuffix(p.key, "ing") && i > np.first && a.pieces[i-1].class.has(determiner)):
			i--
		case a.is(np.pieceRange, i, "of") && i-1 >= np.first && a.is(np.pieceRange, i-1, "thousands", "hundreds", "dozens", "scores", "tens"):
			np.determiner, np.from, np.quantified = a.pieces[i-1].key, i-1, true
			return
		default:
			np.from = i + 1
			return
		}
	}
	np.from = i + 1
}

// isUnseenVerb reports whether the word at i, taken for a noun, must be the verb of
// its sentence, which has no other: it follows a name and ends like a present tense ("Uganda shelters refugees").
func (a *antecedents) isUnseenVerb(s pieceRange, i int) bool {
	if i <= s.first || a.covering[i] >= 0 || a.covering[i-1] < 0 || a.found[a.covering[i-1]].kind == Demonym ||
		a.tag(i) != "NOUN" || !strings.HasSuffix(a.pieces[i].key, "s") || strings.HasSuffix(a.pieces[i].key, "ss") {
		return false
	}
	for k := s.first; k < s.last; k++ {
		if tag := a.tag(k); tag == "VERB" || tag == "AUX" {
			return false
		}
	}
	return true
}

// rightOf reads "of A and B", "with A" and "on A" after the noun.
func (a *antecedents) rightOf(np *nounPhrase) {
	i := np.end
	allowed := a.is(np.pieceRange, i, "of") || a.is(np.pieceRange, i, "in") && np.class.has(peopleNoun) && np.owners == nil && !np.quantified && np.determiner == "" ||
		np.class.has(agreementNoun) && a.is(np.pieceRange, i, "with", "on", "between")
	if !allowed {
		return
	}
	j := i + 1
	if a.is(np.pieceRange, j, "the") {
		j++
	}
	if owners, end := a.ownersAt(np.pieceRange, j); len(owners) > 0 {
		np.to = end
		if !np.class.has(agreementNoun) {
			np.owners = append(np.owners, owners...)
		}
		return
	}
	// "Officials of the two countries": the phrase after "of" is read when its turn comes; here its words belong to the mention.
	if np.class.has(peopleNoun|forceNoun) && a.is(np.pieceRange, i, "of") && a.is(np.pieceRange, i+1, "the", "both") {
		for k := i + 2; k < min(i+5, np.last); k++ {
			if numbers[a.pieces[k].key] > 0 {
				continue
			}
			if a.pieces[k].class.has(stateNoun | partyNoun) {
				np.to = k + 1
			}
			return
		}
	}
}
