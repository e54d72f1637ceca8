package nearest

import "testing"

func TestName(t *testing.T) {
	settings := []string{"store.path", "store.read_only", "server.address"}
	for _, c := range []struct{ word, want string }{
		{"store.pathh", "store.path"},
		{"STORE.PATH", "store.path"},
		{"server.adress", "server.address"},
		{"colour", ""},
		{"", ""},
	} {
		got, ok := Name(c.word, settings)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Name(%q) = %q, %v; want %q", c.word, got, ok, c.want)
		}
	}
	if got, _ := Name("ot", []string{"it", "or"}); got != "it" {
		t.Errorf("a tie goes to %q, not to the first", got)
	}
}
