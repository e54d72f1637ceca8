package nlp

import (
	"fmt"
	"slices"
	"strings"
)

// A State is a state or territory with an ISO 3166-1 code, or Kosovo, and the
// words that refer to it in English.
type State struct {
	Code     string // ISO 3166-1 alpha-3
	Name     string // usual short name
	Official string // "Republic of Armenia", or ""
	Aliases  []string
	Demonyms []string // adjectives and names of its people, singular
	Capitals []string // seats of government, the usual one first
	Seats    []string // buildings and streets that stand for the government
}

// An Organization is a body known by name: intergovernmental organizations,
// courts, ministries, armed groups, parties, media, companies.
type Organization struct {
	Code    string // usual acronym, or ""
	Name    string
	Kind    string // igo, bloc, alliance, council, court, agency, bank, armed-group, military, party, medium, company, …
	PartOf  string // code of the state or organization that it belongs to, or ""
	Aliases []string
	Seats   []string // buildings and cities that stand for it
}

// ID returns what identifies the organization among others: its acronym in
// lower case, or a slug of its name.
func (o Organization) ID() string {
	if o.Code != "" {
		return slug(o.Code)
	}
	return slug(o.Name)
}

// A Lexicon is what the reader knows of the world's names before it reads, and
// the words of the grammar of names. It is immutable and safe for concurrent use.
type Lexicon struct {
	states        []State
	organizations []Organization

	regions []string   // names as listed first
	spelled [][]string // of each organization: the words of its name, for comparing

	names   phrases[sense]
	words   phrases[wordClass]
	stateOf map[string]int // by code
	titles  map[string]titleOwners
	leaders leaders
}

// titleOwners lists the states that have a title, or, with except, that have not.
type titleOwners struct {
	states []string
	except bool
}

// States returns all states, by code.
func (l *Lexicon) States() []State { return slices.Clone(l.states) }

// Organizations returns all organizations, in the order of the file.
func (l *Lexicon) Organizations() []Organization { return slices.Clone(l.organizations) }

// A sense is one thing that a name can mean.
type sense struct {
	kind  senseKind
	index int    // of the state, organization or region
	home  string // of a place: the code of its state, or "" where several have one of the name
	exact string // the spelling in capitals that an acronym must have, or ""
}

type senseKind uint8

const (
	senseState senseKind = iota
	senseStateAcronym
	senseDemonym
	senseCapital
	senseSeat
	senseOrganization
	senseAcronym
	senseOrganizationSeat
	senseRegion
	senseCity
	senseGiven
)

// LoadLexicon compiles the embedded tables of names and words.
func LoadLexicon() (*Lexicon, error) {
	l := &Lexicon{names: newPhrases[sense](1 << 16), words: newPhrases[wordClass](1 << 12), stateOf: map[string]int{}, titles: map[string]titleOwners{}}
	for _, table := range []struct {
		file    string
		columns int
		add     func([]string)
	}{
		{"states.tsv", 7, l.addState},
		{"organizations.tsv", 3, l.addOrganization},
		{"regions.tsv", 1, l.addRegion},
		{"cities.tsv", 2, l.addCities},
		{"given-names.tsv", 1, l.addGivenNames},
		{"titles.tsv", 2, l.addTitle},
	} {
		rows, err := readRows(table.file)
		if err != nil {
			return nil, fmt.Errorf("nlp: %w", err)
		}
		for i, row := range rows {
			if len(row) < table.columns {
				return nil, fmt.Errorf("nlp: data/%s: row %d (%s) has %d columns, %d are needed", table.file, i+1, row[0], len(row), table.columns)
			}
			table.add(row)
		}
	}
	l.addForms()
	var err error
	if l.leaders, err = loadLeaders(); err != nil {
		return nil, fmt.Errorf("nlp: %w", err)
	}
	rows, err := readRows("words.tsv")
	if err != nil {
		return nil, fmt.Errorf("nlp: %w", err)
	}
	for _, row := range rows {
		class, ok := wordClasses[row[0]]
		if !ok || len(row) != 2 {
			return nil, fmt.Errorf("nlp: data/words.tsv: %q is not a kind of word followed by words", row[0])
		}
		for _, w := range list(row[1]) {
			if strings.HasSuffix(w, ".") && !strings.Contains(w, " ") {
				class |= needsStop
			}
			l.words.add(w, class)
			class &^= needsStop
		}
	}
	return l, nil
}

func (l *Lexicon) addState(row []string) {
	s := State{
		Code: row[0], Name: row[1], Official: row[2],
		Aliases: list(row[3]), Demonyms: list(row[4]), Capitals: list(row[5]), Seats: list(row[6]),
	}
	i := len(l.states)
	l.states = append(l.states, s)
	l.stateOf[s.Code] = i
	for _, name := range append([]string{s.Name, s.Official}, s.Aliases...) {
		if isAcronym(name) {
			l.name(name, sense{kind: senseStateAcronym, index: i, exact: plainAcronym(name)})
		} else {
			l.name(name, sense{kind: senseState, index: i})
		}
	}
	for _, name := range s.Demonyms {
		for _, form := range append([]string{name}, plurals(name)...) {
			l.name(form, sense{kind: senseDemonym, index: i})
		}
	}
	for _, name := range s.Capitals {
		l.name(name, sense{kind: senseCapital, index: i, home: s.Code})
	}
	for _, name := range s.Seats {
		l.name(name, sense{kind: senseSeat, index: i})
	}
}

// stateForms are what states call themselves before their name.
var stateForms = []string{"Republic of", "Islamic Republic of", "Democratic Republic of", "Federal Republic of", "Kingdom of", "Sultanate of", "Principality of"}

// addForms enters every state under the forms that states have (the Republic of
// Togo), where nothing is called so already: the Republic of China is Taiwan.
func (l *Lexicon) addForms() {
	for i, s := range l.states {
		for _, form := range stateForms {
			if name := form + " " + s.Name; len(l.names.word(strings.Join(phraseWords(name), " "))) == 0 {
				l.name(name, sense{kind: senseState, index: i})
			}
		}
	}
}

func (l *Lexicon) addOrganization(row []string) {
	row = append(row, make([]string, 6)...)
	o := Organization{Code: row[0], Name: row[1], Kind: row[2], PartOf: row[3], Aliases: list(row[4]), Seats: list(row[5])}
	i := len(l.organizations)
	l.organizations = append(l.organizations, o)
	l.spelled = append(l.spelled, spelledWords(o.Name))
	if o.Code != "" {
		l.name(o.Code, sense{kind: senseAcronym, index: i, exact: plainAcronym(o.Code)})
	}
	for _, name := range append([]string{o.Name}, o.Aliases...) {
		if isAcronym(name) {
			l.name(name, sense{kind: senseAcronym, index: i, exact: plainAcronym(name)})
			continue
		}
		for _, v := range spellings(name) {
			l.name(v, sense{kind: senseOrganization, index: i})
		}
	}
	for _, name := range o.Seats {
		l.name(name, sense{kind: senseOrganizationSeat, index: i})
	}
}

func (l *Lexicon) addRegion(row []string) {
	row = append(row, "", "")
	l.regions = append(l.regions, row[0])
	for _, name := range append([]string{row[0]}, list(row[2])...) {
		l.name(name, sense{kind: senseRegion, home: row[1], index: len(l.regions) - 1})
	}
}

func (l *Lexicon) addCities(row []string) {
	for _, name := range list(row[1]) {
		l.name(name, sense{kind: senseCity, home: row[0]})
	}
}

func (l *Lexicon) addGivenNames(row []string) {
	for _, name := range row {
		l.name(name, sense{kind: senseGiven})
	}
}

func (l *Lexicon) addTitle(row []string) {
	states, except := strings.CutPrefix(row[1], "-")
	l.titles[strings.Join(phraseWords(row[0]), " ")] = titleOwners{list(states), except}
}

func (l *Lexicon) name(name string, s sense) {
	if name != "" {
		l.names.add(name, s)
	}
}

// plurals returns the plural of a demonym that stands for the people too:
// Georgians. Those that end in a hiss (Swiss, Chinese, French) have none.
func plurals(demonym string) []string {
	for _, end := range []string{"s", "sh", "ch", "ese", "men"} {
		if strings.HasSuffix(demonym, end) {
			return nil
		}
	}
	return []string{demonym + "s"}
}

// spellings returns the British and American spellings of a name.
func spellings(name string) []string {
	out := []string{name}
	for _, pair := range [][2]string{
		{"Organization", "Organisation"}, {"Center", "Centre"}, {"Defense", "Defence"},
		{"Co-operation", "Cooperation"}, {"Programme", "Program"}, {"Labour", "Labor"}, {" and ", " & "},
		{"Stabilization", "Stabilisation"}, {"Mobilization", "Mobilisation"},
	} {
		for _, v := range slices.Clone(out) {
			for _, to := range [][2]string{pair, {pair[1], pair[0]}} {
				if w := strings.ReplaceAll(v, to[0], to[1]); w != v {
					out = append(out, w)
				}
			}
		}
	}
	return out
}
