package perceptron

// A goldTree is heads (the number of tokens for the root) and numbers of relations.
type goldTree struct {
	heads     []int
	relations []uint8
}

// costs tells for shift, left and right how many arcs of the gold tree can no
// longer be had after it (Goldberg and Nivre 2013, for arc-hybrid).
func (g *goldTree) costs(s *parsing) (shift, left, right int) {
	b := s.front
	if s.mayShift() {
		for k, t := range s.stack {
			if g.heads[t] == b {
				shift++
			}
			if g.heads[b] == t && k < len(s.stack)-1 {
				shift++
			}
		}
	}
	if len(s.stack) == 0 {
		return shift, 0, 0
	}
	top := s.stack[len(s.stack)-1]
	below := -1
	if len(s.stack) > 1 {
		below = s.stack[len(s.stack)-2]
	}
	// Dependents of the top that are still in the buffer are lost to both arcs.
	lost := 0
	for k := b; k < s.n; k++ {
		if g.heads[k] == top {
			lost++
		}
	}
	left, right = lost, lost
	if h := g.heads[top]; h == below || h > b {
		left++
	}
	if h := g.heads[top]; h >= b {
		right++
	}
	return shift, left, right
}

// bestRight gives the best transition that loses no arc that can still be had,
// and whether the transition given is such a one.
func (p *parser) bestRight(s *parsing, g *goldTree, scores []int32, guess int) (int, bool) {
	shiftCost, leftCost, rightCost := g.costs(s)
	least := 1 << 30
	if s.mayShift() {
		least = min(least, shiftCost)
	}
	if s.mayLeft() {
		least = min(least, leftCost)
	}
	if s.mayRight() {
		least = min(least, rightCost)
	}
	choice, right := -1, false
	consider := func(t int) {
		if choice < 0 || scores[t] > scores[choice] {
			choice = t
		}
		right = right || t == guess
	}
	if s.mayShift() && shiftCost == least {
		consider(shift)
	}
	arc := func(child, head, first int) {
		if g.heads[child] == head {
			consider(first + int(g.relations[child]))
			return
		}
		if head == s.n {
			consider(first + rootRelation)
			return
		}
		for r := rootRelation + 1; r < p.relations; r++ {
			consider(first + r)
		}
	}
	if s.mayLeft() && leftCost == least {
		arc(s.stack[len(s.stack)-1], s.front, p.left(0))
	}
	if s.mayRight() && rightCost == least {
		arc(s.stack[len(s.stack)-1], s.stack[len(s.stack)-2], p.right(0))
	}
	return choice, right
}

// trainParser trains with the dynamic oracle. From the second pass on it follows
// its own guesses in most cases, right or wrong, to learn what to do then.
func trainParser(sentences [][]word, tags [][]uint8, gold []goldTree, relations, passes int, seed uint64) *learner {
	p := &parser{relations: relations}
	l := newLearner(p.transitions())
	draw := random(seed)
	order := make([]int, len(sentences))
	for i := range order {
		order[i] = i
	}
	scores := make([]int32, p.transitions())
	var features []feature
	for pass := range passes {
		draw.shuffle(order)
		for _, at := range order {
			s := newParsing(sentences[at], tags[at])
			for !s.done() {
				features = s.extract(features[:0])
				l.score(scores, features)
				guess := p.bestOf(s, scores)
				want, right := p.bestRight(s, &gold[at], scores, guess)
				if !right {
					l.update(features, want, 1)
					l.update(features, guess, -1)
					if pass == 0 || draw.below(10) == 0 {
						guess = want
					}
				}
				l.step++
				p.apply(s, guess)
			}
		}
	}
	return l
}
