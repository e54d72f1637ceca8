package iri

import (
	"errors"
	"testing"
)

// The examples of RFC 3986 §5.4, all against one base.
func TestResolveRFC3986(t *testing.T) {
	const base = "http://a/b/c/d;p?q"
	for _, c := range [][2]string{
		// §5.4.1, normal examples
		{"g:h", "g:h"}, {"g", "http://a/b/c/g"}, {"./g", "http://a/b/c/g"}, {"g/", "http://a/b/c/g/"},
		{"/g", "http://a/g"}, {"//g", "http://g"}, {"?y", "http://a/b/c/d;p?y"}, {"g?y", "http://a/b/c/g?y"},
		{"#s", "http://a/b/c/d;p?q#s"}, {"g#s", "http://a/b/c/g#s"}, {"g?y#s", "http://a/b/c/g?y#s"},
		{";x", "http://a/b/c/;x"}, {"g;x", "http://a/b/c/g;x"}, {"g;x?y#s", "http://a/b/c/g;x?y#s"},
		{"", "http://a/b/c/d;p?q"}, {".", "http://a/b/c/"}, {"./", "http://a/b/c/"}, {"..", "http://a/b/"},
		{"../", "http://a/b/"}, {"../g", "http://a/b/g"}, {"../..", "http://a/"}, {"../../", "http://a/"},
		{"../../g", "http://a/g"},
		// §5.4.2, abnormal examples
		{"../../../g", "http://a/g"}, {"../../../../g", "http://a/g"}, {"/./g", "http://a/g"}, {"/../g", "http://a/g"},
		{"g.", "http://a/b/c/g."}, {".g", "http://a/b/c/.g"}, {"g..", "http://a/b/c/g.."}, {"..g", "http://a/b/c/..g"},
		{"./../g", "http://a/b/g"}, {"./g/.", "http://a/b/c/g/"}, {"g/./h", "http://a/b/c/g/h"},
		{"g/../h", "http://a/b/c/h"}, {"g;x=1/./y", "http://a/b/c/g;x=1/y"}, {"g;x=1/../y", "http://a/b/c/y"},
		{"g?y/./x", "http://a/b/c/g?y/./x"}, {"g?y/../x", "http://a/b/c/g?y/../x"},
		{"g#s/./x", "http://a/b/c/g#s/./x"}, {"g#s/../x", "http://a/b/c/g#s/../x"}, {"http:g", "http:g"},
	} {
		if got, err := Resolve(base, c[0]); err != nil || got != c[1] {
			t.Errorf("Resolve(%q) = %q, %v; want %q", c[0], got, err, c[1])
		}
	}
}

func TestResolve(t *testing.T) {
	for _, c := range []struct{ base, ref, want string }{
		{"http://example.org", "x", "http://example.org/x"},
		{"http://example.org", "", "http://example.org"},
		{"http://example.org?q", "x", "http://example.org/x"},
		{"http://example.org/a#f", "", "http://example.org/a"},
		{"http://example.org/a#f", "#", "http://example.org/a#"},
		{"http://example.org/a?", "#f", "http://example.org/a?#f"},
		{"http://example.org/a", "?", "http://example.org/a?"},
		{"http://example.org/a", "//?x", "http://?x"},
		{"urn:a:b", "#c", "urn:a:b#c"},
		{"urn:a/b", "c", "urn:a/c"},
		{"tag:x", "", "tag:x"},
		{"file:///a/b", "../../c", "file:///c"},
		{"a:/b", "..//c", "a:/.//c"},
		{"http://example.org/é/ü", "ж", "http://example.org/é/ж"},
		{"http://example.org/%7Ea/b", "%2E%2e/c", "http://example.org/%7Ea/%2E%2e/c"},
		{"HTTP://Example.org:80/a", "b", "HTTP://Example.org:80/b"},
		{"", "http://example.org/a/../b", "http://example.org/a/../b"},
		{"http://a/b/c", "1a:b", "http://a/b/1a:b"},
	} {
		if got, err := Resolve(c.base, c.ref); err != nil || got != c.want {
			t.Errorf("Resolve(%q, %q) = %q, %v; want %q", c.base, c.ref, got, err, c.want)
		}
	}
}

func TestResolveRefuses(t *testing.T) {
	for _, c := range []struct{ base, ref string }{{"", "x"}, {"", ""}, {"x/y", "z"}, {":a", "b"}} {
		if got, err := Resolve(c.base, c.ref); !errors.Is(err, ErrNoBase) {
			t.Errorf("Resolve(%q, %q) = %q, %v; want ErrNoBase", c.base, c.ref, got, err)
		}
	}
	for _, ref := range []string{"a b", "a<b", "http://x/{y}", "http://x/\\", "http://x/`", "http://x/\x00", "http://x/\xff", "é b", "\"", "a^", "|"} {
		if got, err := Resolve("http://example.org/", ref); err == nil {
			t.Errorf("Resolve(%q) = %q; want an error", ref, got)
		}
	}
}

func FuzzResolve(f *testing.F) {
	f.Add("http://a/b/c/d;p?q", "../g")
	f.Add("a:/b", "..//c")
	f.Fuzz(func(t *testing.T, base, ref string) {
		if p := Parse(ref); p.String() != ref {
			t.Fatalf("Parse(%q) prints as %q", ref, p.String())
		}
		got, err := Resolve(base, ref)
		if err != nil {
			return
		}
		if err := Check(got); err != nil {
			t.Fatalf("Resolve(%q, %q): %v", base, ref, err)
		}
		// What was resolved is absolute, so that resolving it again changes nothing.
		if again, err := Resolve(base, got); err != nil || again != got {
			t.Fatalf("Resolve(%q, %q) = %q, %v", base, got, again, err)
		}
	})
}
