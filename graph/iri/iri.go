// Package iri resolves and checks IRIs by RFC 3986 and RFC 3987.
//
// Resolve turns a reference into an absolute IRI, Check says why a text is not
// one, Parse splits a reference into its parts. Nothing is normalised: case,
// percent-encoding and Unicode stay as written, because two IRIs are the same
// RDF term only when they are the same characters. (net/url normalises, and
// refuses IRIs that are legal.)
//
//	iri.Resolve("http://example.org/a/b", "../c") // "http://example.org/c"
package iri

import (
	"errors"
	"fmt"
	"strings"
)

// Parts are the components of an IRI reference (RFC 3986 §3). A component that
// may be absent is told from an empty one by its Has field: "//" has an empty
// authority, "x?" an empty query.
type Parts struct {
	Scheme       string
	Authority    string
	Path         string
	Query        string
	Fragment     string
	HasAuthority bool
	HasQuery     bool
	HasFragment  bool
}

// Parse splits a reference into its parts, as the expression of RFC 3986
// appendix B does; it never fails. A text before the first colon that is not a
// scheme belongs to the path.
func Parse(ref string) Parts {
	var p Parts
	if i := strings.IndexByte(ref, '#'); i >= 0 {
		ref, p.Fragment, p.HasFragment = ref[:i], ref[i+1:], true
	}
	if i := strings.IndexByte(ref, '?'); i >= 0 {
		ref, p.Query, p.HasQuery = ref[:i], ref[i+1:], true
	}
	if n := schemeLen(ref); n > 0 {
		p.Scheme, ref = ref[:n], ref[n+1:]
	}
	if rest, ok := strings.CutPrefix(ref, "//"); ok {
		p.HasAuthority = true
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			p.Authority, ref = rest[:i], rest[i:]
		} else {
			p.Authority, ref = rest, ""
		}
	}
	p.Path = ref
	return p
}

// String puts the parts together again (RFC 3986 §5.3).
func (p Parts) String() string {
	var b strings.Builder
	b.Grow(len(p.Scheme) + len(p.Authority) + len(p.Path) + len(p.Query) + len(p.Fragment) + 5)
	if p.Scheme != "" {
		b.WriteString(p.Scheme)
		b.WriteByte(':')
	}
	if p.HasAuthority {
		b.WriteString("//")
		b.WriteString(p.Authority)
	}
	b.WriteString(p.Path)
	if p.HasQuery {
		b.WriteByte('?')
		b.WriteString(p.Query)
	}
	if p.HasFragment {
		b.WriteByte('#')
		b.WriteString(p.Fragment)
	}
	return b.String()
}

// IsAbsolute says whether the text begins with a scheme and a colon.
func IsAbsolute(ref string) bool { return schemeLen(ref) > 0 }

// schemeLen gives the length of the scheme before the colon, 0 where there is none.
func schemeLen(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case c == ':':
			return i
		default:
			return 0
		}
	}
	return 0
}

// ErrNoBase is what Resolve returns, wrapped, for a relative reference where no
// base is known.
var ErrNoBase = errors.New("a relative IRI needs a base")

// Resolve gives the absolute IRI that ref names when it stands in a document
// whose base is base (RFC 3986 §5.2.2, strict). The base may be empty when ref
// is absolute. The result is checked as Check does. An absolute ref comes back
// as written: dot segments are removed only where a reference is resolved, as
// the tests of Turtle want.
func Resolve(base, ref string) (string, error) {
	if IsAbsolute(ref) {
		return ref, Check(ref)
	}
	if !IsAbsolute(base) {
		if base == "" {
			return "", fmt.Errorf("iri: <%s>: %w", ref, ErrNoBase)
		}
		return "", fmt.Errorf("iri: <%s>: the base <%s> is itself relative: %w", ref, base, ErrNoBase)
	}
	r := Parse(ref).against(Parse(base)).String()
	return r, Check(r)
}

// against resolves a reference without a scheme.
func (p Parts) against(base Parts) Parts {
	t := Parts{Scheme: base.Scheme, Fragment: p.Fragment, HasFragment: p.HasFragment}
	switch {
	case p.HasAuthority:
		t.Authority, t.HasAuthority = p.Authority, true
		t.Path = removeDots(p.Path)
		t.Query, t.HasQuery = p.Query, p.HasQuery
		return t
	case p.Path == "":
		t.Path = base.Path
		t.Query, t.HasQuery = p.Query, p.HasQuery
		if !p.HasQuery {
			t.Query, t.HasQuery = base.Query, base.HasQuery
		}
	default:
		t.Path = p.Path
		if p.Path[0] != '/' {
			t.Path = merge(base, p.Path)
		}
		t.Path = removeDots(t.Path)
		t.Query, t.HasQuery = p.Query, p.HasQuery
	}
	t.Authority, t.HasAuthority = base.Authority, base.HasAuthority
	if !t.HasAuthority && strings.HasPrefix(t.Path, "//") {
		t.Path = "/." + t.Path // else it would read as an authority (RFC 3986 §3.3)
	}
	return t
}

// merge puts a relative path behind the directory of the base (RFC 3986 §5.2.3).
func merge(base Parts, path string) string {
	if base.HasAuthority && base.Path == "" {
		return "/" + path
	}
	return base.Path[:strings.LastIndexByte(base.Path, '/')+1] + path
}

// removeDots takes out the segments "." and ".." (RFC 3986 §5.2.4).
func removeDots(path string) string {
	if !strings.Contains(path, ".") {
		return path
	}
	out := make([]byte, 0, len(path))
	up := func() {
		n := len(out)
		for n > 0 && out[n-1] != '/' {
			n--
		}
		out = out[:max(n-1, 0)]
	}
	for in := path; in != ""; {
		switch {
		case strings.HasPrefix(in, "../"):
			in = in[3:]
		case strings.HasPrefix(in, "./"):
			in = in[2:]
		case strings.HasPrefix(in, "/./"):
			in = in[2:]
		case in == "/.":
			in = "/"
		case strings.HasPrefix(in, "/../"):
			in = in[3:]
			up()
		case in == "/..":
			in = "/"
			up()
		case in == "." || in == "..":
			in = ""
		default:
			n := strings.IndexByte(in[1:], '/') + 1
			if n == 0 {
				n = len(in)
			}
			out = append(out, in[:n]...)
			in = in[n:]
		}
	}
	return string(out)
}
