package nlp

import (
	"cmp"
	"slices"
)

var numbers = map[string]int{
	"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
	"2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8,
}

// members finds the n states (or persons, or organizations) that a phrase such
// as "the three countries" sums up: a group named so before, the latest list of as
// many, the two that the text is about, or all that it has named when they are n.
func (a *antecedents) members(offset, n int, class string) []int {
	here := a.sentenceAt(offset)
	for k := len(a.history) - 1; k >= 0; k-- {
		c := a.found[a.history[k]]
		d := a.entities[c.entity]
		if d.Class == classGroup && d.noun == "" && len(d.Members) == n && a.class(d.Members[0]) == class && a.sentenceAt(c.Start) >= here-4 {
			return d.Members
		}
	}
	lists := a.seriesBefore(offset, class)
	for k := len(lists) - 1; k >= 0; k-- {
		if len(lists[k].entities) == n && (a.sentenceAt(lists[k].start) >= here-1 || n > 2) {
			return lists[k].entities
		}
	}
	counts, order := a.counts(offset, class)
	if len(order) < n {
		return nil
	}
	if len(order) == n {
		return order
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(counts[y], counts[x]) })
	if n == 2 && counts[order[1]] > counts[order[2]] {
		return order[:2]
	}
	for k := len(lists) - 1; k >= 0; k-- {
		if len(lists[k].entities) == n {
			return lists[k].entities
		}
	}
	return nil
}

// counts tells how often each entity of the class has been named before the
// offset, and in which order they came. A person who acts for a state counts for it.
func (a *antecedents) counts(offset int, class string) (map[int]int, []int) {
	counts := map[int]int{}
	var order []int
	for _, i := range a.before(offset) {
		c := a.found[i]
		if c.entity < 0 || a.class(c.entity) != class {
			continue
		}
		if counts[c.entity] == 0 {
			order = append(order, c.entity)
		}
		counts[c.entity]++
	}
	return counts, order
}

// persons returns the n persons named last before the offset, in the order of the text.
func (a *antecedents) persons(offset, n int) []int {
	if lists := a.seriesBefore(offset, classPerson); len(lists) > 0 {
		if last := lists[len(lists)-1]; len(last.entities) == n && a.sentenceAt(last.start) >= a.sentenceAt(offset)-1 {
			return last.entities
		}
	}
	var out []int
	for k := len(a.history) - 1; k >= 0 && len(out) < n; k-- {
		c := a.found[a.history[k]]
		if a.class(c.entity) == classPerson && !slices.Contains(out, c.entity) && a.sentenceAt(c.Start) >= a.sentenceAt(offset)-3 {
			out = append(out, c.entity)
		}
	}
	if len(out) < n {
		return nil
	}
	slices.Reverse(out)
	return out
}

// forces returns the n armed bodies named last in the sentence of the offset or the two before it.
func (a *antecedents) forces(offset, n int) []int {
	var out []int
	for k := len(a.history) - 1; k >= 0 && len(out) < n; k-- {
		c := a.found[a.history[k]]
		if a.sentenceAt(c.Start) < a.sentenceAt(offset)-2 || slices.Contains(out, c.entity) {
			continue
		}
		if a.isForce(c.entity) {
			out = append(out, c.entity)
		}
	}
	if len(out) < n {
		return nil
	}
	slices.Reverse(out)
	return out
}

func (a *antecedents) isForce(e int) bool {
	d := a.entities[e]
	if d.org != nil {
		return d.org.Kind == "armed-group" || d.org.Kind == "military"
	}
	return d.noun != "" && d.Class == classOrganization && (d.noun == "army" || d.noun == "forces" || d.noun == "military" || d.noun == "rebels" || d.noun == "militia")
}

// summed returns the members of a phrase that sums up named ones: "the two
// sides", "both ministers", "the four states".
func (a *antecedents) summed(offset, n int, noun string) []int {
	switch noun {
	case "ministers", "leaders", "presidents", "men", "women", "diplomats", "envoys", "foreign ministers", "prime ministers", "heads of state", "monarchs", "officials", "chiefs", "defence ministers", "defense ministers", "ambassadors", "interlocutors", "negotiators":
		return a.persons(offset, n)
	case "warring parties":
		return a.forces(offset, n)
	case "sides", "parties", "rivals", "foes", "camps", "delegations":
		if f := a.forces(offset, n); f != nil {
			return f
		}
	case "groups", "organizations", "organisations", "blocs":
		return a.members(offset, n, classOrganization)
	}
	return a.members(offset, n, classState)
}
