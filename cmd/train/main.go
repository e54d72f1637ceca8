// Command train trains the models of package perceptron from treebanks and
// lists of names, and writes them to nlp/models. The same data give the same
// bytes. With -evaluate it trains nothing and writes the scores of the models as
// they are. With -calibrate it learns how far the confidence in what is read can
// be trusted, from texts of which it is known what they say.
//
//	go run ./cmd/train -data ../shared/train
//	go run ./cmd/train && git diff --exit-code --stat nlp/models   # the same bytes
//	go run ./cmd/train -calibrate
//	go run ./cmd/train -evaluate > nlp/perceptron/testdata/scores.golden
package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/ententegraph/entente/nlp/perceptron"
)

func main() {
	data := flag.String("data", "../shared/train", "folder of the training data")
	facts := flag.String("facts", "../shared/facts", "folder of the lists of names")
	models := flag.String("models", "nlp/models", "folder the models are written to")
	only := flag.String("only", "", "train only this model, syntax or names")
	learnConfidence := flag.Bool("calibrate", false, "only learn how sure to be of what is read, from the texts of -gold")
	golds := flag.String("gold", "../shared/gold,nlp/testdata/articles", "folders of texts of which it is known what they say, between commas")
	confidence := flag.String("confidence", "nlp/data/confidence.tsv", "file that -calibrate writes")
	evaluate := flag.Bool("evaluate", false, "only write the scores of the models in the folder of models")
	syntax := perceptron.Training{Lemmas: irregularForms(), Progress: func(s string) { log.Print(s) }}
	flag.IntVar(&syntax.TaggerPasses, "tagger-passes", 8, "passes of the tagger over the data")
	flag.IntVar(&syntax.ParserPasses, "parser-passes", 10, "passes of the parser over the data")
	flag.IntVar(&syntax.TaggerUpdates, "tagger-updates", 5, "features of the tagger that training changed fewer times are dropped")
	flag.IntVar(&syntax.ParserUpdates, "parser-updates", 8, "the same of the parser")
	names := perceptron.NamesTraining{DomainWeight: 5, Progress: syntax.Progress}
	flag.IntVar(&names.Passes, "names-passes", 8, "passes of the namer over the data")
	flag.IntVar(&names.LeastUpdates, "names-updates", 3, "features of the namer that training changed fewer times are dropped")
	flag.Parse()
	if *learnConfidence {
		if err := calibrate(context.Background(), os.Stdout, *confidence, strings.Split(*golds, ",")); err != nil {
			log.Fatal("train: ", err)
		}
		return
	}
	files := modelFiles{filepath.Join(*models, "syntax.bin"), filepath.Join(*models, "names.bin")}
	if !*evaluate && *only != "names" {
		if err := trainSyntax(*data, files.syntax, syntax); err != nil {
			log.Fatal("train: ", err)
		}
	}
	if !*evaluate && *only != "syntax" {
		if err := trainNames(*data, *facts, files, names); err != nil {
			log.Fatal("train: ", err)
		}
	}
	if err := scores(os.Stdout, *data, files); err != nil {
		log.Fatal("train: ", err)
	}
}

// modelFiles are the paths of the model files.
type modelFiles struct{ syntax, names string }

// models reads the files; that of the names only if there is one.
func (f modelFiles) models() (*perceptron.Models, error) {
	syntax, err := os.ReadFile(f.syntax)
	if err != nil {
		return nil, err
	}
	names, err := os.ReadFile(f.names)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return perceptron.Read(syntax, names)
}

func trainSyntax(data, path string, t perceptron.Training) error {
	var trees []tree
	for _, name := range []string{"ewt_train", "gum_ccby_train"} {
		more, err := readTreebank(filepath.Join(data, name+".conllu.gz"))
		if err != nil {
			return err
		}
		trees = append(trees, more...)
	}
	var sentences []perceptron.Sentence
	for _, v := range vary(trees) {
		sentences = append(sentences, v.sentence())
	}
	return os.WriteFile(path, perceptron.TrainSyntax(sentences, t), 0o644)
}

func trainNames(data, facts string, files modelFiles, t perceptron.NamesTraining) error {
	syntax, err := os.ReadFile(files.syntax)
	if err != nil {
		return err
	}
	m, err := perceptron.Read(syntax, nil)
	if err != nil {
		return err
	}
	if t.Known, err = readKnown(facts); err != nil {
		return err
	}
	trees, err := readTreebank(filepath.Join(data, "gum_ccby_train.conllu.gz"))
	if err != nil {
		return err
	}
	general := namedTrees(trees)
	for _, name := range []string{"ner_wikigold", "ner_redocred_dev"} {
		more, err := readNames(filepath.Join(data, name+".tsv.gz"))
		if err != nil {
			return err
		}
		general = append(general, more...)
	}
	domain, err := readNames(filepath.Join(data, "ner_crossner_politics_train.tsv.gz"))
	if err != nil {
		return err
	}
	tagNames(general, m)
	tagNames(domain, m)
	return os.WriteFile(files.names, perceptron.TrainNames(general, domain, t), 0o644)
}

func scores(w io.Writer, data string, files modelFiles) error {
	m, err := files.models()
	if err != nil {
		return err
	}
	for _, set := range []struct{ name, file string }{{"EWT dev", "ewt_dev"}, {"EWT test", "ewt_test"}} {
		trees, err := readTreebank(filepath.Join(data, set.file+".conllu.gz"))
		if err != nil {
			return err
		}
		evaluateSyntax(w, m, set.name, trees)
	}
	names, err := readNames(filepath.Join(data, "ner_crossner_politics_dev.tsv.gz"))
	if err != nil {
		return err
	}
	evaluateNames(w, m, "CrossNER politics dev", names)
	return nil
}
