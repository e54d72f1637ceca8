package nlp_test

import (
	"context"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp"
)

// BenchmarkLong reads texts of which each is four times as long as the one before: time by byte must not grow with length.
func BenchmarkLong(b *testing.B) {
	const paragraph = `Kenya’s Foreign Minister Amina Juma met her Ethiopian counterpart, Tesfaye Bekele, in Addis Ababa on Monday. ` +
		`She said the two countries would sign a border agreement by the end of 2026. “We trust each other,” Juma told reporters. ` +
		"The ministry did not comment, and Ethiopia denied that it had closed the crossing at Moyale.\n\n"
	hostile := map[string]string{
		"prose": paragraph, "capitals": "NORWAY AND SWEDEN MET IN OSLO ", "quotes": `"“‘ `, "brackets": "((( ", "names": "Norway, Sweden and ",
	}
	pipeline := english(b)
	for _, kind := range []string{"prose", "capitals", "quotes", "brackets", "names"} {
		for _, size := range []int{64 << 10, 256 << 10, 1 << 20} {
			text := strings.Repeat(hostile[kind], size/len(hostile[kind]))
			b.Run(kind+"/"+map[int]string{64 << 10: "64kB", 256 << 10: "256kB", 1 << 20: "1MB"}[size], func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					if err := pipeline.Annotate(context.Background(), &nlp.Doc{Text: text, Language: "en"}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
