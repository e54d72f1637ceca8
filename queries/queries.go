// Package queries runs query texts in any of the supported languages under one
// set of limits of time, rows and memory.
package queries

import (
	"time"
)

// Limits bound one query; zero fields mean the engine's defaults.
type Limits struct {
	Timeout time.Duration
	Rows    int   // rows given back; further ones are counted as a cut, not an error
	Memory  int64 // bytes held by intermediate and final results
}

// A Request is a query text with its language and limits.
type Request struct {
	Language string // gizmo
	Text     string
	Limits   Limits
}
