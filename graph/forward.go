package graph

import "context"

// A Forwarded view does what the view does that it embeds, and as fast: what
// wraps a view in order to do one thing otherwise embeds it, where to embed the
// View itself would hide all that a view may do beside [View].
type Forwarded struct{ View }

var (
	_ Seeker     = Forwarded{}
	_ TermReader = Forwarded{}
	_ Counter    = Forwarded{}
	_ TextIndex  = Forwarded{}
	_ Supposer   = Forwarded{}
)

// Cursor implements [Seeker].
func (f Forwarded) Cursor(ctx context.Context, p Pattern, o Order) (Cursor, error) {
	return OpenCursor(ctx, f.View, p, o)
}

// Terms implements [TermReader].
func (f Forwarded) Terms(ctx context.Context, ids []ID, out []Term) error {
	return Terms(ctx, f.View, ids, out)
}

// Statistics implements [Counter].
func (f Forwarded) Statistics(ctx context.Context, predicate ID) (Statistics, error) {
	return StatisticsOf(ctx, f.View, predicate)
}

// FindText implements [TextIndex].
func (f Forwarded) FindText(ctx context.Context, q TextQuery) ([]TextHit, error) {
	if index, ok := f.View.(TextIndex); ok {
		return index.FindText(ctx, q)
	}
	return scanText(ctx, f.View, q)
}

// Suppose implements [Supposer].
func (f Forwarded) Suppose(ctx context.Context, s Supposition) (View, error) {
	return Suppose(ctx, f.View, s)
}
