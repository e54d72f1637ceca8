package queries

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/nearest"
)

//go:embed saved/*.gizmo saved/*.rq
var embedded embed.FS

// A Saved is a query kept in a file NAME.gizmo or NAME.rq (SPARQL). The file begins
// with comment lines that say what it asks; the text below them is the query:
//
//	// title: Who signed an agreement
//	// description: The persons who signed, for whom, and when.
//	// param agreement thing required: the agreement
//	// param from date: only what was signed on this day or later
//	// param most number = 100: how many rows
//
// In SPARQL comments begin with #. The arguments are values, never text of the
// query: in Gizmo the members of params, in SPARQL the values of the variables
// of their names. A parameter that is not given is undefined, or unbound.
type Saved struct {
	Name        string  `json:"name"`
	Title       string  `json:"title"`
	Description string  `json:"description,omitempty"`
	Params      []Param `json:"params,omitempty"`
	Language    string  `json:"language"`
	Text        string  `json:"text"`
}

// A Param is a parameter of a saved query.
type Param struct {
	Name        string    `json:"name"`
	Type        ParamType `json:"type"`
	Required    bool      `json:"required,omitempty"`
	Default     string    `json:"default,omitempty"`
	Description string    `json:"description,omitempty"`
}

// A ParamType tells how the text of an argument is read.
type ParamType string

// The types of parameters.
const (
	ThingParam  ParamType = "thing"  // an id (state:ARM), an IRI, or a name that means one thing
	TextParam   ParamType = "text"   // any text
	DateParam   ParamType = "date"   // an ISO 8601 day, month or year
	NumberParam ParamType = "number" // a number
	FlagParam   ParamType = "flag"   // true or false
)

// A Library holds saved queries. It does not change once it is read.
type Library struct{ byName map[string]*Saved }

// ReadLibrary reads the saved queries that come with the program, and those of
// user, if it is not nil: files NAME.gizmo and NAME.rq at its top. A file of the
// user replaces one of the program. All that is wrong is reported at once.
func ReadLibrary(user fs.FS) (*Library, error) {
	l := &Library{byName: map[string]*Saved{}}
	own, err := fs.Sub(embedded, "saved")
	if err != nil {
		return nil, fmt.Errorf("queries: saved queries: %w", err)
	}
	err = l.read(own)
	if user != nil {
		err = errors.Join(err, l.read(user))
	}
	if err != nil {
		return nil, err
	}
	return l, nil
}

func (l *Library) read(fsys fs.FS) error {
	var problems []error
	from := map[string]string{}
	for _, language := range savedLanguages() {
		files, err := fs.Glob(fsys, "*"+language.extension)
		if err != nil {
			return fmt.Errorf("queries: saved queries: %w", err)
		}
		for _, file := range files {
			text, err := fs.ReadFile(fsys, file)
			if err != nil {
				problems = append(problems, fmt.Errorf("queries: saved query %s: %w", file, err))
				continue
			}
			s, err := ParseSaved(file, string(text))
			if err != nil {
				problems = append(problems, fmt.Errorf("%s:%w", file, err))
				continue
			}
			if other := from[s.Name]; other != "" {
				problems = append(problems, fmt.Errorf("%s: the name of the query is that of %s; rename one of the files", file, other))
				continue
			}
			from[s.Name] = file
			l.byName[s.Name] = s
		}
	}
	return errors.Join(problems...)
}

// List returns all saved queries by name.
func (l *Library) List() []*Saved {
	var out []*Saved
	for _, name := range slices.Sorted(maps.Keys(l.byName)) {
		out = append(out, l.byName[name])
	}
	return out
}

// Get returns a saved query, or an [*Error] that names the one that was probably meant.
func (l *Library) Get(name string) (*Saved, error) {
	if s, ok := l.byName[name]; ok {
		return s, nil
	}
	names := slices.Sorted(maps.Keys(l.byName))
	message := "no saved query is called " + quote(name)
	if likely, ok := nearest.Name(name, names); ok {
		message += "; did you mean " + likely + "?"
	} else {
		message += "; known: " + strings.Join(names, ", ")
	}
	return nil, &Error{Kind: KindRequest, Message: message}
}

var paramLine = regexp.MustCompile(`^param\s+([A-Za-z][A-Za-z0-9_]*)\s+([a-z]+)(?:\s+(required)|\s*=\s*([^:]*[^:\s]))?\s*(?::\s*(.*))?$`)

// ParseSaved reads the text of a file NAME.gizmo or NAME.rq. Its errors are [*Error]s with the line.
func ParseSaved(file, text string) (*Saved, error) {
	language, err := savedLanguageOf(file)
	if err != nil {
		return nil, err
	}
	s := &Saved{Name: strings.TrimSuffix(file, language.extension), Language: language.name, Text: text}
	fail := func(line int, format string, args ...any) error {
		return &Error{Kind: KindSyntax, Line: line, Message: fmt.Sprintf(format, args...)}
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		comment, ok := strings.CutPrefix(strings.TrimSpace(line), language.comment)
		if !ok {
			break
		}
		comment = strings.TrimSpace(comment)
		key, rest, _ := strings.Cut(comment, ":")
		switch rest = strings.TrimSpace(rest); {
		case key == "title":
			s.Title = rest
		case key == "description":
			s.Description = rest
		case strings.HasPrefix(comment, "param "):
			m := paramLine.FindStringSubmatch(comment)
			if m == nil {
				return nil, fail(n, "a parameter is written as: %s param NAME TYPE required: what it is   (or = DEFAULT in place of required)", language.comment)
			}
			p := Param{Name: m[1], Type: ParamType(m[2]), Required: m[3] != "", Default: m[4], Description: m[5]}
			if !slices.Contains(paramTypes(), p.Type) {
				return nil, fail(n, "%s is no type of parameter; known: thing, text, date, number, flag", m[2])
			}
			if slices.ContainsFunc(s.Params, func(o Param) bool { return o.Name == p.Name }) {
				return nil, fail(n, "the parameter %s is there twice", p.Name)
			}
			if p.Default != "" && p.Type != ThingParam {
				if _, err := p.scalar(p.Default); err != nil {
					return nil, fail(n, "the default of %s: %v", p.Name, err)
				}
			}
			s.Params = append(s.Params, p)
		}
	}
	if s.Title == "" {
		return nil, fail(1, "a saved query begins with a line %s title: …", language.comment)
	}
	if err := checkText(text); err != nil {
		return nil, err
	}
	if err := language.check(text, s.Params); err != nil {
		return nil, err
	}
	return s, nil
}

func paramTypes() []ParamType {
	return []ParamType{ThingParam, TextParam, DateParam, NumberParam, FlagParam}
}

// RunSaved runs a saved query of the engine's library with arguments as people
// write them. Missing, unknown and ill-formed arguments are an [*Error] of
// KindRequest that names them all.
func (e *Engine) RunSaved(ctx context.Context, name string, args map[string]string, limits Limits) (*Result, error) {
	r, err := e.BindSaved(ctx, name, args, limits)
	if err != nil {
		return nil, err
	}
	return e.Run(ctx, r)
}

// BindSaved makes the request that RunSaved runs.
func (e *Engine) BindSaved(ctx context.Context, name string, args map[string]string, limits Limits) (Request, error) {
	if e.Saved == nil {
		return Request{}, &Error{Kind: KindRequest, Message: "there are no saved queries"}
	}
	s, err := e.Saved.Get(name)
	if err != nil {
		return Request{}, err
	}
	r := Request{Language: s.Language, Text: s.Text, Params: map[string]any{}, Limits: limits}
	problems := s.unknown(args)
	for _, p := range s.Params {
		text, given := args[p.Name]
		if p.Type != TextParam {
			text = strings.TrimSpace(text)
		}
		switch {
		case text == "" && p.Default != "" && !given:
			text = p.Default
		case text == "" && p.Required:
			problems = append(problems, fmt.Sprintf("the parameter %s is missing: %s", p.Name, p.Description))
			continue
		case text == "":
			continue
		}
		v, err := e.argument(ctx, p, text)
		var wrong *Error
		switch {
		case errors.As(err, &wrong):
			problems = append(problems, wrong.Message)
		case err != nil:
			return Request{}, err
		default:
			r.Params[p.Name] = v
		}
	}
	if len(problems) > 0 {
		return Request{}, &Error{Kind: KindRequest, Message: s.Name + ": " + strings.Join(problems, "; ")}
	}
	return r, nil
}

// unknown words the arguments for which the query has no parameter.
func (s *Saved) unknown(args map[string]string) []string {
	var names, problems []string
	for _, p := range s.Params {
		names = append(names, p.Name)
	}
	for _, given := range slices.Sorted(maps.Keys(args)) {
		if slices.Contains(names, given) {
			continue
		}
		problem := "it has no parameter " + given
		if likely, ok := nearest.Name(given, names); ok {
			problem += "; did you mean " + likely + "?"
		} else if len(names) > 0 {
			problem += "; it has " + strings.Join(names, ", ")
		}
		problems = append(problems, problem)
	}
	return problems
}

// argument reads an argument of a parameter.
func (e *Engine) argument(ctx context.Context, p Param, text string) (any, error) {
	if p.Type == ThingParam {
		return e.thingArgument(ctx, p, text)
	}
	v, err := p.scalar(text)
	if err != nil {
		return nil, &Error{Kind: KindRequest, Message: p.Name + ": " + err.Error()}
	}
	return v, nil
}

var isoDate = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

func (p Param) scalar(text string) (any, error) {
	switch p.Type {
	case DateParam:
		if isoDate.MatchString(text) {
			for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
				if _, err := time.Parse(layout, text); err == nil {
					return text, nil
				}
			}
		}
		return nil, fmt.Errorf("%s is no date; write a year, month or day, as 2025, 2025-08 or 2025-08-31", quote(text))
	case NumberParam:
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, fmt.Errorf("%s is no number", quote(text))
		}
		return f, nil
	case FlagParam:
		switch strings.ToLower(text) {
		case "true", "yes", "1":
			return true, nil
		case "false", "no", "0":
			return false, nil
		}
		return nil, fmt.Errorf("%s is neither true nor false", quote(text))
	}
	return text, nil
}

// thingArgument finds the thing that an argument means.
func (e *Engine) thingArgument(ctx context.Context, p Param, text string) (any, error) {
	bare := strings.TrimSuffix(strings.TrimPrefix(text, "<"), ">")
	if iri, ok := expand(bare, e.Prefixes); ok {
		return graph.IRI(iri), nil
	}
	if bare != text || strings.Contains(text, "://") {
		return graph.IRI(bare), nil
	}
	if e.Lookup == nil {
		return nil, &Error{Kind: KindRequest, Message: fmt.Sprintf("%s: %s is no id; write one as state:ARM", p.Name, quote(text))}
	}
	view, err := e.Views()
	if err != nil {
		return nil, fmt.Errorf("queries: %w", err)
	}
	defer view.Close()
	found, err := e.Lookup(ctx, view, text)
	if err != nil {
		return nil, fmt.Errorf("queries: looking up %s: %w", quote(text), err)
	}
	switch len(found) {
	case 0:
		return nil, &Error{Kind: KindRequest, Message: fmt.Sprintf("%s: nothing in the graph is named %s", p.Name, quote(text))}
	case 1:
		return found[0], nil
	}
	var ids []string
	for _, t := range found {
		ids = append(ids, display(t, e.Prefixes))
	}
	return nil, &Error{Kind: KindRequest, Message: fmt.Sprintf("%s: %s names %d things: %s. Use the id.", p.Name, quote(text), len(ids), strings.Join(ids, ", "))}
}
