package regex_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/queries/sparql/regex"
)

func TestMatch(t *testing.T) {
	for _, test := range []struct{ pattern, flags, yes, no string }{ // texts between blanks
		{"b", "", "abc b", "acd a"},
		{"^b", "", "bc", "abc"},
		{"c$", "", "abc", "ca"},
		{"^a|b$", "", "ax xb", "bx xa"},
		{"B", "i", "abc", "acd"},
		{"[a-c]", "i", "B", "D"},
		{`^\d{4}-\d{2}$`, "", "2024-01 ٢٠٢٤-٠١", "24-01 2024-1"},
		{`^\w+$`, "", "añb9 $9", "a-b"},
		{`^\W+$`, "", "-!", "a"},
		{`^\i\c*$`, "", "a-b _1 :x é.1", "1a -b"},
		{`^\I$`, "", "1", "a"},
		{`^[\i-[:]][\c-[:]]*$`, "", "ab a1", "a:b :ab"},
		{`^[a-z-[aeiou]]+$`, "", "bcd", "abc"},
		{`^[^a-c-[x-z]]+$`, "", "def", "abc dxe"},
		{`^[a-z-[a-y-[m]]]+$`, "", "mz mmm", "a y"},
		{`^[\p{Lu}\d]+$`, "", "AÉ9", "a"},
		{`^\P{Lu}+$`, "", "aé9", "aA"},
		{`^\p{IsCyrillic}+$`, "", "Ереван", "Yerevan"},
		{`^\p{IsArmenian}+$`, "", "Երեվան", "Ереван"},
		{`^\P{IsBasicLatin}$`, "", "é", "e"},
		{`^\p{C}$`, "", "\u200b", "a"},
		{`^\p{Cn}$`, "", "\u0378", "a"},
		{`^[-a]+$`, "", "-a", "b"},
		{`^[a-]+$`, "", "-a", "b"},
		{`^[a\-z]+$`, "", "a-z", "b"},
		{`^[\[\]]+$`, "", "[]", "a"},
		{`^[\s\S]$`, "", "a", "ab"},
		{`^a{2,3}$`, "", "aa aaa", "a aaaa"},
		{`^a{2,}$`, "", "aa aaaaa", "a"},
		{`^a+?b??$`, "", "aab a", "b"},
		{`^(?:ab)+$`, "", "abab", "aba"},
		{`^()$|x`, "", "x", "y"},
		{`a b`, "x", "ab", "ac"},
		{`a[ ]b \  `, "x", "", ""},
		{`^ \d {2} $`, "x", "12", "1"},
		{`a.c*`, "q", "xa.c*y", "abc"},
		{`A.C`, "qi", "xa.c", "abc"},
		{"", "", "a", ""},
		{`\.\?\*\+\(\)\{\}\[\]\|\^\$\\\-`, "", `.?*+(){}[]|^$\-`, "a"},
	} {
		p, err := regex.Compile(test.pattern, test.flags)
		if test.yes == "" {
			if err == nil {
				t.Errorf("%q with flags %q compiles", test.pattern, test.flags)
			}
			continue
		}
		if err != nil {
			t.Error(err)
			continue
		}
		for _, s := range strings.Fields(test.yes) {
			if s != "$9" && !p.Match(s) {
				t.Errorf("%q with flags %q does not match %q", test.pattern, test.flags, s)
			}
		}
		for _, s := range strings.Fields(test.no) {
			if p.Match(s) {
				t.Errorf("%q with flags %q matches %q", test.pattern, test.flags, s)
			}
		}
	}
}

func TestLines(t *testing.T) {
	for _, test := range []struct {
		pattern, flags, text string
		want                 bool
	}{
		{"a.b", "", "a\nb", false}, {"a.b", "", "a\rb", false}, {"a.b", "s", "a\nb", true}, {"a.b", "s", "a\rb", true},
		{"^b", "", "a\nb", false}, {"^b", "m", "a\nb", true}, {"a$", "", "a\nb", false}, {"a$", "m", "a\nb", true}, {"a$", "", "a\n", false},
	} {
		p, err := regex.Compile(test.pattern, test.flags)
		if err != nil {
			t.Fatal(err)
		}
		if p.Match(test.text) != test.want {
			t.Errorf("%q with flags %q on %q: want %t", test.pattern, test.flags, test.text, test.want)
		}
	}
}

func TestWrongPatterns(t *testing.T) {
	for pattern, want := range map[string]string{
		"a(b":          "character 2: expected ) to close the group",
		"a)":           "character 2: no ( is open",
		"*a":           "character 1: * repeats nothing",
		"a**":          "character 3: * repeats nothing",
		"a{2}{3}":      "character 5: unexpected {",
		"a{,3}":        "character 2: expected a count",
		"a{3,2}":       "the smaller number first",
		"a{2":          "expected } behind the count",
		"a{1001}":      "at most 1000 repetitions",
		"a}":           "character 2: unexpected }",
		"a]":           "character 2: unexpected ]",
		"[a":           "character 1: expected ] to close",
		"[]":           "a class is empty",
		"[b-a]":        "is empty",
		"[a[b]]":       "unexpected [ in a class",
		"[a-c-e]":      "hyphen in the middle",
		"[a-[b]c]":     "expected ] behind the class",
		`\`:            "ends in a backslash",
		`\y`:           `\y is no escape`,
		`(a)\1`:        "back-references",
		`\p{Foo}`:      `"Foo" is no Unicode category`,
		`\p{IsFoo}`:    `"Foo" is no Unicode block`,
		`\pL`:          "expected a category in braces",
		"(?=a)":        "XPath has no other groups",
		"é(?i)":        "character 3: expected ?:",
		"(a{1000}){9}": "invalid repeat count",
	} {
		_, err := regex.Compile(pattern, "")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v; want a message with %q", pattern, err, want)
		}
	}
	for _, flags := range []string{"g", "u", "I"} {
		if _, err := regex.Compile("a", flags); err == nil {
			t.Errorf("flags %q are accepted", flags)
		}
	}
	if _, err := regex.Compile(strings.Repeat("(", 100000), ""); err == nil {
		t.Error("100000 groups are accepted")
	}
}

func TestReplace(t *testing.T) {
	for _, test := range []struct{ text, pattern, replacement, flags, want string }{
		{"abracadabra", "bra", "*", "", "a*cada*"},
		{"abracadabra", "a.*a", "*", "", "*"},
		{"abracadabra", "a.*?a", "*", "", "*c*bra"},
		{"abracadabra", "a", "", "", "brcdbr"},
		{"abracadabra", "a(.)", "a$1$1", "", "abbraccaddabbra"},
		{"AAAA", "A+", "b", "", "b"},
		{"AAAA", "A+?", "b", "", "bbbb"},
		{"darted", "^(.*?)d(.*)$", "$1c$2", "", "carted"},
		{"a.b.c", ".", "$1", "q", "a$1b$1c"},
		{"ab", "(a)(x)?b", "[$2|$1]", "", "[|a]"},
		{"ab", "(a)", "$12", "", "a2b"},
		{"ab", "a", "$1", "", "b"},
		{"ab", "a", "$0$0", "", "aab"},
		{"cost", "cost", `\$5\\`, "", `$5\`},
		{"Straße", "SS?", "x", "i", "xtraße"},
		{"日本語", "本", "-", "", "日-語"},
	} {
		p, err := regex.Compile(test.pattern, test.flags)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.Replace(test.text, test.replacement); err != nil || got != test.want {
			t.Errorf("%q in %q by %q: %q, %v; want %q", test.pattern, test.text, test.replacement, got, err, test.want)
		}
	}
	for _, test := range [][2]string{{"a*", "b"}, {"a", "$"}, {"a", "$x"}, {"a", `\`}, {"a", `\n`}, {"$", "b"}} {
		p, err := regex.Compile(test[0], "")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.Replace("abc", test[1]); err == nil {
			t.Errorf("%q by %q is replaced: %q", test[0], test[1], got)
		}
	}
}

func TestLinearTime(t *testing.T) {
	p, err := regex.Compile("(x+x+)+y", "")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if p.Match(strings.Repeat("x", 20000)) {
		t.Error("no y, and yet a match")
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("20000 characters took %v", took)
	}
}

func FuzzCompile(f *testing.F) {
	for _, seed := range []string{`^[\i-[:]]+$`, "a{2,3}?|b", `\p{Lu}[^a-c]`, "(a(b)c)*", `[\d\-x-z]`} {
		f.Add(seed, "six", "text")
	}
	f.Fuzz(func(t *testing.T, pattern, flags, text string) {
		p, err := regex.Compile(pattern, flags)
		if err == nil {
			p.Match(text)
		}
		quoted, err := regex.Compile(pattern, "q")
		if err == nil && !quoted.Match(text+pattern+text) {
			t.Errorf("%q quoted does not match itself", pattern)
		}
	})
}
