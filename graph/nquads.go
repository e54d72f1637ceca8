package graph

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ReadOptions tell how to read a quad file.
type ReadOptions struct {
	// Name stands at the head of messages; usually the file's name.
	Name string

	// Strict refuses what the recommendation forbids and old files have:
	// relative IRIs, colons in blank node labels, and a byte order mark.
	Strict bool

	// Triples refuses graph names, as N-Triples does.
	Triples bool

	// SkipBad, when set, is told of each line that is not a quad, and reading goes on.
	SkipBad func(*SyntaxError)
}

// A SyntaxError says where a quad file is wrong, and what was expected there.
type SyntaxError struct {
	Name         string
	Line, Column int    // from 1; columns count characters
	Message      string // what was expected
	Text         string // the line, or the start of a long one; or ""
}

func (e *SyntaxError) Error() string {
	message := fmt.Sprintf("%s:%d:%d: %s", e.Name, e.Line, e.Column, e.Message)
	if e.Text != "" {
		message += ": " + e.Text
	}
	return message
}

// longestLine bounds the memory that one line of a quad file can take, in bytes.
const longestLine = 64 << 20

// ReadNQuads yields the quads of an N-Quads or N-Triples document (RDF 1.2) in
// order, line by line, with exact terms. It ends with a [*SyntaxError] at the
// first line that is wrong, unless o.SkipBad is set, or with the error of r or ctx.
func ReadNQuads(ctx context.Context, r io.Reader, o ReadOptions) iter.Seq2[Quad, error] {
	if o.Name == "" {
		o.Name = "quads"
	}
	return func(yield func(Quad, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, longestLine)
		lines.Split(splitLines)
		n := 0
		for lines.Scan() {
			n++
			if err := ctx.Err(); err != nil {
				yield(Quad{}, err)
				return
			}
			line := lines.Text()
			if n == 1 && !o.Strict {
				line = strings.TrimPrefix(line, "\ufeff")
			}
			q, found, err := parseLine(line, o)
			switch {
			case err != nil:
				err.Name, err.Line = o.Name, n
				if o.SkipBad == nil {
					yield(Quad{}, err)
					return
				}
				o.SkipBad(err)
			case found:
				if !yield(q, nil) {
					return
				}
			}
		}
		err := lines.Err()
		if errors.Is(err, bufio.ErrTooLong) {
			yield(Quad{}, &SyntaxError{Name: o.Name, Line: n + 1, Column: 1,
				Message: fmt.Sprintf("expected a line of at most %d MiB", longestLine>>20), Text: "…"})
		} else if err != nil {
			yield(Quad{}, fmt.Errorf("graph: reading %s: %w", o.Name, err))
		}
	}
}

// splitLines is a bufio.SplitFunc for lines that end in LF, CR LF or CR.
func splitLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	i := bytes.IndexAny(data, "\r\n")
	switch {
	case i < 0 && atEOF && len(data) > 0:
		return len(data), data, nil
	case i < 0:
		return 0, nil, nil
	case data[i] == '\n':
		return i + 1, data[:i], nil
	case i+1 < len(data) && data[i+1] == '\n':
		return i + 2, data[:i], nil
	case i+1 < len(data) || atEOF:
		return i + 1, data[:i], nil
	}
	return 0, nil, nil // a CR at the end of the buffer: an LF may follow
}

// parseLine reads a line of at most one statement; found is false for empty lines and comments.
func parseLine(line string, o ReadOptions) (q Quad, found bool, err *SyntaxError) {
	p := lineParser{line: line, strict: o.Strict, triples: o.Triples}
	defer func() {
		if r := recover(); r != nil {
			failed, ok := r.(*SyntaxError)
			if !ok {
				panic(r)
			}
			q, found, err = Quad{}, false, failed
		}
	}()
	q, found = p.statement()
	return q, found, nil
}

// A lineParser reads the grammar of N-Quads 1.2, section 7. Its methods panic
// with a *SyntaxError, which parseLine returns.
type lineParser struct {
	line    string
	at      int // byte offset
	strict  bool
	triples bool
}

func (p *lineParser) statement() (q Quad, found bool) {
	if !utf8.ValidString(p.line) {
		for p.at = 0; p.at < len(p.line); {
			r, size := utf8.DecodeRuneInString(p.line[p.at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			p.at += size
		}
		p.fail("expected UTF-8")
	}
	if p.end() {
		return Quad{}, false
	}
	q.Subject = p.resource("a subject: an IRI in < > or a blank node _:label")
	p.space()
	if p.peek() != '<' {
		p.fail("expected a predicate: an IRI in < >")
	}
	q.Predicate = p.iri()
	p.space()
	q.Object = p.object(0)
	p.space()
	if p.peek() != '.' {
		if p.triples {
			p.fail(`expected "." (N-Triples has no graph names)`)
		}
		q.Graph = p.resource(`"." or a graph name`)
		p.space()
		if p.peek() != '.' {
			p.fail(`expected "." after the graph name`)
		}
	}
	p.at++
	if !p.end() {
		p.fail("expected the end of the line or a comment")
	}
	return q, true
}

// deepestTriple bounds the triple terms within each other, which are read by recursion.
const deepestTriple = 1000

func (p *lineParser) object(depth int) Term {
	switch {
	case p.peek() == '"':
		return p.literal()
	case strings.HasPrefix(p.line[p.at:], "<<("):
		return p.tripleTerm(depth + 1)
	}
	return p.resource("an object: an IRI, a blank node or a literal")
}

// tripleTerm reads <<( subject predicate object )>> (RDF 1.2 N-Triples, section 5).
func (p *lineParser) tripleTerm(depth int) Term {
	if depth > deepestTriple {
		p.fail(fmt.Sprintf("expected at most %d triple terms within each other", deepestTriple))
	}
	p.at += len("<<(")
	p.space()
	subject := p.resource("a subject: an IRI in < > or a blank node _:label")
	p.space()
	if p.peek() != '<' {
		p.fail("expected a predicate: an IRI in < >")
	}
	predicate := p.iri()
	p.space()
	object := p.object(depth)
	p.space()
	if !strings.HasPrefix(p.line[p.at:], ")>>") {
		p.fail("expected )>> after the object")
	}
	p.at += len(")>>")
	return TripleTerm(subject, predicate, object)
}

// space skips white space: within a line, spaces and tabs.
func (p *lineParser) space() {
	for p.peek() == ' ' || p.peek() == '\t' {
		p.at++
	}
}

// end skips white space and reports whether nothing but a comment follows.
func (p *lineParser) end() bool {
	p.space()
	return p.at == len(p.line) || p.peek() == '#'
}

// peek returns the next byte, or 0 at the end.
func (p *lineParser) peek() byte {
	if p.at < len(p.line) {
		return p.line[p.at]
	}
	return 0
}

func (p *lineParser) resource(expected string) Term {
	switch p.peek() {
	case '<':
		return p.iri()
	case '_':
		return p.blank()
	}
	p.fail("expected " + expected)
	return Term{}
}

func (p *lineParser) iri() Term {
	start := p.at
	if strings.HasPrefix(p.line[p.at:], "<<") {
		p.fail("expected an IRI; triple terms stand only as objects, between <<( and )>>")
	}
	p.at++
	iri := p.quoted('>', "IRI not closed")
	switch {
	case iri == "" && !p.strict:
		p.failAt(start, "expected an IRI that is not empty")
	case p.strict && !absolute(iri):
		p.failAt(start, "expected an absolute IRI")
	}
	return IRI(iri)
}

func (p *lineParser) blank() Term {
	if !strings.HasPrefix(p.line[p.at:], "_:") {
		p.fail("expected _: and the label of a blank node")
	}
	p.at += len("_:")
	label := p.line[p.at:]
	end := labelEnd(label)
	if p.strict {
		if colon := strings.IndexByte(label[:end], ':'); colon >= 0 {
			p.failAt(p.at+colon, "expected a blank node label without a colon")
		}
	}
	if end == 0 {
		p.fail("expected the label of a blank node")
	}
	p.at += end
	return Blank(label[:end])
}

func (p *lineParser) literal() Term {
	p.at++
	lexical := p.quoted('"', "literal not closed")
	p.space()
	switch rest := p.line[p.at:]; {
	case strings.HasPrefix(rest, "^^"):
		p.at += len("^^")
		p.space()
		if p.peek() != '<' {
			p.fail("expected a datatype: an IRI in < >")
		}
		place := p.at
		datatype := p.iri().Value
		if needsLanguage(datatype) {
			p.failAt(place, "expected a language tag in place of this datatype")
		}
		return Typed(lexical, datatype)
	case strings.HasPrefix(rest, "@"):
		p.at++
		tag := p.line[p.at:]
		end := languageEnd(tag)
		if !validLanguage(tag[:end]) {
			p.fail("expected a language tag, such as en or pt-BR")
		}
		if strings.HasPrefix(tag[end:], "--") {
			end += len("--")
			from := end
			for end < len(tag) && isLetter(rune(tag[end])) {
				end++
			}
			if direction := tag[from:end]; direction != LeftToRight && direction != RightToLeft {
				p.at += from
				p.fail("expected the base direction ltr or rtl")
			}
		}
		p.at += end
		return LangTagged(lexical, tag[:end])
	}
	return String(lexical)
}

// quoted reads up to and over the closing byte and returns the text with its
// escapes resolved. In IRIs (closed by '>') only numeric escapes are known, and
// some characters cannot stand, escaped or not.
func (p *lineParser) quoted(closing byte, notClosed string) string {
	start := p.at
	inIRI := closing == '>'
	if text, ok := plain(p.line[start:], closing); ok {
		p.at += len(text) + 1
		return text
	}
	var b strings.Builder
	copied := p.at // all before is in b
	for {
		if p.at == len(p.line) {
			p.failAt(start-1, notClosed)
		}
		if p.line[p.at] == closing {
			text := p.line[copied:p.at]
			p.at++
			if copied == start { // no escapes
				return text
			}
			b.WriteString(text)
			return b.String()
		}
		place := p.at
		r, size := utf8.DecodeRuneInString(p.line[p.at:])
		if r == '\\' {
			b.WriteString(p.line[copied:p.at])
			r = p.escape(!inIRI)
			b.WriteRune(r)
			copied = p.at
		} else {
			p.at += size
		}
		if inIRI && notInIRI(r) {
			p.failAt(place, fmt.Sprintf("%q cannot stand in an IRI: expected it percent-encoded", r))
		}
	}
}

// plain returns the text up to the closing byte, if nothing in it needs a closer look.
func plain(s string, closing byte) (string, bool) {
	if closing == '"' {
		end := strings.IndexByte(s, closing)
		return s[:max(end, 0)], end >= 0 && strings.IndexByte(s[:end], '\\') < 0
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c == closing:
			return s[:i], true
		case c < utf8.RuneSelf && barred[c]:
			return "", false
		}
	}
	return "", false
}

// barred are the characters of ASCII that cannot stand in an IRI as they are.
var barred = func() (t [utf8.RuneSelf]bool) {
	for c := range t {
		t[c] = notInIRI(rune(c))
	}
	return t
}()

// escape reads UCHAR, and ECHAR where characters may be named.
func (p *lineParser) escape(named bool) rune {
	start := p.at
	p.at++
	digits := 0
	switch c := p.peek(); {
	case c == 'u':
		digits = 4
	case c == 'U':
		digits = 8
	case named && c != 0:
		if i := strings.IndexByte(`tbnrf"'\`, c); i >= 0 {
			p.at++
			return rune("\t\b\n\r\f\"'\\"[i])
		}
	}
	if digits == 0 {
		p.failAt(start, `expected an escape: \uXXXX, \UXXXXXXXX`+map[bool]string{true: ` or \t \b \n \r \f \" \' \\`}[named])
	}
	p.at++
	if p.at+digits > len(p.line) {
		p.failAt(start, fmt.Sprintf("expected %d hexadecimal digits", digits))
	}
	n, err := strconv.ParseUint(p.line[p.at:p.at+digits], 16, 32)
	if err != nil {
		p.failAt(start, fmt.Sprintf("expected %d hexadecimal digits", digits))
	}
	if !utf8.ValidRune(rune(n)) || n > utf8.MaxRune {
		p.failAt(start, fmt.Sprintf("expected a Unicode character; U+%04X is none", n))
	}
	p.at += digits
	return rune(n)
}

func (p *lineParser) fail(message string) { p.failAt(p.at, message) }

func (p *lineParser) failAt(at int, message string) {
	text := []rune(strings.ToValidUTF8(p.line, "\ufffd"))
	if len(text) > 80 {
		text = append(text[:79:79], '…')
	}
	panic(&SyntaxError{
		Column:  utf8.RuneCountInString(p.line[:at]) + 1,
		Message: message,
		Text:    string(text),
	})
}
