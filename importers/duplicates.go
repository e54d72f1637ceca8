package importers

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// commonWord is the number of things from which on a word of names says too
// little to compare all that have it.
const commonWord = 200

// duplicates asks whether things of like names are one.
func (r *reviewing) duplicates() {
	c := r.cast
	settled := map[[2]string]bool{}
	for _, rule := range r.rules.all {
		if rule.Verdict == Different || rule.Verdict == Same {
			a, b := rule.Things["subject"].Thing, rule.Things["object"].Thing
			settled[[2]string{min(a, b), max(a, b)}] = true
		}
	}
	for _, word := range slices.Sorted(maps.Keys(c.words)) {
		things := c.words[word]
		if len(things) > commonWord {
			continue
		}
		for i, a := range things {
			for _, b := range things[i+1:] {
				pair := [2]string{min(a, b), max(a, b)}
				if settled[pair] || c.things[a].kind != c.things[b].kind {
					continue
				}
				settled[pair] = true
				score, reasons := alike(c.things[pair[0]], c.things[pair[1]])
				if score < 0.35 {
					continue
				}
				r.askDuplicate(pair, math.Round(score*100)/100, reasons)
			}
		}
	}
}

func (r *reviewing) askDuplicate(pair [2]string, score float64, reasons []Reason) {
	a, b := r.cast.things[pair[0]], r.cast.things[pair[1]]
	keep, go_ := a, b // the fuller name stays, or the one that more is said of
	if len(longest(b.names)) > len(longest(a.names)) || len(longest(b.names)) == len(longest(a.names)) && b.count > a.count {
		keep, go_ = b, a
	}
	r.ask(Question{
		ID: questionID(AskDuplicate, pair[0], pair[1]), Kind: AskDuplicate, Confidence: score,
		Ask: fmt.Sprintf("Are %s (%s) and %s (%s) one?", r.cast.label(go_.iri, ""), schema.Compact(go_.iri), r.cast.label(keep.iri, ""), schema.Compact(keep.iri)),
		Choices: []Choice{
			{Label: "they are one", Thing: keep.iri, Score: score, Reasons: reasons, Judgement: Judgement{Verdict: Same, Subject: go_.iri, Object: keep.iri}},
			{Label: "they are two", Score: math.Round((1-score)*100) / 100, Judgement: Judgement{Verdict: Different, Subject: go_.iri, Object: keep.iri}},
		},
	})
}

func longest(names []string) string {
	out := ""
	for _, n := range names {
		if len(n) > len(out) {
			out = n
		}
	}
	return out
}

// alike weighs what speaks for two things being one, and what against it.
func alike(a, b *member) (float64, []Reason) {
	best, x, y := unlike, "", ""
	for _, n := range a.names {
		for _, o := range b.names {
			if how := compareNames(n, o); how > best {
				best, x, y = how, n, o
			}
		}
	}
	if len(a.apart) > 0 && len(b.apart) > 0 && len(common(a.apart, b.apart)) == 0 {
		return 0, nil // a source tells them apart
	}
	if a.kind != "person" {
		return alikeOthers(a, b, best)
	}
	words := map[likeness]string{
		identical: "the same name", reordered: "the same name in another order", respelled: "names that sound alike", shortened: "one name is a shorter form of the other",
	}
	score := map[likeness]float64{identical: 0.5, reordered: 0.55, respelled: 0.5, shortened: 0.4}[best]
	if best == unlike {
		return 0, nil
	}
	if best == shortened && min(len(nameWords(x)), len(nameWords(y))) == 1 {
		score = 0.25
	}
	reasons := []Reason{{true, fmt.Sprintf("%s: %s, %s", words[best], spaced(x), spaced(y))}}
	states, posts := common(a.states, b.states), common(a.posts, b.posts)
	switch {
	case len(states) > 0:
		score += 0.2
		reasons = append(reasons, Reason{true, "both act for " + strings.Join(states, ", ")})
	case len(a.states) > 0 && len(b.states) > 0:
		score -= 0.35
		reasons = append(reasons, Reason{false, fmt.Sprintf("one acts for %s, the other for %s", strings.Join(slices.Sorted(maps.Keys(a.states)), ", "), strings.Join(slices.Sorted(maps.Keys(b.states)), ", "))})
	}
	switch {
	case len(posts) > 0:
		score += 0.25
		reasons = append(reasons, Reason{true, "both are told to be " + spaced(posts[0])})
	case len(a.posts) > 0 && len(b.posts) > 0:
		score -= 0.1
		reasons = append(reasons, Reason{false, fmt.Sprintf("one is told to be %s, the other %s", spaced(slices.Min(slices.Collect(maps.Keys(a.posts)))), spaced(slices.Min(slices.Collect(maps.Keys(b.posts)))))})
	}
	return score, reasons
}

// alikeOthers weighs things other than persons: they are one more often where the names are.
func alikeOthers(a, b *member, best likeness) (float64, []Reason) {
	if len(a.codes) > 0 && len(b.codes) > 0 && !slices.ContainsFunc(a.codes, func(c string) bool { return slices.Contains(b.codes, c) }) {
		return 0, nil
	}
	for _, x := range slices.Concat(a.names, a.codes) {
		for _, y := range slices.Concat(b.names, b.codes) {
			if acronymOf(x, y) || acronymOf(y, x) {
				return 0.5, []Reason{{true, fmt.Sprintf("the letters of %s are the beginnings of the words of %s", spaced(x), spaced(y))}}
			}
		}
	}
	told := func(m *member) map[string]bool {
		out := maps.Clone(m.states)
		maps.Copy(out, m.distinctions)
		return out
	}
	x, y := told(a), told(b)
	switch {
	case best < respelled:
		return 0, nil
	case len(x) > 0 && len(y) > 0 && len(common(x, y)) == 0:
		return 0, nil
	}
	return 0.45, []Reason{{true, fmt.Sprintf("like names: %s, %s", spaced(a.names[0]), spaced(b.names[0]))}}
}

// acronymOf reports whether a name is made of the first letters of the words of another.
func acronymOf(short, long string) bool {
	if strings.Contains(short, "-") || !strings.Contains(long, "-") {
		return false
	}
	var first strings.Builder
	for _, w := range strings.Split(long, "-") {
		if w != "of" && w != "the" && w != "and" && w != "for" && w != "" {
			first.WriteByte(w[0])
		}
	}
	return first.Len() > 2 && first.String() == strings.ToLower(short)
}

func spaced(slug string) string { return strings.NewReplacer("-", " ", ".", ", ").Replace(slug) }

func common(a, b map[string]bool) []string {
	var out []string
	for x := range a {
		if b[x] {
			out = append(out, x)
		}
	}
	slices.Sort(out)
	return out
}
