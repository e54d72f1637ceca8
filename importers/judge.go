package importers

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// Judge makes a judgement and draws its consequences in one atomic change. Of
// j it reads Verdict, Author, Reason, Subject, Object, Text and Set; the result
// has its id and time. A judgement that cannot be made is an *InvalidError; one
// of what is not in the graph wraps ErrUnknown.
func (im *Importer) Judge(ctx context.Context, j Judgement) (Judgement, error) {
	im.mu.Lock()
	defer im.mu.Unlock()
	view, err := im.Store.View()
	if err != nil {
		return j, err
	}
	defer view.Close()
	d := newDraft(ctx, view)
	r, err := d.prepare(im, j)
	if err != nil {
		return j, err
	}
	var last int
	if _, err := d.getJSON("judgements", &last); err != nil {
		return j, err
	}
	letter := "j"
	if r.Verdict == Same {
		letter = "m"
	}
	r.ID, r.Recorded = letter+"-"+strconv.Itoa(last+1), im.now()
	if err := d.putJSON("judgements", last+1); err != nil {
		return j, err
	}
	if err := d.enact(im.Model, r); err != nil {
		return j, err
	}
	_, err = im.Store.Apply(ctx, d.change())
	return r.Judgement, err
}

// enact keeps a judgement and draws its consequences.
func (d *draft) enact(model *schema.Model, r ruling) error {
	if err := d.putJSON("judgement/"+r.ID, r); err != nil {
		return err
	}
	for _, q := range r.quads() {
		d.addQuad(q)
	}
	rules, err := d.rules()
	if err != nil {
		return err
	}
	return d.rule(model, r, append(slices.Clone(rules.all), r))
}

// Unjudge takes a judgement back: the graph is what it would be without it.
func (im *Importer) Unjudge(ctx context.Context, id, by string) (Judgement, error) {
	im.mu.Lock()
	defer im.mu.Unlock()
	view, err := im.Store.View()
	if err != nil {
		return Judgement{}, err
	}
	defer view.Close()
	d := newDraft(ctx, view)
	var r ruling
	found, err := d.getJSON("judgement/"+id, &r)
	if err == nil && !found {
		err = fmt.Errorf("judgement %s: %w", id, ErrUnknown)
	}
	if err != nil {
		return Judgement{}, err
	}
	if !r.Undone.IsZero() {
		return r.Judgement, invalid("%s was undone already on %s", id, r.Undone.Format("2006-01-02"))
	}
	rules, err := d.rules()
	if err != nil {
		return r.Judgement, err
	}
	for _, q := range r.quads() {
		d.removeQuad(q)
	}
	r.Undone, r.UndoneBy = im.now(), by
	if err := d.putJSON("judgement/"+id, r); err != nil {
		return r.Judgement, err
	}
	left := slices.DeleteFunc(slices.Clone(rules.all), func(x ruling) bool { return x.ID == id })
	if err := d.rule(im.Model, r, left); err != nil {
		return r.Judgement, err
	}
	_, err = im.Store.Apply(ctx, d.change())
	return r.Judgement, err
}

// rule draws the consequences of making a judgement, or of taking it back: from
// now on those in force are the given ones.
func (d *draft) rule(model *schema.Model, r ruling, inForce []ruling) error {
	c := &consequences{d: d, model: model, families: map[string]bool{}, touched: map[string]bool{}, documents: map[string]*storedDocument{}}
	documents, err := d.documentsOf(r)
	if err != nil {
		return err
	}
	d.ruled = newRulings(inForce)
	for _, id := range documents {
		if err := c.again(id); err != nil {
			return err
		}
	}
	_, err = c.draw([]ruling{r})
	return err
}

// documentsOf lists the documents whose reading a judgement changes by itself.
func (d *draft) documentsOf(r ruling) ([]string, error) {
	found := map[string]bool{}
	for _, k := range r.Reports {
		found[k.Document] = true
	}
	switch r.Verdict {
	case Link:
		document, _, _ := strings.Cut(docID(r.Subject), "#")
		found[document] = true
	case ReadAs:
		directed, err := d.group("directed/"+r.ID+sep, true)
		if err != nil {
			return nil, err
		}
		for _, record := range directed {
			_, id, _ := strings.Cut(record.Key, sep)
			found[id] = true
		}
		if err := d.naming(r.Text, found); err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// naming adds the documents that have a text as the name of an entity or as the words of a mention.
func (d *draft) naming(text string, found map[string]bool) error {
	object, ok, err := d.view.ID(d.ctx, graph.String(text))
	if err != nil || !ok {
		return err
	}
	for _, property := range []string{schema.Label, schema.Alias, schema.Text} {
		predicate, ok, err := d.view.ID(d.ctx, graph.IRI(property))
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		for q, err := range graph.Quads(d.ctx, d.view, graph.Pattern{Predicate: predicate, Object: object}) {
			if err != nil {
				return err
			}
			if iri := q.Graph.Value; strings.HasPrefix(iri, schema.ID+"doc/") {
				found[docID(iri)] = true
			}
		}
	}
	return nil
}
