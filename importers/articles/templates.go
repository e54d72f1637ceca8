package articles

// A lead is how an article begins, with its headline.
type lead struct{ title, text string }

// What happens between states. See fill for what stands in braces.
var leads = []lead{
	{"{A}, {B} foreign ministers meet", "{A1} met {B1} in {Acap} on {day}."},
	{"{Aish} foreign minister visits {B}", "{A1} visited {B} on {day} for talks on trade and security."},
	{"{A} and {B} sign agreement on cooperation", "{A1} and {B1} signed an agreement on cooperation in {Acap} on {day}."},
	{"{A} and {B} establish diplomatic relations", "{A} and {B} established diplomatic relations on {day}, the {Aish} foreign ministry said."},
	{"{A} condemns attack in {B}", "{A} condemned an attack on {B} on {day}."},
	{"{A} expels diplomats of {B}", "{A} expelled two diplomats of {B} on {day}."},
	{"{A} recalls ambassador from {B}", "{A} recalled its ambassador from {B} on {day}, the {Aish} foreign ministry said."},
	{"{A} imposes sanctions on {B}", "{A} imposed sanctions on {B} on {day}."},
	{"{A} and {B} hold talks", "{A2} and {B2} held talks in {Bcap} on {day}."},
	{"{A} thanks {B} for aid", "{A} received humanitarian aid from {B} on {day}, {A1} said."},
	{"Defence ministers of {A} and {B} meet", "{A3} met {B3} in {Bcap} on {day}."},
	{"{A} and {B} agree on trade", "{A5} and {B5} signed a memorandum on trade on {day}."},
}

// What an article adds.
var follows = []string{
	"{A1} spoke with {B1} by telephone on {day}.",
	"{B1} welcomed the step and thanked {A}.",
	"{A} is a member of {org}.",
	"{B} has been a member of {org} since {year}.",
	"{A} does not recognise the annexation, {A1} said.",
	"{C} condemned the decision of {A}.",
	"{C1} is expected to visit {Bcap} next month.",
	"If {B} withdraws its troops, {A} will lift the sanctions, {A2} said.",
	"{B2} denied that {B} had attacked {C}.",
	"{A} and {B} established diplomatic relations in {year}.",
	"{C} accused {B} of violating its airspace.",
	"{A3} praised the cooperation with {B}.",
	"{B4} criticised {A} over the tariffs.",
	"Analysts say that {A} may apply for membership of {org}.",
	"{C1} offered to mediate between {A} and {B}.",
	"{A} called on {C} to respect the cease-fire.",
	"{A6} met {C6} in {Acap} last year.",
	"The two sides discussed energy, transport and education.",
	"{B} supports the candidacy of {A} for the presidency of {org}.",
	"{A2} thanked {C2} for the support of {C}.",
	"{B} has not yet opened an embassy in {Acap}.",
	"The {Bish} parliament is to vote on the agreement in autumn.",
}
