package columns_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"sort"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/columns"
)

// kinds make ids as they occur: few, close to each other, far apart, with tags, constant, and the extremes.
var kinds = []func(r *rand.Rand) graph.ID{
	func(r *rand.Rand) graph.ID { return graph.ID(2 + r.IntN(9)) },
	func(r *rand.Rand) graph.ID { return graph.ID(1_000_000 + r.IntN(5000)) },
	func(r *rand.Rand) graph.ID { return graph.ID(r.Uint64()) },
	func(r *rand.Rand) graph.ID { return graph.ID(r.IntN(8))<<60 | graph.ID(r.IntN(300)) },
	func(r *rand.Rand) graph.ID { return 7 },
	func(r *rand.Rand) graph.ID {
		return []graph.ID{0, 1, ^graph.ID(0), ^graph.ID(0) - 1, 1 << 60}[r.IntN(5)]
	},
	func(r *rand.Rand) graph.ID { return graph.ID(r.IntN(20)) * 1_000_003 },
	func(r *rand.Rand) graph.ID { return graph.ID(r.Uint64() >> r.IntN(64)) },
}

func someRows(r *rand.Rand, n int, o graph.Order) []graph.Encoded {
	var of [4]func(*rand.Rand) graph.ID
	for i := range of {
		of[i] = kinds[r.IntN(len(kinds))]
	}
	rows := make([]graph.Encoded, n)
	for i := range rows {
		rows[i] = graph.Encoded{Subject: of[0](r), Predicate: of[1](r), Object: of[2](r), Graph: of[3](r)}
	}
	slices.SortFunc(rows, o.Compare)
	return slices.Compact(rows)
}

func write(t testing.TB, rows []graph.Encoded, o graph.Order) []byte {
	t.Helper()
	var b bytes.Buffer
	w := columns.NewWriter(&b, o)
	for chunk := range slices.Chunk(rows, 700) {
		if err := w.Append(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestFile compares what files say with the rows that they were written from.
func TestFile(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 1023, 1024, 1025, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 20_000} {
		for _, o := range graph.Orders() {
			rows := someRows(r, n, o)
			f, err := columns.Open("file", write(t, rows, o))
			if err != nil {
				t.Fatal(err)
			}
			if f.Len() != int64(len(rows)) || f.Order() != o {
				t.Fatalf("%d rows in order %s, want %d in order %s", f.Len(), f.Order(), len(rows), o)
			}
			out := make([]graph.Encoded, len(rows)+1)
			if got, err := f.Read(0, out); err != nil || !slices.Equal(out[:got], rows) {
				t.Fatalf("%d rows, %v, and not those %d that were written", got, err, len(rows))
			}
			if err := f.Check(); err != nil {
				t.Error(err)
			}
			reader := f.Reader()
			for range 100 {
				at := r.IntN(len(rows) + 1)
				part := out[:r.IntN(min(3000, len(out)+1))]
				if got, err := reader.Read(int64(at), part); err != nil || !slices.Equal(part[:got], rows[at:min(len(rows), at+len(part))]) {
					t.Fatalf("other rows from %d, %v", at, err)
				}
				checkRank(t, f, reader, rows, r)
			}
			checkGroups(t, f, rows)
		}
	}
}

func checkRank(t *testing.T, f *columns.File, reader *columns.Reader, rows []graph.Encoded, r *rand.Rand) {
	t.Helper()
	o := f.Order()
	k := graph.Encoded{Subject: graph.ID(r.Uint64())}
	if len(rows) > 0 && r.IntN(5) > 0 {
		k = rows[r.IntN(len(rows))]
		place := o.Places()[r.IntN(4)]
		k = k.With(place, k.At(place)+graph.ID(r.IntN(3))-1)
	}
	want := sort.Search(len(rows), func(i int) bool { return o.Compare(rows[i], k) >= 0 })
	if got, err := f.Rank(k); err != nil || got != int64(want) {
		t.Fatalf("%d of %d rows in order %s are before %v, want %d (error %v)", got, len(rows), o, k, want, err)
	}
	from := r.IntN(len(rows) + 1)
	if got, err := reader.RankFrom(int64(from), k); err != nil || got != int64(max(from, want)) {
		t.Fatalf("row %d of %d is the first from %d that is not before %v, want %d (error %v)", got, len(rows), from, k, want, err)
	}
}

func checkGroups(t *testing.T, f *columns.File, rows []graph.Encoded) {
	t.Helper()
	places := f.Order().Places()
	if places[0] != graph.Predicate {
		return
	}
	count := map[graph.ID]int64{}
	second := map[graph.ID]map[graph.ID]bool{}
	for _, e := range rows {
		if count[e.Predicate]++; second[e.Predicate] == nil {
			second[e.Predicate] = map[graph.ID]bool{}
		}
		second[e.Predicate][e.At(places[1])] = true
	}
	for id, n := range count {
		if got, want := f.Group(id), (columns.Group{Rows: n, Second: int64(len(second[id]))}); got != want {
			t.Errorf("group of %d is %v, want %v", id, got, want)
		}
	}
	if got := f.Group(123456789); count[123456789] == 0 && got != (columns.Group{}) {
		t.Errorf("an id without rows has the group %v", got)
	}
}

func TestOutOfOrder(t *testing.T) {
	for _, rows := range [][]graph.Encoded{
		{{Subject: 2}, {Subject: 1}},
		{{Subject: 2}, {Subject: 2}},
	} {
		if err := columns.NewWriter(&bytes.Buffer{}, graph.SPOG).Append(rows); err == nil {
			t.Errorf("%v was written", rows)
		}
	}
}

// TestDamaged changes one bit anywhere: either that does not matter, or it is
// an error that names the file, and never other rows.
func TestDamaged(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	rows := someRows(r, 3000, graph.POSG)
	good := write(t, rows, graph.POSG)
	out := make([]graph.Encoded, len(rows))
	wrong := 0
	for range 3000 {
		bad := slices.Clone(good)
		switch r.IntN(4) {
		case 0:
			bad = bad[:r.IntN(len(bad))]
		default:
			bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
		}
		f, err := columns.Open("some file", bad)
		if err == nil {
			var n int
			if n, err = f.Read(0, out); err == nil && !slices.Equal(out[:n], rows) {
				t.Fatal("other rows")
			}
		}
		if err != nil {
			if wrong++; !errors.Is(err, columns.ErrDamaged) || !bytes.Contains([]byte(err.Error()), []byte("some file")) {
				t.Fatal(err)
			}
		}
	}
	if wrong < 2900 {
		t.Errorf("only %d of 3000 damages were seen", wrong)
	}
}

// graphRows are n rows as a graph of documents has them.
func graphRows(n int, o graph.Order) []graph.Encoded {
	r := rand.New(rand.NewPCG(5, 6))
	rows := make([]graph.Encoded, n)
	for i := range rows {
		document := i / 20
		rows[i] = graph.Encoded{
			Subject:   graph.ID(1000 + document*7 + r.IntN(7)),
			Predicate: graph.ID(2 + r.IntN(40)),
			Object:    graph.ID(1000 + r.IntN(1+r.IntN(n/2))),
			Graph:     graph.ID(1000 + document*7),
		}
	}
	slices.SortFunc(rows, o.Compare)
	return slices.Compact(rows)
}

func BenchmarkFile(b *testing.B) {
	for _, o := range []graph.Order{graph.SPOG, graph.POSG, graph.OSPG, graph.GPOS} {
		rows := graphRows(1_000_000, o)
		data := write(b, rows, o)
		f, err := columns.Open("file", data)
		if err != nil {
			b.Fatal(err)
		}
		b.Run("scan "+o.String(), func(b *testing.B) {
			out := make([]graph.Encoded, 1024)
			for b.Loop() {
				for at := int64(0); at < f.Len(); {
					n, err := f.Read(at, out)
					if err != nil {
						b.Fatal(err)
					}
					at += int64(n)
				}
			}
			b.ReportMetric(float64(b.N)*float64(len(rows))/b.Elapsed().Seconds()/1e6, "Mrows/s")
			b.ReportMetric(float64(len(data))/float64(len(rows)), "B/row")
		})
		b.Run("gallop "+o.String(), func(b *testing.B) {
			seeks := 0
			for b.Loop() {
				at, r := int64(0), f.Reader()
				for i := 0; i < len(rows); i += 50 {
					if at, err = r.RankFrom(at, rows[i]); err != nil || at != int64(i) {
						b.Fatal(at, err)
					}
					seeks++
				}
			}
			b.ReportMetric(float64(seeks)/b.Elapsed().Seconds()/1e6, "Mseeks/s")
		})
		b.Run("rank "+o.String(), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if _, err := f.Rank(rows[i*7919%len(rows)]); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("write "+o.String(), func(b *testing.B) {
			for b.Loop() {
				write(b, rows, o)
			}
			b.ReportMetric(float64(b.N)*float64(len(rows))/b.Elapsed().Seconds()/1e6, "Mrows/s")
		})
	}
}
