package queries

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
)

// Bounds on the text of a script. Parsing and compiling cannot be interrupted,
// and the parser takes exponential time for arrow functions nested in the
// defaults of others, and quadratic time for long chains.
const (
	maxText    = 256 << 10 // bytes
	maxTokens  = 8000
	maxDepth   = 100 // of brackets
	maxInArrow = 2   // arrow functions inside the parameters of arrow functions
)

// checkText tells whether the text of a query can be read at all.
func checkText(text string) *Error {
	if len(text) > maxText {
		return &Error{Kind: KindSyntax, Message: fmt.Sprintf("the query is longer than %s bytes", thousands(maxText))}
	}
	if !utf8.ValidString(text) {
		return &Error{Kind: KindSyntax, Message: "the query is not valid UTF-8"}
	}
	return nil
}

// checkScript tells whether a script can be parsed in good time. It reads tokens
// the way the parser does, except that it takes a slash for a division or
// refuses it: regular expressions are not available to scripts.
func checkScript(text string) *Error {
	if err := checkText(text); err != nil {
		return err
	}
	sc := scanner{text: text}
	return sc.run()
}

type scanner struct {
	text   string
	at     int
	tokens int
	groups []group
	prev   string // previous token; "x" for names that are no keywords and for literals
	closed group  // the group that the previous token closed
}

// A group is an open bracket.
type group struct {
	open     byte
	template bool // ${ inside a template
	before   string
	arrows   int // nesting of arrow functions inside
}

// Words after which a slash begins a regular expression.
var beforeExpression = map[string]bool{
	"return": true, "typeof": true, "case": true, "in": true, "of": true, "do": true, "else": true, "void": true,
	"delete": true, "throw": true, "new": true, "instanceof": true, "yield": true, "await": true, "extends": true, "default": true,
}

func (s *scanner) fail(at int, format string, args ...any) *Error {
	line, column := place(s.text, at)
	return &Error{Kind: KindSyntax, Line: line, Column: column, Message: fmt.Sprintf(format, args...)}
}

// place returns the line and column of a byte offset, from 1, in code points.
func place(text string, at int) (line, column int) {
	at = min(at, len(text))
	head := text[:at]
	line = strings.Count(head, "\n") + 1
	return line, utf8.RuneCountInString(head[strings.LastIndexByte(head, '\n')+1:]) + 1
}

func (s *scanner) run() *Error {
	for {
		if err := s.blank(); err != nil {
			return err
		}
		if s.at >= len(s.text) {
			break
		}
		if s.tokens++; s.tokens > maxTokens {
			return s.fail(s.at, "the query has more than %s words and signs", thousands(maxTokens))
		}
		if err := s.token(); err != nil {
			return err
		}
	}
	return nil
}

// blank skips white space and comments.
func (s *scanner) blank() *Error {
	for s.at < len(s.text) {
		rest := s.text[s.at:]
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case unicode.IsSpace(r) || r == '\uFEFF' || unicode.Is(unicode.Zs, r) || r == '\u2028' || r == '\u2029':
			s.at += size
		case strings.HasPrefix(rest, "//"):
			end := strings.IndexAny(rest, "\n\r\u2028\u2029")
			if end < 0 {
				end = len(rest)
			}
			s.at += end
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				return s.fail(s.at, "comment not closed")
			}
			s.at += end + 4
		case strings.HasPrefix(rest, "<!--"), strings.HasPrefix(rest, "-->"), strings.HasPrefix(rest, "#!"):
			return s.fail(s.at, "unexpected %s", quote(rest[:2]))
		default:
			return nil
		}
	}
	return nil
}

func (s *scanner) token() *Error {
	start := s.at
	c := s.text[s.at]
	r, _ := utf8.DecodeRuneInString(s.text[s.at:])
	switch {
	case c == '"' || c == '\'':
		return s.quoted(c)
	case c == '`':
		s.at++
		return s.template(start)
	case c == '}' && len(s.groups) > 0 && s.groups[len(s.groups)-1].template:
		s.pop()
		s.at++
		return s.template(start)
	case c == '(' || c == '[' || c == '{':
		s.groups = append(s.groups, group{open: c, before: s.prev})
		if len(s.groups) > maxDepth {
			return s.fail(start, "brackets are nested more than %d deep", maxDepth)
		}
		s.at++
		s.prev = string(c)
	case c == ')' || c == ']' || c == '}':
		s.pop()
		s.at++
		s.prev = string(c)
	case strings.HasPrefix(s.text[s.at:], "=>"):
		s.at += 2
		depth := 1
		if s.prev == ")" {
			depth = s.closed.arrows + 1
		}
		if depth > maxInArrow {
			return s.fail(start, "arrow functions are nested in the parameters of arrow functions")
		}
		for i := range s.groups {
			s.groups[i].arrows = max(s.groups[i].arrows, depth)
		}
		s.prev = "=>"
	case c == '/':
		if s.regexpMayBegin() {
			return s.fail(start, "regular expressions are not available in scripts; use .filter(regex(\"…\")), includes, startsWith or endsWith")
		}
		s.at++
		s.prev = "/"
	case c == '\\' || c == '_' || c == '$' || c == '#' || c == '@' || unicode.IsLetter(r) || c >= '0' && c <= '9' || c >= utf8.RuneSelf:
		s.word()
	default:
		s.at++
		s.prev = string(c)
		if (c == '+' || c == '-') && s.at < len(s.text) && s.text[s.at] == c {
			s.at++
			s.prev = "++"
		}
	}
	return nil
}

func (s *scanner) pop() {
	s.closed = group{}
	if n := len(s.groups); n > 0 {
		s.closed = s.groups[n-1]
		s.groups = s.groups[:n-1]
	}
}

// word reads a name, keyword or number.
func (s *scanner) word() {
	start := s.at
	for s.at < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		if r != '_' && r != '$' && r != '\\' && r != '#' && r != '@' && !unicode.IsLetter(r) && !unicode.IsDigit(r) &&
			!unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Mc, r) && !unicode.Is(unicode.Pc, r) && r != '\u200c' && r != '\u200d' {
			break
		}
		s.at += size
	}
	if s.at == start {
		_, size := utf8.DecodeRuneInString(s.text[s.at:])
		s.at += size
	}
	word := s.text[start:s.at]
	if s.prev != "." && (beforeExpression[word] || word == "if" || word == "while" || word == "for" || word == "with") {
		s.prev = word
		return
	}
	s.prev = "x"
}

func (s *scanner) quoted(mark byte) *Error {
	start := s.at
	for s.at++; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '\\':
			s.at++
			if s.at+1 < len(s.text) && s.text[s.at] == '\r' && s.text[s.at+1] == '\n' {
				s.at++
			}
		case '\n', '\r':
			return s.fail(start, "text not closed: %s", quote(s.text[start:s.at]))
		case mark:
			s.at++
			s.prev = "x"
			return nil
		}
	}
	return s.fail(start, "text not closed: %s", quote(s.text[start:]))
}

// template reads on in a template text, from after its mark or after }.
func (s *scanner) template(start int) *Error {
	for ; s.at < len(s.text); s.at++ {
		switch {
		case s.text[s.at] == '\\':
			s.at++
		case s.text[s.at] == '`':
			s.at++
			s.prev = "x"
			return nil
		case strings.HasPrefix(s.text[s.at:], "${"):
			s.at += 2
			s.groups = append(s.groups, group{open: '{', template: true})
			if len(s.groups) > maxDepth {
				return s.fail(start, "brackets are nested more than %d deep", maxDepth)
			}
			s.prev = "{"
			return nil
		}
	}
	return s.fail(start, "text not closed: %s", quote(s.text[start:min(len(s.text), start+40)]))
}

// regexpMayBegin reports whether the parser could take a slash here for the
// beginning of a regular expression.
func (s *scanner) regexpMayBegin() bool {
	switch s.prev {
	case "x", "]":
		return false
	case ")":
		switch s.closed.before {
		case "if", "while", "for", "with":
			return true
		}
		return false
	}
	return true
}

// operandCheck is the name of the function through which the operands of +
// pass (see sandbox.js): joining texts is the one operation of the language
// itself that can double memory at each turn.
const operandCheck = "__operand"

const maxTemplate = 100 // values in one template text

// checkTree refuses what scripts may not use, as the parser understood it, and
// puts checks around the operands of +.
func checkTree(program *ast.Program, text string) *Error {
	w := treeWalk{text: text, seen: map[uintptr]bool{}}
	w.walk(reflect.ValueOf(program.Body))
	return w.err
}

type treeWalk struct {
	text string
	seen map[uintptr]bool
	err  *Error
}

func (w *treeWalk) refuse(at file.Idx, message string) {
	if w.err == nil {
		line, column := place(w.text, int(at)-1)
		w.err = &Error{Kind: KindSyntax, Line: line, Column: column, Message: message}
	}
}

func (w *treeWalk) walk(v reflect.Value) {
	if w.err != nil {
		return
	}
	switch v.Kind() {
	case reflect.Interface:
		w.walk(v.Elem())
	case reflect.Pointer:
		if v.IsNil() || w.seen[v.Pointer()] || v.Elem().Kind() != reflect.Struct {
			return
		}
		if v.Type().Elem().PkgPath() != "github.com/dop251/goja/ast" {
			return
		}
		w.seen[v.Pointer()] = true
		w.visit(v.Interface())
		w.walk(v.Elem())
	case reflect.Struct:
		if name, ok := v.Interface().(ast.Identifier); ok && v.CanAddr() { // of a short property
			w.visit(&name)
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				w.walk(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			w.walk(v.Index(i))
		}
	}
}

func (w *treeWalk) visit(node any) {
	const noAsync = "async functions are not available in scripts: every call answers at once"
	switch n := node.(type) {
	case *ast.RegExpLiteral:
		w.refuse(n.Idx, `regular expressions are not available in scripts; use .filter(regex("…")), includes, startsWith or endsWith`)
	case *ast.AwaitExpression:
		w.refuse(n.Await, noAsync)
	case *ast.FunctionLiteral:
		if n.Async {
			w.refuse(n.Function, noAsync)
		}
	case *ast.ArrowFunctionLiteral:
		if n.Async {
			w.refuse(n.Start, noAsync)
		}
	case *ast.WithStatement:
		w.refuse(n.With, "with is not available in scripts")
	case *ast.Identifier:
		if n.Name == operandCheck {
			w.refuse(n.Idx, operandCheck+" is a name that scripts may not use")
		}
	case *ast.BinaryExpression:
		if n.Operator == token.PLUS {
			n.Left, n.Right = w.checked(n.Left), w.checked(n.Right)
		}
	case *ast.AssignExpression:
		if n.Operator == token.PLUS {
			n.Right = w.checked(n.Right)
		}
	case *ast.TemplateLiteral:
		if len(n.Expressions) > maxTemplate {
			w.refuse(n.OpenQuote, fmt.Sprintf("a text has more than %d values in it", maxTemplate))
		}
		for i := range n.Expressions {
			n.Expressions[i] = w.checked(n.Expressions[i])
		}
	case *ast.NumberLiteral:
		switch n.Value.(type) {
		case int64, float64, int:
		default:
			w.refuse(n.Idx, "big integers are not available in scripts: "+strconv.Quote(n.Literal))
		}
	}
}

// checked puts the operand check around an operand, unless it is a literal.
func (w *treeWalk) checked(operand ast.Expression) ast.Expression {
	switch operand.(type) {
	case *ast.NumberLiteral, *ast.StringLiteral, *ast.BooleanLiteral, *ast.NullLiteral:
		return operand
	}
	check := &ast.Identifier{Name: operandCheck, Idx: operand.Idx0()}
	w.seen[reflect.ValueOf(check).Pointer()] = true
	return &ast.CallExpression{
		Callee: check, LeftParenthesis: operand.Idx0(), ArgumentList: []ast.Expression{operand}, RightParenthesis: operand.Idx1(),
	}
}
