package importers

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/ententegraph/entente/graph"
)

// A quad that an imported file of quads states may be concluded or reported as
// well. It goes only when nothing states it any more, so of each quad of such
// files it is kept which imports state it, and whether documents do.
type stated struct {
	Imports  []string
	Reported bool `json:",omitempty"` // stands in a document's graph, or is concluded
}

func statedKey(q graph.Quad) string {
	sum := sha256.Sum256([]byte(q.String()))
	return "stated/" + hex.EncodeToString(sum[:16])
}

// settle makes the change of quads by documents respect the files that state them.
func (d *draft) settle() error {
	any := false
	for _, err := range d.view.Records(d.ctx, "stated/") {
		if err != nil {
			return err
		}
		any = true
		break
	}
	if !any {
		return nil
	}
	mark := func(q graph.Quad, reported bool) (found bool, err error) {
		var s stated
		key := statedKey(q)
		if found, err = d.getJSON(key, &s); err != nil || !found {
			return false, err
		}
		s.Reported = reported
		return true, d.putJSON(key, s)
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
		var s stated
		key := statedKey(q)
		found, err := d.getJSON(key, &s)
		if err != nil {
			return 0, err
		}
		if !found {
			if s.Reported, err = d.holds(q); err != nil {
				return 0, err
			}
			if !s.Reported {
				d.add[q] = true
				fresh++
			}
		}
		if !slices.Contains(s.Imports, id) {
			s.Imports = append(s.Imports, id)
		}
		if err := d.putJSON(key, s); err != nil {
			return 0, err
		}
	}
	return fresh, nil
}

// unstate takes the quads of a file back, and keeps those that something else states.
func (d *draft) unstate(quads []graph.Quad, id string) error {
	for _, q := range quads {
		var s stated
		key := statedKey(q)
		if found, err := d.getJSON(key, &s); err != nil || !found {
			if err != nil {
				return err
			}
			continue
		}
		s.Imports = slices.DeleteFunc(s.Imports, func(i string) bool { return i == id })
		if len(s.Imports) > 0 {
			if err := d.putJSON(key, s); err != nil {
				return err
			}
			continue
		}
		d.drop(key)
		if !s.Reported {
			d.remove[q] = true
		}
	}
	return nil
}
