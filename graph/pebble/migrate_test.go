package pebble_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"testing"

	raw "github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

// firstFormat writes a store as format 1 had it: terms i, t, uses u, and the
// four indexes of quads. Numbers are ids: 1 is the default graph.
func firstFormat(t *testing.T, disk vfs.FS, terms map[uint64]string, quads [][4]uint64, nodes uint64) {
	t.Helper()
	db, err := raw.Open("graph", &raw.Options{FS: disk, FormatMajorVersion: raw.FormatNewest})
	if err != nil {
		t.Fatal(err)
	}
	b := db.NewBatch()
	set := func(key, value []byte) {
		if err := b.Set(key, value, nil); err != nil {
			t.Fatal(err)
		}
	}
	ids := func(prefix byte, ids ...uint64) []byte {
		key := []byte{prefix}
		for _, id := range ids {
			key = binary.BigEndian.AppendUint64(key, id)
		}
		return key
	}
	set([]byte("!format"), []byte("1"))
	set([]byte("!state"), ids(0, uint64(len(terms))+2, uint64(len(quads)), nodes)[1:])
	for id, encoded := range terms {
		set(ids('i', id), []byte(encoded))
		set([]byte("t"+encoded), ids(0, id)[1:])
		set(ids('u', id), []byte{1, 0, 0, 0, 0})
	}
	for _, q := range quads {
		s, p, o, g := q[0], q[1], q[2], q[3]
		set(ids('1', s, p, o, g), nil)
		set(ids('2', p, o, s, g), nil)
		set(ids('3', o, s, p, g), nil)
		set(ids('4', g, s, p, o), nil)
	}
	set([]byte("rimport"), []byte("a note"))
	if err := errors.Join(b.Commit(raw.Sync), db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestMigrate(t *testing.T) {
	disk := vfs.NewMem()
	const integer = "http://www.w3.org/2001/XMLSchema#integer"
	terms := map[uint64]string{
		2: "ihttp://example.org/a", 3: "ihttp://example.org/p", 4: "sa text",
		5: fmt.Sprintf("d%c%s7", len(integer), integer), 6: fmt.Sprintf("d%c%s07", len(integer), integer), 7: "ihttp://example.org/g",
	}
	firstFormat(t, disk, terms, [][4]uint64{{2, 3, 4, 1}, {2, 3, 5, 1}, {2, 3, 5, 7}, {2, 3, 6, 7}}, 6)
	const want = `<http://example.org/a> <http://example.org/p> "07"^^<` + integer + `> <http://example.org/g> .
<http://example.org/a> <http://example.org/p> "7"^^<` + integer + `> .
<http://example.org/a> <http://example.org/p> "7"^^<` + integer + `> <http://example.org/g> .
<http://example.org/a> <http://example.org/p> "a text" .
`
	if _, err := pebble.Open("graph", pebble.Options{FS: disk, ReadOnly: true}); !errors.Is(err, pebble.ErrFormat) {
		t.Errorf("an old store was opened read-only, with error %v", err)
	}
	for range 2 { // the second time it has the new format
		s, err := pebble.Open("graph", pebble.Options{FS: disk})
		if err != nil {
			t.Fatal(err)
		}
		if got := dump(t, s); got != want {
			t.Errorf("the store holds\n%swant\n%s", got, want)
		}
		v, err := s.View()
		if err != nil {
			t.Fatal(err)
		}
		if id, ok, err := v.ID(t.Context(), graph.Typed("7", integer)); !ok || !id.IsInline() || err != nil {
			t.Errorf("the number has the id %x (%v, %v)", id, ok, err)
		}
		if note, ok, err := v.Record(t.Context(), "import"); string(note) != "a note" || !ok || err != nil {
			t.Errorf("the record is %q (%v, %v)", note, ok, err)
		}
		stats, err := v.Cayley().Stats(t.Context(), true)
		if err != nil || stats.Quads.Size != 4 || stats.Nodes.Size != 6 {
			t.Errorf("the store counts %+v (%v)", stats, err)
		}
		v.Close()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
