package importers

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Resolving: which thing an entity of a document is. It depends on what all
// documents say, never on the order in which they came: entities of one name
// form a family, and the evidence in the family decides.
//
//   - A state is its code, an organization its code, or the code that all
//     documents with its name agree on.
//   - A name of a person or place stands for one thing, unless states tell two
//     apart: then it is one for each state, and those without evidence stay
//     apart from both.
//   - Persons whom a source tells apart are never taken for each other.
//   - A person whose full name is spelled otherwise, or has its words in another
//     order, and who acts for the same state, is the same person.
//   - A person called by a shorter form of a name, or by initials, is the one with
//     the longer name and the same position for the same state, if there is just one.
//   - Agreements of one name are told apart by year and by parties, occasions by year.
//   - Groups, and what is described but not named, belong to their document.

// A candidate is an entity with the evidence about what it is. Entities of one
// family with the same evidence are one candidate, whatever their number.
type candidate struct {
	Kind    string
	Slug    string   `json:",omitempty"`
	Code    string   `json:",omitempty"`
	Country string   `json:",omitempty"`
	Years   []string `json:",omitempty"`
	Parties []string `json:",omitempty"`
	States  []string `json:",omitempty"`
	Posts   []string `json:",omitempty"`
	Thing   string   // what it is taken for
	Name    string   `json:",omitempty"` // of a thing that a judgement names: its label then
}

// family names those that candidates are compared with.
func (c candidate) family() string { return c.Kind + "/" + c.Slug }

// signature tells candidates apart by family and evidence.
func (c candidate) signature() string {
	return shortHash([]string{
		c.Kind, c.Slug, c.Code, c.Country, strings.Join(c.Years, " "), strings.Join(c.Parties, " "),
		strings.Join(c.States, " "), strings.Join(c.Posts, " "),
	})
}

// shortHash tells lists of texts apart.
func shortHash(parts []string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, sep)))
	return hex.EncodeToString(sum[:8])
}

// tells gives the evidence that tells candidates of one family apart.
func (c candidate) tells() []string {
	switch {
	case c.Kind == "person" && strings.Contains(c.Slug, "-"):
		return c.States
	case c.Kind == "person":
		return c.Posts
	case c.Kind == "organization":
		return single(c.Code)
	case c.Kind == "agreement", c.Kind == "occasion":
		return slices.Concat(c.Years, c.Parties)
	}
	return single(c.Country)
}

// candidateOf prepares an entity. An entity that needs no others has its Thing
// set; it is a member of a family only where others learn from it.
func candidateOf(document string, e entityReport) (c candidate, family bool) {
	c = candidate{
		Kind: kindOf(e.Class), Slug: slug(e.Name), Code: iriSafe(e.Code), Country: iriSafe(e.Country),
		Years: e.Years, Parties: e.Parties, States: e.States, Posts: e.Posts,
	}
	local := thingIRI(c.Kind, document+"-"+cmp.Or(c.Slug, "x"))
	single := !strings.Contains(c.Slug, "-")
	switch {
	case c.Kind == "state" && c.Code != "":
		c.Thing = thingIRI("state", c.Code)
		return c, false
	case c.Slug == "" || !e.Named || c.Kind == "group", c.Kind == "person" && single && len(c.Posts) == 0:
		c.Thing = local
		return c, false
	case c.Kind == "organization":
		c.Slug = strings.TrimPrefix(spellings.Replace(c.Slug), "the-")
		if c.Country != "" {
			c.Slug = c.Country + "." + c.Slug
		}
	case c.Kind == "person" && e.Apart != "":
		c.Slug += "." + iriSafe(e.Apart)
	case c.Kind == "agreement" || c.Kind == "occasion":
		c.Slug = withoutYears(c.Slug, c.Years)
	}
	return c, true
}

// withoutYears leaves the year out of the slug of a name, where it is evidence.
func withoutYears(s string, years []string) string {
	words := slices.DeleteFunc(strings.Split(s, "-"), func(w string) bool { return slices.Contains(years, w) })
	if len(words) == 0 {
		return s
	}
	for len(words) > 1 && (words[len(words)-1] == "of" || words[len(words)-1] == "in") {
		words = words[:len(words)-1]
	}
	return strings.Join(words, "-")
}

// resolve says which thing each candidate is, by signature. Candidates come as
// whole families, and persons with all families that may share a person with
// theirs. What judgements call different is not joined.
func resolve(all []candidate, different [][2]candidate) map[string]string {
	families := map[string][]candidate{}
	for _, c := range all {
		families[c.family()] = append(families[c.family()], c)
	}
	out := map[string]string{}
	var persons []cluster
	for _, key := range slices.Sorted(maps.Keys(families)) {
		members := families[key]
		kind, name := members[0].Kind, members[0].Slug
		switch kind {
		case "person":
			for _, p := range partition(members, candidate.tells) {
				persons = append(persons, cluster{name: name, part: p})
			}
		case "organization":
			assign(out, organization(members), members)
		case "agreement", "occasion":
			for _, p := range partition(members, func(c candidate) []string { return c.Years }) {
				dated := name
				if p.evidence != "" {
					dated += "-" + p.evidence
				}
				for _, q := range partition(p.members, func(c candidate) []string { return c.Parties }) {
					assign(out, thingIRI(kind, q.name(dated)), q.members)
				}
			}
		default:
			for _, p := range partition(members, candidate.tells) {
				assign(out, thingIRI(kind, p.name(name)), p.members)
			}
		}
	}
	for i, parent := range onePerson(persons, apart(persons, different)) {
		assign(out, thingIRI("person", persons[parent].part.name(persons[parent].name)), persons[i].part.members)
	}
	for _, c := range all { // an organization's own code needs no family
		if c.Kind == "organization" && c.Code != "" {
			out[c.signature()] = codedOrganization(c)
		}
	}
	return out
}

func assign(out map[string]string, iri string, members []candidate) {
	for _, c := range members {
		out[c.signature()] = iri
	}
}

// locate finds among the members of a family those that a judgement spoke of:
// the ones that share most of its evidence. Where there is none to compare, it
// is the only thing that the family stands for. of says for a member which thing
// it is; the result is one of these, or "" where the thing is not there now.
func locate(a candidate, members []candidate, of func(candidate) string) string {
	evidence := a.tells()
	shared, bare := map[string]int{}, map[string]bool{}
	told := false
	for _, m := range members {
		n := 0
		for _, e := range m.tells() {
			if slices.Contains(evidence, e) {
				n++
			}
		}
		shared[of(m)] = max(shared[of(m)], n)
		if len(m.tells()) == 0 {
			bare[of(m)] = true
		}
		told = told || len(m.tells()) > 0
	}
	best := ""
	for _, iri := range slices.Sorted(maps.Keys(shared)) {
		if shared[iri] > 0 && (best == "" || shared[iri] > shared[best]) {
			best = iri
		}
	}
	switch {
	case best != "":
		return best
	case len(evidence) > 0 && told:
		return ""
	case len(shared) == 1:
		return slices.Collect(maps.Keys(shared))[0]
	case len(bare) == 1:
		return slices.Collect(maps.Keys(bare))[0]
	}
	return ""
}

// apart finds the clusters that judgements call different.
func apart(clusters []cluster, different [][2]candidate) func(i, j int) bool {
	if len(different) == 0 {
		return func(int, int) bool { return false }
	}
	var members []candidate
	of := map[string]string{}
	for i, c := range clusters {
		members = append(members, c.part.members...)
		for _, m := range c.part.members {
			of[m.signature()] = strconv.Itoa(i)
		}
	}
	told := map[[2]string]bool{}
	for _, pair := range different {
		var at [2]string
		for k, a := range pair {
			kin := slices.DeleteFunc(slices.Clone(members), func(m candidate) bool { return m.family() != a.family() })
			at[k] = locate(a, kin, func(c candidate) string { return of[c.signature()] })
		}
		told[at] = true
	}
	return func(i, j int) bool {
		a, b := strconv.Itoa(i), strconv.Itoa(j)
		return told[[2]string{a, b}] || told[[2]string{b, a}]
	}
}

func single(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// organization gives the thing that those of a family are who have no code of their own.
func organization(members []candidate) string {
	codes := map[string]candidate{}
	for _, c := range members {
		if c.Code != "" {
			codes[c.Code] = c
		}
	}
	if len(codes) == 1 {
		for _, c := range codes {
			return codedOrganization(c)
		}
	}
	return thingIRI("organization", members[0].Slug)
}

// codedOrganization names an organization by its acronym. The acronyms of
// national bodies are in use in many states.
func codedOrganization(c candidate) string {
	if c.Country != "" {
		return thingIRI("organization", c.Country+"."+c.Code)
	}
	return thingIRI("organization", c.Code)
}

// A part of a family is one thing: its members share evidence, or there is no
// evidence that tells it from others.
type part struct {
	members  []candidate
	evidence string // the first in order, or ""
	several  bool   // there are other parts with evidence
}

// name is the slug of a part's thing, with its evidence where that is needed.
func (p part) name(slug string) string {
	if p.several && p.evidence != "" {
		return slug + "." + p.evidence
	}
	return slug
}

// partition groups candidates by shared evidence, transitively. Those without
// any join the only group there is, or stay by themselves.
func partition(members []candidate, evidence func(candidate) []string) []part {
	root := map[string]string{}
	var find func(string) string
	find = func(s string) string {
		if root[s] == s {
			return s
		}
		return find(root[s])
	}
	for _, c := range members {
		for i, s := range evidence(c) {
			if _, ok := root[s]; !ok {
				root[s] = s
			}
			if i > 0 { // the smaller one names the group, whatever the order
				a, b := find(evidence(c)[0]), find(s)
				root[max(a, b)] = min(a, b)
			}
		}
	}
	groups := map[string][]candidate{}
	for _, c := range members {
		key := ""
		if ev := evidence(c); len(ev) > 0 {
			key = find(ev[0])
		}
		groups[key] = append(groups[key], c)
	}
	if _, some := groups[""]; some && len(groups) == 2 {
		for key := range groups {
			if key != "" {
				groups[key] = append(groups[key], groups[""]...)
				delete(groups, "")
			}
		}
	}
	told := len(groups)
	if _, some := groups[""]; some {
		told--
	}
	var out []part
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		out = append(out, part{groups[key], key, told > 1})
	}
	return out
}
