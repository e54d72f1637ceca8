package nlp

import "strings"

// An effect is what a governing word says about whether its complement happened.
type effect uint8

const (
	neutral      effect = iota // the word is in no table
	transparent                // happens as the governor does: begin to, manage to, hold (talks)
	factive                    // taken for granted: regret, welcome, after
	refused                    // did not happen: refuse to, prevent from, cancel
	intended                   // plan to, promise
	demanded                   // urge, insist, order
	hedged                     // seem to, likely
	hypothetical               // consider, allow, whether, possibility
	conditional                // depend on, if
	ended                      // stop, freeze: what did harm had been going on, what did good is withheld
	claimed                    // say, accuse of
	announced                  // as claimed, but a deed of the speaker's own counts as done
	denied                     // deny
)

// A ruling is an effect and the words that have it, parted by commas.
type ruling struct {
	effect
	words string
}

// byLemma turns rulings into a table. No word stands in two rulings of one table.
func byLemma(rulings []ruling) map[string]effect {
	out := map[string]effect{}
	for _, r := range rulings {
		for w := range strings.SplitSeq(r.words, ",") {
			out[strings.Join(strings.Fields(w), " ")] = r.effect
		}
	}
	return out
}

// verbEffects: what a verb says about its clause, infinitive, gerund or nominal object.
var verbEffects = byLemma(verbRulings)

var verbRulings = []ruling{
	{transparent, `begin, start, continue, keep, resume, manage, proceed, go, come, help, succeed, hold, conduct, make, take, stage, launch, carry,
		open, pay, hasten, happen, occur, ensue, erupt, do, be, force, compel, cause, lead, prompt, persuade, complete, conclude,
		finish, wage, mount, give, impose, issue, get, serve, break, enter, reach, perform, dare, deign, send, exchange, put`},
	{factive, `regret, welcome, condemn, praise, congratulate, commend, celebrate, mourn, mark, commemorate, honour, honor, know, realize,
		realise, forget, remember, acknowledge, admit, recall, learn, discover, deplore, applaud, hail, criticize, criticise, denounce,
		thank, apologize, apologise, resent, follow, precede, end, violate, breach, protest, reverse, mediate, witness, ignore, survive,
		rue, lament, salute, oppose, avenge`},
	{refused, `refuse, fail, decline, neglect, avoid, prevent, stop, cease, halt, bar, ban, forbid, prohibit, cancel, abandon, scrap, avert,
		thwart, foil, block, shelve, drop, rule, omit, refrain, abstain, deter, discourage, postpone, delay, defer, quit, reject, veto,
		resist, preclude, stall, hesitate, dissuade, spare, spurn, forgo, suspend, lack, restrain, desist, shun, obviate, forestall,
		pre-empt, preempt, miss, stymie`},
	{intended, `plan, intend, want, wish, hope, seek, aim, try, attempt, agree, decide, promise, pledge, vow, threaten, prepare, offer, aspire,
		mean, resolve, commit, undertake, propose, look, strive, endeavour, endeavor, swear, choose, opt, vote, move, volunteer,
		schedule, arrange, desire, yearn, long, pursue, envisage, envision, design, expect, set, concur, work, push, vie, bid, race,
		mull, eye, bring`},
	{demanded, `demand, urge, ask, request, order, insist, require, need, call, appeal, press, implore, beg, instruct, oblige, pressure, exhort,
		advise, recommend, encourage, invite, tell, command, petition, summon, lobby, mandate, warn, direct, beseech, plead, entreat,
		advocate, counsel, caution, challenge, ought, deserve`},
	{hedged, `suspect, believe, think, doubt, fear, seem, appear, assume, suppose, guess, predict, forecast, anticipate, feel, imagine,
		presume, speculate, reckon, estimate, worry, tend, rumour, rumor, suggest, hint, imply, consider, project, bet, understand,
		indicate, deem`},
	{hypothetical, `allow, let, enable, permit, authorize, authorise, ponder, contemplate, discuss, debate, negotiate, wonder, weigh, examine,
		study, explore, enquire, inquire, question, investigate, determine, pave, facilitate, risk, empower, entitle, ensure, guarantee,
		review, address, dream, simulate, rehearse, draft, outline, evaluate`},
	{conditional, `depend, hinge, rest, await`},
	{claimed, `say, claim, state, report, allege, accuse, argue, assert, maintain, write, tweet, post, add, explain, stress, emphasize,
		emphasise, underline, underscore, note, reiterate, repeat, affirm, contend, comment, remark, mention, charge, blame, complain,
		observe, respond, reply, retort, answer, describe, cite, speak, testify, concede, boast, joke, inform, assure, remind, notify,
		relate, hear, portray, depict, characterize, characterise, present, label, brand, convince, opine, vouch, confirm, point, show,
		reveal, disclose, signal, quote, view, regard, attribute, posit, vent`},
	{announced, `announce, declare, proclaim`},
	{denied, `deny, dismiss, refute, rebut, repudiate, disavow, disown, disclaim, dispute, contest`},
}

// clauseEffects correct verbEffects where a finite clause follows: "agreed that" is speech, "agreed to" a plan.
var clauseEffects = byLemma(clauseRulings)

var clauseRulings = []ruling{
	{claimed, `agree, insist, promise, pledge, vow, tell, warn, threaten, order, advise, see, conclude, recall, hold, go, continue, indicate,
		suggest, underline, rule, challenge, protest, begin, swear, make, lament, appeal, acknowledge, admit, mean, follow, criticize,
		criticise, ask, be, announce, remember, regret, oppose, resolve, welcome, celebrate, learn, know`},
	{demanded, `demand, urge, request, propose, recommend, require`},
	{hypothetical, `wonder, decide, discuss, determine, ensure, prove, imagine`},
}

// nominalEffects correct verbEffects where a noun follows: "report the attack" takes the attack for granted.
var nominalEffects = byLemma(nominalRulings)

var nominalRulings = []ruling{
	{factive, `report, mention, note, describe, call, label, brand, explain, confirm, view, see, regard, cite, stress, underline, protest, reveal,
		disclose, present, portray, depict, comment, complain, remark, respond, react, reply, answer, attribute, watch, monitor, observe,
		attend, host, concede, tell, emphasize, emphasise, highlight, hear, investigate, review, join`},
	{ended, `suspend, stop, halt, end, interrupt, pause, freeze, withhold, cut, lift, withdraw, revoke, drop, waive, block, deny`},
	{intended, `schedule, order, decide, warn, agree, set`},
	{hypothetical, `reject, oppose, support, resist, authorize, authorise, back, favour, favor, advocate, fear, study, examine, dismiss,
		insist, work, ask`},
	{claimed, `allege, claim, accuse, charge, blame`},
}

// nounEffects: what an abstract noun says about its "to", "that" or "of" complement.
var nounEffects = byLemma(nounRulings)

var nounRulings = []ruling{
	{factive, `fact, anniversary, aftermath, wake, result, outcome, consequence, news, day, time, victim, scene, site, year, reaction,
		response, condemnation, role, process, ceremony, act, centenary, history, end, signing`},
	{refused, `refusal, failure, inability, unwillingness, reluctance, ban, absence, lack, moratorium, cancellation, postponement, suspension,
		rejection, avoidance, prevention, halt`},
	{intended, `plan, intention, decision, desire, effort, attempt, bid, promise, pledge, threat, offer, readiness, willingness, hope, wish,
		aim, goal, objective, agreement, commitment, preparation, determination, move, vow, resolve, ambition, aspiration, purpose,
		deal, accord, pact, roadmap, step, initiative, campaign, push, drive, schedule, timetable, deadline, approval, eve, proposal,
		vote`},
	{demanded, `call, demand, request, appeal, need, obligation, requirement, order, ultimatum, duty, petition, mandate, application, pressure,
		insistence, necessity, recommendation, plea, urging`},
	{hedged, `expectation, fear, suspicion, belief, sign, likelihood, probability, rumour, rumor, speculation, concern, doubt, hint`},
	{hypothetical, `possibility, prospect, risk, chance, danger, idea, question, issue, option, right, ability, capacity, opportunity, power,
		permission, talk, talks, discussion, negotiation, debate, scenario, draft, principle, importance, authority, freedom, bill,
		motion, topic, matter, way, possible, condition, subject, support, opposition, policy, progress, case, framework, crime, means,
		method, obstacle, path, terms`},
	{claimed, `claim, allegation, accusation, charge, report, assertion, statement, suggestion, assurance, argument, complaint, view, opinion,
		conviction, narrative, declaration, announcement, confirmation, remark, comment, warning, theory`},
	{denied, `denial`},
}

// adjectiveEffects: what a predicative adjective says about its complement, and an attributive one about its noun.
var adjectiveEffects = byLemma(adjectiveRulings)

var adjectiveRulings = []ruling{
	{factive, `proud, happy, glad, pleased, sorry, grateful, thankful, guilty, responsible, aware, delighted, satisfied`},
	{refused, `unable, unwilling, reluctant, loath, hesitant, impossible, failed, aborted, cancelled, canceled, incapable, foiled`},
	{intended, `ready, willing, prepared, due, set, scheduled, eager, keen, desirous, determined, bound, anxious, poised, planned, upcoming,
		forthcoming, future, intended, expected, imminent, coming, desired, impending, promised, agreed, attempted, threatened, slated,
		next, pending, committed, prospective, would-be`},
	{demanded, `necessary, essential, vital, crucial, important, imperative, urgent, obliged, required, needed, demanded`},
	{hedged, `likely, unlikely, certain, sure, probable, apparent, suspected, feared, inevitable, presumed, unconfirmed, disputed`},
	{hypothetical, `able, possible, potential, free, entitled, proposed, hypothetical, theoretical, imaginary, eventual, open, capable, easy, hard,
		difficult, better, wrong, eligible, simulated, mock, fictional, conceivable, any, premature`},
	{conditional, `contingent, conditional, dependent, conditioned, subject`},
	{claimed, `alleged, reported, purported, supposed, so-called, self-styled, ostensible, putative, claimed, rumoured, rumored`},
}

// adverbEffects: sentence adverbs.
var adverbEffects = byLemma(adverbRulings)

var adverbRulings = []ruling{
	{hedged, `possibly, perhaps, maybe, probably, likely, presumably, apparently, seemingly, conceivably, potentially, arguably, almost,
		nearly`},
	{claimed, `allegedly, reportedly, supposedly, purportedly, ostensibly`},
	{hypothetical, `hypothetically, theoretically, hopefully, ideally`},
}

// prepositionEffects: what the words before a noun or clause say about it, whatever governs it.
var prepositionEffects = byLemma(prepositionRulings)

var prepositionRulings = []ruling{
	{factive, `after, following, since, because, because of, due to, despite, in spite of, although, though, even though, amid, during, over,
		as a result of, thanks to, owing to, in response to, in the wake of, while, upon, given, given that, now that, whereas, in
		retaliation for, as well as, until after`},
	{refused, `without, instead of, rather than, short of, in lieu of, except, barring, in the absence of, but for, in place of`},
	{intended, `in order to, so as to, so that, in order for, ahead of, pending, so`},
	{hypothetical, `whether, as if, as though, lest, than, like, against, in favor of, in favour of, toward, towards, as to, regarding`},
	{conditional, `if, unless, provided, provided that, providing, in case, in case of, in the event of, as long as, so long as, only if, even if,
		assuming, on condition, on condition that, should, supposing, suppose, contingent on, subject to, in the event that, except if,
		if only, whenever, wherever, depending on`},
}

// particleEffects: verbs whose particle changes what they say.
var particleEffects = byLemma(particleRulings)

var particleRulings = []ruling{
	{refused, `call off, rule out, hold off, put off, back out, pull out, hold back, back away, stop short, turn down, give up, shut down, break off,
		wave away, fend off, stave off, head off, scale back, cut off, opt out`},
	{intended, `look forward, gear up, sign up`},
	{transparent, `carry out, set off, take up, kick off, go ahead, go on, carry on, press ahead, push through, step up, open up, take part, start up`},
	{hypothetical, `sound out, float around`},
	{claimed, `point out, speak out, make out, spell out, set out`},
}

// introduced gives the effect of the words before a phrase or clause; where
// several come together ("whether to", "if after"), the first decides.
func introduced(in string) effect {
	if e, ok := prepositionEffects[in]; ok {
		return e
	}
	first, _, _ := strings.Cut(in, " ")
	return prepositionEffects[first]
}

// negators deny the word that they modify; determiners and pronouns among them deny its clause.
var (
	negators          = []string{"not", "n't", "n’t", "never", "neither", "nor", "hardly", "barely", "scarcely", "nowhere", "nt"}
	negatedQuantities = []string{"no", "neither", "none", "nobody", "nothing", "no-one"}
)
