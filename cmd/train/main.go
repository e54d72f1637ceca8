// Command train trains the models of package perceptron from treebanks and
// lists of names, and writes them to nlp/models. The same data give the same
// bytes. With -evaluate it trains nothing and writes the scores of the models as
// they are.
//
//	go run ./cmd/train -data ../shared/train
//	go run ./cmd/train -evaluate > nlp/perceptron/testdata/scores.golden
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"

	"github.com/ententegraph/entente/nlp/perceptron"
)

func main() {
	data := flag.String("data", "../shared/train", "folder of the training data")
	models := flag.String("models", "nlp/models", "folder the models are written to")
	evaluate := flag.Bool("evaluate", false, "only write the scores of the models in the folder of models")
	taggerPasses := flag.Int("tagger-passes", 8, "passes of the tagger over the data")
	parserPasses := flag.Int("parser-passes", 10, "passes of the parser over the data")
	leastUpdates := flag.Int("least-updates", 6, "features that training changed fewer times are dropped")
	flag.Parse()
	syntax := filepath.Join(*models, "syntax.bin")
	if !*evaluate {
		t := perceptron.Training{
			TaggerPasses: *taggerPasses,
			ParserPasses: *parserPasses,
			LeastUpdates: *leastUpdates,
			Lemmas:       irregularForms(),
			Progress:     func(s string) { log.Print(s) },
		}
		if err := trainSyntax(*data, syntax, t); err != nil {
			log.Fatal("train: ", err)
		}
	}
	if err := scores(os.Stdout, *data, syntax); err != nil {
		log.Fatal("train: ", err)
	}
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

func scores(w io.Writer, data, syntax string) error {
	file, err := os.ReadFile(syntax)
	if err != nil {
		return err
	}
	m, err := perceptron.Read(file)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "syntax.bin: %.1f MB\n", float64(len(file))/1e6)
	for _, set := range []struct{ name, file string }{{"EWT dev", "ewt_dev"}, {"EWT test", "ewt_test"}} {
		trees, err := readTreebank(filepath.Join(data, set.file+".conllu.gz"))
		if err != nil {
			return err
		}
		evaluateSyntax(w, m, set.name, trees)
	}
	return nil
}
