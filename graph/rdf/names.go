package rdf

func isLetter(c rune) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func isDigit(c rune) bool  { return '0' <= c && c <= '9' }

// nameBase is PN_CHARS_BASE (RDF 1.1 Turtle, section 6.5).
func nameBase(c rune) bool {
	if isLetter(c) {
		return true
	}
	return c >= 0xC0 && (c <= 0xD6 || 0xD8 <= c && c <= 0xF6 || 0xF8 <= c && c <= 0x2FF ||
		0x370 <= c && c <= 0x37D || 0x37F <= c && c <= 0x1FFF || c == 0x200C || c == 0x200D ||
		0x2070 <= c && c <= 0x218F || 0x2C00 <= c && c <= 0x2FEF || 0x3001 <= c && c <= 0xD7FF ||
		0xF900 <= c && c <= 0xFDCF || 0xFDF0 <= c && c <= 0xFFFD || 0x10000 <= c && c <= 0xEFFFF)
}

// nameStart is PN_CHARS_U.
func nameStart(c rune) bool { return c == '_' || nameBase(c) }

// nameCharacter is PN_CHARS.
func nameCharacter(c rune) bool {
	return nameStart(c) || c == '-' || isDigit(c) || c == 0xB7 || 0x300 <= c && c <= 0x36F || c == 0x203F || c == 0x2040
}
