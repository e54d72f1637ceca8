package schema

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// A source is one YAML file while it is read: what is wrong goes to problems, with its line.
type source struct {
	name     string
	problems *problems
}

// A reader takes the value of a key.
type reader func(*yaml.Node)

// keys says which keys a mapping may have and who reads their values.
type keys map[string]reader

func (s *source) at(n *yaml.Node) Origin { return Origin{File: s.name, Line: n.Line} }

func (s *source) fail(n *yaml.Node, format string, args ...any) {
	s.problems.add(s.at(n), format, args...)
}

var yamlLine = regexp.MustCompile(`line (\d+): (.*)`)

// parse returns the one mapping that the file consists of, or nil.
func (s *source) parse(data []byte) *yaml.Node {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil {
		s.syntax(err)
		return nil
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		if err != nil {
			s.syntax(err)
		} else {
			s.fail(&more, "a second definition begins here; give each a file of its own")
		}
		return nil
	}
	return doc.Content[0]
}

// syntax reports an error of the YAML parser, which has the line in its text.
func (s *source) syntax(err error) {
	at, text := Origin{File: s.name, Line: 1}, strings.TrimPrefix(err.Error(), "yaml: ")
	if errors.Is(err, io.EOF) {
		text = "the file is empty; write a definition or remove it"
	}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		at.Line, _ = strconv.Atoi(m[1])
		text = "not YAML: " + m[2]
	}
	s.problems.add(at, "%s", text)
}

// mapping reads the keys of a node that stands for what ("an example"), which
// must be a mapping, and reports unknown, repeated and missing ones.
func (s *source) mapping(n *yaml.Node, what string, known keys, required ...string) {
	if n.Kind != yaml.MappingNode {
		s.fail(n, "%s is a mapping of keys to values, not %s", what, form(n))
		return
	}
	names := sortedKeys(known)
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read, ok := known[key.Value]
		switch {
		case !ok:
			s.fail(key, "%s is no key of %s%s", key.Value, what, meant(key.Value, names))
		case seen[key.Value]:
			s.fail(key, "%s is given twice; keep one", key.Value)
		default:
			read(value)
		}
		seen[key.Value] = true
	}
	for _, name := range required {
		if !seen[name] {
			s.fail(n, "%s lacks its %s; add the key", what, name)
		}
	}
}

// scalar returns the text of a node whose YAML type is one of the tags, or reports it.
func (s *source) scalar(n *yaml.Node, want string, tags ...string) (string, bool) {
	if n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == "" {
		s.fail(n, "the value is empty; give %s or leave the key out", want)
		return "", false
	}
	if n.Kind == yaml.ScalarNode {
		for _, tag := range tags {
			if n.ShortTag() == tag {
				return strings.TrimSpace(n.Value), true
			}
		}
	}
	s.fail(n, "%s is wanted here, not %s", want, form(n))
	return "", false
}

// text reads a text.
func (s *source) text(to *string) reader {
	return func(n *yaml.Node) { *to, _ = s.scalar(n, "a text", "!!str") }
}

// code reads a code, which may look like a number: 057 stays 057.
func (s *source) code(to *string) reader {
	return func(n *yaml.Node) { *to, _ = s.scalar(n, "a code", "!!str", "!!int") }
}

// date reads an ISO 8601 day, month or year.
func (s *source) date(to *string) reader {
	return func(n *yaml.Node) {
		v, ok := s.scalar(n, "a date", "!!str", "!!int", "!!timestamp")
		if ok && !isoDate.MatchString(v) {
			s.fail(n, "%q is no date; write 2025-08-31, 2025-08 or 2025", v)
			return
		}
		*to = v
	}
}

var isoDate = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)

// flag reads true or false.
func (s *source) flag(to *bool) reader {
	return func(n *yaml.Node) {
		if v, ok := s.scalar(n, "true or false", "!!bool"); ok {
			*to = v == "true"
		}
	}
}

// texts reads a list of texts; a list of one may be written as the text alone.
func (s *source) texts(to *[]string) reader { return s.list(to, "!!str") }

// codes reads a list of codes.
func (s *source) codes(to *[]string) reader { return s.list(to, "!!str", "!!int") }

func (s *source) list(to *[]string, tags ...string) reader {
	return func(n *yaml.Node) {
		items := n.Content
		if n.Kind == yaml.ScalarNode {
			items = []*yaml.Node{n}
		} else if n.Kind != yaml.SequenceNode || len(items) == 0 {
			s.fail(n, "a list of texts is wanted here, not %s", form(n))
			return
		}
		seen := map[string]bool{}
		for _, item := range items {
			v, ok := s.scalar(item, "a text", tags...)
			if !ok {
				continue
			}
			if seen[v] {
				s.fail(item, "%q stands twice in the list; keep one", v)
			}
			seen[v] = true
			*to = append(*to, v)
		}
	}
}

// each reads a list of mappings.
func (s *source) each(read reader) reader {
	return func(n *yaml.Node) {
		if n.Kind != yaml.SequenceNode {
			s.fail(n, "a list is wanted here, not %s", form(n))
			return
		}
		for _, item := range n.Content {
			read(item)
		}
	}
}

// table reads a mapping of any names to lists of texts.
func (s *source) table(to *map[string][]string, name func(*yaml.Node)) reader {
	return func(n *yaml.Node) {
		if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
			s.fail(n, "a mapping of names to lists is wanted here, not %s", form(n))
			return
		}
		*to = map[string][]string{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if _, twice := (*to)[key.Value]; twice {
				s.fail(key, "%s is given twice; keep one", key.Value)
				continue
			}
			name(key)
			var values []string
			s.texts(&values)(n.Content[i+1])
			(*to)[key.Value] = values
		}
	}
}

// form names what a node is, for messages.
func form(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode && len(n.Content) == 0:
		return "an empty list"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.AliasNode:
		return "an alias (*" + n.Value + "; write the value out)"
	}
	switch n.ShortTag() {
	case "!!int", "!!float":
		return "the number " + n.Value
	case "!!bool":
		return "the truth value " + n.Value + " (put it in quotes)"
	case "!!null":
		return "nothing"
	case "!!timestamp":
		return "the date " + n.Value + " (put it in quotes)"
	}
	return strconv.Quote(n.Value)
}
