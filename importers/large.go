package importers

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/ententegraph/entente/graph"
)

// A large file of quads goes through the store's bulk loader: it is read once,
// in bounded memory, and is an import of its own. Which quads it stated is kept
// by the store as a list with the import's id as its name.

// defaultLarge is how many quads make a file a large one. Smaller ones are
// held in memory, and join the import of the files beside them.
const defaultLarge = 20_000

// Progress is how far the loading of a large file of quads is.
type Progress struct {
	Source  string
	Quads   int64   // read
	Bytes   int64   // of the file, packed where it is packed, that were read
	Size    int64   // of the file in bytes; 0 where that is not known
	Written float64 // of what is written when all is read: from 0 to 1
}

// A bulkRecord is the record bulk/ID.
type bulkRecord struct {
	Head string // hash of the first quads
	Hash string // of the file's text
}

// A largeFile is on its way into the store.
type largeFile struct {
	source   Source
	file     opened
	text     hash.Hash // of what was read
	head     string
	begun    [][]graph.Quad // the batches that were read to see that it is large
	rest     func() ([]graph.Quad, error, bool)
	failed   error // why it cannot be read
	done     chan struct{}
	released sync.Once
}

// release says that the file is read no more.
func (l *largeFile) release() {
	if l != nil {
		l.released.Do(func() { close(l.done) })
	}
}

// feedQuads reads a file of quads, up to where it proves to be large, and sends its job.
func (r *run) feedQuads(ctx context.Context, s Source, f opened, bad *badLines, send func(*job, func()) bool) bool {
	j := &job{source: s.Name, isQuads: true, bad: bad, began: time.Now()}
	text := sha256.New()
	f.Reader = io.TeeReader(f.Reader, text)
	next, stop := iter.Pull2(f.Quads(ctx, f.Input))
	defer stop()
	_, bulk := r.im.Store.(graph.BulkLoader)
	for {
		batch, err, more := next()
		if err != nil || !more {
			j.err = err
			break
		}
		j.quads = append(j.quads, batch...)
		if bulk && len(j.quads) > r.im.large() {
			j.large = &largeFile{source: s, file: f, text: text, head: headHash(j.quads[:r.im.large()]), rest: next, done: make(chan struct{})}
			for part := range slices.Chunk(j.quads, 1<<10) {
				j.large.begun = append(j.large.begun, part)
			}
			break
		}
	}
	j.took = time.Since(j.began)
	if j.large != nil {
		j.quads = nil
	}
	if !send(j, nil) {
		return false
	}
	if j.large != nil {
		<-j.large.done
	}
	return true
}

func (im *Importer) large() int { return cmp.Or(im.largeFrom, defaultLarge) }

func headHash(quads []graph.Quad) string {
	sum := sha256.Sum256(formatQuads(quads))
	return hex.EncodeToString(sum[:])
}

// batches yields what was read already, and then the rest.
func (l *largeFile) batches(yield func([]graph.Quad, error) bool) {
	for _, batch := range l.begun {
		if !yield(batch, nil) {
			return
		}
	}
	l.begun = nil
	for {
		batch, err, more := l.rest()
		if err == nil && !more {
			// What stands behind the last quad counts for the hash.
			_, err = io.Copy(io.Discard, l.file.Reader)
		}
		l.failed = err
		if err != nil {
			yield(nil, err)
		}
		if err != nil || !more || !yield(batch, nil) {
			return
		}
	}
}

// hash is that of the text that was read. Small files have hashes of their quads.
func (l *largeFile) hash() string { return "text-" + hex.EncodeToString(l.text.Sum(nil)) }

// rehash reads the file once more, only for its hash.
func (l *largeFile) rehash(ctx context.Context, how Reading) (string, error) {
	f, err := l.source.open(how)
	if err != nil {
		return "", err
	}
	defer f.Close()
	again := largeFile{text: sha256.New()}
	_, err = io.Copy(again.text, heeding{ctx, f.Reader})
	return again.hash(), err
}

// heeding is a reader that fails once the context is done.
type heeding struct {
	ctx context.Context
	io.Reader
}

func (h heeding) Read(b []byte) (int, error) {
	if err := h.ctx.Err(); err != nil {
		return 0, err
	}
	return h.Reader.Read(b)
}

// Why a load is given up at its end.
var (
	errKnown     = errors.New("the content is loaded already")
	errRehearsal = errors.New("this is a rehearsal")
)

// storeLarge loads a large file. The error is one of the store, or that the caller's context is done.
func (r *run) storeLarge(d *draft, j *job, out *Outcome) error {
	l := j.large
	if known, err := r.probablyKnown(d, l, out); err != nil || known {
		return err
	}
	current, err := d.newImport(Loading, r.im.now(), r.im.By, j.source)
	if err != nil {
		return err
	}
	held := &heldBefore{ctx: r.ctx, store: r.im.Store}
	o := graph.BulkOptions{
		Memory:   r.im.BulkMemory,
		OwnBlank: func(label string) string { return label + "-" + current.ID },
		List:     current.ID,
		Held:     held.held,
		Records: func(added int64) (map[string][]byte, error) {
			out.Quads = int(added)
			if known, err := r.knownQuads(d, l.hash(), out); err != nil || known {
				return nil, cmp.Or(err, errKnown)
			}
			if r.o.DryRun {
				return nil, errRehearsal
			}
			current.Quads = int(added)
			return recordsOf(map[string]any{
				"import/" + current.ID: current, "quadfile/" + l.hash(): current.ID, "bulk/" + current.ID: bulkRecord{l.head, l.hash()},
			})
		},
	}
	if r.o.Progress != nil {
		o.Progress = func(p graph.BulkProgress) {
			r.o.Progress(Progress{Source: j.source, Quads: p.Read, Bytes: l.file.read.Load(), Size: l.file.size, Written: p.Written})
		}
	}
	_, err = r.im.Store.(graph.BulkLoader).BulkLoad(r.caller, l.batches, o)
	err = errors.Join(err, held.close())
	out.Skipped = j.bad.list()
	switch {
	case errors.Is(err, errKnown):
		out.Quads = 0
		return nil
	case errors.Is(err, errRehearsal):
		out.Status = New
		return nil
	case err == nil:
		out.Status, out.Import, out.Recorded = New, current.ID, current.Recorded
		return nil
	case r.caller.Err() != nil:
		return r.caller.Err()
	case l.failed != nil:
		out.failed(l.failed)
		return nil
	}
	return err
}

// probablyKnown reads a file that begins as one that is loaded once more for
// its hash, which is much faster than loading it to find that it is known.
func (r *run) probablyKnown(d *draft, l *largeFile, out *Outcome) (bool, error) {
	if r.o.Force || l.source.Key == "" { // which may not be there to be read once more
		return false, nil
	}
	lists, err := d.lists()
	if err != nil {
		return false, err
	}
	for _, id := range lists {
		var b bulkRecord
		if _, err := d.getJSON("bulk/"+id, &b); err != nil {
			return false, err
		}
		if b.Head != l.head {
			continue
		}
		hash, err := l.rehash(r.caller, r.o.Reading)
		if err != nil {
			return false, r.caller.Err() // the load itself will say what is wrong
		}
		return r.knownQuads(d, hash, out)
	}
	return false, nil
}

func recordsOf(values map[string]any) (map[string][]byte, error) {
	records := map[string][]byte{}
	for key, value := range values {
		data, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("importers: record %q: %w", key, err)
		}
		records[key] = data
	}
	return records, nil
}

// heldBefore tells of quads that a store has whether anything but files of
// quads states them. It looks at the store as it is when it is first asked.
type heldBefore struct {
	ctx   context.Context
	store graph.Store
	draft *draft
	any   bool // files were loaded before
}

func (h *heldBefore) held(e graph.Encoded) (bool, error) {
	if h.draft == nil {
		view, err := h.store.View()
		if err != nil {
			return false, err
		}
		h.draft = newDraft(h.ctx, view)
		if h.any, err = h.draft.anyStated(); err != nil {
			return false, err
		}
	}
	if !h.any {
		return true, nil
	}
	q, err := h.draft.decode(e)
	if err != nil {
		return false, err
	}
	s, found, err := h.draft.statedBy(q)
	return !found || s.Reported, err
}

func (h *heldBefore) close() error {
	if h.draft == nil {
		return nil
	}
	return h.draft.view.Close()
}
