package nlp

import "strings"

// nameIndex finds what the document names, other than persons and places, by
// parts of the names and by acronyms.
type nameIndex struct {
	ends       map[string]int // class and words with which the name of an entity ends, or the whole of it → the last such entity
	wholes     map[string]int // class and name of at least two words → the last entity with it
	initials   map[string]int // initials of a name → the first entity with it
	ministries map[string]int // field of duty → the last ministry of a known state
	codes      slipIndex      // of acronyms
}

func newNameIndex() nameIndex {
	return nameIndex{map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, slipIndex{}}
}

// enter lists an entity that was just made.
func (x nameIndex) enter(e int, d *draft) {
	if d.Code != "" && d.Class == classOrganization {
		x.code(e, d.Code)
	}
	if d.org != nil || d.Class == classPerson || d.Class == classPlace || d.Class == classState {
		return
	}
	name := fold(d.Name)
	for rest, more := name, true; ; {
		if _, rest, more = strings.Cut(rest, " "); !more {
			break
		}
		x.ends[d.Class+" "+rest] = e
	}
	if strings.Contains(name, " ") {
		x.wholes[d.Class+" "+name] = e
	}
	if d.Class == classOrganization || d.Class == classAgreement {
		if letters := initialsOf(d.Name); letters != "" {
			if _, taken := x.initials[letters]; !taken {
				x.initials[letters] = e
			}
		}
	}
}

// code lists an organization under its acronym.
func (x nameIndex) code(e int, code string) { x.codes.enter(code, e) }

// partOf returns the last entity of the class whose name ends with the words, or with whose name they end; or -1.
func (x nameIndex) partOf(class, key string) int {
	best := -1
	if e, ok := x.ends[class+" "+key]; ok {
		best = e
	}
	for rest, more := key, true; ; {
		if _, rest, more = strings.Cut(rest, " "); !more {
			return best
		}
		if e, ok := x.wholes[class+" "+rest]; ok {
			best = max(best, e)
		}
	}
}
