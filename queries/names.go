package queries

import (
	"strings"
	"unicode"
)

// expand resolves a prefixed name. It fails where the prefix is not known, and
// where the text looks like prose or like a full IRI rather than a name.
func expand(name string, prefixes map[string]string) (iri string, ok bool) {
	prefix, local, found := strings.Cut(name, ":")
	if !found || strings.HasPrefix(local, "//") || strings.ContainsFunc(name, unicode.IsSpace) {
		return "", false
	}
	ns, known := prefixes[prefix]
	if !known {
		return "", false
	}
	return ns + local, true
}

// compact writes an IRI with the prefix of the longest namespace it begins
// with, and in angle brackets where there is none.
func compact(iri string, prefixes map[string]string) string {
	best, local := "", ""
	length := -1
	for prefix, ns := range prefixes {
		rest, ok := strings.CutPrefix(iri, ns)
		if !ok || rest == "" || strings.ContainsAny(rest, "/?<> ") {
			continue
		}
		if len(ns) > length || len(ns) == length && prefix > best {
			best, local, length = prefix, rest, len(ns)
		}
	}
	if length < 0 {
		return "<" + iri + ">"
	}
	return best + ":" + local
}

// localName returns what follows the last / or # of an IRI.
func localName(iri string) string {
	return iri[strings.LastIndexAny(iri, "/#")+1:]
}
