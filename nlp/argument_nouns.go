package nlp

import (
	"slices"
	"strings"
)

// Nouns of persons, bodies and sites: who acts for whom, and who may take part without a name.

// personNoun reports whether the noun names a person by office or calling.
func personNoun(lemma string) bool {
	if slices.Contains(personNouns, lemma) {
		return true
	}
	last := lemma[strings.LastIndexByte(lemma, '-')+1:]
	return slices.Contains(personNouns, last) || slices.Contains(personNouns, strings.TrimSuffix(last, "s"))
}

// namesPerson reports whether the noun, in the singular, names a person by office, calling or lot.
func namesPerson(one string) bool { return personNoun(one) || slices.Contains(peopleNouns, one) }

// actingNoun reports whether the noun names persons or bodies that act for the
// state or organization that they belong to.
func actingNoun(lemma string) bool {
	return personNoun(lemma) || slices.Contains(bodyNouns, lemma) || slices.Contains(bodyNouns, strings.TrimSuffix(lemma, "s"))
}

var personNouns = []string{
	"president", "minister", "premier", "chancellor", "secretary", "secretary-general", "ambassador", "envoy", "diplomat", "official",
	"officer", "leader", "head", "chief", "chairman", "chairwoman", "chair", "speaker", "spokesman", "spokeswoman", "spokesperson",
	"representative", "delegate", "negotiator", "mediator", "king", "queen", "emir", "sultan", "prince", "crown", "commissioner",
	"commander", "general", "admiral", "governor", "senator", "lawmaker", "legislator", "deputy", "adviser", "advisor", "aide",
	"counterpart", "undersecretary", "consul", "attache", "attaché", "soldier", "troop", "politician", "authority", "ruler", "director",
	"coordinator", "monarch", "pope", "judge", "prosecutor", "inspector", "peacekeeper", "guard", "general-secretary", "vice-president",
	"nuncio", "mp", "mr", "mrs", "ms", "dr", "sir", "sheikh", "shaikh", "strongman", "dignitary",
}

// homeNouns name persons and bodies that serve the state in which they are;
// diplomats and soldiers in a state may well be those of another.
var homeNouns = []string{"lawmaker", "legislator", "senator", "judge", "prosecutor", "authority", "police", "parliament", "government"}

// shares name a part of what follows "of".
var shares = []string{"half", "third", "quarter", "fifth", "tenth", "percent", "share", "stake", "most", "rest"}

// irregulars act for the armed group that they belong to, but for no state.
var irregulars = []string{"rebel", "fighter", "militant", "insurgent", "gunman", "separatist", "guerrilla", "jihadist", "mercenary"}

var bodyNouns = []string{
	"government", "ministry", "administration", "army", "force", "military", "navy", "police", "parliament", "embassy", "consulate",
	"delegation", "side", "authority", "cabinet", "presidency", "leadership", "junta", "regime", "court", "party", "mission", "agency",
	"office", "department", "council", "commission", "committee", "team", "guard", "warship", "vessel", "ship", "jet",
	"warplane", "aircraft", "drone", "missile", "rocket", "artillery", "coastguard", "fleet", "unit", "brigade", "battalion", "state",
	"country", "nation", "republic", "kingdom", "capital", "assembly", "senate", "congress", "intelligence", "service",
}

// crowdNouns name many by a singular.
var crowdNouns = []string{
	"militia", "gang", "mob", "crowd", "faction", "family", "crew", "population", "opposition", "guerrilla", "paramilitary", "public",
	"resistance", "diaspora", "people", "tribe", "clan", "group",
}

// unnamedBodies name bodies, which a text may leave without a name.
var unnamedBodies = []string{"party", "movement", "court", "tribunal", "army", "police", "military", "navy", "company", "union"}

// peopleNouns name persons by what they do or undergo, beside the offices in [personNouns].
var peopleNouns = []string{
	"rebel", "militant", "insurgent", "fighter", "separatist", "jihadist", "extremist", "terrorist", "mercenary", "pirate", "bandit",
	"smuggler", "trafficker", "kidnapper", "hijacker", "attacker", "assailant", "sniper", "hacker", "spy", "looter", "rioter",
	"protester", "protestor", "demonstrator", "activist", "dissident", "opponent", "supporter", "critic", "voter", "resident", "citizen",
	"national", "settler", "villager", "inhabitant", "civilian", "refugee", "migrant", "exile", "deserter", "prisoner", "detainee",
	"hostage", "captive", "convict", "suspect", "survivor", "victim", "worker", "farmer", "herder", "teacher", "doctor", "nurse",
	"driver", "miner", "fisher", "sailor", "trader", "merchant", "exporter", "student", "pupil", "professor", "scientist", "expert",
	"lawyer", "journalist", "reporter", "writer", "singer", "banker", "engineer", "tourist", "pilgrim", "child", "recruit", "conscript",
	"soldier", "troop", "general", "commander", "officer", "guard", "peacekeeper", "judge", "prosecutor", "veteran", "reservist", "pilot", "observer", "monitor", "volunteer", "mayor", "cleric", "priest", "bishop", "archbishop", "imam", "businessman", "businesswoman", "blogger", "poet", "artist", "musician", "athlete", "footballer",
	"contractor", "employee", "staffer", "agent", "surveyor", "evacuee", "adherent", "loyalist", "partisan", "islamist", "royalist",
}

// siteNouns name where something stands.
var siteNouns = []string{"base", "camp", "outpost", "garrison", "airbase", "airport", "airfield", "port", "harbour", "harbor"}
