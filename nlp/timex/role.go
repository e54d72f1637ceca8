package timex

// role tells how the expression of the tokens [i, j) bears on what it stands
// beside; back says that it is some way before its anchor. It may step over words behind that belong to it: or later, onwards.
func (p *parser) role(i, j int, kind Kind, back bool) (Role, int) {
	if kind == KindDuration || kind == KindSet {
		if kind == KindSet {
			return RoleAt, j
		}
		if p.tag(i-1) == tagForSpan || p.tag(i-1) == tagOver || p.tag(i-1) == tagDuring {
			return RoleFor, j
		}
		if p.tag(i-1) == tagWithin {
			return RoleWithin, j
		}
		return RoleAt, j
	}
	if p.tag(i) == tagWithin {
		return RoleWithin, j
	}
	if role, end := p.openEnd(j); end != none {
		return role, end
	}
	// Friday's vote, the 2023 election
	if kind != KindRange && (p.mark(j) == '\'' && p.at(j).glued || p.attributive(i, j) && p.tag(i-1) != tagOn) {
		return RoleOf, j
	}
	if p.mark(i-1) == '(' && p.mark(j) == ')' {
		return RoleOf, j
	}
	return p.roleBefore(i, kind, back), j
}

// openEnd reads what opens a date towards later or earlier times.
func (p *parser) openEnd(j int) (Role, int) {
	switch {
	case p.same(j, "onwards") || p.same(j, "onward"):
		return RoleSince, j + 1
	case (p.tag(j) == tagOr || p.tag(j) == tagAnd) && (p.tag(j+1) == tagLater || p.same(j+1, "beyond") || p.same(j+1, "onwards") || p.same(j+1, "greater")):
		return RoleSince, j + 2
	case p.tag(j) == tagOr && p.tag(j+1) == tagEarlier:
		return RoleBy, j + 2
	case p.tag(j) == tagAnd && p.tag(j+1) == tagAfter && p.at(j+2).kind != wordToken && p.at(j+2).kind != numberToken:
		return RoleSince, j + 2
	}
	return "", none
}

// roleBefore tells the role by the words before i.
func (p *parser) roleBefore(i int, kind Kind, back bool) Role {
	k := i - 1
	if p.tag(k) == tagThe { // until the 5th: the article may stand outside
		k--
	}
	if p.tag(k-1) == tagAtPlace && (p.same(k, "least") || p.same(k, "most") || p.same(k, "latest")) {
		k -= 2
	}
	if p.tag(k) == tagAbout || p.tag(k) == tagHedge || p.same(k, "at") && p.tag(k-1) == tagBy {
		if p.tag(k-1) != notag {
			k--
		}
	}
	if p.tag(k) == tagOn && p.tag(k-1) != notag { // until on Friday, starting on 5 May
		switch p.tag(k - 1) {
		case tagStarting, tagUntil, tagFrom, tagSince:
			k--
		}
		if p.same(k-1, "beginning") {
			k--
		}
	}
	switch p.tag(k) {
	case tagSince:
		return RoleSince
	case tagFrom:
		if kind != KindRange {
			return RoleSince
		}
	case tagStarting:
		return RoleSince
	case tagUntil:
		if kind != KindRange {
			return RoleUntil
		}
	case tagBy:
		return RoleBy
	case tagBefore:
		return RoleBefore
	case tagAfter:
		return RoleAfter
	case tagFollowing:
		return RoleAfter
	case tagWithin:
		return RoleWithin
	case tagOf:
		switch {
		case p.same(k-1, "as"):
			return RoleSince
		case p.same(k-1, "ahead"):
			return RoleBefore
		case p.same(k-1, "beginning") || p.same(k-1, "end"):
			return RoleAt
		}
		return RoleOf
	case tagTo:
		if p.same(k-1, "prior") {
			return RoleBefore
		}
		if p.same(k-1, "up") {
			return RoleUntil
		}
	case tagThan:
		switch {
		case p.tag(k-1) == tagLater && p.same(k-2, "no"):
			return RoleBy
		case p.tag(k-1) == tagLater, p.same(k-1, "greater"):
			return RoleAfter
		case p.same(k-1, "more") && back: // more than two weeks ago
			return RoleBefore
		case p.same(k-1, "less") && !back:
			return RoleWithin
		case p.same(k-1, "more"):
			return RoleAfter
		case p.tag(k-1) == tagEarlier && !p.same(k-2, "no"):
			return RoleBefore
		case p.tag(k-1) == tagEarlier:
			return RoleSince
		}
	case tagAs:
		switch {
		case p.tag(k-1) == tagEarly:
			return RoleSince
		case p.tag(k-1) == tagLate:
			return RoleUntil
		}
	}
	if p.same(k, "beginning") && p.tag(k-1) != tagThe {
		return RoleSince
	}
	return RoleAt
}
