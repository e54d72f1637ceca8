package schema

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"
)

//go:embed classes/*.yaml relations/*.yaml events/*.yaml
var defaultFiles embed.FS

// Default returns the schema that the program is built with. It is read once
// and shared: a Model does not change.
func Default() (*Model, error) { return defaultModel() }

var defaultModel = sync.OnceValues(func() (*Model, error) { return Load(defaultFiles) })

// Load reads a schema: classes/ID.yaml, relations/ID.yaml and events/ID.yaml,
// one definition a file; the files of this package's folders show how they are
// written. All that is wrong is reported at once, as an [InvalidError], and
// then there is no model. Other errors are those of reading the files.
func Load(fsys fs.FS) (*Model, error) {
	t, err := tables()
	if err != nil {
		return nil, err
	}
	p := &problems{}
	l := &loaded{problems: p, tables: t}
	if l.classes, err = readFolder(fsys, "classes", p, (*source).class); err != nil {
		return nil, err
	}
	if l.relations, err = readFolder(fsys, "relations", p, (*source).relation); err != nil {
		return nil, err
	}
	if l.events, err = readFolder(fsys, "events", p, (*source).event); err != nil {
		return nil, err
	}
	l.check()
	if err := p.err(); err != nil {
		return nil, err
	}
	m := &Model{Classes: things(l.classes), Relations: things(l.relations), Events: things(l.events)}
	m.index = newIndex(m)
	if m.offices, err = readOffices(); err != nil {
		return nil, err
	}
	return m, nil
}

// loaded is a schema that has been read and is not yet checked.
type loaded struct {
	problems  *problems
	tables    codeTables
	classes   []*definition[*Class]
	relations []*definition[*Relation]
	events    []*definition[*EventType]
}

// readFolder reads the definitions of a folder in order of their file names.
func readFolder[T any](fsys fs.FS, folder string, p *problems, read func(*source, *yaml.Node) *definition[T]) ([]*definition[T], error) {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("schema: %w", err)
	}
	var out []*definition[T]
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".yaml") {
			continue
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("schema: %w", err)
		}
		s := &source{name: name, problems: p}
		if n := s.parse(data); n != nil {
			out = append(out, read(s, n))
		}
	}
	return out, nil
}

func things[T any](definitions []*definition[T]) []T {
	out := make([]T, len(definitions))
	for i, d := range definitions {
		out[i] = d.of
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
