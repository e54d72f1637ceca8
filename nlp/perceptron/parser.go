package perceptron

// A parser finds the dependency tree of a sentence with arc-hybrid transitions
// (Kuhlmann, Gómez-Rodríguez and Satta 2011), choosing each together with the
// arc's relation.
type parser struct {
	scorer
	relations int
}

// Transitions are numbered: shift, then for each relation an arc to the left
// (the front of the buffer becomes the head of the stack's top), then one to the
// right (the token below the top becomes the head of the top).
const shift = 0

func (p *parser) transitions() int   { return 1 + 2*p.relations }
func (p *parser) left(rel int) int   { return 1 + rel }
func (p *parser) right(rel int) int  { return 1 + p.relations + rel }
func (p *parser) isLeft(t int) bool  { return t >= 1 && t <= p.relations }
func (p *parser) relation(t int) int { return (t - 1) % p.relations }

// A parsing is the state of the parse of one sentence. The root is a token
// behind the last one.
type parsing struct {
	words []word
	tags  []uint8 // with one for the root
	n     int     // tokens without the root
	stack []int
	front int // first token of the buffer
	nodes []node
}

// A node is what is known of a token's place in the tree.
type node struct {
	head        int // -1 when unknown
	relation    uint8
	lefts       uint8 // dependents before the token, counted up to 255
	rights      uint8
	left, left2 int // outermost dependent before the token and the one found before it, -1 for none
	right       int
	right2      int
	leftSet     uint64 // bits for the relations of the dependents before the token
	rightSet    uint64
}

const (
	rootTag      = 254
	rootRelation = 0 // its number
)

func newParsing(ws []word, tags []uint8) *parsing {
	s := &parsing{words: ws, tags: append(tags[:len(tags):len(tags)], rootTag), n: len(ws)}
	s.nodes = make([]node, s.n+1)
	for i := range s.nodes {
		s.nodes[i] = node{head: -1, left: -1, left2: -1, right: -1, right2: -1}
	}
	s.stack = make([]int, 0, s.n+1)
	return s
}

func (s *parsing) done() bool { return s.front == s.n && len(s.stack) == 0 }

// What may be done: a shift while tokens are left, and not of the root; an arc
// to the left unless it would give the root a second dependent.
func (s *parsing) mayShift() bool { return s.front < s.n }
func (s *parsing) mayLeft() bool  { return len(s.stack) > 0 && (s.front < s.n || len(s.stack) == 1) }
func (s *parsing) mayRight() bool { return len(s.stack) > 1 }

func (s *parsing) attach(child, head int, relation uint8) {
	c, h := &s.nodes[child], &s.nodes[head]
	c.head, c.relation = head, relation
	if child < head {
		h.left2, h.left = h.left, child
		h.lefts = min(h.lefts, 254) + 1
		h.leftSet |= 1 << (relation & 63)
	} else {
		h.right2, h.right = h.right, child
		h.rights = min(h.rights, 254) + 1
		h.rightSet |= 1 << (relation & 63)
	}
}

func (p *parser) apply(s *parsing, transition int) {
	if transition == shift {
		s.stack = append(s.stack, s.front)
		s.front++
		return
	}
	top := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	head := s.front
	if !p.isLeft(transition) {
		head = s.stack[len(s.stack)-1]
	}
	s.attach(top, head, uint8(p.relation(transition)))
}

// bestOf gives the best transition of those that are allowed. The relation to
// the root is used there and nowhere else.
func (p *parser) bestOf(s *parsing, scores []int32) int {
	choice := -1
	consider := func(from, to int) {
		for t := from; t < to; t++ {
			if choice < 0 || scores[t] > scores[choice] {
				choice = t
			}
		}
	}
	if s.mayShift() {
		consider(shift, shift+1)
	}
	switch {
	case s.mayLeft() && s.front == s.n:
		consider(p.left(rootRelation), p.left(rootRelation)+1)
	case s.mayLeft():
		consider(p.left(rootRelation+1), p.right(0))
	}
	if s.mayRight() {
		consider(p.right(rootRelation+1), p.transitions())
	}
	return choice
}

// parse gives heads (-1 for the root) and numbers of relations.
func (p *parser) parse(ws []word, tags []uint8) []node {
	s := newParsing(ws, tags)
	scores := make([]int32, p.transitions())
	features := make([]feature, 0, parserFeatures)
	for !s.done() {
		features = s.extract(features[:0])
		p.score(scores, features)
		p.apply(s, p.bestOf(s, scores))
	}
	for i := range s.nodes {
		if s.nodes[i].head == s.n {
			s.nodes[i].head = -1
		}
	}
	return s.nodes[:s.n]
}
