package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"entente": main})
}

// TestScripts runs testdata/script/*.txtar: commands as users give them, with what they print.
// status N ENTENTE-ARGUMENTS… runs entente and wants the exit status N; keep
// FILE stores what the last command printed; same compares two files; latin
// writes a file that is not UTF-8.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": func(ts *testscript.TestScript, _ bool, words []string) {
				want := words[0]
				got := "0"
				if err := ts.Exec("entente", words[1:]...); err != nil {
					got = strings.TrimPrefix(err.Error(), "exit status ")
				}
				if got != want {
					ts.Fatalf("entente %s: exit status %s, want %s", strings.Join(words[1:], " "), got, want)
				}
			},
			"latin": func(ts *testscript.TestScript, _ bool, words []string) {
				if err := os.WriteFile(ts.MkAbs(words[0]), []byte("Caf\xe9 r\xe9sum\xe9\n"), 0o600); err != nil {
					ts.Fatalf("%v", err)
				}
			},
			"same": func(ts *testscript.TestScript, neg bool, words []string) {
				if equal := ts.ReadFile(words[0]) == ts.ReadFile(words[1]); equal == neg {
					ts.Fatalf("same %v: equal is %t", words, equal)
				}
			},
			"keep": func(ts *testscript.TestScript, _ bool, words []string) {
				f := ts.MkAbs(words[0])
				if err := os.WriteFile(f, []byte(ts.ReadFile("stdout")), 0o600); err != nil {
					ts.Fatalf("%v", err)
				}
			},
		},
	})
}

func TestPlace(t *testing.T) {
	text := "é\nab"
	for offset, want := range map[int]string{0: "1:1", 2: "1:2", 3: "2:1", 4: "2:2"} {
		if line, column := place(text, offset); fmt.Sprintf("%d:%d", line, column) != want {
			t.Errorf("place(%d) = %d:%d, want %s", offset, line, column, want)
		}
	}
}
