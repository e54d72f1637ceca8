package importers

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// Records of imports: import/ID is the Import; step/ID\0DOCUMENT what it did
// to a document, former/ID\0DOCUMENT the version that it replaced, quads/ID\0N
// the quads of a file of quads, bulk/ID that it is a large file (see large.go).
// They go when the import is undone; the Import itself stays.

// The kinds of entries of the journal.
const (
	Loading  = "load"
	Removing = "remove"
)

// An Import is one entry of the journal: a run of loading, or the removal of a document.
type Import struct {
	ID       string    `json:"id"`   // i-7f3a
	Kind     string    `json:"kind"` // Loading or Removing
	Recorded time.Time `json:"recorded"`
	By       string    `json:"by,omitempty"`
	First    string    `json:"first"`              // source of its first document, or file
	New      int       `json:"new,omitempty"`      // documents
	Replaced int       `json:"replaced,omitempty"` // documents
	Removed  int       `json:"removed,omitempty"`  // documents
	Quads    int       `json:"quads,omitempty"`    // quads of files of quads that were new
	Undone   time.Time `json:"undone,omitzero"`
	UndoneBy string    `json:"undoneBy,omitempty"`
}

// ErrUnknown is wrapped by the error of naming an import or a document that is not there.
var ErrUnknown = errors.New("not found")

// A DependsError says that an import cannot be undone, because a later one rests on it.
type DependsError struct {
	Import, Document string
	Later            string // id of the later import
}

func (e *DependsError) Error() string {
	return fmt.Sprintf("%s cannot be undone: %s was changed again since by %s; undo %s first", e.Import, e.Document, e.Later, e.Later)
}

// A step is what an import did to one document.
type step struct {
	Source string
	Before bool // there was a version, kept as the former one
	After  bool // there is a version, of this import
}

// A former version is kept whole.
type former struct {
	Document storedDocument
	Quads    string // N-Quads of its graph, without links to things
}

func formatQuads(quads []graph.Quad) []byte {
	out := []byte{}
	for _, q := range quads {
		out = append(graph.AppendQuad(out, q), '\n')
	}
	return out
}

func parseQuads(ctx context.Context, data []byte) ([]graph.Quad, error) {
	var out []graph.Quad
	for q, err := range graph.ReadNQuads(ctx, bytes.NewReader(data), graph.ReadOptions{}) {
		if err != nil {
			return nil, fmt.Errorf("importers: quads that were kept: %w", err)
		}
		out = append(out, q)
	}
	return out, nil
}

func pack(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	// Writing to memory does not fail.
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

func unpack(data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("importers: packed record: %w", err)
	}
	return io.ReadAll(r)
}

// newImport chooses an id: short, unused, made of when and what.
func (d *draft) newImport(kind string, now time.Time, by, first string) (Import, error) {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s", kind, now.Format(time.RFC3339Nano), first))
	digits := hex.EncodeToString(sum[:])
	for n := 4; n <= len(digits); n++ {
		id := "i-" + digits[:n]
		_, taken, err := d.record("import/" + id)
		if err != nil {
			return Import{}, err
		}
		if !taken {
			return Import{ID: id, Kind: kind, Recorded: now, By: by, First: first}, nil
		}
	}
	return Import{}, errors.New("importers: an import of the same file is being recorded at the same instant; try again")
}

func (d *draft) importOf(id string) (Import, error) {
	var i Import
	found, err := d.getJSON("import/"+id, &i)
	if err == nil && !found {
		err = fmt.Errorf("import %s: %w", id, ErrUnknown)
	}
	return i, err
}

// journal enters what an import does to a document, and keeps the version that goes.
func (d *draft) journal(i *Import, r replacement, source string) error {
	s := step{Source: source, Before: r.before != nil, After: r.after != nil}
	switch {
	case s.Before && s.After:
		i.Replaced++
	case s.After:
		i.New++
	case s.Before:
		i.Removed++
	}
	// A document that one import loads twice goes back to what was before both.
	var earlier step
	found, err := d.getJSON("step/"+i.ID+sep+r.id, &earlier)
	if err != nil {
		return err
	}
	if found {
		s.Before = earlier.Before
	} else if s.Before {
		quads, err := d.ownQuads(r.before.IRI)
		if err != nil {
			return err
		}
		quads = slices.DeleteFunc(quads, func(q graph.Quad) bool { return q.Predicate.Value == schema.RefersTo })
		data, err := json.Marshal(former{*r.before, string(formatQuads(quads))})
		if err != nil {
			return fmt.Errorf("importers: former version: %w", err)
		}
		d.put("former/"+i.ID+sep+r.id, pack(data))
	}
	if err := d.putJSON("step/"+i.ID+sep+r.id, s); err != nil {
		return err
	}
	return d.putJSON("import/"+i.ID, i)
}

// Undo takes back an import, or a removal, as a whole: the graph is what it was
// before. It fails with a *DependsError where a later import has changed one of its documents.
func (im *Importer) Undo(ctx context.Context, id string) (Import, error) {
	im.mu.Lock()
	defer im.mu.Unlock()
	view, err := im.Store.View()
	if err != nil {
		return Import{}, err
	}
	defer view.Close()
	d := newDraft(ctx, view)
	i, err := d.importOf(id)
	if err != nil {
		return Import{}, err
	}
	if !i.Undone.IsZero() {
		return i, fmt.Errorf("%s was undone already on %s", id, i.Undone.Format(time.DateOnly))
	}
	if _, large, err := d.record("bulk/" + id); err != nil {
		return i, err
	} else if large {
		return im.undoLarge(d, i)
	}
	back, err := d.stepsBack(id)
	if err != nil {
		return i, err
	}
	if _, err := d.replace(im.Model, back); err != nil {
		return i, err
	}
	if err := d.quadsBack(id); err != nil {
		return i, err
	}
	i.Undone, i.UndoneBy = im.now(), im.By
	if err := d.putJSON("import/"+id, i); err != nil {
		return i, err
	}
	_, err = im.Store.Apply(ctx, d.change())
	return i, err
}

// stepsBack gives the replacements that undo those of an import.
func (d *draft) stepsBack(id string) ([]replacement, error) {
	steps, err := d.group("step/"+id+sep, true)
	if err != nil {
		return nil, err
	}
	var back []replacement
	for _, r := range steps {
		_, document, _ := strings.Cut(r.Key, sep)
		var s step
		if err := json.Unmarshal(r.Value, &s); err != nil {
			return nil, fmt.Errorf("importers: record %q: %w", r.Key, err)
		}
		now, err := d.document(document)
		if err != nil {
			return nil, err
		}
		if (now != nil) != s.After || now != nil && now.Import != id {
			later, err := d.changedBy(document, now, id)
			if err != nil {
				return nil, err
			}
			return nil, &DependsError{id, s.Source, later}
		}
		undo := replacement{id: document, before: now}
		if s.Before {
			if undo.after, undo.quads, err = d.formerVersion(id, document); err != nil {
				return nil, err
			}
		}
		back = append(back, undo)
		d.drop(r.Key)
		d.drop("former/" + id + sep + document)
	}
	return back, nil
}

func (d *draft) formerVersion(id, document string) (*storedDocument, []graph.Quad, error) {
	key := "former/" + id + sep + document
	packed, found, err := d.record(key)
	if err != nil {
		return nil, nil, err
	}
	if !found {
		return nil, nil, fmt.Errorf("importers: record %q is missing", key)
	}
	data, err := unpack(packed)
	if err != nil {
		return nil, nil, err
	}
	var f former
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, nil, fmt.Errorf("importers: record %q: %w", key, err)
	}
	quads, err := parseQuads(d.ctx, []byte(f.Quads))
	return &f.Document, quads, err
}

// changedBy names the import that changed a document last.
func (d *draft) changedBy(document string, now *storedDocument, than string) (string, error) {
	if now != nil {
		return now.Import, nil
	}
	var last Import
	for r, err := range d.view.Records(d.ctx, "step/") {
		if err != nil {
			return "", err
		}
		id, of, _ := strings.Cut(strings.TrimPrefix(r.Key, "step/"), sep)
		if of != document || id == than {
			continue
		}
		i, err := d.importOf(id)
		if err != nil {
			return "", err
		}
		if !i.Recorded.Before(last.Recorded) {
			last = i
		}
	}
	return last.ID, nil
}

func (d *draft) quadsBack(id string) error {
	files, err := d.group("quads/"+id+sep, true)
	if err != nil {
		return err
	}
	for _, r := range files {
		data, err := unpack(r.Value)
		if err != nil {
			return err
		}
		quads, err := parseQuads(d.ctx, data)
		if err != nil {
			return err
		}
		if err := d.unstate(quads, id); err != nil {
			return err
		}
		d.drop(r.Key)
	}
	return nil
}

// Remove takes one document out of the graph, with all that rests on it alone.
// The removal is an entry of the journal, which can be undone.
func (im *Importer) Remove(ctx context.Context, document string) (Import, error) {
	im.mu.Lock()
	defer im.mu.Unlock()
	view, err := im.Store.View()
	if err != nil {
		return Import{}, err
	}
	defer view.Close()
	d := newDraft(ctx, view)
	v, err := findDocument(ctx, view, document)
	if err != nil {
		return Import{}, err
	}
	id := docID(v.IRI)
	before, err := d.document(id)
	if err != nil {
		return Import{}, err
	}
	i, err := d.newImport(Removing, im.now(), im.By, before.Document.Source)
	if err != nil {
		return Import{}, err
	}
	r := replacement{id: id, before: before}
	if err := d.journal(&i, r, before.Document.Source); err != nil {
		return Import{}, err
	}
	if _, err := d.replace(im.Model, []replacement{r}); err != nil {
		return Import{}, err
	}
	_, err = im.Store.Apply(ctx, d.change())
	return i, err
}

// Imports lists the journal, the latest entry first.
func Imports(ctx context.Context, view graph.View) ([]Import, error) {
	out, err := list[Import](ctx, view, "import/")
	slices.SortStableFunc(out, func(a, b Import) int { return b.Recorded.Compare(a.Recorded) })
	return out, err
}

// Documents lists the documents in the graph, the latest first.
func Documents(ctx context.Context, view graph.View) ([]Version, error) {
	out, err := list[Version](ctx, view, "document/")
	slices.SortStableFunc(out, func(a, b Version) int { return b.Recorded.Compare(a.Recorded) })
	return out, err
}

func list[T any](ctx context.Context, view graph.View, prefix string) ([]T, error) {
	out := []T{}
	for r, err := range view.Records(ctx, prefix) {
		if err != nil {
			return nil, err
		}
		var v T
		if err := json.Unmarshal(r.Value, &v); err != nil {
			return nil, fmt.Errorf("importers: record %q: %w", r.Key, err)
		}
		out = append(out, v)
	}
	return out, nil
}

// findDocument finds a document by its IRI (whole, as doc:ID, or the beginning
// of ID), its source or URL, or its title.
func findDocument(ctx context.Context, view graph.View, name string) (Version, error) {
	all, err := Documents(ctx, view)
	if err != nil {
		return Version{}, err
	}
	iri := schema.Expand(name)
	for _, fits := range []func(Version) bool{
		func(v Version) bool { return v.IRI == iri || docID(v.IRI) == name },
		func(v Version) bool { d := v.Document; return d.Source == name || d.Key == name || d.URL == name },
		func(v Version) bool { return v.Document.Title != "" && strings.EqualFold(v.Document.Title, name) },
		func(v Version) bool { return len(name) >= 4 && strings.HasPrefix(docID(v.IRI), name) },
	} {
		var found []Version
		for _, v := range all {
			if fits(v) {
				found = append(found, v)
			}
		}
		switch len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			var ids []string
			for _, v := range found {
				ids = append(ids, "doc:"+docID(v.IRI))
			}
			return Version{}, fmt.Errorf("%q names %d documents: %s; use the id", name, len(found), strings.Join(ids, ", "))
		}
	}
	return Version{}, fmt.Errorf("document %q: %w; entente documents lists them", name, ErrUnknown)
}
