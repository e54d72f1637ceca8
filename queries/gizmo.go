package queries

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
)

const scriptName = "query"

// grace is how long a stopped query may take to end before its caller is
// answered without waiting for it. What still runs then is one call of a
// built-in function or of the optimizer, which are bounded, and ends by itself.
const grace = 250 * time.Millisecond

// An outcome is how a script ended.
type outcome struct {
	failure  *Error
	warnings []string
}

// runGizmo runs a script on a goroutine of its own, which always ends: the
// interpreter is interrupted when the budget stops the query.
func (e *Engine) runGizmo(ctx context.Context, r Request, limits Limits, yield func(Row) error) (*Result, error) {
	if err := checkScript(r.Text); err != nil {
		return nil, err
	}
	view, err := e.Views()
	if err != nil {
		return nil, fmt.Errorf("queries: %w", err)
	}
	b, release := newBudget(ctx, limits)
	s := newSession(e, view, b)
	done := make(chan outcome, 1)
	go func() {
		defer release()
		defer view.Close()
		failure := s.run(r)
		done <- outcome{failure, s.warnings}
	}()

	result := &Result{prefixes: e.Prefixes}
	var end outcome
	var refused error // of yield
	take := func(row Row) {
		if refused != nil {
			return
		}
		result.addColumns(row)
		if refused = yield(row); refused != nil {
			b.stop(errYield)
			return
		}
		result.Count++
	}
	running := true
	for running {
		select {
		case row := <-s.rows:
			take(row)
		case end = <-done:
			running = false
		case <-b.ctx.Done():
			end, running = s.end(done, take), false
		}
	}
	for draining := true; draining; {
		select {
		case row := <-s.rows:
			take(row)
		default:
			draining = false
		}
	}
	result.Total, result.More = b.found.Load(), s.more.Load()
	result.Elapsed = time.Since(b.started)
	switch {
	case refused != nil:
		return result, refused
	case end.failure != nil:
		return result, end.failure
	}
	result.Warnings = end.warnings
	return result, nil
}

// end waits for a stopped query, but not for long.
func (s *session) end(done <-chan outcome, take func(Row)) outcome {
	late := time.NewTimer(grace)
	defer late.Stop()
	for {
		select {
		case row := <-s.rows:
			take(row)
		case end := <-done:
			return end
		case <-late.C:
			return outcome{failure: s.budget.reason()}
		}
	}
}

// run parses and runs the script and words what went wrong.
func (s *session) run(r Request) (failure *Error) {
	defer func() {
		if x := recover(); x != nil {
			failure = &Error{Kind: KindRuntime, Message: fmt.Sprintf("internal failure: %v", x),
				cause: fmt.Errorf("%v\n%s", x, debug.Stack())}
		}
		if reason := s.budget.reason(); reason != nil {
			if failure != nil {
				reason.Line, reason.Column = failure.Line, failure.Column
			}
			failure = reason
		}
	}()
	program, failure := compile(r.Text)
	if failure != nil {
		return failure
	}
	vm, err := newRuntime(s)
	if err != nil {
		return &Error{Kind: KindRuntime, Message: err.Error(), cause: err}
	}
	if err := s.install(r.Params); err != nil {
		return &Error{Kind: KindRequest, Message: err.Error(), cause: err}
	}
	stopWatching := context.AfterFunc(s.budget.ctx, func() { vm.Interrupt(errStopped) })
	defer stopWatching()
	go watchHeap(s.budget.ctx, s.budget)

	value, err := vm.RunProgram(program)
	if err != nil {
		return s.wordFailure(err)
	}
	s.hint(value)
	return nil
}

// compile turns a text into a program, refusing what scripts may not use.
func compile(text string) (*goja.Program, *Error) {
	tree, err := parser.ParseFile(nil, scriptName, text, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, wordSyntax(err)
	}
	if err := checkTree(tree, text); err != nil {
		return nil, err
	}
	program, err := goja.CompileAST(tree, false)
	if err != nil {
		return nil, wordSyntax(err)
	}
	return program, nil
}

func wordSyntax(err error) *Error {
	out := &Error{Kind: KindSyntax, Message: err.Error(), cause: err}
	var list parser.ErrorList
	var compiling *goja.CompilerSyntaxError
	switch {
	case errors.As(err, &list) && len(list) > 0:
		first := list[0]
		out.Message, out.Line, out.Column = first.Message, first.Position.Line, first.Position.Column
	case errors.As(err, &compiling):
		out.Message = compiling.Message
		if compiling.File != nil {
			p := compiling.File.Position(compiling.Offset)
			out.Line, out.Column = p.Line, p.Column
		}
	}
	return out
}

// wordFailure makes an error of what the interpreter says.
func (s *session) wordFailure(err error) *Error {
	out := &Error{Kind: KindRuntime, cause: err}
	var frames []goja.StackFrame
	var exception *goja.Exception
	var overflow *goja.StackOverflowError
	var interrupted *goja.InterruptedError
	switch {
	case errors.As(err, &overflow):
		out.Message = fmt.Sprintf("functions call each other more than %s deep", thousands(maxCalls))
		frames = overflow.Stack()
	case errors.As(err, &interrupted):
		frames = interrupted.Stack()
	case errors.As(err, &exception):
		frames = exception.Stack()
		out.Message = s.messageOf(exception)
		out.cause = nil // its text would be made by the script
	default:
		out.Message = err.Error()
	}
	for _, f := range frames {
		if f.SrcName() != scriptName {
			continue
		}
		p := f.Position()
		out.Line, out.Column = max(p.Line, 1), max(p.Column, 1) // nothing before the first known place has one
		break
	}
	return out
}

// messageOf words a thrown value. Looking at one may run the script's code, so
// the interpreter does it, under its limits.
func (s *session) messageOf(exception *goja.Exception) string {
	message := "an object was thrown whose message cannot be read"
	look := func() {
		if cause := errors.Unwrap(exception); cause != nil {
			message = cause.Error()
			return
		}
		switch value := exception.Value().(type) {
		case nil:
			message = "failed"
		case *goja.Symbol:
			message = "a symbol was thrown"
		case *goja.Object:
			text, ok := value.Get("message").(goja.String)
			if !ok {
				return
			}
			message = text.String()
			if name, ok := value.Get("name").(goja.String); ok && name.String() != "" && name.String() != "Error" {
				message = name.String() + ": " + message
			}
		default:
			message = value.String()
		}
	}
	func() {
		defer func() { _ = recover() }() // an interrupt passes through Try
		_ = s.vm.Try(look)               // what it cannot read keeps the message above
	}()
	return s.suggestMethod(clip(message))
}

func clip(text string) string {
	const most = 500
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// suggestMethod adds the method that was probably meant.
func (s *session) suggestMethod(message string) string {
	_, rest, ok := strings.Cut(message, "Object has no member '")
	if !ok {
		return message
	}
	name, _, _ := strings.Cut(rest, "'")
	return "there is no function " + name + s.didYouMean(name)
}
