package queries

import (
	"context"
	_ "embed"
	"fmt"
	"runtime"
	"runtime/metrics"
	"sync"
	"time"

	"github.com/dop251/goja"
)

// Bounds on what a script may make in one call of a built-in function, which
// cannot be interrupted. What a script makes bit by bit is bounded by the
// watch on the heap.
const (
	maxString    = 1 << 20 // characters
	maxArray     = 1 << 18 // elements
	maxArguments = 1 << 16
	maxCalls     = 1000 // depth of calls
	maxNesting   = 200  // depth of values that are emitted, written or read as JSON
)

const sandboxName = "sandbox.js"

//go:embed sandbox.js
var sandboxSource string

// sandboxProgram compiles the sandbox once; programs may be run by many runtimes.
var sandboxProgram = sync.OnceValues(func() (*goja.Program, error) {
	return goja.Compile(sandboxName, sandboxSource, true)
})

// newRuntime makes an interpreter in which scripts can do no harm.
func newRuntime(s *session) (*goja.Runtime, error) {
	program, err := sandboxProgram()
	if err != nil {
		return nil, fmt.Errorf("queries: sandbox: %w", err)
	}
	vm := goja.New()
	vm.SetMaxCallStackSize(maxCalls)
	value, err := vm.RunProgram(program)
	if err != nil {
		return nil, fmt.Errorf("queries: sandbox: %w", err)
	}
	setUp, ok := goja.AssertFunction(value)
	if !ok {
		return nil, fmt.Errorf("queries: sandbox: not a function")
	}
	limits := vm.NewObject()
	for name, n := range map[string]int{"string": maxString, "array": maxArray, "arguments": maxArguments} {
		if err := limits.Set(name, n); err != nil {
			return nil, fmt.Errorf("queries: sandbox: %w", err)
		}
	}
	if err := limits.Set("operand", operandCheck); err != nil {
		return nil, fmt.Errorf("queries: sandbox: %w", err)
	}
	s.vm = vm
	if _, err := setUp(goja.Undefined(), limits, vm.ToValue(s.jsonStringify), vm.ToValue(s.jsonParse)); err != nil {
		return nil, fmt.Errorf("queries: sandbox: %w", err)
	}
	return vm, nil
}

// watchHeap stops the query when the process has grown by more than the
// query's memory since it began. Go does not say who holds memory, so this is
// coarse: other work in the process counts too. That is why the query's own
// rows, sets and arrays are counted exactly (see budget.hold), and this watch
// only catches what a script builds inside the interpreter. Garbage is not
// held against anybody: before it stops the query, the watch collects it.
func watchHeap(ctx context.Context, b *budget) {
	const every = 5 * time.Millisecond
	base := heapBytes()
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if heapBytes() <= base+b.memory {
			continue
		}
		runtime.GC()
		if heapBytes() > base+b.memory {
			b.stop(errMemory)
			return
		}
		base = min(base, heapBytes())
	}
}

// heapBytes returns the bytes of objects on the heap, garbage included.
func heapBytes() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
