package nlp

// wordClass is a set of the parts that a word can play in the grammar of names.
type wordClass uint64

const (
	honorific wordClass = 1 << iota
	particle
	office
	officeAdjective
	formerOffice
	actingOffice
	organizationHead
	organizationOfHead
	agreementHead
	occasionHead
	placeHead
	placeFirst
	determiner
	number
	calendar
	stopword
	stateNoun
	organizationNoun
	agreementNoun
	placeNoun
	peopleNoun
	forceNoun
	partyNoun
	motion
	mobile
	placeRelation
	saying
	ordinary
	thingHead
	minorOccasion
	minorAgreement
	minorOrganization
	minorPlace
	regionAdjective
	noName
	abstract
	needsStop // an abbreviation that is another word without its full stop: Sen.
)

// wordClasses names the kinds of data/words.tsv.
var wordClasses = map[string]wordClass{
	"abstract":          abstract,
	"nonname":           noName,
	"honorific":         honorific,
	"regionadj":         regionAdjective,
	"particle":          particle,
	"office":            office,
	"officeadj":         officeAdjective,
	"formeroffice":      formerOffice,
	"actingoffice":      actingOffice,
	"orghead":           organizationHead,
	"orgofhead":         organizationOfHead,
	"agreementhead":     agreementHead,
	"occasionhead":      occasionHead,
	"placehead":         placeHead,
	"placefirst":        placeFirst,
	"determiner":        determiner,
	"number":            number,
	"calendar":          calendar,
	"stopword":          stopword,
	"statenoun":         stateNoun,
	"orgnoun":           organizationNoun,
	"agreementnoun":     agreementNoun,
	"placenoun":         placeNoun,
	"peoplenoun":        peopleNoun,
	"forcenoun":         forceNoun,
	"partynoun":         partyNoun,
	"motion":            motion,
	"mobile":            mobile,
	"placerelation":     placeRelation,
	"saying":            saying,
	"ordinary":          ordinary,
	"thinghead":         thingHead,
	"minoroccasion":     minorOccasion,
	"minoragreement":    minorAgreement,
	"minororganization": minorOrganization,
	"minorplace":        minorPlace,
}

// has reports whether the set shares a class with one of the given ones.
func (c wordClass) has(of wordClass) bool { return c&of != 0 }

// mergeClasses returns all parts that a word can play.
func mergeClasses(values []wordClass) wordClass {
	var out wordClass
	for _, v := range values {
		out |= v
	}
	return out
}
