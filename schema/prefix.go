package schema

import (
	"maps"
	"slices"
	"strings"
)

// Expand turns a prefixed name (state:ARM) into its IRI, by [Prefixes]. IRIs in
// angle brackets lose them; other text is returned as it is.
func Expand(name string) string {
	if inner, ok := strings.CutPrefix(name, "<"); ok {
		name = strings.TrimSuffix(inner, ">")
	}
	prefix, local, ok := strings.Cut(name, ":")
	if !ok || strings.HasPrefix(local, "//") {
		return name
	}
	if ns, known := Prefixes()[prefix]; known {
		return ns + local
	}
	return name
}

// Compact turns an IRI into a prefixed name where one of the [Prefixes] fits,
// by the longest namespace; other IRIs are returned as they are.
func Compact(iri string) string {
	best, out := 0, iri
	prefixes := Prefixes()
	for _, p := range slices.Sorted(maps.Keys(prefixes)) {
		if ns := prefixes[p]; p != "" && len(ns) > best && strings.HasPrefix(iri, ns) {
			best, out = len(ns), p+":"+iri[len(ns):]
		}
	}
	return out
}

// KindOf returns the kind of a thing by its IRI, one of [Kinds] ("state"), and
// "" for what is none of our things.
func KindOf(iri string) string {
	local, ours := strings.CutPrefix(iri, ID)
	kind, _, found := strings.Cut(local, "/")
	if !ours || !found || !slices.Contains(Kinds(), kind) {
		return ""
	}
	return kind
}
