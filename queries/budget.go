package queries

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// Why a query was stopped, as causes of its context.
var (
	errTime    = errors.New("time is up")
	errMemory  = errors.New("memory is used up")
	errYield   = errors.New("the receiver wants no more")
	errStopped = errors.New("the query was stopped") // what a script sees
)

// A budget is what one query may use. It is shared by the script, the
// iterators and the watcher, and may be used from several goroutines.
//
// Cayley's iterators take a done context for an end of data, so nothing here
// trusts them: whoever takes a row from an iterator asks stopped afterwards.
type budget struct {
	ctx     context.Context
	cancel  context.CancelCauseFunc
	memory  int64
	held    atomic.Int64
	found   atomic.Int64 // rows, those beyond the limit included
	halted  atomic.Bool
	started time.Time
	limits  Limits
}

// newBudget starts the clock. release must be called when the query has ended.
func newBudget(parent context.Context, l Limits) (b *budget, release func()) {
	timed, stopClock := context.WithTimeoutCause(parent, l.Timeout, errTime)
	ctx, cancel := context.WithCancelCause(timed)
	b = &budget{ctx: ctx, cancel: cancel, memory: l.Memory, started: time.Now(), limits: l}
	stopWatching := context.AfterFunc(ctx, func() { b.halted.Store(true) })
	return b, func() {
		stopWatching()
		cancel(nil)
		stopClock()
	}
}

// stopped reports whether the query must end.
func (b *budget) stopped() bool {
	return b.halted.Load() || b.ctx.Err() != nil
}

// hold accounts for bytes that the query keeps, and reports false when they
// are too many; then the query is stopped.
func (b *budget) hold(bytes int64) bool {
	if b.held.Add(bytes) > b.memory {
		b.stop(errMemory)
		return false
	}
	return true
}

func (b *budget) release(bytes int64) { b.held.Add(-bytes) }

func (b *budget) stop(cause error) {
	b.cancel(cause)
	b.halted.Store(true)
}

// reason returns the error of a stopped query, and nil for one that is not.
func (b *budget) reason() *Error {
	if b.ctx.Err() == nil {
		return nil
	}
	cause := context.Cause(b.ctx)
	switch {
	case errors.Is(cause, errMemory):
		return &Error{Kind: KindMemory, cause: cause, Message: "stopped at the limit of " + bytesText(b.memory) +
			" of memory with " + thousands(b.found.Load()) + " rows found (incomplete). Narrow it, or ask for fewer rows."}
	case errors.Is(cause, errTime), errors.Is(cause, context.DeadlineExceeded):
		spent := b.limits.Timeout
		if !errors.Is(cause, errTime) {
			spent = time.Since(b.started).Round(time.Millisecond) // the caller's own deadline came first
		}
		return &Error{Kind: KindTime, cause: context.DeadlineExceeded, Message: stoppedAfter(spent, b.found.Load())}
	}
	return &Error{Kind: KindCancelled, cause: cause, Message: "cancelled with " + thousands(b.found.Load()) + " rows found (incomplete)"}
}

func bytesText(n int64) string {
	const unit = 1 << 20
	if n >= unit {
		return thousands(n/unit) + " MiB"
	}
	return thousands(n) + " bytes"
}
