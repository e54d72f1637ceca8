// Package articles writes news that never happened, for measuring and testing:
// as many articles as asked for, about real states and organizations and
// made-up persons, the same ones for the same seed. An article does not depend
// on those before it.
//
//	w, err := articles.New(1)
//	for n := range 1000 {
//		a := w.Article(n)
//		fmt.Println(a.Title, a.Published, a.Text)
//	}
package articles

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

// An Article is one made-up document.
type Article struct {
	Name      string // of its file: 000017.txt
	Title     string
	Text      string
	Published timex.Date
	Persons   []Told
}

// Told is how an article names a person first.
type Told struct {
	Name   string
	Person int // index in World.Persons
}

// A Person of the world holds an office of a state from one year to another.
type Person struct {
	Given, Family string
	State         int // index in World.States
	Office        string
	From, Until   int // years; Until 0 is open
}

// Name is the person's full name.
func (p Person) Name() string { return p.Given + " " + p.Family }

// A World is the cast of the articles.
type World struct {
	States        []nlp.State
	Organizations []nlp.Organization
	Persons       []Person

	seed  uint64
	posts map[[2]int][]int // persons by state and office
}

// offices are what persons hold, in each state.
var offices = []string{"Foreign Minister", "Prime Minister", "Defence Minister", "Finance Minister", "Trade Minister", "Interior Minister"}

// turnover is the year in which every office gets a new holder.
const turnover = 2020

// The first article is published on the first of these days, and perDay on each.
var firstDay = time.Date(2015, 1, 5, 0, 0, 0, 0, time.UTC)

const perDay = 3

// New makes the world of a seed: some 150 states, each with twelve persons.
func New(seed uint64) (*World, error) {
	lexicon, err := nlp.LoadLexicon()
	if err != nil {
		return nil, fmt.Errorf("articles: %w", err)
	}
	w := &World{seed: seed, posts: map[[2]int][]int{}}
	for _, s := range lexicon.States() {
		if len(s.Demonyms) > 0 && len(s.Capitals) > 0 && s.Official != "" && !strings.ContainsAny(s.Name, ",(") {
			w.States = append(w.States, s)
		}
	}
	for _, o := range lexicon.Organizations() {
		if o.Code != "" && o.PartOf == "" && (o.Kind == "igo" || o.Kind == "bloc" || o.Kind == "alliance") {
			w.Organizations = append(w.Organizations, o)
		}
	}
	r := rand.New(rand.NewPCG(seed, 0))
	taken := map[string]bool{}
	for s := range w.States {
		names := cultures[r.IntN(len(cultures))]
		for o, office := range offices {
			for term := range 2 {
				p := Person{State: s, Office: office, From: turnover - 8, Until: turnover}
				if term == 1 {
					p.From, p.Until = turnover, 0
				}
				for p.Given == "" || taken[p.Name()] {
					p.Given = names.given[r.IntN(len(names.given))]
					p.Family = names.family(r)
				}
				taken[p.Name()] = true
				w.posts[[2]int{s, o}] = append(w.posts[[2]int{s, o}], len(w.Persons))
				w.Persons = append(w.Persons, p)
			}
		}
	}
	return w, nil
}

// Article writes the article of a number. Those of consecutive numbers are
// published on the same day or the next.
func (w *World) Article(n int) Article {
	r := rand.New(rand.NewPCG(w.seed, uint64(n)+1))
	day := firstDay.AddDate(0, 0, n/perDay)
	a := &writing{w: w, r: r, day: day, named: map[int]bool{}}
	a.a.Name = fmt.Sprintf("%06d.txt", n)
	a.a.Published = timex.Date{Year: day.Year(), Month: int(day.Month()), Day: day.Day()}
	// Two states that have to do with each other, and sometimes a third.
	for len(a.states) < 3 {
		if s := r.IntN(len(w.States)); !slices.Contains(a.states, s) {
			a.states = append(a.states, s)
		}
	}
	lead := leads[r.IntN(len(leads))]
	a.a.Title = a.fill(lead.title)
	a.named = map[int]bool{}
	a.a.Persons = nil
	paragraphs := []string{strings.ToUpper(w.States[a.states[0]].Capitals[0]) + " - " + a.fill(lead.text)}
	rest := r.Perm(len(follows))[:3+r.IntN(4)]
	for len(rest) > 0 {
		k := min(len(rest), 1+r.IntN(2))
		var sentences []string
		for _, i := range rest[:k] {
			sentences = append(sentences, a.fill(follows[i]))
		}
		rest = rest[k:]
		paragraphs = append(paragraphs, strings.Join(sentences, " "))
	}
	a.a.Text = a.a.Title + "\n\n" + strings.Join(paragraphs, "\n\n") + "\n"
	return a.a
}

// writing is an article while it is written.
type writing struct {
	w      *World
	r      *rand.Rand
	day    time.Time
	a      Article
	states []int
	named  map[int]bool
}

// holder gives the person who holds an office of a state on the day.
func (a *writing) holder(state, office int) int {
	for _, p := range a.w.posts[[2]int{state, office}] {
		if until := a.w.Persons[p].Until; until == 0 || a.day.Year() < until {
			return p
		}
	}
	return a.w.posts[[2]int{state, office}][1]
}

// fill puts names in place of what a template names in braces:
// {A}, {B}, {C} the states, {A's} possessive, {Aish} adjective, {Acap} capital;
// {A1}, {B1} … a person with office, later by family name; {org} an organization; {day} a weekday.
func (a *writing) fill(template string) string {
	var b strings.Builder
	org := a.w.Organizations[a.r.IntN(len(a.w.Organizations))]
	for {
		before, rest, ok := strings.Cut(template, "{")
		b.WriteString(before)
		if !ok {
			break
		}
		field, after, _ := strings.Cut(rest, "}")
		template = after
		switch field {
		case "org":
			b.WriteString(the(org.Name) + " (" + org.Code + ")")
		case "day":
			b.WriteString(a.day.AddDate(0, 0, -a.r.IntN(3)).Weekday().String())
		case "year":
			fmt.Fprint(&b, 1992+a.r.IntN(22))
		default:
			b.WriteString(a.state(field))
		}
	}
	text := b.String()
	return strings.ToUpper(text[:1]) + text[1:]
}

func (a *writing) state(field string) string {
	s := a.states[field[0]-'A']
	state := a.w.States[s]
	switch rest := field[1:]; rest {
	case "":
		return the(state.Name)
	case "'s":
		return possessive(the(state.Name))
	case "ish":
		return state.Demonyms[0]
	case "cap":
		return state.Capitals[0]
	default:
		p := a.holder(s, int(rest[0]-'1'))
		return a.person(p)
	}
}

// person names a person: with office and in full first, then by family name.
func (a *writing) person(p int) string {
	person := a.w.Persons[p]
	if a.named[p] {
		return person.Family
	}
	a.named[p] = true
	a.a.Persons = append(a.a.Persons, Told{person.Name(), p})
	state := a.w.States[person.State]
	switch a.r.IntN(3) {
	case 0:
		return state.Demonyms[0] + " " + person.Office + " " + person.Name()
	case 1:
		return possessive(the(state.Name)) + " " + person.Office + " " + person.Name()
	}
	return person.Office + " of " + the(state.Name) + " " + person.Name()
}

// the puts the article before names that want it.
func the(name string) string {
	for _, word := range []string{"United", "Organi", "Union", "Council", "Islands", "League", "Republic", "Community", "Agency", "Association", "Bank", "Philippines", "Netherlands", "Bahamas", "Emirates", "Gambia", "Maldives", "Seychelles", "Comoros"} {
		if strings.Contains(name, word) && !strings.HasPrefix(name, "the ") {
			return "the " + strings.TrimPrefix(name, "The ")
		}
	}
	return name
}

func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "'"
	}
	return name + "'s"
}
