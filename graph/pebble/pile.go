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
	p.rows = append(p.rows, e)
	if len(p.rows) < p.limit {
		return nil
	}
	err := p.spill.keep(p.rows)
	p.rows = p.rows[:0]
	return err
}

// write writes the rows in all orders, several at once, and returns how many there are.
func (p *pile) write(ctx context.Context) (int64, error) {
	if p.spill.runs > 0 && len(p.rows) > 0 {
		if err := p.spill.keep(p.rows); err != nil {
			return 0, err
		}
		p.rows = nil
	}
	if err := p.spill.flush(); err != nil {
		return 0, err
	}
	orders := make(chan graph.Order, len(graph.Orders()))
	for _, o := range graph.Orders() {
		orders <- o
	}
	close(orders)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var rows int64
	var running sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		running.Go(func() {
			for o := range orders {
				n, err := p.writeOrder(ctx, o)
				if err != nil {
					stop(err)
					return
				}
				if o == graph.SPOG {
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

func (p *pile) writeOrder(ctx context.Context, o graph.Order) (int64, error) {
	w, err := p.bulk.Writer(o)
	if err != nil {
		return 0, err
	}
	take := func(rows []graph.Encoded) error {
		p.report(len(rows))
		return w.Append(ctx, rows)
	}
	if p.spill.runs > 0 {
		err = p.spill.merge(ctx, o, p.limit, take)
	} else {
		for part := range slices.Chunk(newSorter(len(p.rows)).sort(p.rows, o), mergeRows) {
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
