// Package entente is the root of the module; the program is in cmd/entente.
// It holds config.yaml, which lists every setting at its default.
package entente

import _ "embed"

//go:embed config.yaml
var defaultConfig string

// DefaultConfig returns config.yaml: every setting at its default, with comments.
func DefaultConfig() string { return defaultConfig }
