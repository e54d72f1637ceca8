package importers

import (
	"fmt"
	"strings"
	"testing"
)

// The setting counts for all that is read with a confidence: names, positions, relations and events. Only
// what would become a fact is asked about.
func TestReviewBelow(t *testing.T) {
	const text = `entity a State "Norway" code=NOR
entity b State "Chile" code=CHL sure=0.65
entity p Person "Anna Berg"
tenure p "Foreign Minister" of=a sure=0.72
tenure p "Envoy" of=a sure=0.97
relation diplomatic-relations a b sure=0.55
relation recognises a b negative sure=0.40
event meet actors=a,b sure=0.61
event visit actors=p recipients=b sure=0.83
event sign-agreement actors=a,b conditional sure=0.30`
	for _, c := range []struct {
		below float64
		want  string
	}{
		{0.6, "fact Norway – diplomatic relations – Chile 0.55"},
		{0.7, "link Chile 0.65; fact Norway – diplomatic relations – Chile 0.55; fact meet: Norway, Chile 0.61"},
		{0.9, "link Chile 0.65; title Anna Berg, Foreign Minister of Norway 0.72; fact Norway – diplomatic relations – Chile 0.55; fact meet: Norway, Chile 0.61; fact visit: Anna Berg → Chile 0.83"},
	} {
		var got []string
		for _, d := range newWorld(t).load(Options{ReviewBelow: c.below}, source("a.txt", text))[0].Review {
			got = append(got, fmt.Sprintf("%s %s %.2f", d.Kind, d.Reading, d.Confidence))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("below %v:\ngot  %s\nwant %s", c.below, s, c.want)
		}
	}
}
