package pebble

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"github.com/ententegraph/entente/graph"
)

// A pile takes the quads of a load in any sequence, and writes them in all
// orders: from memory, or through files when they are too many for it.
type pile struct {
	bulk     *Bulk
	spill    *spill
	rows     []graph.Encoded
	sorter   sorter
	limit    int           // of rows
	progress func(float64) // where set, is told what share is written

	mu      sync.Mutex
	written int64 // rows, in all orders
}

// newPile makes a pile for so many bytes of memory: the workers that sort rows hold them twice each.
func newPile(b *Bulk, memory int64) *pile {
	share := int(memory / int64(1+2*runtime.GOMAXPROCS(0)))
	return &pile{bulk: b, spill: newSpill(b.store), limit: max(share/rowSize, 16)}
}

func (p *pile) add(e graph.Encoded) error {
	if p.rows == nil {
		p.rows = make([]graph.Encoded, 0, p.limit) // memory that is not touched is not taken from the system
	}
	p.rows = append(p.rows, e)
	if len(p.rows) < p.limit {
		return nil
	}
	return p.keep()
}

// keep moves the rows to the files.
func (p *pile) keep() error {
	err := p.spill.keep(p.sorter.sort(p.rows, graph.SPOG))
	p.rows = p.rows[:0]
	return err
}

// chains are orders that follow from SPOG, each from the one before it, by sorting by few places.
var chains = [][]graph.Order{
	{graph.PSOG, graph.OPSG, graph.POSG, graph.GPOS},
	{graph.OSPG, graph.SOPG},
	{graph.GOSP},
	{graph.GSPO},
	{graph.SPOG},
}

// write writes the rows in all orders, several at once, and returns how many there are.
func (p *pile) write(ctx context.Context) (int64, error) {
	if p.spill.runs > 0 && len(p.rows) > 0 {
		if err := p.keep(); err != nil {
			return 0, err
		}
		p.rows = nil
	} else {
		copy(p.rows, p.sorter.sort(p.rows, graph.SPOG))
	}
	if err := p.spill.flush(); err != nil {
		return 0, err
	}
	work := make(chan []graph.Order, len(graph.Orders()))
	for _, chain := range chains {
		if p.spill.runs == 0 {
			work <- chain
			continue
		}
		for _, o := range chain { // runs are sorted from SPOG each time
			work <- []graph.Order{o}
		}
	}
	close(work)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var rows int64
	var running sync.WaitGroup
	for i := range runtime.GOMAXPROCS(0) {
		own := new(sorter)
		if i == 0 {
			own = &p.sorter
		}
		running.Go(func() {
			for chain := range work {
				n, err := p.writeChain(ctx, chain, own)
				if err != nil {
					stop(err)
					return
				}
				if chain[0] == graph.SPOG {
					rows = n
				}
			}
		})
	}
	running.Wait()
	if ctx.Err() != nil {
		return 0, context.Cause(ctx)
	}
	return rows, nil
}

// writeChain writes orders of which each follows from the one before it, and the first from SPOG.
func (p *pile) writeChain(ctx context.Context, chain []graph.Order, sorter *sorter) (n int64, err error) {
	rows, from := p.rows, graph.SPOG
	for _, o := range chain {
		if p.spill.runs == 0 && o != from {
			rows, from = sorter.derive(rows, from, o), o
		}
		if n, err = p.writeOrder(ctx, o, rows, sorter); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// writeOrder writes rows, or, where there are any, those of the files.
func (p *pile) writeOrder(ctx context.Context, o graph.Order, rows []graph.Encoded, sorter *sorter) (int64, error) {
	w, err := p.bulk.Writer(o)
	if err != nil {
		return 0, err
	}
	take := func(rows []graph.Encoded) error {
		p.report(len(rows))
		return w.Append(ctx, rows)
	}
	if p.spill.runs > 0 {
		err = p.spill.merge(ctx, o, p.limit, sorter, take)
	} else {
		for part := range slices.Chunk(rows, mergeRows) {
			if err = take(part); err != nil {
				break
			}
		}
	}
	if err == nil {
		err = w.Close()
	}
	return w.columns.Len(), err
}

func (p *pile) report(rows int) {
	if p.progress == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.written += int64(rows)
	all := max(p.spill.rows, int64(len(p.rows))) * int64(len(graph.Orders()))
	p.progress(float64(p.written) / float64(all))
}
