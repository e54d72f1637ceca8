package nlp

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// linker makes entities of candidates: first of the names, then of the
// nominals and pronouns that refer back to them.
type linker struct {
	*reading
	entities []draft
	byKey    map[string]int
	order    []int          // candidates by place
	defined  map[string]int // acronym → candidate of the full name that the document gives for it
	persons  personIndex
	named    nameIndex // what is neither person nor place
	tenures  tenureIndex
	held     map[int][]int // candidate → positions of which it is the first holder
	owning   map[int]bool  // candidates that are owners in somebody's title
	main     *int          // the body of states named most, or -1; nil until asked for
	phrases  map[int][]string
	dated    *int // the state of the place that the text is dated from, or -1; nil until asked for
}

// wordsOf returns the folded words of the name of an entity that is not a person.
func (l *linker) wordsOf(e int) []string {
	words, ok := l.phrases[e]
	if !ok {
		words = phraseWords(l.entities[e].Name)
		l.phrases[e] = words
	}
	return words
}

// A draft is an entity in the making.
type draft struct {
	Entity
	state     *State
	org       *Organization
	noun      string // of an entity without a name: the noun it was made from
	described string // the noun of an apposition: "Georgian Dream, the ruling party"
	gender    string // of a person: m, f, or "" when nothing tells
	names     map[string]bool
}

// link makes mentions, entities and tenures of what was found.
func (r *reading) link() {
	l := &linker{
		reading: r, byKey: map[string]int{}, defined: map[string]int{},
		persons: newPersonIndex(), named: newNameIndex(), tenures: newTenureIndex(), held: map[int][]int{},
		owning: map[int]bool{}, phrases: map[int][]string{},
	}
	l.sortCandidates()
	l.findDefinitions()
	for _, i := range l.order {
		if c := &r.found[i]; c.class == classPerson && c.kind == Name && l.words(i) > 1 {
			l.linkPerson(i)
		}
	}
	for _, i := range l.order {
		c := &r.found[i]
		switch {
		case c.entity >= 0 || c.kind == Nominal:
		case c.class == classPerson:
			l.linkPerson(i)
		case c.kind == Acronym && c.org == nil && c.state == nil:
			// after the full names
		default:
			l.linkThing(i)
		}
	}
	for _, i := range l.order {
		if r.found[i].entity < 0 && r.found[i].kind == Acronym {
			l.linkAcronym(i)
		}
	}
	l.linkHolders()
	l.resolve()
	l.finish()
}

// words returns how many pieces a candidate has.
func (l *linker) words(i int) int { return l.found[i].to - l.found[i].from }

func (l *linker) sortCandidates() {
	l.order = l.order[:0]
	for i := range l.found {
		l.order = append(l.order, i)
	}
	slices.SortStableFunc(l.order, func(a, b int) int {
		return cmp.Or(cmp.Compare(l.found[a].Start, l.found[b].Start), cmp.Compare(l.found[b].End, l.found[a].End))
	})
}

// findDefinitions pairs full names with the acronyms that stand in brackets
// after them: Gulf Cooperation Council (GCC). What a document defines it means.
func (l *linker) findDefinitions() {
	for _, i := range l.order {
		c := &l.found[i]
		open := c.from - 1
		if c.kind != Acronym && !(c.kind == Name && c.to-c.from == 1) || open < 1 || l.pieces[open].key != "(" || c.to >= len(l.pieces) || l.pieces[c.to].key != ")" {
			continue
		}
		full := l.covering[open-1]
		if full < 0 || l.found[full].to != open || l.found[full].kind == Acronym || !abbreviates(l.Text[c.Start:c.End], l.found[full].name, l.Text[l.found[full].Start:l.found[full].End]) {
			continue
		}
		f := &l.found[full]
		if f.class == classPerson || f.class == classPlace && c.org != nil {
			f.class = classOrganization
			if c.org != nil {
				f.org = c.org
			}
		}
		if f.org == nil && f.state == nil && c.org != nil && (f.class == classOrganization || f.class == classAgreement) && alike(spelledWords(l.Text[f.Start:f.End]), spelledWords(c.org.Name)) {
			// A name mistyped once is told by its acronym.
			f.class, f.org, f.confidence = classOrganization, c.org, 0.9
			f.note = "read as " + c.org.Name + ", for which the acronym in brackets stands"
			f.name = c.org.Name
		}
		c.kind, c.class, c.state, c.org, c.name = Acronym, f.class, f.state, f.org, f.name
		l.defined[l.Text[c.Start:c.End]] = full
	}
}

// abbreviates reports whether the letters of an acronym are initials of the name's words, in order.
func abbreviates(acronym string, names ...string) bool {
	for _, name := range names {
		letters := strings.ToLower(plainAcronym(acronym))
		initials, all := "", ""
		for _, w := range phraseWords(name) {
			initials += w[:1]
			if w != "of" && w != "the" && w != "for" && w != "and" && w != "on" && w != "in" {
				all += w[:1]
			}
		}
		if subsequence(letters, initials) || len(letters) > 2 && len(all) > 1 && subsequence(all, letters) {
			return true
		}
	}
	// Acronyms of other languages keep few of the English initials.
	return len(plainAcronym(acronym)) >= 2 && strings.ToUpper(acronym) == acronym
}

func subsequence(short, long string) bool {
	i := 0
	for j := 0; i < len(short) && j < len(long); j++ {
		if short[i] == long[j] {
			i++
		}
	}
	return i == len(short)
}

// entity returns the entity with the key, made by the function where there is none.
func (l *linker) entity(key string, make func() draft) int {
	if i, ok := l.byKey[key]; ok {
		return i
	}
	l.entities = append(l.entities, make())
	e := len(l.entities) - 1
	l.byKey[key] = e
	l.named.enter(e, &l.entities[e])
	return e
}

// linkThing links a name of the lexicon, or a name that is not a person's, to its entity.
func (l *linker) linkThing(i int) {
	c := &l.found[i]
	switch {
	case c.state != nil:
		c.entity = l.linkState(c.state)
	case c.org != nil:
		c.entity = l.linkOrganization(c.org)
	case c.class == classOrganization && l.ministry(i):
	default:
		l.linkByName(i)
	}
	l.alias(c.entity, i)
}

func (l *linker) linkState(s *State) int {
	return l.entity("state "+s.Code, func() draft {
		return draft{Entity: Entity{ID: s.Code, Class: classState, Name: s.Name, Code: s.Code, Confidence: 1}, state: s}
	})
}

func (l *linker) linkOrganization(o *Organization) int {
	return l.entity("organization "+o.ID(), func() draft {
		return draft{Entity: Entity{ID: o.ID(), Class: classOrganization, Name: o.Name, Code: o.Code, Country: l.country(o), Confidence: 1}, org: o}
	})
}

// country returns the code of the state that an organization belongs to, or "".
func (l *linker) country(o *Organization) string {
	if _, ok := l.lex.stateOf[o.PartOf]; ok {
		return o.PartOf
	}
	return ""
}

// ministry links a ministry of a state under one name, however it is called:
// Armenian Foreign Ministry, Ministry of Foreign Affairs of Armenia.
func (l *linker) ministry(i int) bool {
	c := &l.found[i]
	field := ministryField(phraseWords(l.Text[c.Start:c.End]))
	if field == "" {
		return false
	}
	owner := l.ownerState(i)
	if c.owner < 0 && slices.Contains(phraseWords(l.Text[c.Start:c.End]), "external") {
		// few states have one of external affairs
		for _, code := range l.lex.titles["ministry of external affairs"].states {
			if s := &l.lex.states[l.lex.stateOf[code]]; l.namesState(s) {
				owner = s
				break
			}
		}
	}
	if owner == nil {
		if prior, ok := l.named.ministries[field]; ok {
			c.entity = prior
			return true
		}
	}
	c.entity = l.ministryOf(field, owner)
	return true
}

// ministryOf returns the entity of a state's ministry; the state may be nil when it is not known.
func (l *linker) ministryOf(field string, owner *State) int {
	name, key, country := "Ministry of "+field, "ministry "+field, ""
	if owner != nil {
		name += " of " + owner.Name
		key += " " + owner.Code
		country = owner.Code
	}
	e := l.entity(key, func() draft {
		return draft{Entity: Entity{ID: slug(name), Class: classOrganization, Name: name, Country: country, Confidence: 0.95}}
	})
	if owner != nil {
		l.named.ministries[field] = max(l.named.ministries[field], e)
	}
	return e
}

// ministryField returns the duty of a ministry in one wording: "Foreign
// Affairs" for Foreign Ministry and Ministry of External Affairs; "" when the name is no ministry's.
func ministryField(words []string) string {
	at := slices.IndexFunc(words, func(w string) bool { return w == "ministry" })
	if at < 0 {
		return ""
	}
	var field []string
	for _, w := range words {
		switch w {
		case "foreign", "external":
			return "Foreign Affairs"
		case "defence", "defense":
			return "Defence"
		case "interior", "finance", "justice", "economy", "trade", "energy", "health", "education", "agriculture", "transport", "culture", "information", "environment", "labour", "commerce":
			field = append(field, strings.ToUpper(w[:1])+w[1:])
		}
	}
	return strings.Join(field, " and ")
}

// ownerState returns the state to which a candidate belongs by its words, or nil.
func (l *linker) ownerState(i int) *State {
	c := l.found[i]
	if c.owner >= 0 {
		return l.found[c.owner].state
	}
	at := sort.Search(len(l.order), func(k int) bool { return l.found[l.order[k]].Start >= c.Start })
	for _, k := range l.order[at:] {
		f := l.found[k]
		if f.Start >= c.End {
			break
		}
		if k != i && f.state != nil && f.from >= c.from && f.to <= c.to {
			return f.state
		}
	}
	// "... at the Ministry of Foreign Affairs": the side, delegation or person before it tells whose.
	sentence := l.Tokens[l.pieces[c.from].token].Sentence
	for k := at - 1; k >= 0; k-- {
		f := l.found[l.order[k]]
		if l.Tokens[l.pieces[f.from].token].Sentence != sentence {
			break
		}
		if f.state != nil {
			return f.state
		}
	}
	return nil
}

// linkByName links a name that the lexicon does not know to the entity of the
// same class that bears it, in full or in part.
func (l *linker) linkByName(i int) {
	c := &l.found[i]
	text := l.Text[c.Start:c.End]
	key := fold(text)
	if c.class == classPlace {
		key = fold(strings.TrimPrefix(text, "The "))
		if c.place != "" {
			key = fold(c.place)
		}
	}
	if e, ok := l.byKey[c.class+" "+key]; ok {
		c.entity = e
		return
	}
	if e := l.partOfName(c.class, key); e >= 0 {
		c.entity = e
		return
	}
	if e := l.mistyped(i); e >= 0 {
		c.entity = e
		return
	}
	name := text
	if c.class == classPlace && strings.ToUpper(text) == text && len(text) > 3 {
		name = capitalise(text)
	}
	if c.name != "" && c.name != text {
		name = c.name
	}
	e := l.entity(c.class+" "+key, func() draft {
		return draft{Entity: Entity{ID: slug(name), Class: c.class, Name: name, Country: c.home, Confidence: c.confidence}}
	})
	c.entity = e
}

// capitalise turns capitals into a name in the usual spelling: MEXICO CITY.
func capitalise(text string) string {
	words := strings.Fields(strings.ToLower(text))
	for i, w := range words {
		r := []rune(w)
		words[i] = strings.ToUpper(string(r[:1])) + string(r[1:])
	}
	return strings.Join(words, " ")
}

// partOfName returns the entity of the class whose name ends with the words, of
// which there are at least two (Security Council), or with which they end.
func (l *linker) partOfName(class, key string) int {
	if class == classPlace || strings.Count(key, " ") < 1 {
		return -1
	}
	return l.named.partOf(class, key)
}

// linkAcronym links an acronym that the lexicon does not know: as the document
// defines it, as initials of a name in it, or as a mistyped one.
func (l *linker) linkAcronym(i int) {
	c := &l.found[i]
	text := l.Text[c.Start:c.End]
	if full, ok := l.defined[text]; ok && l.found[full].entity >= 0 {
		c.entity, c.class, c.confidence = l.found[full].entity, l.found[full].class, 0.98
		e := &l.entities[c.entity]
		if e.Code == "" && e.Class == classOrganization && isAcronym(text) {
			e.Code = text
			e.ID = slug(text)
			l.named.code(c.entity, text)
		}
		l.alias(c.entity, i)
		return
	}
	letters := strings.ToLower(plainAcronym(text))
	if e, ok := l.named.initials[letters]; ok && len(letters) >= 3 {
		c.entity, c.class = e, l.entities[e].Class
		l.alias(e, i)
		return
	}
	if e, ok := l.byKey["acronym "+text]; ok {
		c.entity = e
		return
	}
	if e := l.mistypedAcronym(i); e >= 0 {
		c.entity = e
		return
	}
	c.entity = l.entity("acronym "+text, func() draft {
		return draft{Entity: Entity{ID: slug(text), Class: c.class, Name: text, Code: text, Confidence: c.confidence}}
	})
}

func initialsOf(name string) string {
	var b strings.Builder
	for _, w := range phraseWords(name) {
		switch w {
		case "of", "the", "for", "and", "on", "in", "'s", "to":
		default:
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// alias notes a wording of the entity's name.
func (l *linker) alias(e, i int) {
	if e < 0 {
		return
	}
	c := l.found[i]
	d := &l.entities[e]
	if c.kind != Name && c.kind != Acronym || c.note != "" {
		return
	}
	text := l.Text[c.Start:c.End]
	if d.names == nil {
		d.names = map[string]bool{d.Name: true}
	}
	if !d.names[text] && fold(text) != fold(d.Name) {
		d.names[text] = true
		d.Aliases = append(d.Aliases, text)
	}
}

// surely is the confidence of a rule from which it does not guess on whose behalf a position is held.
const surely = 0.6

// finish writes the layers of the document: mentions by place, entities by
// first mention, tenures.
func (l *linker) finish() {
	l.sortCandidates()
	number := make([]int, len(l.entities))
	for i := range number {
		number[i] = -1
	}
	d := l.Doc
	d.Mentions, d.Entities = d.Mentions[:0], d.Entities[:0]
	ids := map[string]int{}
	for _, i := range l.order {
		c := l.found[i]
		if c.entity < 0 {
			continue
		}
		e := number[c.entity]
		if e < 0 {
			e = len(d.Entities)
			number[c.entity] = e
			entity := l.entities[c.entity].Entity
			if entity.ID == "" {
				entity.ID = "entity"
			}
			if ids[entity.ID]++; ids[entity.ID] > 1 {
				entity.ID += "-" + strconv.Itoa(ids[entity.ID])
			}
			d.Entities = append(d.Entities, entity)
		}
		d.Entities[e].Mentions = append(d.Entities[e].Mentions, len(d.Mentions))
		head := l.head(i)
		d.Mentions = append(d.Mentions, Mention{
			Span: c.Span, Kind: c.kind, Class: d.Entities[e].Class, Head: head, Sentence: d.Tokens[head].Sentence,
			Entity: e, Confidence: c.confidence, Note: c.note,
		})
		if c.note != "" {
			d.Notes = append(d.Notes, Note{Span: c.Span, Layer: "names", Text: c.note})
		}
	}
	for i := range d.Entities {
		d.Entities[i].Members = nil
	}
	for i, draft := range l.entities {
		if number[i] < 0 {
			continue
		}
		for _, m := range draft.Members {
			if number[m] >= 0 {
				d.Entities[number[i]].Members = append(d.Entities[number[i]].Members, number[m])
			}
		}
	}
	kept := d.Tenures[:0]
	for _, t := range d.Tenures {
		t.Person = number[t.Person]
		if t.Of >= 0 {
			t.Of = number[t.Of]
		}
		if t.AccreditedTo >= 0 {
			t.AccreditedTo = number[t.AccreditedTo]
		}
		if t.Person >= 0 {
			t.Guessed = t.Confidence > 0 && t.Confidence < surely
			kept = append(kept, t)
		}
	}
	d.Tenures = kept
}

// head returns the head token of a candidate: the token in it whose own head
// lies outside, or the last one.
func (l *linker) head(i int) int { return l.headOf(l.found[i]) }

func (l *linker) headOf(c candidate) int {
	first, last := l.pieces[c.from].token, l.pieces[c.to-1].token
	for t := first; t <= last; t++ {
		tok := l.Tokens[t]
		if tok.Relation != "" && tok.Relation != "punct" && (tok.Head < first || tok.Head > last) && tok.Start >= c.Start {
			return t
		}
	}
	return last
}
