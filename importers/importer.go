package importers

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

// An Importer loads documents into a store and takes them back. It is to be
// the only one of its store; its methods may be called at once.
type Importer struct {
	Store    graph.Store
	Model    *schema.Model
	Pipeline *nlp.Pipeline
	Now      func() time.Time // nil for time.Now
	By       string           // who works with it, for the log; or ""

	// BulkMemory bounds what loading a large file of quads, and taking it back,
	// holds in memory, in bytes; 0 for 512 MiB.
	BulkMemory int64
	largeFrom  int // quads that make a file a large one; 0 for defaultLarge

	mu sync.Mutex // one change after the other
}

// Options say how to load. What they say about documents wins over what the documents say.
type Options struct {
	Reading
	Published   timex.Date
	Publisher   string
	Title       string
	Language    string
	Force       bool           // read again what is loaded already
	DryRun      bool           // store nothing
	Jobs        int            // documents read at once; 0 for the number of cores
	SkipBad     bool           // of files of quads: leave out lines that are wrong
	Progress    func(Progress) // when set, is told how far the loading of a large file of quads is
	ReviewBelow float64        // confidence under which a reading is named in Outcome.Review; 0 for 0.8
}

// Amend says of a document what the options say of it.
func (o Options) Amend(d *Document) {
	if !o.Published.IsZero() {
		d.Published = o.Published
	}
	for _, set := range []struct {
		to   *string
		from string
	}{{&d.Publisher, o.Publisher}, {&d.Title, o.Title}, {&d.Language, o.Language}} {
		if set.from != "" {
			*set.to = set.from
		}
	}
}

func (im *Importer) now() time.Time {
	if im.Now != nil {
		return im.Now().UTC()
	}
	return time.Now().UTC()
}

// Load reads the documents of the sources, several at once, and stores them in
// order, each in one atomic change. It yields an outcome for each document and
// each file that failed or was passed over; an error ends it: the store failed,
// or ctx is done. Documents whose reading has begun by then are still stored.
// What one call stores is one import.
func (im *Importer) Load(ctx context.Context, sources iter.Seq2[Source, error], o Options) iter.Seq2[Outcome, error] {
	return func(yield func(Outcome, error) bool) {
		jobs := o.Jobs
		if jobs <= 0 {
			jobs = runtime.GOMAXPROCS(0)
		}
		feeding, stop := context.WithCancel(ctx)
		queue := make(chan *job, jobs)
		fed := make(chan struct{})
		defer func() { // the reading ends before Load does
			stop()
			for j := range queue {
				<-j.done
				j.large.release()
			}
			<-fed
		}()
		run := &run{im: im, o: o, ctx: context.WithoutCancel(ctx), caller: ctx}
		go func() {
			defer close(fed)
			defer close(queue)
			run.feed(feeding, sources, queue, make(chan struct{}, jobs))
		}()
		for j := range queue {
			<-j.done
			outcome, err := run.store(j)
			j.large.release()
			if !yield(outcome, err) || err != nil {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(Outcome{}, err)
		}
	}
}

// A job is a document, or a file of quads, on its way.
type job struct {
	source   string
	document Document
	quads    []graph.Quad
	bad      *badLines
	isQuads  bool
	large    *largeFile // for a file of very many quads; nil for others
	hash     string
	doc      *nlp.Doc
	err      error
	began    time.Time
	took     time.Duration
	done     chan struct{}
}

// A run is one call of Load.
type run struct {
	im      *Importer
	o       Options
	ctx     context.Context // is never done: what has begun is stored
	caller  context.Context
	current Import // zero until something is stored
}

// feed sends the jobs in order, and reads documents in the background.
func (r *run) feed(ctx context.Context, sources iter.Seq2[Source, error], queue chan<- *job, running chan struct{}) {
	send := func(j *job, work func()) bool {
		j.done = make(chan struct{})
		if work == nil {
			close(j.done)
		}
		select {
		case <-ctx.Done():
			return false
		case queue <- j:
		}
		if work == nil {
			return true
		}
		running <- struct{}{}
		go func() {
			defer func() { <-running }()
			defer close(j.done)
			work()
		}()
		return true
	}
	for s, err := range sources {
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			if !send(&job{source: s.Name, err: err}, nil) {
				return
			}
			continue
		}
		how := r.o.Reading
		bad := new(badLines)
		if r.o.SkipBad {
			how.SkipBad = bad.add
		}
		f, err := s.open(how)
		if err != nil {
			if !send(&job{source: s.Name, err: &FileError{s.Name, err}}, nil) {
				return
			}
			continue
		}
		more := true
		if f.Quads != nil {
			more = r.feedQuads(ctx, s, f, bad, send)
		} else {
			f.documents(ctx, func(d Document, err error) bool {
				j := &job{source: s.Name, document: d, err: err, began: time.Now()}
				if err != nil {
					more = send(j, nil)
				} else {
					more = send(j, func() { r.read(j) })
				}
				return more
			})
		}
		f.Close()
		if !more {
			return
		}
	}
}

// read runs the pipeline over a document, unless its content is known.
func (r *run) read(j *job) {
	defer func() { j.took = time.Since(j.began) }()
	d := &j.document
	r.o.Amend(d)
	j.source = d.Source
	j.hash = contentHash(*d)
	known, err := r.known(j)
	if err != nil || known {
		j.err = err
		return
	}
	j.err = r.annotate(j)
}

func (r *run) annotate(j *job) error {
	d := j.document
	if d.Said != nil {
		said := *d.Said
		said.ID, said.Title, said.Text, said.Published, said.Language = documentID(d, j.hash), d.Title, d.Text, d.Published, d.Language
		j.doc = &said
		return nil
	}
	j.doc = &nlp.Doc{ID: documentID(d, j.hash), Title: d.Title, Text: d.Text, Published: d.Published, Language: d.Language}
	if err := r.im.Pipeline.Annotate(r.ctx, j.doc); err != nil {
		return &FileError{d.Source, err}
	}
	return nil
}

// known reports whether the content of a job is in the store, so that it need not be read.
func (r *run) known(j *job) (bool, error) {
	if r.o.Force {
		return false, nil
	}
	view, err := r.im.Store.View()
	if err != nil {
		return false, err
	}
	defer view.Close()
	v, err := newDraft(r.ctx, view).sameContent(j.hash)
	return v != nil, err
}

// contentHash tells contents apart: the text, and what is known about it. Where
// it lies does not count.
func contentHash(d Document) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{
		d.Text, d.Title, d.Published.String(), d.Publisher, d.Author, d.URL, d.Language,
	}, sep)))
	return hex.EncodeToString(sum[:])
}

func documentID(d Document, hash string) string {
	key := d.Key
	if key == "" {
		key = "content" + sep + hash
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:8])
}

// sameContent returns the document with the content, or nil.
func (d *draft) sameContent(hash string) (*storedDocument, error) {
	found, err := d.group("hash/"+hash+sep, true)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	_, id, _ := strings.Cut(found[0].Key, sep)
	return d.document(id)
}

// store puts a job into the graph, and says what came of it. The error is one of the store.
func (r *run) store(j *job) (out Outcome, err error) {
	out = Outcome{Source: j.source, Took: j.took}
	if j.err != nil {
		out.failed(j.err)
		return out, nil
	}
	r.im.mu.Lock()
	defer r.im.mu.Unlock()
	began := time.Now()
	defer func() { out.Stored = time.Since(began); out.Took += out.Stored }()
	view, err := r.im.Store.View()
	if err != nil {
		return out, err
	}
	defer view.Close()
	d := newDraft(r.ctx, view)
	if j.large != nil {
		err = r.storeLarge(d, j, &out)
	} else if j.isQuads {
		err = r.storeQuads(d, j, &out)
	} else {
		err = r.storeDocument(d, j, &out)
	}
	if err != nil {
		return out, fmt.Errorf("importers: %s: %w", j.source, err)
	}
	return out, nil
}

func (r *run) storeDocument(d *draft, j *job, out *Outcome) error {
	same, err := d.sameContent(j.hash)
	if err != nil {
		return err
	}
	if same != nil && !r.o.Force {
		out.unchanged(same.Version)
		return nil
	}
	if j.doc == nil {
		// It was there when reading began, and has been taken out since.
		if err := r.annotate(j); err != nil {
			out.failed(err)
			return nil
		}
	}
	id := documentID(j.document, j.hash)
	if same != nil {
		id = docID(same.IRI)
	}
	before, err := d.document(id)
	if err != nil {
		return err
	}
	current, err := r.begin(d, j.source)
	if err != nil {
		return err
	}
	v := Version{IRI: thingIRI("doc", id), Document: j.document, Hash: j.hash, Import: current.ID, Recorded: current.Recorded}
	v.Document.Text, v.Document.Language = "", cmp.Or(v.Document.Language, j.doc.Language)
	change := replacement{id: id, before: before, after: &storedDocument{Version: v}}
	w := newReporter(r.im.Model, v, j.doc)
	change.quads, change.after.Reports = w.quads, reportsOf(w, v)
	if err := d.journal(&current, change, j.source); err != nil {
		return err
	}
	fresh, err := d.replace(r.im.Model, []replacement{change})
	if err != nil {
		return err
	}
	out.read(r.im.Model, j.doc, change.after, fresh, r.o)
	if before != nil {
		out.Status = Replaced
	} else {
		out.Status = New
	}
	return r.finish(d, current, out)
}

// begin gives the import of this run.
func (r *run) begin(d *draft, first string) (Import, error) {
	if r.current.ID != "" {
		return r.current, nil
	}
	return d.newImport(Loading, r.im.now(), r.im.By, first)
}

// finish makes the change durable, unless this is a rehearsal.
func (r *run) finish(d *draft, current Import, out *Outcome) error {
	change := d.change()
	out.Quads, out.Removed = len(change.Add), len(change.Remove)
	if r.o.DryRun {
		return nil
	}
	done, err := r.im.Store.Apply(r.ctx, change)
	if err != nil {
		return err
	}
	r.current = current
	out.Import, out.Recorded = current.ID, current.Recorded
	out.Quads, out.Removed = int(done.Added), int(done.Removed)
	return nil
}

// storeQuads states the quads of a file, each once. Blank nodes keep their
// labels unless the store has them already: in another file they are other nodes.
func (r *run) storeQuads(d *draft, j *job, out *Outcome) error {
	sum := sha256.Sum256(formatQuads(j.quads))
	hash := hex.EncodeToString(sum[:])
	out.Skipped = j.bad.list()
	if known, err := r.knownQuads(d, hash, out); err != nil || known {
		return err
	}
	current, err := r.begin(d, j.source)
	if err != nil {
		return err
	}
	quads, err := d.ownBlanks(j.quads, hash)
	if err != nil {
		return err
	}
	fresh, err := d.state(quads, current.ID)
	if err != nil {
		return err
	}
	current.Quads += fresh
	d.put("quads/"+current.ID+sep+hash, pack(formatQuads(quads)))
	if err := d.putJSON("quadfile/"+hash, current.ID); err != nil {
		return err
	}
	if err := d.putJSON("import/"+current.ID, current); err != nil {
		return err
	}
	out.Status = New
	return r.finish(d, current, out)
}

// knownQuads reports whether a file of quads with the content is loaded, and says so in the outcome.
func (r *run) knownQuads(d *draft, hash string, out *Outcome) (bool, error) {
	var earlier string
	found, err := d.getJSON("quadfile/"+hash, &earlier)
	if err != nil || !found || r.o.Force {
		return false, err
	}
	i, err := d.importOf(earlier)
	if err != nil || !i.Undone.IsZero() {
		return false, err
	}
	out.Status, out.Import, out.Recorded = Unchanged, i.ID, i.Recorded
	out.Reason = sameContentReason(i.ID, i.Recorded)
	return true, nil
}

// ownBlanks renames blank nodes whose labels are taken.
func (d *draft) ownBlanks(quads []graph.Quad, hash string) ([]graph.Quad, error) {
	renamed := map[graph.Term]graph.Term{}
	var failed error
	own := func(t graph.Term) graph.Term {
		if t.Kind != graph.KindBlank || failed != nil {
			return t
		}
		if to, ok := renamed[t]; ok {
			return to
		}
		to := t
		_, taken, err := d.view.ID(d.ctx, t)
		if failed = err; taken {
			to = graph.Blank(t.Value + "-" + hash[:12])
		}
		renamed[t] = to
		return to
	}
	var out []graph.Quad
	seen := map[graph.Quad]bool{}
	for _, q := range quads {
		q = graph.Quad{Subject: own(q.Subject), Predicate: q.Predicate, Object: own(q.Object), Graph: own(q.Graph)}
		if !seen[q] {
			seen[q] = true
			out = append(out, q)
		}
	}
	return out, failed
}

// failed says why a document or file is not in the graph.
func (o *Outcome) failed(err error) {
	o.Status, o.Err = Failed, err
	if errors.Is(err, errPassedOver) {
		o.Status = PassedOver
	}
	var f *FileError
	if errors.As(err, &f) {
		o.Source, err = f.Name, f.Err
	}
	o.Reason = strings.TrimPrefix(err.Error(), o.Source+":")
}
