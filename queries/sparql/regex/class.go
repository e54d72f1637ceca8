package regex

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// class reads a character class expression behind its bracket (XSD 1.1 part 2,
// appendix G.4.2): [a-z], [^a-z], and with a subtraction [a-z-[aeiou]]. White
// space stands for itself in it, also with the flag x.
func (t *translator) class(depth int) (set, error) {
	start := t.at - 1
	if depth > deepest {
		return nil, t.fail(start, "more than %d classes stand in each other", deepest)
	}
	spaced := t.spaced
	t.spaced = false
	defer func() { t.spaced = spaced }()
	negated := t.peek() == '^'
	if negated {
		t.next()
	}
	var s set
	for first := true; ; first = false {
		at := t.at
		switch r := t.next(); r {
		case -1:
			return nil, t.fail(start, "expected ] to close the class that begins here")
		case ']':
			if first {
				return nil, t.fail(at, "a class is empty; write \\] for the character")
			}
			return s.finish(negated), nil
		case '[':
			return nil, t.fail(at, "unexpected [ in a class; write \\[ for the character, or -[ to take characters away")
		case '-':
			if !first && t.peek() == '[' {
				t.next()
				without, err := t.class(depth + 1)
				if err != nil {
					return nil, err
				}
				if t.next() != ']' {
					return nil, t.fail(t.at, "expected ] behind the class that is taken away")
				}
				return s.finish(negated).minus(without), nil
			}
			if !first && t.peek() != ']' && !t.isSubtraction() {
				return nil, t.fail(at, "a hyphen in the middle of a class is written \\-")
			}
			s = append(s, '-', '-')
		default:
			low := r
			if r == '\\' {
				escaped, err := t.escape(at, true)
				if err != nil {
					return nil, err
				}
				if len(escaped) != 2 || escaped[0] != escaped[1] {
					s = append(s, escaped...)
					continue
				}
				low = escaped[0]
			}
			high := low
			if t.peek() == '-' && !strings.HasPrefix(t.pattern[t.at:], "-[") && !strings.HasPrefix(t.pattern[t.at:], "-]") {
				t.next()
				from := t.at
				high = t.next()
				if high == '\\' {
					escaped, err := t.escape(from, true)
					if err != nil {
						return nil, err
					}
					if len(escaped) != 2 || escaped[0] != escaped[1] {
						return nil, t.fail(from, "a range ends in one character")
					}
					high = escaped[0]
				}
				if high < low {
					return nil, t.fail(at, "the range from %q to %q is empty", low, high)
				}
			}
			s = append(s, low, high)
		}
	}
}

// isSubtraction reports whether "[" or "-[" comes next: a hyphen before it stands for itself.
func (t *translator) isSubtraction() bool { return strings.HasPrefix(t.pattern[t.at:], "-[") }

// escape reads what stands behind a backslash and returns the characters that it matches.
func (t *translator) escape(start int, inClass bool) (set, error) {
	spaced := t.spaced
	t.spaced = false
	r := t.next()
	t.spaced = spaced
	switch r {
	case -1:
		return nil, t.fail(start, "the pattern ends in a backslash")
	case 'n':
		return set{'\n', '\n'}, nil
	case 'r':
		return set{'\r', '\r'}, nil
	case 't':
		return set{'\t', '\t'}, nil
	case '\\', '|', '.', '?', '*', '+', '(', ')', '{', '}', '-', '[', ']', '^', '$':
		return set{r, r}, nil
	case 'p', 'P':
		return t.property(start, r == 'P')
	}
	lower := unicode.ToLower(r)
	if s, ok := multiCharacter[lower]; ok {
		return s().finish(lower != r), nil
	}
	if '1' <= r && r <= '9' && !inClass {
		return nil, t.fail(start, "back-references such as \\%c cannot be matched in linear time and are not supported", r)
	}
	return nil, t.fail(start, "\\%c is no escape of XPath", r)
}

// multiCharacter are the classes of one letter (XSD 1.1 part 2, appendix G.4.2.5).
var multiCharacter = map[rune]func() set{
	's': func() set { return set{' ', ' ', '\t', '\t', '\n', '\n', '\r', '\r'} },
	'd': func() set { return tableSet(unicode.Nd) },
	'w': func() set {
		return append(append(tableSet(unicode.P), tableSet(unicode.Z)...), others()...).finish(true)
	},
	'i': func() set { return append(set(nil), nameStart...) },
	'c': func() set { return append(append(set(nil), nameStart...), nameMore...) },
}

// nameStart and nameMore are the characters of XML names (XML 1.0, section 2.3).
var (
	nameStart = set{
		':', ':', 'A', 'Z', '_', '_', 'a', 'z', 0xC0, 0xD6, 0xD8, 0xF6, 0xF8, 0x2FF, 0x370, 0x37D, 0x37F, 0x1FFF,
		0x200C, 0x200D, 0x2070, 0x218F, 0x2C00, 0x2FEF, 0x3001, 0xD7FF, 0xF900, 0xFDCF, 0xFDF0, 0xFFFD, 0x10000, 0xEFFFF,
	}
	nameMore = set{'-', '-', '.', '.', '0', '9', 0xB7, 0xB7, 0x300, 0x36F, 0x203F, 0x2040}
)

// property reads the name of a category or block in braces.
func (t *translator) property(start int, negated bool) (set, error) {
	end := strings.IndexByte(t.pattern[t.at:], '}')
	if end < 0 || t.pattern[t.at] != '{' {
		return nil, t.fail(start, "expected a category in braces, as in \\p{Lu}")
	}
	name := t.pattern[t.at+1 : t.at+end]
	t.at += end + 1
	if block, ok := strings.CutPrefix(name, "Is"); ok {
		bounds, ok := blocks[block]
		if !ok {
			return nil, t.fail(start, "%q is no Unicode block that is known here", block)
		}
		return set{bounds[0], bounds[1]}.finish(negated), nil
	}
	switch name {
	case "C":
		return others().finish(negated), nil
	case "Cn":
		return assigned().finish(!negated), nil
	}
	table, ok := unicode.Categories[name]
	if !ok || name == "LC" {
		return nil, t.fail(start, "%q is no Unicode category", name)
	}
	return tableSet(table).finish(negated), nil
}

// assigned are the characters that have a category.
func assigned() set {
	var s set
	for _, table := range []*unicode.RangeTable{unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs} {
		s = append(s, tableSet(table)...)
	}
	return s
}

// others is the category C: what is not a letter, mark, number, sign or separator.
func others() set {
	var s set
	for _, table := range []*unicode.RangeTable{unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z} {
		s = append(s, tableSet(table)...)
	}
	return s.finish(true)
}

// tableSet returns the characters of a table of the unicode package.
func tableSet(table *unicode.RangeTable) set {
	var s set
	add := func(low, high, stride rune) {
		if stride == 1 {
			s = append(s, low, high)
			return
		}
		for r := low; r <= high; r += stride {
			s = append(s, r, r)
		}
	}
	for _, r := range table.R16 {
		add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
	}
	for _, r := range table.R32 {
		add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
	}
	return s
}

// lastRune ends the characters that there are.
const lastRune = utf8.MaxRune
