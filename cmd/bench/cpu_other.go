//go:build !unix

package main

import "time"

var started = time.Now()

// cpuTime stands in for the time that the process has computed for.
func cpuTime() time.Duration { return time.Since(started) }
