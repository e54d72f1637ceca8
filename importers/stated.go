package importers

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// A quad that an imported file of quads states may be concluded or reported as
// well. It goes only when nothing states it any more, so of each quad of such
// files it is known which imports state it, and whether anything else does:
//
//   - quads of small files have a record stated/HASH;
//   - those of large ones are in the list of their import (see graph.Lists), which
//     the record bulk/ID names; marks in it say what else stated them when they came.
//     When that changes, such a quad gets a record, which counts from then on.
type stated struct {
	Imports  []string // of small files
	Reported bool     `json:",omitempty"` // stands in a document's graph, is concluded, or was written by hand

	listed bool // by imports of large files
}

func statedKey(q graph.Quad) string {
	sum := sha256.Sum256([]byte(q.String()))
	return "stated/" + hex.EncodeToString(sum[:16])
}

// statedBy tells which files state a quad, and false where none does.
func (d *draft) statedBy(q graph.Quad) (s stated, found bool, err error) {
	recorded, err := d.getJSON(statedKey(q), &s)
	if err != nil {
		return stated{}, false, err
	}
	lists, err := d.lists()
	if err != nil {
		return stated{}, false, err
	}
	if len(lists) > 0 {
		e, known, err := d.encode(q)
		var l graph.Listed
		if err == nil && known {
			l, s.listed, err = d.listedIn(lists, e)
		}
		if err != nil {
			return stated{}, false, err
		}
		if !recorded {
			s.Reported = l.Held
		}
	}
	if len(s.Imports) == 0 && !s.listed { // a record may outlive the files that it is about
		return stated{}, false, nil
	}
	return s, true, nil
}

// lists names the imports of large files that were not undone.
func (d *draft) lists() ([]string, error) {
	if d.large == nil {
		found, err := d.group("bulk/", true)
		if err != nil {
			return nil, err
		}
		d.large = []string{}
		for _, r := range found {
			d.large = append(d.large, strings.TrimPrefix(r.Key, "bulk/"))
		}
	}
	return d.large, nil
}

// listedIn looks a quad up in lists, and gives what the first says that has it.
func (d *draft) listedIn(lists []string, e graph.Encoded) (graph.Listed, bool, error) {
	view, ok := d.view.(graph.Lists)
	if !ok && len(lists) > 0 {
		return graph.Listed{}, false, fmt.Errorf("importers: this store keeps no lists, and %s needs one", lists[0])
	}
	for _, name := range lists {
		if l, found, err := view.Listed(d.ctx, name, e); err != nil || found {
			return l, found, err
		}
	}
	return graph.Listed{}, false, nil
}

// anyStated reports whether files of quads were loaded.
func (d *draft) anyStated() (bool, error) {
	for _, err := range d.view.Records(d.ctx, "stated/") {
		return err == nil, err
	}
	lists, err := d.lists()
	return len(lists) > 0, err
}

// settle makes the change of quads by documents respect the files that state them.
func (d *draft) settle() error {
	if any, err := d.anyStated(); err != nil || !any {
		return err
	}
	mark := func(q graph.Quad, reported bool) (found bool, err error) {
		s, found, err := d.statedBy(q)
		if err != nil || !found || s.Reported == reported {
			return found, err
		}
		s.Reported = reported
		return true, d.putJSON(statedKey(q), s)
	}
	for q := range d.add {
		if _, err := mark(q, true); err != nil {
			return err
		}
	}
	for q := range d.remove {
		found, err := mark(q, false)
		if err != nil {
			return err
		}
		if found {
			delete(d.remove, q)
		}
	}
	return nil
}

// state adds the quads of a file, and returns how many were not there.
func (d *draft) state(quads []graph.Quad, id string) (fresh int, err error) {
	for _, q := range quads {
		s, found, err := d.statedBy(q)
		if err != nil {
			return 0, err
		}
		there, err := d.holds(q)
		if err != nil {
			return 0, err
		}
		if !there {
			d.add[q] = true
			fresh++
		} else if !found {
			s.Reported = true
		}
		if !slices.Contains(s.Imports, id) {
			s.Imports = append(s.Imports, id)
		}
		if err := d.putJSON(statedKey(q), s); err != nil {
			return 0, err
		}
	}
	return fresh, nil
}

// unstate takes the quads of a file back, and keeps those that something else states.
func (d *draft) unstate(quads []graph.Quad, id string) error {
	for _, q := range quads {
		s, found, err := d.statedBy(q)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		s.Imports = slices.DeleteFunc(s.Imports, func(i string) bool { return i == id })
		if len(s.Imports) > 0 || s.listed {
			if err := d.putJSON(statedKey(q), s); err != nil {
				return err
			}
			continue
		}
		d.drop(statedKey(q))
		if !s.Reported {
			d.remove[q] = true
		}
	}
	return nil
}
