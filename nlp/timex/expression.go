package timex

// A Kind says what a time expression denotes.
type Kind string

// The kinds of expression, after TIMEX3.
const (
	KindDate     Kind = "date"     // one day, month, year or other unit of the calendar
	KindRange    Kind = "range"    // from one date to another
	KindDuration Kind = "duration" // how long: "three decades"
	KindSet      Kind = "set"      // how often: "every Friday"
)

// A Role says how a time bears on what is told beside it, by its preposition.
type Role string

// The roles of expressions.
const (
	RoleAt     Role = "at"     // on, in, at, during, or none: it happened then
	RoleSince  Role = "since"  // since, from, starting
	RoleUntil  Role = "until"  // until, till, through
	RoleBy     Role = "by"     // by, no later than
	RoleBefore Role = "before" // before, prior to, ahead of
	RoleAfter  Role = "after"  // after, later than
	RoleWithin Role = "within" // within a year
	RoleFor    Role = "for"    // for three decades: a duration that something lasts
	RoleOf     Role = "of"     // the vote of 2 May, Friday's vote, the 2023 election: it dates the noun beside it
)

// An Anchor is the date that an expression needs in order to be resolved.
type Anchor string

// The anchors of expressions.
const (
	AnchorNone      Anchor = ""          // 31 August 2025
	AnchorPublished Anchor = "published" // yesterday, on Friday, 31 August: the time of writing
	AnchorNarrative Anchor = "narrative" // a day earlier, that year: the time last spoken of
	AnchorEvent     Anchor = "event"     // two days before the signing: what is named right after the expression
)

// A Unit is a length of the calendar.
type Unit int

// The units, from short to long. Shorter ones than a day do not move a date.
const (
	UnitNone Unit = iota
	UnitHour
	UnitDay
	UnitBusinessDay
	UnitWeekend
	UnitWeek
	UnitFortnight
	UnitMonth
	UnitQuarter
	UnitSeason
	UnitHalf
	UnitYear
	UnitDecade
	UnitCentury
)

// An Offset is a signed distance in time: two days before is {-2, UnitDay}.
type Offset struct {
	Count int
	Unit  Unit
}

// An Expression is a time expression as it stands in a text: the bytes
// [Start, End), without the preposition before it.
type Expression struct {
	Start, End int
	Kind       Kind
	Role       Role
	Anchor     Anchor
	Offset     Offset // from the anchor, where the expression is "two days before", "a year later"; of a duration its length

	meaning meaning
}

// A Direction says on which side of the reference a yearless date or a bare weekday lies.
type Direction int

// The directions. Unclear counts as Past, as in news.
const (
	Unclear Direction = iota
	Past
	Future
)

// A Reference is what expressions are resolved against.
type Reference struct {
	Published Date // of the text, or of its dateline; zero when unknown
	Anchor    Date // for AnchorNarrative and AnchorEvent; zero when unknown
	Direction Direction
}
