package importers

import (
	"cmp"
	"slices"
	"strings"
)

// A cluster is what the evidence of states and posts makes of one name of persons.
type cluster struct {
	name string
	part part
}

// evidence gathers what is told of the members of a cluster.
func (c cluster) evidence(of func(candidate) []string) map[string]bool {
	out := map[string]bool{}
	for _, m := range c.part.members {
		for _, p := range of(m) {
			out[p] = true
		}
	}
	return out
}

func statesOf(c candidate) []string { return c.States }
func postsOf(c candidate) []string  { return c.Posts }

// onePerson gives for each cluster the one under whose name the person stands.
func onePerson(clusters []cluster, apart func(i, j int) bool) []int {
	posts, states := make([]map[string]bool, len(clusters)), make([]map[string]bool, len(clusters))
	byPost := map[string][]int{}
	for i, c := range clusters {
		posts[i], states[i] = c.evidence(postsOf), c.evidence(statesOf)
		for p := range posts[i] {
			byPost[p] = append(byPost[p], i)
		}
	}
	parent := respelledNames(clusters, states, apart)
	longer := make([]int, len(clusters))
	for i, c := range clusters {
		longer[i] = parent[i]
		if parent[i] != i {
			continue // the best spelling stands for the others
		}
		found := map[int]bool{}
		for p := range posts[i] {
			for _, j := range byPost[p] {
				if shortens(c.name, clusters[j].name) && !apart(i, j) {
					found[parent[j]] = true
				}
			}
		}
		var fullest []int
		for j := range found {
			shorter := false
			for k := range found {
				shorter = shorter || shortens(clusters[j].name, clusters[k].name)
			}
			if !shorter {
				fullest = append(fullest, j)
			}
		}
		if len(fullest) == 1 {
			longer[i] = fullest[0]
		}
	}
	for i := range longer { // names get fuller on the way, so it ends
		for next := longer[longer[i]]; next != longer[i] && !apart(i, next); next = longer[longer[i]] {
			longer[i] = next
		}
	}
	return longer
}

// respelledNames joins full names that are one in other spellings or another
// order, of persons of one state. The result is for each cluster the one whose
// spelling stands for them: that of the most letters, then the first in order.
func respelledNames(clusters []cluster, states []map[string]bool, apart func(i, j int) bool) []int {
	parent := make([]int, len(clusters))
	bySound := map[string][]int{}
	for i, c := range clusters {
		parent[i] = i
		if key := soundKey(c.name); key != "" {
			bySound[key] = append(bySound[key], i)
		}
	}
	for _, alike := range bySound {
		slices.SortFunc(alike, func(a, b int) int {
			return cmp.Or(cmp.Compare(len(clusters[b].name), len(clusters[a].name)), cmp.Compare(clusters[a].name, clusters[b].name), cmp.Compare(a, b))
		})
		for k, i := range alike {
			for _, j := range alike[:k] {
				if len(common(states[i], states[j])) > 0 && !apart(i, j) && !apart(i, parent[j]) {
					parent[i] = parent[j]
					break
				}
			}
		}
	}
	return parent
}

// soundKey is the same for names that are one in other spellings or another
// order; "" where a name is too short to tell by.
func soundKey(name string) string {
	name, year, _ := strings.Cut(name, ".") // what a source tells it from others by
	words := nameWords(name)
	if len(words) < 2 {
		return ""
	}
	for i, w := range words {
		if len([]rune(w)) < 2 {
			return ""
		}
		words[i] = soundOf(w)
	}
	slices.Sort(words)
	return strings.Join(words, " ") + " " + year
}

// shortens reports whether a name is a shorter form of another: words are left
// out, or given by initials.
func shortens(short, long string) bool {
	if strings.ContainsRune(short, '.') || strings.ContainsRune(long, '.') {
		return within(short, long)
	}
	return weight(short) < weight(long) && compareNames(short, long) == shortened
}

// weight is how much of a name is written out.
func weight(name string) int {
	n := 0
	for _, w := range nameWords(name) {
		n += min(2, len([]rune(w)))
	}
	return n
}
