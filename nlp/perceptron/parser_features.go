package perceptron

const parserFeatures = 128

// A place is what features see of a token: on the stack, in the buffer, or a
// dependent of such a token.
type place struct {
	word, tag, coarse, relation uint64
	index                       int
}

var nowhere = place{word: 2, tag: noTag, coarse: noTag, relation: noTag, index: -1}

func (s *parsing) place(i int) place {
	if i < 0 || i > s.n {
		return nowhere
	}
	p := place{word: 3, tag: uint64(s.tags[i]), relation: noTag, index: i}
	if i < s.n {
		p.word = s.words[i].lower
	}
	if s.nodes[i].head >= 0 {
		p.relation = uint64(s.nodes[i].relation)
	}
	return p
}

func (s *parsing) onStack(below int) place {
	if below >= len(s.stack) {
		return nowhere
	}
	return s.place(s.stack[len(s.stack)-1-below])
}

// around gives a token's outermost dependents, nowhere for those it lacks.
func (s *parsing) around(p place) (left, left2, right, right2 place) {
	if p.index < 0 {
		return nowhere, nowhere, nowhere, nowhere
	}
	n := &s.nodes[p.index]
	return s.place(n.left), s.place(n.left2), s.place(n.right), s.place(n.right2)
}

// distance between two tokens, in steps that grow.
func distance(a, b place) uint64 {
	if a.index < 0 || b.index < 0 {
		return 9
	}
	switch d := b.index - a.index; {
	case d < 5:
		return uint64(d)
	case d < 8:
		return 5
	case d < 13:
		return 6
	}
	return 7
}

func (s *parsing) valency(p place) (lefts, rights, leftSet, rightSet uint64) {
	if p.index < 0 {
		return 0, 0, 0, 0
	}
	n := &s.nodes[p.index]
	return uint64(min(n.lefts, 4)), uint64(min(n.rights, 4)), n.leftSet, n.rightSet
}

// extract appends the features of a state: after Zhang and Nivre (2011), with
// the stack's second and third token in place of what only arc-eager has.
func (s *parsing) extract(out []feature) []feature {
	s0, s1, s2 := s.onStack(0), s.onStack(1), s.onStack(2)
	b0, b1, b2 := s.place(s.front), s.place(s.front+1), s.place(s.front+2)
	s0l, s0l2, s0r, s0r2 := s.around(s0)
	s1l, s1l2, s1r, s1r2 := s.around(s1)
	b0l, b0l2, _, _ := s.around(b0)
	s0vl, s0vr, s0sl, s0sr := s.valency(s0)
	s1vl, s1vr, s1sl, s1sr := s.valency(s1)
	b0vl, _, b0sl, _ := s.valency(b0)
	d0, d1 := distance(s0, b0), distance(s1, s0)
	t := func(a, b place) uint64 { return a.tag<<8 | b.tag }
	return append(out,
		feature1(100, 0),
		// single words
		feature1(101, s0.word), feature1(102, s0.tag), feature2(103, s0.word, s0.tag),
		feature1(104, s1.word), feature1(105, s1.tag), feature2(106, s1.word, s1.tag),
		feature1(107, b0.word), feature1(108, b0.tag), feature2(109, b0.word, b0.tag),
		feature1(110, b1.word), feature1(111, b1.tag), feature2(112, b1.word, b1.tag),
		feature1(113, b2.word), feature1(114, b2.tag), feature2(115, b2.word, b2.tag),
		feature1(116, s2.word), feature1(117, s2.tag),
		// pairs
		feature3(120, s0.word, s0.tag, mix(b0.word, b0.tag)),
		feature3(121, s0.word, s0.tag, b0.word),
		feature3(122, s0.word, b0.word, b0.tag),
		feature3(123, s0.word, s0.tag, b0.tag),
		feature3(124, s0.tag, b0.word, b0.tag),
		feature2(125, s0.word, b0.word),
		feature1(126, t(s0, b0)),
		feature1(127, t(b0, b1)),
		feature3(128, s1.word, s1.tag, mix(s0.word, s0.tag)),
		feature3(129, s1.word, s1.tag, s0.tag),
		feature3(130, s1.tag, s0.word, s0.tag),
		feature2(131, s1.word, s0.word),
		feature1(132, t(s1, s0)),
		feature1(133, t(s1, b0)),
		feature2(134, s1.word, b0.word),
		feature2(135, s0.word, b1.word),
		feature2(136, s0.tag, b1.tag),
		feature2(137, s0.word, b1.tag),
		feature2(138, b0.word, b1.tag),
		feature2(139, b0.tag, b1.word),
		feature2(140, s1.word, b0.tag),
		feature2(141, s1.tag, b0.word),
		// triples
		feature2(142, t(b0, b1), b2.tag),
		feature2(143, t(s0, b0), b1.tag),
		feature2(144, t(s1, s0), b0.tag),
		feature2(145, t(s2, s1), s0.tag),
		feature2(146, t(s0, b0), s0l.tag),
		feature2(147, t(s0, b0), s0r.tag),
		feature2(148, t(s0, b0), b0l.tag),
		feature2(149, t(s1, s0), s1l.tag),
		feature2(150, t(s1, s0), s1r.tag),
		feature2(151, t(s1, s0), s0l.tag),
		feature2(152, t(s1, s0), s0r.tag),
		feature3(153, s1.word, s0.tag, b0.tag),
		feature3(154, s1.tag, s0.word, b0.tag),
		feature3(155, s1.tag, s0.tag, b0.word),
		feature3(156, s0.word, b0.tag, b1.tag),
		feature3(157, s0.tag, b0.word, b1.tag),
		feature2(158, t(s1, s0), t(b0, b1)),
		feature2(159, t(s2, s1), t(s0, b0)),
		feature3(160, s1.word, s0.word, b0.tag),
		feature3(161, s0.word, s0l.word, b0.tag),
		feature3(162, s0.tag, s0r.word, b0.tag),
		feature3(163, s1.word, s1r.word, s0.tag),
		// distance
		feature2(170, d0, s0.word), feature2(171, d0, s0.tag),
		feature2(172, d0, b0.word), feature2(173, d0, b0.tag),
		feature2(174, d0, t(s0, b0)), feature3(175, d0, s0.word, b0.word),
		feature2(176, d1, s1.tag), feature2(177, d1, s0.tag), feature2(178, d1, t(s1, s0)),
		feature2(179, d1, s1.word),
		// dependents: number, relations, words
		feature2(180, s0vl, s0.tag), feature2(181, s0vr, s0.tag),
		feature2(182, s0vl, s0.word), feature2(183, s0vr, s0.word),
		feature2(184, s1vl, s1.tag), feature2(185, s1vr, s1.tag),
		feature2(186, s1vr, s1.word), feature2(187, b0vl, b0.tag), feature2(188, b0vl, b0.word),
		feature2(190, s0sl, s0.tag), feature2(191, s0sr, s0.tag),
		feature2(192, s0sl, s0.word), feature2(193, s0sr, s0.word),
		feature2(194, s1sl, s1.tag), feature2(195, s1sr, s1.tag),
		feature2(196, s1sr, s1.word), feature2(197, b0sl, b0.tag), feature2(198, b0sl, b0.word),
		feature1(200, s0l.word), feature1(201, s0l.tag), feature1(202, s0l.relation),
		feature1(203, s0r.word), feature1(204, s0r.tag), feature1(205, s0r.relation),
		feature1(206, s1r.word), feature1(207, s1r.tag), feature1(208, s1r.relation),
		feature1(209, b0l.word), feature1(210, b0l.tag), feature1(211, b0l.relation),
		feature1(212, s1l.tag), feature1(213, s1l.relation),
		feature3(214, s0.tag, s0l.tag, s0l2.tag), feature3(215, s0.tag, s0r.tag, s0r2.tag),
		feature3(216, s1.tag, s1r.tag, s1r2.tag), feature3(217, s1.tag, s1l.tag, s1l2.tag),
		feature3(218, b0.tag, b0l.tag, b0l2.tag),
		feature3(219, s0.tag, s0l.relation, s0r.relation),
		feature3(220, s1.tag, s1l.relation, s1r.relation),
		feature3(221, t(s1, s0), s1r.relation, s0r.relation),
		feature3(222, t(s0, b0), s0sl, b0sl),
		feature3(223, t(s1, s0), s1sr, b0.tag),
		feature3(224, t(s0, b0), s0sl, s0sr),
	)
}
