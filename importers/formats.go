package importers

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"
)

// registered is filled by the init functions of the formats' own files.
// Package variables are set before any of them runs, and Formats sorts.
var registered []Format

func register(f Format) { registered = append(registered, f) }

// Formats returns all formats by name.
func Formats() []Format {
	return slices.SortedFunc(slices.Values(registered), func(a, b Format) int { return cmp.Compare(a.Name, b.Name) })
}

// FormatNamed returns the format with the name, and false where there is none.
func FormatNamed(name string) (Format, bool) {
	i := slices.IndexFunc(registered, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return registered[i], true
}

// formatOf finds the format by the extension of the name (".gz" and ".zst" aside).
func formatOf(name string) (Format, bool) {
	ext := strings.ToLower(path.Ext(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(name), ".gz"), ".zst")))
	if ext == "" {
		return Format{}, false
	}
	for _, f := range Formats() {
		if slices.Contains(f.Ext, ext) {
			return f, true
		}
	}
	return Format{}, false
}

// sniff finds the format by the first bytes of a file: plain text where they
// are text and no format claims them.
func sniff(head []byte) (Format, bool) {
	for _, f := range Formats() {
		if f.Sniff != nil && f.Sniff(head) {
			return f, true
		}
	}
	marked := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) // UTF-16
	if !marked && bytes.IndexByte(head, 0) >= 0 || bytes.HasPrefix(head, []byte("%PDF")) {
		return Format{}, false
	}
	return FormatNamed("text")
}
