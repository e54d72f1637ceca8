package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// app is what the commands share: streams, the flags that all of them have,
// and what is opened at first use.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	configFile string
	format     string
	quiet      bool

	loaded *settings
}

// settings reads the configuration at first use.
func (a *app) settings(c *cobra.Command) (*settings, error) {
	if a.loaded == nil {
		s, err := loadConfig(a.configFile, c.Flags())
		if err != nil {
			return nil, err
		}
		a.loaded = s
	}
	return a.loaded, nil
}

// output checks -o against the formats that a command knows; the first is the default.
func (a *app) output(known ...string) (string, error) {
	if a.format == "" {
		return known[0], nil
	}
	for _, k := range known {
		if a.format == k {
			return k, nil
		}
	}
	return "", usageError{fmt.Errorf("-o %s is not known here; known: %v", a.format, known)}
}

// printJSON writes one value as indented JSON.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.stdout)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// onTerminal reports whether w is a terminal that may show progress and colour.
func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// usageError marks errors of the command line, the configuration and names in it.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// errReported is wrapped by errors whose message has been printed already.
var errReported = errors.New("reported already")

// statusError carries the exit status that an error asks for.
type statusError struct {
	error
	status int
}

func (e statusError) Unwrap() error { return e.error }

func exitStatus(err error) int {
	var s statusError
	var u usageError
	switch {
	case errors.As(err, &s):
		return s.status
	case errors.As(err, &u):
		return exitUsage
	}
	return exitFailure
}
