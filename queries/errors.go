package queries

import (
	"fmt"
	"strconv"
	"time"
)

// A Kind tells why a query failed.
type Kind string

// The kinds of error. Of a query that was stopped by KindTime, KindMemory or
// KindCancelled, partial results may be there.
const (
	KindRequest   Kind = "request"      // no such language, saved query or parameter; ill-formed value
	KindSyntax    Kind = "syntax"       // the text is not a query
	KindTime      Kind = "limit-time"   // stopped at the limit of time
	KindMemory    Kind = "limit-memory" // stopped at the limit of memory
	KindCancelled Kind = "cancelled"    // the caller left
	KindRuntime   Kind = "runtime"      // failed while running
)

// An Error is a failure of a query. Line and Column count from 1 and are 0
// where the place in the text is not known.
type Error struct {
	Kind    Kind
	Message string
	Line    int
	Column  int

	cause error
}

// Error returns the message, behind its place as line:column where it is known.
func (e *Error) Error() string {
	switch {
	case e.Line > 0 && e.Column > 0:
		return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message)
	case e.Line > 0:
		return fmt.Sprintf("%d: %s", e.Line, e.Message)
	}
	return e.Message
}

// Unwrap returns what caused the error: the error of the store, or the context's.
func (e *Error) Unwrap() error { return e.cause }

// stoppedAfter words the message of a query that ran out of time.
func stoppedAfter(limit time.Duration, found int64) string {
	rows := "1 row"
	if found != 1 {
		rows = thousands(found) + " rows"
	}
	return fmt.Sprintf("stopped after %s with %s found (incomplete). Narrow it, or --timeout %s.", duration(limit), rows, duration(4*limit))
}

// duration writes a duration without idle zeros: 30s, 2m, 1m30s.
func duration(d time.Duration) string {
	s := d.String()
	for _, tail := range []string{"m0s", "h0m"} {
		if n := len(s) - len(tail); n > 0 && s[n:] == tail {
			s = s[:n+1]
		}
	}
	return s
}

// thousands writes a count with commas.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func quote(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}
