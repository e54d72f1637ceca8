package rdf

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/ententegraph/entente/graph"
)

const endOfFile rune = -1

// A source gives the characters of a document one by one, and knows where it
// is. Its methods panic with the error that ends the reading; caught returns it.
type source struct {
	ctx  context.Context
	in   *bufio.Reader
	name string
	c    rune // the character that stands next, or endOfFile

	line, column int    // of c, from 1
	text         []byte // the beginning of the line up to c
}

// longestText bounds what a message shows of a line, in bytes.
const longestText = 80

func newSource(ctx context.Context, r io.Reader, name string) *source {
	return &source{ctx: ctx, in: bufio.NewReaderSize(r, 1<<16), name: name, line: 1}
}

// start reads the first character. A byte order mark before it is skipped.
func (s *source) start() {
	s.next()
	if s.c == '\ufeff' {
		s.text, s.column = s.text[:0], 0
		s.next()
	}
}

// next steps over one character.
func (s *source) next() {
	switch s.c {
	case '\n':
		s.newLine()
	case '\r':
		if b, err := s.in.Peek(1); err != nil || b[0] != '\n' {
			s.newLine()
		}
	}
	s.column++
	b, err := s.in.ReadByte()
	if err == io.EOF {
		s.c = endOfFile
		return
	}
	if err != nil {
		panic(fmt.Errorf("rdf: reading %s: %w", s.name, err))
	}
	s.c = rune(b)
	if b >= utf8.RuneSelf {
		s.in.UnreadByte()
		r, size, _ := s.in.ReadRune()
		if r == utf8.RuneError && size == 1 {
			s.text = append(s.text, "\ufffd"...)
			s.fail("expected UTF-8")
		}
		s.c = r
	}
	if len(s.text) < longestText {
		s.text = utf8.AppendRune(s.text, s.c)
	}
}

func (s *source) newLine() {
	s.line++
	s.column = 0
	s.text = s.text[:0]
	if s.line%1024 == 0 {
		s.checkContext()
	}
}

func (s *source) checkContext() {
	if err := s.ctx.Err(); err != nil {
		panic(err)
	}
}

// ahead returns up to n bytes after c.
func (s *source) ahead(n int) []byte {
	b, _ := s.in.Peek(n) // shorter at the end
	return b
}

// runeAhead returns the character that begins n bytes after c, or endOfFile.
func (s *source) runeAhead(n int) rune {
	b := s.ahead(n + utf8.UTFMax)
	if len(b) <= n {
		return endOfFile
	}
	r, _ := utf8.DecodeRune(b[n:])
	return r
}

// A place is where something begins, for messages about it.
type place struct {
	line, column int
	text         string
}

func (s *source) here() place { return place{s.line, s.column, ""} }

func (s *source) fail(format string, a ...any) { s.failAt(s.here(), format, a...) }

// failAt ends the reading with what was expected at a place.
func (s *source) failAt(at place, format string, a ...any) {
	text := string(s.text)
	if rest, err := s.in.Peek(longestText); len(rest) > 0 && (err == nil || err == io.EOF) && s.c != '\n' && s.c != '\r' {
		if i := strings.IndexAny(string(rest), "\r\n"); i >= 0 {
			rest = rest[:i]
		}
		text += string(rest)
	}
	shown := []rune(strings.TrimRight(strings.ToValidUTF8(text, "\ufffd"), "\r\n\ufffd"))
	if len(shown) > longestText {
		shown = append(shown[:longestText-1], '…')
	}
	panic(&graph.SyntaxError{Name: s.name, Line: at.line, Column: at.column, Message: fmt.Sprintf(format, a...), Text: string(shown)})
}

// found names what stands next, for messages.
func (s *source) found() string {
	if s.c == endOfFile {
		return "the end of the file"
	}
	return fmt.Sprintf("%q", s.c)
}

// stopped is what a reader panics with when its caller wants no more quads.
type stopped struct{}

// reading runs a reader and yields the error that ended it, if one did.
func reading(yield func(graph.Quad, error) bool, read func()) {
	defer func() {
		switch r := recover().(type) {
		case nil, stopped:
		case error:
			if _, runtime := r.(interface{ RuntimeError() }); runtime {
				panic(r)
			}
			yield(graph.Quad{}, r)
		default:
			panic(r)
		}
	}()
	read()
}
