package pebble

import (
	"context"

	"github.com/ententegraph/entente/graph"
)

// A lookAhead tells of quads, asked in an order, whether a scanner in that order has them.
type lookAhead struct {
	*scanner
	order graph.Order
	rows  []graph.Encoded
	ended bool
}

func (l *lookAhead) has(ctx context.Context, e graph.Encoded) (bool, error) {
	for !l.ended {
		for len(l.rows) > 0 && l.order.Compare(l.rows[0], e) < 0 {
			l.rows = l.rows[1:]
		}
		if len(l.rows) > 0 {
			return l.rows[0] == e, nil
		}
		if err := l.Seek(ctx, e); err != nil {
			return false, err
		}
		rows, err := l.Next(ctx)
		if err != nil {
			return false, err
		}
		l.rows, l.ended = rows, len(rows) == 0
	}
	return false, nil
}
