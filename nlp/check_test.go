package nlp_test

import (
	"context"
	"testing"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/schema"
)

// TestCheck reads all examples and counter-examples of the schema: they are the
// tests of its triggers.
func TestCheck(t *testing.T) {
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	failures, err := nlp.Check(context.Background(), model, english(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range failures {
		t.Error(f)
	}
}
