package graph

import "context"

// A TermReader is a dataset that reads terms faster together than one by one.
type TermReader interface {
	// Terms puts the terms of ids, which this dataset gave out, into out, which
	// is at least as long. The ids may come in any sequence and repeat.
	Terms(ctx context.Context, ids []ID, out []Term) error
}

// Terms puts the terms of ids that a dataset gave out into out, which is at
// least as long.
func Terms(ctx context.Context, d Dataset, ids []ID, out []Term) error {
	if r, ok := d.(TermReader); ok {
		return r.Terms(ctx, ids, out)
	}
	for i, id := range ids {
		t, err := d.Term(ctx, id)
		if err != nil {
			return err
		}
		out[i] = t
	}
	return ctx.Err()
}

// Statistics tell how much of a dataset a predicate has.
type Statistics struct {
	Quads    int64 // always exact
	Subjects int64 // different ones
	Objects  int64 // different ones
	Exact    bool  // Subjects and Objects are; otherwise they are between one and Quads, and above what is true rather than below
}

// A Counter is a dataset that keeps statistics.
type Counter interface {
	// Statistics returns those of a predicate; zero for one that no quad has.
	Statistics(ctx context.Context, predicate ID) (Statistics, error)
}

// StatisticsOf returns the statistics of a predicate. Where the dataset is no
// [Counter], it reads all quads that have the predicate.
func StatisticsOf(ctx context.Context, d Dataset, predicate ID) (Statistics, error) {
	if c, ok := d.(Counter); ok {
		return c.Statistics(ctx, predicate)
	}
	subjects, objects := map[ID]struct{}{}, map[ID]struct{}{}
	s := Statistics{Exact: true}
	for batch, err := range d.Scan(ctx, Pattern{Predicate: predicate}, Unordered) {
		if err != nil {
			return Statistics{}, err
		}
		s.Quads += int64(len(batch))
		for _, e := range batch {
			subjects[e.Subject], objects[e.Object] = struct{}{}, struct{}{}
		}
	}
	s.Subjects, s.Objects = int64(len(subjects)), int64(len(objects))
	return s, nil
}
