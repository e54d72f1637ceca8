package diplomacy

import (
	"strconv"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// kinds are the types of events, the most frequent first, as in schema/events.
var kinds = []struct{ class, plover, cameo string }{
	{"Visit", "CONSULT", "042"},
	{"HoldTalks", "CONSULT", "040"},
	{"Criticise", "ACCUSE", "111"},
	{"SignAgreement", "SUPPORT", "057"},
	{"GiveAid", "AID", "070"},
	{"Appeal", "REQUEST", "020"},
	{"Demand", "REQUEST", "100"},
	{"ImposeSanctions", "SANCTION", "163"},
	{"HoldSummit", "CONSULT", "040"},
	{"Deny", "STATEMENT", "016"},
}

// document states a document of a few sentences, each with a report, in its
// graph; four reports of five are of facts, which go to the default graph.
func (g *generator) document(i int) {
	doc := thing("doc", "d"+strconv.Itoa(i))
	node := func(kind string, n int) graph.Term {
		return graph.IRI(doc.Value + "#" + kind + "-" + strconv.Itoa(n))
	}
	g.name = doc
	issued := g.date()
	g.add(doc, schema.Type, graph.IRI(schema.ClassDocument))
	g.add(doc, schema.Title, label("News of the day, number %d", i))
	g.add(doc, schema.Issued, issued)
	g.add(doc, schema.Publisher, label("Agency %d", g.IntN(40)))

	entities := map[graph.Term]graph.Term{}
	entity := func(of graph.Term) graph.Term {
		e, ok := entities[of]
		if !ok {
			e = node("entity", len(entities))
			entities[of] = e
			g.add(e, schema.Type, graph.IRI(schema.ClassEntity))
			g.add(e, schema.RefersTo, of)
		}
		return e
	}
	for n := range 1 + g.IntN(5) {
		sentence, report := node("sentence", n), node("event", n)
		actor, recipient := g.pair()
		kind := kinds[g.kinds.Uint64()]
		g.add(sentence, schema.Type, graph.IRI(schema.ClassSentence))
		g.add(sentence, schema.Start, number(n*90))
		g.add(sentence, schema.Text, label("%s of %s towards %s, as number %d has it.", kind.class, local(actor), local(recipient), i))

		g.add(report, schema.Type, graph.IRI(schema.ClassEventReport))
		g.add(report, schema.StatedType, ours(kind.class))
		g.add(report, schema.Actor, entity(actor))
		g.add(report, schema.Recipient, entity(recipient))
		fact := g.IntN(5) > 0
		polarity, modality := "positive", "realis"
		switch {
		case !fact && g.IntN(2) == 0:
			polarity = "negative"
		case !fact:
			modality = "intention"
		}
		g.add(report, schema.Polarity, graph.String(polarity))
		g.add(report, schema.Modality, graph.String(modality))
		if g.IntN(3) == 0 {
			g.add(report, schema.AttributedTo, entity(person(int(g.persons.Uint64()))))
		}
		g.add(report, schema.Evidence, sentence)
		if fact {
			g.name = graph.Term{}
			g.event(kind.class, kind.plover, kind.cameo, actor, recipient, report)
			g.name = doc
		}
	}
}

// event states a fact that rests on a report.
func (g *generator) event(class, plover, cameo string, actor, recipient, report graph.Term) {
	e := thing("event", "e"+strconv.Itoa(g.events))
	g.events++
	g.add(e, schema.Type, graph.IRI(schema.ClassEvent))
	g.add(e, schema.Type, ours(class))
	g.add(e, schema.StatedType, ours(class))
	g.add(e, schema.Label, label("%s: %s, %s", class, local(actor), local(recipient)))
	g.add(e, schema.Plover, graph.String(plover))
	g.add(e, schema.Cameo, graph.String(cameo))
	g.add(e, schema.Actor, actor)
	g.add(e, schema.Recipient, recipient)
	g.add(e, schema.Date, g.date())
	g.add(e, schema.Evidence, report)
	if g.IntN(3) == 0 {
		g.add(e, schema.PlaceOf, State(int(g.states.Uint64())))
	}
}

// local is the name of a state or organization.
func local(t graph.Term) string { return schema.Compact(t.Value) }
