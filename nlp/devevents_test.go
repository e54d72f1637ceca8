package nlp_test

import (
	"bufio"
	"context"
	"encoding/xml"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

// TestDevEventScores reads the sentences that the event coders of the PETRARCH
// family are checked with, and writes to testdata/devevents.golden how many of
// their gold codings are met:
//
//	linked  states and organizations of gold actors that the sentence is read to name
//	party   those that act or undergo in some event
//	root    gold event codes whose PLOVER root some event of the sentence has
//	both    gold codings met by one event: its root, and both of its ends
//
// As in the contract's scores, an intended cooperative event may have the root
// AGREE or its own: the coders know of no intentions. A coding of a host is the
// visit seen from the other side, which we tell once.
// A coding that several records of a file repeat for the same sentence counts once.
func TestDevEventScores(t *testing.T) {
	const folder = "../../shared/dev-events"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the sentences are not here: " + folder)
	}
	pipeline := english(t)
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	cameo := cameoRoots(t, "../../shared/facts/plover/CAMEO2PLOVER-2021.txt")
	own := func(id string) string {
		if e := model.Event(id); e != nil {
			return e.Plover
		}
		return ""
	}
	var table strings.Builder
	fmt.Fprintf(&table, "%-26s %9s %8s %8s %8s %8s\n", "file", "sentences", "linked", "party", "root", "both")
	for _, file := range []struct {
		name  string
		roots func(code string) []string
	}{
		{"PETR2_GSR_validation.xml", cameo},
		{unitTests, weisRoots},
	} {
		b, err := os.ReadFile(filepath.Join(folder, file.name))
		if err != nil {
			t.Fatal(err)
		}
		var linked, party, root, both share
		sentences := codedSentences(string(b))
		for _, s := range sentences {
			d := &nlp.Doc{ID: s.id, Text: substitute(s.text), Published: s.date, Language: "en"}
			if err := pipeline.Annotate(context.Background(), d); err != nil {
				t.Fatal(err)
			}
			missed := false
			met := func(sum *share, ok bool) {
				sum.add(ok)
				missed = missed || !ok
			}
			for _, c := range s.codings {
				source, target := actorCode(c.Source), actorCode(c.Target)
				for _, code := range []string{source, target} {
					if code != "" {
						met(&linked, names(d, code))
						met(&party, slices.ContainsFunc(d.Events, func(v nlp.Event) bool { return has(d, v.Actors, code) || has(d, v.Recipients, code) }))
					}
				}
				roots := file.roots(c.Event)
				hosting := c.Event == "033" && file.name == unitTests
				if d.Text == s.text { // records of real actors were added in the time of CAMEO
					roots = append(slices.Clone(roots), cameo(c.Event)...)
					hosting = c.Event == "043"
				}
				if len(roots) == 0 {
					continue
				}
				fits := func(v nlp.Event) bool {
					return slices.Contains(roots, v.Plover) ||
						v.Modality == "intention" && v.Plover == "AGREE" && slices.Contains(roots, own(v.Type))
				}
				met(&root, slices.ContainsFunc(d.Events, fits))
				met(&both, slices.ContainsFunc(d.Events, func(v nlp.Event) bool {
					from, to := v.Actors, v.Recipients
					if hosting && v.Type == "visit" {
						from, to = to, from
					}
					return fits(v) && (source == "" || has(d, from, source)) &&
						(target == "" || has(d, to, target) || len(to) == 0 && has(d, from, target))
				}))
			}
			if missed && testing.Verbose() {
				t.Logf("%s %v\n%s\n%s", s.id, s.codings, d.Text, reading(d))
			}
		}
		fmt.Fprintf(&table, "%-26s %9d %8s %8s %8s %8s\n", file.name, len(sentences), linked, party, root, both)
	}
	golden(t, "testdata/devevents.golden", table.String())
}

const unitTests = "PETR.UnitTest.records.xml"

// A share is how many of how many were met.
type share struct{ met, of int }

func (s *share) add(ok bool) {
	s.of++
	if ok {
		s.met++
	}
}

func (s share) String() string { return fmt.Sprintf("%.3f", float64(s.met)/float64(max(s.of, 1))) }

type coding struct {
	Source string `xml:"sourcecode,attr"`
	Target string `xml:"targetcode,attr"`
	Event  string `xml:"eventcode,attr"`
}

type codedSentence struct {
	id, text string
	date     timex.Date
	codings  []coding
}

var (
	sentenceRecord = regexp.MustCompile(`(?s)<Sentence ([^>]*)>(.*?)</Sentence>`)
	codingRecord   = regexp.MustCompile(`<EventCoding [^>]*?/?>`)
	textRecord     = regexp.MustCompile(`(?s)<Text>(.*?)</Text>`)
	idAttribute    = regexp.MustCompile(`id\s*=\s*"([^"]*)"`)
	dateAttribute  = regexp.MustCompile(`date\s*=\s*"(\d{8})"`)
)

// codedSentences reads the records of a file, which is no well-formed XML as a whole.
func codedSentences(file string) []codedSentence {
	var out []codedSentence
	place := map[string]int{}
	for _, m := range sentenceRecord.FindAllStringSubmatch(file, -1) {
		text := textRecord.FindStringSubmatch(m[2])
		if text == nil {
			continue
		}
		s := codedSentence{id: idAttribute.FindStringSubmatch(m[1])[1], text: strings.Join(strings.Fields(html.UnescapeString(text[1])), " ")}
		if date := dateAttribute.FindStringSubmatch(m[1]); date != nil {
			fmt.Sscanf(date[1], "%4d%2d%2d", &s.date.Year, &s.date.Month, &s.date.Day)
		}
		at, seen := place[s.text]
		if !seen {
			at = len(out)
			place[s.text] = at
			out = append(out, s)
		}
		for _, record := range codingRecord.FindAllString(m[2], -1) {
			var c coding
			record = strings.TrimSuffix(strings.TrimSuffix(record, ">"), "/") + "/>"
			if xml.Unmarshal([]byte(record), &c) == nil && c.Event != "" && !slices.Contains(out[at].codings, c) {
				out[at].codings = append(out[at].codings, c)
			}
		}
	}
	return slices.DeleteFunc(out, func(s codedSentence) bool { return len(s.codings) == 0 || s.text == "" })
}

// cameoRoots reads the table of the PLOVER roots of CAMEO codes.
func cameoRoots(t *testing.T, path string) func(string) []string {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	root := map[string]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		code, rest, ok := strings.Cut(lines.Text(), ":")
		if ok && !strings.HasPrefix(code, "#") {
			root[strings.TrimSpace(code)] = strings.TrimSpace(strings.SplitN(rest, ",", 2)[0])
		}
	}
	return func(code string) []string {
		if strings.HasPrefix(code, "01") {
			return []string{"STATEMENT"}
		}
		if r, ok := root[code]; ok {
			return []string{strings.Trim(strings.Fields(r)[0], ",")}
		}
		return nil // no code of CAMEO: the unit tests have some that only try the dictionary
	}
}

// weisRoots gives the PLOVER roots that a code of the older scheme WEIS may stand
// for: the unit tests keep its codes, and some that belong to no scheme. To warn
// is one thing there, be it advice or threat; so are the riots of a crowd and the raids of an army.
func weisRoots(code string) []string {
	if len(code) != 3 || code == "345" {
		return nil
	}
	return map[string][]string{
		"01": {"RETREAT", "CONCEDE"}, "02": {"STATEMENT"}, "03": {"CONSULT"}, "04": {"SUPPORT"}, "05": {"AGREE"},
		"06": {"SUPPORT", "CONCEDE", "RETREAT"}, "07": {"AID", "SUPPORT"}, "08": {"SUPPORT", "AGREE", "COOPERATE"}, "09": {"REQUEST"}, "10": {"REQUEST"},
		"11": {"REJECT"}, "12": {"ACCUSE", "REJECT"}, "13": {"REJECT", "ACCUSE"}, "14": {"REJECT", "STATEMENT"}, "15": {"REQUEST"},
		"16": {"THREATEN", "STATEMENT"}, "17": {"THREATEN"}, "18": {"MOBILIZE", "PROTEST"}, "19": {"SANCTION", "REJECT"}, "20": {"COERCE", "SANCTION"},
		"21": {"COERCE"}, "22": {"ASSAULT", "PROTEST"},
	}[code[:2]]
}

// actorCode gives the state or organization that an actor code begins with, or "".
func actorCode(code string) string {
	for _, c := range []struct{ code, ours string }{
		{"IGOUNO", "UN"}, {"IGOEUREEC", "EU"}, {"IGOEEU", "EU"}, {"IGOAFR", "AU"}, {"IMGMUSISI", "ISIS"},
	} {
		if strings.HasPrefix(code, c.code) {
			return c.ours
		}
	}
	if len(code) < 3 {
		return ""
	}
	for _, f := range fictional {
		if strings.HasPrefix(code, f.code) {
			return f.state
		}
	}
	if s, ok := map[string]string{"KUW": "KWT", "NZE": "NZL", "ZBW": "ZWE"}[code[:3]]; ok {
		return s
	}
	switch code[:3] {
	case "IGO", "IMG", "NGO", "---", "###", "XYZ", "UIS", "pse", "HGW", "GMW", "NGM", "ORC", "MRG", "'GR", "'TH", "INJ", "\"IN", "RHO", "DNK":
		return map[string]string{"DNK": "DNK"}[code[:3]]
	}
	return code[:3]
}

// fictional lists the made-up states of the unit tests with the ones that stand
// in for them: what is measured is whether the grammar leads to an actor, not whether it is known.
var fictional = []struct {
	code, state string
	names       []string // each followed by what to read in its place
}{
	{"ARN", "ARG", []string{"Arnorian", "Argentine", "Arnor", "Argentina"}},
	{"GON", "GRC", []string{"Minas Tirith", "Athens", "Gondor", "Greece"}},
	{"OSG", "OMN", []string{"Osgiliath", "Oman"}},
	{"ERI", "ECU", []string{"Eriadorian", "Ecuadorian", "Eriadori", "Ecuadorian", "Eriador", "Ecuador"}},
	{"MOR", "MAR", []string{"Mordor", "Morocco", "Cirith Ungol", "Rabat", "Barad-dur", "Rabat"}},
	{"ITH", "ITA", []string{"Ithilen", "Italy"}},
	{"CAL", "KHM", []string{"Calenardhon", "Cambodia"}},
	{"BRE", "BRA", []string{"Bree", "Brazil"}},
	{"DAG", "DNK", []string{"Dagolathi", "Danish", "Dagolath", "Denmark"}},
	{"FOR", "FJI", []string{"Fornost", "Fiji"}},
	{"ROH", "ROU", []string{"Rohans", "Romanians", "Rohan", "Romania"}},
	{"DOL", "DOM", []string{"Prince of Dol Amroth", "Dominican Republic", "Prince of Dol_Amroth", "Dominican Republic"}},
	{"SHR", "LVA", []string{"Michel Delving", "Riga"}},
	{"ELF", "SLV", []string{"Caras Galadhon", "San Salvador", "Galadriel", "El Salvador"}},
	{"HOB", "HND", []string{"Hamfast Gamgee", "Honduras", "Sam Gamgee", "Honduras", "Smeagol", "Honduras", "Slinker", "Honduras", "Stinker", "Honduras", "Gollum", "Honduras", "Frodo", "Honduras"}},
}

// substitute writes the states that stand in for the made-up ones.
func substitute(text string) string {
	var pairs []string
	for _, f := range fictional {
		pairs = append(pairs, f.names...)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// names reports whether a state or organization of the code is mentioned.
func names(d *nlp.Doc, code string) bool {
	return slices.ContainsFunc(d.Entities, func(e nlp.Entity) bool { return e.Code == code })
}

// has reports whether one of the entities is the one of the code, or belongs to that state without acting for it.
func has(d *nlp.Doc, entities []int, code string) bool {
	return slices.ContainsFunc(entities, func(e int) bool { return d.Entities[e].Code == code || d.Entities[e].Country == code })
}
