package nlp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

var update = flag.Bool("update", false, "rewrite golden files")

// gold holds texts with what a careful reader finds in them; scorer compares extractions with such gold ones.
const (
	gold   = "../../shared/gold"
	scorer = "../../shared/contract/score.py"
)

// scored are the sets of texts with what a careful reader finds in them, each with the file of figures reached on it. The articles are
// of our own making (what they tell is made up), and were annotated before the program first read them.
var scored = []struct{ texts, golden string }{
	{gold, "testdata/scores.golden"},
	{"testdata/articles", "testdata/articles.golden"},
}

// figures are the columns of the files of figures.
var figures = []struct{ head, key string }{
	{"named", "mentions.named.f1"}, {"all", "mentions.all.f1"},
	{"entity", "entities.f1"}, {"linked", "entities.linking"}, {"split", "entities.splits"}, {"merged", "entities.merges"},
	{"tenure", "tenures.f1"},
	{"rel", "relations.loose.f1"}, {"rel!", "relations.strict.f1"},
	{"root", "events.root.f1"}, {"found", "events.detection.f1"}, {"date", "events.date.exact"}, {"status", "events.status"},
	{"FALSE", "falseFacts.total"},
}

// TestScores reads the texts of each set and compares how well that went with the set's file of figures.
func TestScores(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3, which runs the scorer, is not installed")
	}
	if _, err := os.Stat(scorer); err != nil {
		t.Skip("the scorer is not here: " + scorer)
	}
	pipeline := english(t)
	for _, set := range scored {
		t.Run(filepath.Base(set.texts), func(t *testing.T) {
			texts, _ := filepath.Glob(set.texts + "/*.txt")
			if len(texts) == 0 {
				t.Skip("the texts are not here: " + set.texts)
			}
			golden(t, set.golden, scores(t, python, pipeline, set.texts, texts))
		})
	}
}

// scores reads the texts and returns the table of figures that the scorer gives for them against the gold in folder.
func scores(t *testing.T, python string, pipeline *nlp.Pipeline, folder string, texts []string) string {
	t.Helper()
	dir := t.TempDir()
	if keep := os.Getenv("ENTENTE_EXTRACTIONS"); keep != "" {
		dir = filepath.Join(keep, filepath.Base(folder))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, text := range texts {
		name := strings.TrimSuffix(filepath.Base(text), ".txt")
		d := readGoldText(t, text)
		if err := pipeline.Annotate(context.Background(), d); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out, err := json.MarshalIndent(d.Extraction(), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".json"), out, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(python, scorer, folder, dir, "--json", "--samples", "1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", scorer, err, &stderr)
	}
	var result struct {
		Files map[string]map[string]*float64
		Total map[string]*float64
	}
	if err := json.Unmarshal(out, &result); err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	row := func(name string, cell func(int) string) {
		fmt.Fprintf(&table, "%-6s", name)
		for i := range figures {
			fmt.Fprintf(&table, " %6s", cell(i))
		}
		table.WriteByte('\n')
	}
	row("text", func(i int) string { return figures[i].head })
	values := func(of map[string]*float64) func(int) string {
		return func(i int) string { return figure(figures[i].key, of[figures[i].key]) }
	}
	for _, text := range texts {
		name := strings.TrimSuffix(filepath.Base(text), ".txt")
		row(name, values(result.Files[name]))
	}
	row("sum", values(result.Total))
	return table.String()
}

func figure(key string, v *float64) string {
	switch {
	case v == nil:
		return "-"
	case strings.HasPrefix(key, "falseFacts.") || key == "entities.splits" || key == "entities.merges":
		return strconv.Itoa(int(*v))
	}
	return fmt.Sprintf("%.3f", *v)
}

// readGoldText reads a gold text with the date of publication that stands in the file beside it.
func readGoldText(t testing.TB, path string) *nlp.Doc {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	stem := strings.TrimSuffix(path, ".txt")
	b, err := os.ReadFile(stem + ".meta.json")
	if err != nil {
		t.Fatal(err)
	}
	var meta struct{ Published string }
	if err := json.Unmarshal(b, &meta); err != nil {
		t.Fatalf("%s.meta.json: %v", stem, err)
	}
	return &nlp.Doc{ID: filepath.Base(stem), Text: string(text), Published: day(t, meta.Published), Language: "en"}
}

func day(t testing.TB, iso string) timex.Date {
	t.Helper()
	var d timex.Date
	if _, err := fmt.Sscanf(iso, "%d-%d-%d", &d.Year, &d.Month, &d.Day); err != nil {
		t.Fatalf("date %q: %v", iso, err)
	}
	return d
}

// english returns the default pipeline over the default schema.
func english(t testing.TB) *nlp.Pipeline {
	t.Helper()
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	p, err := nlp.English(model)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// golden compares got with the file, which -update rewrites.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); rewrite with -update:\n%s", path, diff)
	}
}
