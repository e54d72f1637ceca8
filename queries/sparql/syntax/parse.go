package syntax

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/iri"
	"github.com/ententegraph/entente/nearest"
)

// Options say how a text is read.
type Options struct {
	Name     string            // of the text, for messages: a file
	Base     string            // absolute IRI that relative ones are resolved against; "" for none
	Prefixes map[string]string // names for the beginnings of IRIs that need no PREFIX
}

// Parse reads a query (production QueryUnit). Errors are of type *Error.
func Parse(text string, o Options) (*Query, error) {
	p := newParser(text, o)
	var q *Query
	err := p.run(func() {
		q = p.query()
		p.end()
		p.checkBlanks()
	})
	if err != nil {
		return nil, err
	}
	return q, nil
}

// ParseUpdate reads a request of updates (production UpdateUnit). Errors are of type *Error.
func ParseUpdate(text string, o Options) (*Update, error) {
	p := newParser(text, o)
	var u *Update
	err := p.run(func() {
		u = p.update()
		p.checkBlanks()
	})
	if err != nil {
		return nil, err
	}
	return u, nil
}

// maxNesting bounds how deep groups, expressions and lists stand in each other.
const maxNesting = 500

// maxChain bounds how many operators, steps, unions or elements follow each
// other: what is made of them is as deep as they are many.
const maxChain = 10_000

// A parser reads by recursive descent. Errors travel as panics of type *Error to run.
type parser struct {
	lexer
	tok, ahead token
	last       int // where the token before tok ended
	base       string
	prefixes   map[string]string
	prologue   Prologue

	anonymous   string // what the labels of blank nodes without one begin with
	anonymouses int
	depth       int

	// Labels of blank nodes, and the basic graph pattern that each stands in
	// (section 4.1.4: one label in two of them is an error).
	pattern  int
	patterns int
	blanks   map[string]int
	reused   *Error

	noAggregates string // why an aggregate cannot stand here; "" where one can
	noBlanks     string // why a blank node cannot stand here
	noVars       string // why a variable cannot stand here
}

func newParser(text string, o Options) *parser {
	p := &parser{base: o.Base, prefixes: maps.Clone(o.Prefixes), blanks: map[string]int{}, anonymous: "anon"}
	if p.prefixes == nil {
		p.prefixes = map[string]string{}
	}
	p.name, p.text = o.Name, strings.TrimPrefix(text, "\ufeff")
	for strings.Contains(text, "_:"+p.anonymous) {
		p.anonymous += "x"
	}
	p.noAggregates = "an aggregate stands in SELECT, HAVING or ORDER BY only"
	return p
}

func (p *parser) run(read func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			err = e
		}
	}()
	if !utf8.ValidString(p.text) {
		i := 0
		for r, size := utf8.DecodeRuneInString(p.text); r != utf8.RuneError || size > 1; r, size = utf8.DecodeRuneInString(p.text[i:]) {
			i += size
		}
		return p.fault(i, "the text is not UTF-8 here")
	}
	p.ahead = p.lex()
	p.advance()
	read()
	return nil
}

func (p *parser) lex() token {
	t, err := p.next()
	if err != nil {
		panic(err)
	}
	return t
}

// advance goes to the next token and returns the one left.
func (p *parser) advance() token {
	left := p.tok
	p.last = left.end
	p.tok = p.ahead
	if p.ahead.kind != tokEnd || p.tok.kind == tokEnd && p.at < len(p.text) {
		p.ahead = p.lex()
	}
	return left
}

func (p *parser) here() Pos { return p.pos(p.tok.start) }

// expected fails: something else than what is here should be.
func (p *parser) expected(what ...string) {
	pos := p.here()
	panic(&Error{Name: p.name, Pos: pos, Expected: what, Found: p.tok.text, Line: p.line(pos.Line)})
}

// fail fails with a rule that is broken at a place.
func (p *parser) fail(at Pos, format string, args ...any) {
	panic(&Error{Name: p.name, Pos: at, Message: fmt.Sprintf(format, args...), Line: p.line(at.Line)})
}

// deeper counts nesting; the result ends it.
func (p *parser) deeper() func() {
	if p.depth++; p.depth > maxNesting {
		p.fail(p.here(), "more than %d levels in each other", maxNesting)
	}
	return func() { p.depth-- }
}

// link counts a link of a chain.
func (p *parser) link(n *int, of string) {
	if *n++; *n > maxChain {
		p.fail(p.here(), "more than %d %s in a row", maxChain, of)
	}
}

func (t token) sign(s string) bool { return t.kind == tokSign && t.text == s }

func (t token) word(w string) bool { return t.kind == tokWord && strings.EqualFold(t.text, w) }

func (p *parser) isSign(s string) bool { return p.tok.sign(s) }

// sign passes over a sign, where it is here.
func (p *parser) acceptSign(s string) bool {
	if p.isSign(s) {
		p.advance()
		return true
	}
	return false
}

func (p *parser) wantSign(s string, others ...string) {
	if !p.acceptSign(s) {
		p.expected(append([]string{strconv.Quote(s)}, others...)...)
	}
}

func (p *parser) isWord(words ...string) bool {
	return slices.ContainsFunc(words, p.tok.word)
}

func (p *parser) acceptWord(w string) bool {
	if p.tok.word(w) {
		p.advance()
		return true
	}
	return false
}

func (p *parser) wantWord(w string, others ...string) {
	if !p.acceptWord(w) {
		p.expected(append([]string{w}, others...)...)
	}
}

func (p *parser) end() {
	if p.tok.kind != tokEnd {
		p.expected("the end of the query")
	}
}

// readPrologue reads BASE, PREFIX and VERSION (production Prologue).
func (p *parser) readPrologue() {
	for {
		switch {
		case p.acceptWord("BASE"):
			p.base = p.iriRef()
			p.prologue.Base = p.base
		case p.acceptWord("PREFIX"):
			if p.tok.kind != tokPrefixed || p.tok.value != "" || !strings.HasSuffix(p.tok.text, ":") {
				p.expected("a prefix with a colon")
			}
			name := p.advance().prefix
			value := p.iriRef()
			p.prefixes[name] = value
			p.prologue.Prefixes = slices.DeleteFunc(p.prologue.Prefixes, func(x Prefix) bool { return x.Name == name })
			p.prologue.Prefixes = append(p.prologue.Prefixes, Prefix{name, value})
		case p.acceptWord("VERSION"):
			if p.tok.kind != tokString || p.tok.long {
				p.expected("a version between quotation marks")
			}
			p.prologue.Version = p.advance().value
		default:
			return
		}
	}
}

// iriRef reads <…> and resolves it.
func (p *parser) iriRef() string {
	if p.tok.kind != tokIRI {
		p.expected("an IRI between < and >")
	}
	at := p.here()
	return p.resolve(at, p.advance().value)
}

func (p *parser) resolve(at Pos, ref string) string {
	full, err := iri.Resolve(p.base, ref)
	if err == nil {
		return full
	}
	if errors.Is(err, iri.ErrNoBase) {
		p.fail(at, "<%s> is relative; write the whole IRI, or say BASE <…> first", ref)
	}
	p.fail(at, "<%s> is no IRI: %v", ref, errors.Unwrap(err))
	return ""
}

func (p *parser) isIRI() bool { return p.tok.kind == tokIRI || p.tok.kind == tokPrefixed }

// iri reads an IRI or a prefixed name.
func (p *parser) iri(others ...string) string {
	switch p.tok.kind {
	case tokIRI:
		return p.iriRef()
	case tokPrefixed:
		at := p.here()
		t := p.advance()
		start, ok := p.prefixes[t.prefix]
		if !ok {
			p.fail(at, "%s", p.unknownPrefix(t.prefix))
		}
		return start + t.value
	}
	p.expected(append([]string{"an IRI"}, others...)...)
	return ""
}

func (p *parser) unknownPrefix(name string) string {
	known := slices.Sorted(maps.Keys(p.prefixes))
	if len(known) == 0 {
		return fmt.Sprintf("prefix %q is not declared; declare it with PREFIX %s: <…>", name+":", name)
	}
	message := fmt.Sprintf("prefix %q is not declared; known: %s", name+":", strings.Join(known, ", "))
	if near, ok := nearest.Name(name, known); ok {
		message += fmt.Sprintf("; did you mean %q?", near+":")
	}
	return message
}

// variable reads a variable.
func (p *parser) variable(others ...string) string {
	if p.tok.kind != tokVar {
		p.expected(append([]string{"a variable"}, others...)...)
	}
	if p.noVars != "" {
		p.fail(p.here(), "%s", p.noVars)
	}
	return p.advance().value
}

func (p *parser) isLiteral() bool {
	switch p.tok.kind {
	case tokString, tokInteger, tokDecimal, tokDouble:
		return true
	case tokWord:
		return p.isWord("true", "false")
	}
	return p.isSignedNumber()
}

// isSignedNumber reports whether a sign is here with a number right behind it.
func (p *parser) isSignedNumber() bool {
	if !p.isSign("+") && !p.isSign("-") || p.ahead.start != p.tok.end {
		return false
	}
	return p.ahead.kind == tokInteger || p.ahead.kind == tokDecimal || p.ahead.kind == tokDouble
}

const xsd = "http://www.w3.org/2001/XMLSchema#"

// literal reads a literal (productions RDFLiteral, NumericLiteral, BooleanLiteral).
func (p *parser) literal() graph.Term {
	sign := ""
	if p.isSignedNumber() {
		sign = p.advance().text
	}
	t := p.advance()
	switch t.kind {
	case tokInteger:
		return graph.Typed(sign+t.text, xsd+"integer")
	case tokDecimal:
		return graph.Typed(sign+t.text, xsd+"decimal")
	case tokDouble:
		return graph.Typed(sign+t.text, xsd+"double")
	case tokWord:
		return graph.Typed(strings.ToLower(t.text), xsd+"boolean")
	}
	switch {
	case p.tok.kind == tokLang:
		at := p.here()
		language, direction, directed := strings.Cut(p.advance().value, "--")
		if !directed {
			return graph.LangTagged(t.value, language)
		}
		if direction != "ltr" && direction != "rtl" {
			p.fail(at, "%q is no base direction; known: ltr, rtl", direction)
		}
		return graph.DirTagged(t.value, language, direction)
	case p.acceptSign("^^"):
		return graph.Typed(t.value, p.iri())
	}
	return graph.String(t.value)
}

// str reads a string literal without language or datatype.
func (p *parser) str() string {
	if p.tok.kind != tokString {
		p.expected("a string")
	}
	return p.advance().value
}

// freshBlank gives a blank node that no label names.
func (p *parser) freshBlank() graph.Term {
	p.anonymouses++
	return graph.Blank(p.anonymous + strconv.Itoa(p.anonymouses))
}

// labelled reads a blank node with a label.
func (p *parser) labelled() graph.Term {
	at := p.here()
	label := p.advance().value
	if p.noBlanks != "" {
		p.fail(at, "%s", p.noBlanks)
	}
	if in, seen := p.blanks[label]; seen && in != p.pattern && p.reused == nil {
		p.reused = &Error{Name: p.name, Pos: at, Line: p.line(at.Line),
			Message: fmt.Sprintf("blank node _:%s stands in another basic graph pattern already; name each once, or use a variable", label)}
	}
	p.blanks[label] = p.pattern
	return graph.Blank(label)
}

// newPattern begins a new basic graph pattern.
func (p *parser) newPattern() {
	p.patterns++
	p.pattern = p.patterns
}

// checkBlanks fails where a label stands in two basic graph patterns. It comes
// last: what else is wrong is easier to understand.
func (p *parser) checkBlanks() {
	if p.reused != nil {
		panic(p.reused)
	}
}
