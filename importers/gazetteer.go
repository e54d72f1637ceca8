package importers

import (
	"fmt"
	"slices"
	"sync"

	"github.com/ententegraph/entente/nlp"
)

// A gazetteer gives the entities that tables name by codes.
type gazetteer struct {
	states        map[string]nlp.Entity // by code
	organizations map[string]nlp.Entity
}

// loadGazetteer reads the lexicon once: it never changes.
var loadGazetteer = sync.OnceValues(func() (*gazetteer, error) {
	lexicon, err := nlp.LoadLexicon()
	if err != nil {
		return nil, fmt.Errorf("importers: names of states: %w", err)
	}
	g := &gazetteer{states: map[string]nlp.Entity{}, organizations: map[string]nlp.Entity{}}
	for _, s := range lexicon.States() {
		var aliases []string
		for _, a := range append([]string{s.Official}, s.Aliases...) {
			if a != "" {
				aliases = append(aliases, a)
			}
		}
		g.states[s.Code] = nlp.Entity{ID: s.Code, Class: "State", Name: s.Name, Code: s.Code, Aliases: aliases}
	}
	for _, o := range lexicon.Organizations() {
		if o.Code != "" {
			g.organizations[o.Code] = nlp.Entity{ID: o.ID(), Class: "Organization", Name: o.Name, Code: o.Code, Aliases: append([]string{o.Code}, o.Aliases...)}
		}
	}
	codes, err := stateCodes()
	if err != nil {
		return nil, err
	}
	for _, states := range codes {
		for _, s := range states { // former states, that the lexicon of today's does not have
			if _, ok := g.states[s.id]; !ok {
				g.states[s.id] = nlp.Entity{ID: s.id, Class: "State", Name: s.name, Code: s.id}
			}
		}
	}
	return g, nil
})

// state gives the state with the code.
func (g *gazetteer) state(code string) (nlp.Entity, error) {
	if e, ok := g.states[code]; ok {
		return e, nil
	}
	return nlp.Entity{}, fmt.Errorf("there is no state with the code %q; use ISO 3166-1 alpha-3, or for former ones the withdrawn code", code)
}

// organization gives the organization with the code, also where the lexicon has none.
func (g *gazetteer) organization(code string) nlp.Entity {
	if e, ok := g.organizations[code]; ok {
		e.Aliases = slices.Clone(e.Aliases)
		return e
	}
	return nlp.Entity{ID: slug(code), Class: "Organization", Name: code, Code: code}
}
