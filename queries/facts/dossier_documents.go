package facts

import (
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// Documents returns documents that mention the thing, the latest published first, and how many there are.
func (d *Dossier) Documents(w Window) ([]Document, int, error) {
	out := []Document{}
	for _, f := range in(w, d.documents) {
		document, err := d.r.document(f.id)
		if err != nil {
			return nil, 0, err
		}
		out = append(out, document)
	}
	return out, len(d.documents), nil
}

// Loaded returns the same by when they were loaded, the latest first.
func (d *Dossier) Loaded(w Window) ([]Document, int, error) {
	list := slices.Clone(d.documents)
	if err := d.r.order(list, schema.Recorded, graph.Any); err != nil {
		return nil, 0, err
	}
	return (&Dossier{r: d.r, documents: list}).Documents(w)
}

// Reported returns what documents say of the thing that is no fact, the latest
// documents first: from the document with the number skip on, until at least
// limit are found. Next is where to go on, 0 at the end.
func (d *Dossier) Reported(skip, limit int) (out []Reported, next int, err error) {
	refersTo, err := d.r.id(schema.RefersTo)
	if err != nil || refersTo == graph.Any {
		return nil, 0, err
	}
	mentionOf, err := d.r.id(schema.MentionOf)
	if err != nil {
		return nil, 0, err
	}
	for i := max(skip, 0); i < len(d.documents); i++ {
		if limit > 0 && len(out) >= limit {
			return out, i, nil
		}
		in := d.documents[i].id
		entities, err := d.r.scan(graph.Pattern{Predicate: refersTo, Object: d.id, Graph: in})
		if err != nil {
			return nil, 0, err
		}
		var reports []graph.ID
		for _, e := range entities {
			quads, err := d.r.scan(graph.Pattern{Object: e.Subject, Graph: in})
			if err != nil {
				return nil, 0, err
			}
			for _, q := range quads {
				if q.Predicate != mentionOf && !slices.Contains(reports, q.Subject) {
					reports = append(reports, q.Subject)
				}
			}
		}
		from := len(out)
		for _, id := range reports {
			report, ok, err := d.r.unconcluded(nodeKey{id, in})
			if err != nil {
				return nil, 0, err
			}
			if ok {
				out = append(out, report)
			}
		}
		slices.SortStableFunc(out[from:], func(a, b Reported) int { return firstStart(a.Evidence[0]) - firstStart(b.Evidence[0]) })
	}
	return out, 0, nil
}

// A NameUse is a name of the thing, with some of the documents that use it and how many there are.
type NameUse struct {
	Name      string     `json:"name"`
	Documents []Document `json:"documents,omitempty"`
	More      bool       `json:"more,omitempty"` // there are other documents
}

// nameUses bounds how many uses of a name are looked at.
const nameUses = 200

// NamesUsed returns the names of the thing, each with up to most documents that call it so.
func (d *Dossier) NamesUsed(most int) ([]NameUse, error) {
	refersTo, err := d.r.id(schema.RefersTo)
	if err != nil {
		return nil, err
	}
	mentionOf, err := d.r.id(schema.MentionOf)
	if err != nil {
		return nil, err
	}
	var out []NameUse
	for _, name := range d.Names {
		use := NameUse{Name: name}
		if err := d.uses(&use, most, refersTo, mentionOf); err != nil {
			return nil, err
		}
		out = append(out, use)
	}
	return out, nil
}

func (d *Dossier) uses(use *NameUse, most int, refersTo, mentionOf graph.ID) error {
	id, ok, err := d.r.view.ID(d.r.ctx, graph.String(use.Name))
	if err != nil || !ok || refersTo == graph.Any {
		return err
	}
	looked := 0
	var documents []graph.ID
	for batch, err := range d.r.view.Scan(d.r.ctx, graph.Pattern{Object: id}, graph.Unordered) {
		if err != nil {
			return err
		}
		for _, q := range batch {
			if q.Graph == graph.DefaultGraph || slices.Contains(documents, q.Graph) {
				continue
			}
			if looked++; looked > nameUses {
				use.More = true
				return nil
			}
			refers, err := d.refersHere(q, refersTo, mentionOf)
			if err != nil {
				return err
			}
			if !refers {
				continue
			}
			if len(documents) == most {
				use.More = true
				return nil
			}
			documents = append(documents, q.Graph)
			document, err := d.r.document(q.Graph)
			if err != nil {
				return err
			}
			use.Documents = append(use.Documents, document)
		}
	}
	return nil
}

// refersHere reports whether the entity that a quad names, or the mention whose text it is, stands for the thing.
func (d *Dossier) refersHere(q graph.Encoded, refersTo, mentionOf graph.ID) (bool, error) {
	entities := []graph.ID{q.Subject}
	if mentionOf != graph.Any {
		quads, err := d.r.scan(graph.Pattern{Subject: q.Subject, Predicate: mentionOf, Graph: q.Graph})
		if err != nil {
			return false, err
		}
		for _, m := range quads {
			entities = append(entities, m.Object)
		}
	}
	for _, e := range entities {
		n, _, err := d.r.view.Estimate(d.r.ctx, graph.Pattern{Subject: e, Predicate: refersTo, Object: d.id, Graph: q.Graph})
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// How many statements of a kind a neighbourhood is made of.
const drawnStatements = 60

// Around returns what lies around the thing, as [Around] does one step far, of
// the latest of each kind of statement; Left counts the statements that are not looked at.
func (d *Dossier) Around(limit int) (n *Neighbourhood, left int, err error) {
	center := d.Ref
	w := &network{nodes: []Ref{center}, level: map[string]int{center.IRI: 0}, edges: map[edgeKey]bool{}, told: map[string]bool{}}
	for _, list := range [][]filed{d.relations, d.tenures, d.events} {
		drawn := in(Window{Limit: drawnStatements}, list)
		left += len(list) - len(drawn)
		for _, f := range drawn {
			n, err := d.r.node(f.id, graph.DefaultGraph)
			if err != nil {
				return nil, 0, err
			}
			s, err := d.r.statement(n)
			if err != nil {
				return nil, 0, err
			}
			if s != nil {
				d.r.draw(w, s, 1, Edge{Documents: documentsOf(s.node.texts(schema.Evidence))})
			}
		}
	}
	reports, _, err := d.Reported(0, drawnStatements/4)
	if err != nil {
		return nil, 0, err
	}
	for _, report := range reports {
		d.r.drawReport(w, report, 1)
	}
	return w.within(1, limit), left, nil
}
