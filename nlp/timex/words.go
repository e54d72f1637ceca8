package timex

// A tag is the part that a word plays in the grammar of time expressions.
type tag uint8

const (
	notag         tag = iota
	tagThe            // the
	tagA              // a, an
	tagThis           // this, current
	tagLast           // last
	tagPast           // past
	tagPrevious       // previous, preceding
	tagNext           // next
	tagComing         // coming, upcoming
	tagFollowing      // following
	tagThat           // that
	tagSameAs         // same
	tagOf             // of
	tagIn             // in
	tagOn             // on
	tagAtPlace        // at
	tagBy             // by
	tagUntil          // until, till, through
	tagSince          // since
	tagFrom           // from
	tagTo             // to
	tagBetween        // between
	tagAnd            // and
	tagOr             // or
	tagBefore         // before
	tagAfter          // after
	tagWithin         // within
	tagForSpan        // for
	tagOver           // over
	tagDuring         // during
	tagAbout          // about, around, circa, roughly, approximately
	tagAgo            // ago
	tagEarlier        // earlier, previously, prior
	tagLater          // later, afterwards
	tagHence          // hence
	tagNow            // now, present
	tagToday          // today
	tagYesterday      // yesterday
	tagTomorrow       // tomorrow
	tagTonight        // tonight
	tagEarly          // early
	tagLate           // late
	tagMid            // mid
	tagBeginning      // beginning, start, dawn
	tagMiddle         // middle
	tagEnding         // end, close
	tagHalfPart       // half
	tagDayPart        // morning, afternoon, evening, night
	tagEvery          // every, each
	tagRest           // rest, remainder
	tagFew            // few, several
	tagCouple         // couple
	tagPossessive     // its, their, his, her, my, our, your: a determiner
	tagOften          // daily, weekly, annually: a set
	tagOnce           // once, twice
	tagThan           // than
	tagAs             // as
	tagStarting       // starting, commencing, effective
	tagFiscal         // fiscal, financial, calendar, academic, school
	tagHedge          // nearly, almost, some, over: before a count
	tagSuffix         // st, nd, rd, th: behind digits
	tagQuantity       // people, kilometres, dollars: what a number before it counts
	tagNameHead       // Agenda, Vision, Times, Agreement: with the word before it a name
	tagCourtesy       // Mrs, Theresa: what follows is a person's name
	tagYearWord       // year, as in "the year 1991"; its unit is set too
	tagLetter         // Q, H, FY: before digits, a quarter, half or fiscal year
)

// A word is what the grammar knows of a word: several fields where it has several senses.
type word struct {
	tag      tag
	month    int
	weekday  int // 1 for Monday to 7 for Sunday
	unit     Unit
	season   int // 1 for spring to 4 for winter
	cardinal int // 1 to 99; hundred and thousand are scales
	scale    int
	zero     bool // zero, oh
	ordinal  int
	decade   int  // 90 for nineties
	plural   bool // of a unit, weekday or the like
	short    bool // an abbreviation
	risky    bool // more often something else: may, march, sat, jan
}

// timeWord reports whether the word has a sense as a time or number.
func (w *word) timeWord() bool {
	return w != nil && (w.month != 0 || w.weekday != 0 || w.unit != 0 || w.season != 0 || w.cardinal != 0 || w.ordinal != 0 || w.decade != 0)
}

// words is the lexicon, by word in lower case. It is never written after it is made.
var words = lexicon()

func lexicon() map[string]*word {
	out := make(map[string]*word, 400)
	entry := func(s string) *word {
		if out[s] == nil {
			out[s] = &word{}
		}
		return out[s]
	}
	for t, list := range tagged {
		for _, s := range list {
			entry(s).tag = t
		}
	}
	for i, names := range monthNames {
		for k, s := range names {
			w := entry(s)
			w.month, w.short = i+1, k > 0
		}
	}
	for _, s := range []string{"may", "march", "april", "june", "august", "jan", "mar"} {
		entry(s).risky = true
	}
	for i, names := range weekdayNames {
		for k, s := range names {
			w := entry(s)
			w.weekday, w.short = i+1, k > 0
			if k == 0 {
				w := entry(s + "s")
				w.weekday, w.plural = i+1, true
			}
		}
	}
	for _, s := range []string{"sat", "sun", "wed", "mon", "fri"} {
		entry(s).risky = true
	}
	for unit, names := range unitNames {
		for _, s := range names {
			entry(s).unit = unit
			p := entry(plural(s))
			p.unit, p.plural = unit, true
		}
	}
	for i, s := range []string{"spring", "summer", "autumn", "winter"} {
		entry(s).season = i + 1
	}
	fall := entry("fall")
	fall.season, fall.risky = 3, true
	for i, s := range smallNumbers {
		entry(s).cardinal = i + 1
	}
	for i, s := range tens {
		entry(s).cardinal = 10 * (i + 2)
		entry(s[:len(s)-1] + "ieth").ordinal = 10 * (i + 2)
		entry(s[:len(s)-1] + "ies").decade = 10 * (i + 2)
	}
	for i, s := range ordinals {
		entry(s).ordinal = i + 1
	}
	entry("hundred").scale, entry("thousand").scale = 100, 1000
	entry("zero").zero, entry("oh").zero = true, true
	return out
}

func plural(s string) string {
	if s == "century" {
		return "centuries"
	}
	return s + "s"
}

var monthNames = [12][]string{
	{"january", "jan"}, {"february", "feb"}, {"march", "mar"}, {"april", "apr"}, {"may"}, {"june", "jun"},
	{"july", "jul"}, {"august", "aug"}, {"september", "sept", "sep"}, {"october", "oct"}, {"november", "nov"}, {"december", "dec"},
}

var weekdayNames = [7][]string{
	{"monday", "mon"}, {"tuesday", "tue", "tues"}, {"wednesday", "wed"}, {"thursday", "thu", "thur", "thurs"},
	{"friday", "fri"}, {"saturday", "sat"}, {"sunday", "sun"},
}

var unitNames = map[Unit][]string{
	UnitHour: {"hour", "minute"}, UnitDay: {"day"}, UnitWeekend: {"weekend"}, UnitWeek: {"week", "workweek"}, UnitFortnight: {"fortnight"},
	UnitMonth: {"month"}, UnitQuarter: {"quarter"}, UnitYear: {"year"}, UnitDecade: {"decade"}, UnitCentury: {"century"},
}

var smallNumbers = []string{
	"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
	"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
}

var tens = []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}

var ordinals = []string{
	"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
	"thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
}

var tagged = map[tag][]string{
	tagThe: {"the"}, tagA: {"a", "an"}, tagThis: {"this", "current"}, tagLast: {"last"}, tagPast: {"past"}, tagPrevious: {"previous", "preceding"},
	tagNext: {"next"}, tagComing: {"coming", "upcoming"}, tagFollowing: {"following", "ensuing"}, tagThat: {"that"}, tagSameAs: {"same"},
	tagOf: {"of"}, tagIn: {"in"}, tagOn: {"on"}, tagAtPlace: {"at"}, tagBy: {"by"}, tagUntil: {"until", "till", "through", "thru"}, tagSince: {"since"},
	tagFrom: {"from"}, tagTo: {"to"}, tagBetween: {"between"}, tagAnd: {"and"}, tagOr: {"or"}, tagBefore: {"before"}, tagAfter: {"after"},
	tagWithin: {"within"}, tagForSpan: {"for"}, tagOver: {"over", "throughout"}, tagDuring: {"during"},
	tagAbout: {"about", "around", "circa", "roughly", "approximately"},
	tagAgo:   {"ago"}, tagEarlier: {"earlier", "previously", "prior", "beforehand"}, tagLater: {"later", "afterwards", "afterward", "thereafter"},
	tagHence: {"hence"}, tagNow: {"now", "present"}, tagToday: {"today"}, tagYesterday: {"yesterday"}, tagTomorrow: {"tomorrow", "tmrw"}, tagTonight: {"tonight", "tonite"},
	tagEarly: {"early"}, tagLate: {"late"}, tagMid: {"mid"}, tagBeginning: {"beginning", "start", "dawn", "outset"}, tagMiddle: {"middle"},
	tagEnding: {"end", "close"}, tagHalfPart: {"half"},
	tagDayPart: {"morning", "afternoon", "evening", "night", "midnight", "noon", "midday", "lunchtime"},
	tagEvery:   {"every", "each"}, tagRest: {"rest", "remainder"}, tagFew: {"few", "several"}, tagCouple: {"couple", "pair"},
	tagPossessive: {"its", "their", "his", "her", "my", "our", "your"},
	tagOften: {"daily", "weekly", "monthly", "quarterly", "yearly", "annually", "annual", "hourly", "fortnightly", "nightly",
		"biweekly", "bimonthly", "biannual", "biannually", "biennial", "semiannual", "semiannually", "everyday"},
	tagOnce: {"once", "twice", "thrice"}, tagThan: {"than"}, tagAs: {"as"}, tagStarting: {"starting", "commencing", "effective"},
	tagFiscal: {"fiscal", "financial", "calendar", "academic", "school"},
	tagHedge:  {"nearly", "almost", "some", "exactly", "precisely", "barely", "just", "only"},
	tagSuffix: {"st", "nd", "rd", "th"},
	tagQuantity: {"people", "men", "women", "children", "kilometres", "kilometers", "km", "miles", "metres", "meters", "feet",
		"dollars", "euros", "pounds", "yuan", "roubles", "rubles", "tonnes", "tons", "barrels", "kg", "kilograms", "litres",
		"megawatts", "mw", "hectares", "acres", "percent", "per", "million", "billion", "trillion", "hours", "pieces", "points", "gmt", "utc", "hrs"},
	tagNameHead: {"agenda", "vision", "times", "telegraph", "mirror", "mail", "express", "herald", "tribune", "post", "independent",
		"agreement", "agreements", "accord", "accords", "revolution", "revolutions", "movement", "roadmap", "framework", "strategy", "goals",
		"uprising", "massacre", "theses", "club", "group", "alliance", "declaration", "mass"},
	tagCourtesy: {"mr", "mrs", "ms", "miss", "lady", "lord", "sir", "dame", "dr", "prof", "minister", "president", "secretary", "ambassador", "theresa"},
	tagYearWord: {"year"}, tagLetter: {"q", "h", "fy", "cy"},
}
