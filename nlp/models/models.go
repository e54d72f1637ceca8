// Package models carries the trained weights of package perceptron in the program.
// They are written by cmd/train and have a licence of their own: see the
// files LICENSE and NOTICE beside them.
package models

import _ "embed"

//go:embed syntax.bin
var syntax []byte

//go:embed names.bin
var names []byte

// Syntax gives the model file of tags, lemmas and dependencies. The bytes are
// shared and must not be changed.
func Syntax() []byte { return syntax }

// Names gives the model file of names, on the same condition.
func Names() []byte { return names }
