package perceptron

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// A model file is the magic line and then named sections, each with its length.
const magic = "entente perceptron 1\n"

type section struct {
	name string
	data []byte
}

func packSections(sections []section) []byte {
	out := []byte(magic)
	for _, s := range sections {
		out = binary.AppendUvarint(out, uint64(len(s.name)))
		out = append(out, s.name...)
		out = binary.AppendUvarint(out, uint64(len(s.data)))
		out = append(out, s.data...)
	}
	return out
}

// readSections gives the sections by name, as slices of data.
func readSections(data []byte) (map[string][]byte, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, fmt.Errorf("not a model file of this version: it does not begin with %q", strings.TrimSpace(magic))
	}
	sections := make(map[string][]byte)
	for len(rest) > 0 {
		name, after, err := takeBytes(rest)
		if err != nil {
			return nil, err
		}
		body, after, err := takeBytes(after)
		if err != nil {
			return nil, fmt.Errorf("section %s: %w", name, err)
		}
		sections[string(name)] = body
		rest = after
	}
	return sections, nil
}

func takeBytes(data []byte) (taken, rest []byte, err error) {
	n, size := binary.Uvarint(data)
	if size <= 0 || n > uint64(len(data)-size) {
		return nil, nil, errors.New("model file is cut short")
	}
	return data[size : size+int(n)], data[size+int(n):], nil
}

// packList writes strings that hold no line feed.
func packList(list []string) []byte { return []byte(strings.Join(list, "\n")) }

func readList(data []byte) []string {
	if len(data) == 0 {
		return nil
	}
	return strings.Split(string(data), "\n")
}
