package functions

import (
	"math"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"github.com/ententegraph/entente/queries/sparql/regex"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// stringFunctions are the functions on strings (section 17.4.3).
var stringFunctions = []Function{
	{Name: "STRLEN", Min: 1, Max: 1, Eval: strLen, Help: "Counts the characters of a string.", Clause: "17.4.3.2"},
	{Name: "SUBSTR", Min: 2, Max: 3, Eval: substr, Help: "Gives a string from a character on, counted from 1, and so many characters.", Clause: "17.4.3.3"},
	{Name: "UCASE", Min: 1, Max: 1, Eval: recase(isASCIIUpper, cases.Upper), Help: "Writes a string in upper case.", Clause: "17.4.3.4"},
	{Name: "LCASE", Min: 1, Max: 1, Eval: recase(isASCIILower, cases.Lower), Help: "Writes a string in lower case.", Clause: "17.4.3.5"},
	{Name: "STRSTARTS", Min: 2, Max: 2, Eval: search(strings.HasPrefix), Help: "Tells whether a string starts with another.", Clause: "17.4.3.6"},
	{Name: "STRENDS", Min: 2, Max: 2, Eval: search(strings.HasSuffix), Help: "Tells whether a string ends with another.", Clause: "17.4.3.7"},
	{Name: "CONTAINS", Min: 2, Max: 2, Eval: search(strings.Contains), Help: "Tells whether a string contains another.", Clause: "17.4.3.8"},
	{Name: "STRBEFORE", Min: 2, Max: 2, Eval: beside(true), Help: "Gives what stands before the first occurrence of a string.", Clause: "17.4.3.9"},
	{Name: "STRAFTER", Min: 2, Max: 2, Eval: beside(false), Help: "Gives what stands behind the first occurrence of a string.", Clause: "17.4.3.10"},
	{Name: "ENCODE_FOR_URI", Min: 1, Max: 1, Eval: encode, Help: "Percent-encodes a string for use in an IRI.", Clause: "17.4.3.11"},
	{Name: "CONCAT", Min: 0, Max: Many, Eval: concat, Help: "Puts strings together; the language stays if all have it.", Clause: "17.4.3.12"},
	{Name: "LANGMATCHES", Min: 2, Max: 2, Eval: langMatches, Help: `Tells whether a language tag fits a range such as "en" or "*".`, Clause: "17.4.3.13"},
	{Name: "REGEX", Min: 2, Max: 3, Eval: matches, Help: "Tells whether a regular expression matches in a string; flags are i, s, m, x, q.", Clause: "17.4.3.14"},
	{Name: "REPLACE", Min: 3, Max: 4, Eval: replace, Help: "Replaces what a regular expression matches; $1 is what its first group matched.", Clause: "17.4.3.15"},
}

// plain returns a string without a language.
func plain(v Value) (string, error) {
	if v.Kind() != value.KindString {
		return "", errPlain
	}
	return v.Term().Value, nil
}

func text(v Value) (s, language string, err error) {
	s, language, ok := v.AsString()
	if !ok {
		return "", "", errString
	}
	return s, language, nil
}

// compatible returns two strings that fit each other: the second has no
// language, or that of the first (section 17.4.3.1.2).
func compatible(a, b Value) (x, language, y string, err error) {
	x, language, ok := a.AsString()
	y, other, okay := b.AsString()
	if !ok || !okay {
		return "", "", "", errString
	}
	if other != "" && !strings.EqualFold(language, other) {
		return "", "", "", value.Error("strings of different languages")
	}
	return x, language, y, nil
}

func strLen(_ *Env, args []Value) (Value, error) {
	s, _, err := text(args[0])
	return value.Integer(int64(utf8.RuneCountInString(s))), err
}

// substr takes the characters at the places p for which
// round(start) ≤ p < round(start) + round(length) (fn:substring).
func substr(_ *Env, args []Value) (Value, error) {
	s, language, err := text(args[0])
	if err != nil {
		return Value{}, err
	}
	start, end := 0.0, math.Inf(1)
	if start, err = rounded(args[1]); err != nil {
		return Value{}, err
	}
	if len(args) == 3 {
		length, err := rounded(args[2])
		if err != nil {
			return Value{}, err
		}
		end = start + length
	}
	from, to, place := len(s), len(s), 0.0
	for i := range s {
		place++
		if from == len(s) && place >= start && place < end {
			from = i
		}
		if from < len(s) && place >= end {
			to = i
			break
		}
	}
	return value.LangString(s[from:to], language), nil
}

func rounded(v Value) (float64, error) {
	r, err := value.Round(v)
	if err != nil {
		return 0, errNumber
	}
	f, _ := r.AsFloat()
	return f, nil
}

// recase changes the case of a string; plain ASCII takes a short way.
func recase(done func(byte) bool, by func(language.Tag, ...cases.Option) cases.Caser) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) {
		s, lang, err := text(args[0])
		if err != nil {
			return Value{}, err
		}
		for i := range len(s) {
			if !done(s[i]) {
				// A Caser has a state and is not shared.
				return value.LangString(by(language.Und).String(s), lang), nil
			}
		}
		return args[0], nil
	}
}

func isASCIIUpper(b byte) bool { return b < utf8.RuneSelf && !('a' <= b && b <= 'z') }
func isASCIILower(b byte) bool { return b < utf8.RuneSelf && !('A' <= b && b <= 'Z') }

func search(f func(s, part string) bool) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) {
		s, _, part, err := compatible(args[0], args[1])
		return value.Boolean(f(s, part)), err
	}
}

func beside(before bool) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) {
		s, language, part, err := compatible(args[0], args[1])
		if err != nil {
			return Value{}, err
		}
		head, tail, found := strings.Cut(s, part)
		switch {
		case !found:
			return value.String(""), nil
		case before:
			return value.LangString(head, language), nil
		}
		return value.LangString(tail, language), nil
	}
}

// encode leaves the unreserved characters of RFC 3986 alone (fn:encode-for-uri).
func encode(_ *Env, args []Value) (Value, error) {
	s, _, err := text(args[0])
	if err != nil {
		return Value{}, err
	}
	const hex = "0123456789ABCDEF"
	b := make([]byte, 0, len(s)+8)
	for i := range len(s) {
		c := s[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.~", c) >= 0 {
			b = append(b, c)
		} else {
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return value.String(string(b)), nil
}

func concat(_ *Env, args []Value) (Value, error) {
	var b strings.Builder
	common := ""
	for i, arg := range args {
		s, language, err := text(arg)
		if err != nil {
			return Value{}, err
		}
		if i == 0 {
			common = language
		} else if !strings.EqualFold(language, common) {
			common = ""
		}
		b.WriteString(s)
	}
	return value.LangString(b.String(), common), nil
}

// langMatches is basic filtering (RFC 4647 section 3.3.1).
func langMatches(_ *Env, args []Value) (Value, error) {
	tag, err := plain(args[0])
	if err != nil {
		return Value{}, err
	}
	languageRange, err := plain(args[1])
	if err != nil {
		return Value{}, err
	}
	if languageRange == "*" {
		return value.Boolean(tag != ""), nil
	}
	n := len(languageRange)
	return value.Boolean(len(tag) >= n && strings.EqualFold(tag[:n], languageRange) &&
		(len(tag) == n || tag[n] == '-' && n > 0)), nil
}

// patternOf compiles a pattern and the flags behind the other arguments, if they are there.
func patternOf(env *Env, pattern Value, flags []Value) (*regex.Pattern, error) {
	source, err := plain(pattern)
	if err != nil {
		return nil, err
	}
	letters := ""
	if len(flags) > 0 {
		if letters, err = plain(flags[0]); err != nil {
			return nil, err
		}
	}
	return env.pattern(source, letters)
}

func matches(env *Env, args []Value) (Value, error) {
	s, _, err := text(args[0])
	if err != nil {
		return Value{}, err
	}
	p, err := patternOf(env, args[1], args[2:])
	if err != nil {
		return Value{}, err
	}
	return value.Boolean(p.Match(s)), nil
}

func replace(env *Env, args []Value) (Value, error) {
	s, language, err := text(args[0])
	if err != nil {
		return Value{}, err
	}
	replacement, err := plain(args[2])
	if err != nil {
		return Value{}, err
	}
	p, err := patternOf(env, args[1], args[3:])
	if err != nil {
		return Value{}, err
	}
	replaced, err := p.Replace(s, replacement)
	return value.LangString(replaced, language), err
}
