package syntax

import "unicode/utf8"

// The classes of characters of names (section 19.8, productions 164 to 168).

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isHex(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// pnBase is PN_CHARS_BASE.
func pnBase(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return isLetter(byte(r))
	case r < 0x370:
		return r >= 0xC0 && r != 0xD7 && r != 0xF7 && r < 0x300
	}
	return r <= 0x37D || r >= 0x37F && r <= 0x1FFF || r == 0x200C || r == 0x200D || r >= 0x2070 && r <= 0x218F ||
		r >= 0x2C00 && r <= 0x2FEF || r >= 0x3001 && r <= 0xD7FF || r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFFD ||
		r >= 0x10000 && r <= 0xEFFFF
}

// varFirst is PN_CHARS_U or a digit: the first character of variables, of labels of blank nodes and of local names.
func varFirst(r rune) bool { return pnBase(r) || r == '_' || r >= '0' && r <= '9' }

// varRest is a further character of a variable.
func varRest(r rune) bool {
	return varFirst(r) || r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

// pnChars is PN_CHARS.
func pnChars(r rune) bool { return varRest(r) || r == '-' }

// nameLength gives the length in bytes of a name at the beginning of s, 0 where
// there is none. With dots, a name may have full stops inside, but not at its end.
func nameLength(s string, first, rest func(rune) bool, dots bool) int {
	end := 0
	for i, r := range s {
		switch {
		case i == 0 && !first(r):
			return 0
		case i == 0 || rest(r):
			end = i + utf8.RuneLen(r)
		case dots && r == '.':
		default:
			return end
		}
	}
	return end
}
