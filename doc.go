// Package entente is the root of the module; the program is in cmd/entente.
// It holds config.yaml, which lists every setting at its default, and the handbook.
package entente

import (
	"embed"
	"io/fs"
)

//go:embed config.yaml
var defaultConfig string

// DefaultConfig returns config.yaml: every setting at its default, with comments.
func DefaultConfig() string { return defaultConfig }

//go:embed docs/*.md docs/decisions/*.md
var docs embed.FS

// Handbook returns the Markdown files of docs.
func Handbook() (fs.FS, error) { return fs.Sub(docs, "docs") }
