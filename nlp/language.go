package nlp

import (
	"context"
	"fmt"
	"strings"

	"github.com/RadhiFadlillah/whatlanggo"
)

// languageRead is the one language that the default pipeline reads.
const languageRead = "en"

// A LanguageError says that a text is not in a language that the pipeline reads.
type LanguageError struct {
	Language string // BCP 47
	Name     string // in English
	Given    bool   // the caller said so; else it was detected
}

func (e *LanguageError) Error() string {
	if e.Given {
		return fmt.Sprintf("the text is said to be in %s; only English is read", e.Name)
	}
	return fmt.Sprintf("the text seems to be in %s; only English is read. Use --language en if it is English", e.Name)
}

// languageFinder identifies the language of a text where it is not given, and
// refuses texts that are not in English: read as English they would only yield nonsense.
func languageFinder() Component {
	return Component{Name: "language", Annotate: func(_ context.Context, d *Doc) error {
		if d.Language != "" {
			if base, _, _ := strings.Cut(strings.ToLower(d.Language), "-"); base != languageRead {
				return &LanguageError{Language: d.Language, Name: d.Language, Given: true}
			}
			return nil
		}
		text := d.Text
		if len(text) > languageSample {
			text = text[:languageSample]
		}
		share, words := functionWords(text)
		found := whatlanggo.Detect(text)
		if words >= fewWords && share < englishShare && found.IsReliable() && found.Lang != whatlanggo.Eng && !hasEnglish(d.Text) {
			return &LanguageError{Language: found.Lang.Iso6391(), Name: found.Lang.String()}
		}
		if share >= englishShare || found.Lang == whatlanggo.Eng || hasEnglish(d.Text) {
			d.Language = languageRead
		}
		return nil
	}}
}

// hasEnglish reports whether a paragraph of the text surely is in English.
func hasEnglish(text string) bool {
	for line := range strings.Lines(text) {
		if isEnglish(line) {
			return true
		}
	}
	return false
}

const (
	languageSample = 20_000 // bytes that are looked at
	fewWords       = 8      // a shorter text tells nothing
	englishShare   = 0.12   // of the words of running English, at least so many are function words
)

// functionWords returns the share of words that only English has for its grammar, and the number of words.
func functionWords(text string) (share float64, words int) {
	n := 0
	for word := range strings.FieldsSeq(text) {
		words++
		switch strings.ToLower(strings.Trim(word, `.,;:!?"'()“”’`)) {
		case "the", "of", "and", "to", "in", "that", "is", "was", "with", "for", "has", "had", "have", "its", "by", "which", "were", "would", "are", "from",
			"said", "his", "their", "they", "after", "who", "been", "this", "when", "between":
			n++
		}
	}
	if words == 0 {
		return 0, 0
	}
	return float64(n) / float64(words), words
}
