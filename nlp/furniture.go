package nlp

import (
	"strings"

	"github.com/RadhiFadlillah/whatlanggo"
)

// furniture is what stands on a page beside the article: links, buttons, notices.
// It says nothing that the article says, and is not read; a note tells so.
type furniture []furnishing

type furnishing struct{ phrase, place, what string }

func newFurniture(rows [][]string) furniture {
	out := make(furniture, 0, len(rows))
	for _, r := range rows {
		out = append(out, furnishing{r[0], r[1], r[2]})
	}
	return out
}

// longestFurniture is how many bytes a piece of furniture may have; more is prose that speaks of such things.
const longestFurniture = 240

// what says what kind of furniture a sentence is, or "".
func (f furniture) what(sentence string) string {
	if len(sentence) > longestFurniture {
		return ""
	}
	s := strings.ToLower(strings.Trim(sentence, " \t>»→[]"))
	for _, x := range f {
		rest, begins := strings.CutPrefix(s, x.phrase)
		rest = strings.TrimLeft(rest, " ")
		ends := rest == "" || strings.ContainsAny(rest[:1], ":|.!")
		switch {
		case x.place == "label" && begins && ends && !prose(rest),
			x.place == "start" && begins,
			x.place == "anywhere" && strings.Contains(s, x.phrase):
			return x.what
		}
	}
	return ""
}

// prose reports whether what follows a full stop goes on.
func prose(rest string) bool {
	return strings.HasPrefix(rest, ".") && strings.TrimRight(rest, ". ") != ""
}

// otherLanguage names the language of a paragraph that is surely not in English, or returns "".
func otherLanguage(paragraph string) string {
	if len(paragraph) > languageSample {
		paragraph = paragraph[:languageSample]
	}
	share, words := functionWords(paragraph)
	if words < fewWords || share >= englishShare {
		return ""
	}
	if found := whatlanggo.Detect(paragraph); found.IsReliable() && found.Lang != whatlanggo.Eng {
		return found.Lang.String()
	}
	return ""
}

// isEnglish reports whether a paragraph surely is in English.
func isEnglish(paragraph string) bool {
	share, words := functionWords(paragraph)
	return words >= fewWords && share >= englishShare
}
