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

// TestCheckFindsFailures asks that examples which cannot come out are reported with their place.
func TestCheckFindsFailures(t *testing.T) {
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	at := schema.Origin{File: "events/test.yaml", Line: 7}
	few := &schema.Model{Classes: model.Classes}
	for _, e := range model.Events {
		if e.ID == "recognise" {
			changed := *e
			changed.Examples = []schema.Example{
				{Text: "Kenya recognised Kosovo.", Actor: []string{"Kosovo"}, Origin: at},
				{Text: "Kenya recognised Kosovo.", None: true, Origin: at},
				{Text: "Kenya recognised Kosovo.", NotFact: true, Origin: at},
				{Text: "Kenya recognised Kosovo.", Actor: []string{"Kenya"}, Recipient: []string{"Kosovo"}, Origin: at},
			}
			few.Events = append(few.Events, &changed)
		}
	}
	failures, err := nlp.Check(context.Background(), few, english(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(failures) != 3 {
		t.Fatalf("%d failures, want 3: %v", len(failures), failures)
	}
	for _, f := range failures {
		if f.Origin != at || f.Type != "recognise" || f.Want == "" || f.Got == "" {
			t.Errorf("incomplete failure: %+v", f)
		}
	}
}
