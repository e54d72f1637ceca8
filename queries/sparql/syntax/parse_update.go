package syntax

// update reads a request (production Update).
func (p *parser) update() *Update {
	u := &Update{}
	for {
		p.readPrologue()
		if p.tok.kind == tokEnd {
			break
		}
		u.Operations = append(u.Operations, p.operation())
		if !p.acceptSign(";") {
			if p.tok.kind != tokEnd {
				p.expected(`";"`, "the end of the update")
			}
			break
		}
	}
	u.Prologue = p.prologue
	return u
}

func (p *parser) operation() Operation {
	at := p.here()
	p.newPattern()
	switch {
	case p.acceptWord("LOAD"):
		o := Load{Pos: at, Silent: p.acceptWord("SILENT"), Source: p.iri("SILENT")}
		if p.acceptWord("INTO") {
			p.wantWord("GRAPH")
			o.Into = p.iri()
		}
		return o
	case p.isWord("CLEAR", "DROP"):
		drop := p.advance().word("DROP")
		o := Clear{Pos: at, Drop: drop, Silent: p.acceptWord("SILENT")}
		switch {
		case p.acceptWord("DEFAULT"):
			o.Graph.Target = TargetDefault
		case p.acceptWord("NAMED"):
			o.Graph.Target = TargetNamed
		case p.acceptWord("ALL"):
			o.Graph.Target = TargetAll
		default:
			p.wantWord("GRAPH", "DEFAULT", "NAMED", "ALL")
			o.Graph.IRI = p.iri()
		}
		return o
	case p.acceptWord("CREATE"):
		silent := p.acceptWord("SILENT")
		p.wantWord("GRAPH")
		return Create{at, silent, p.iri()}
	case p.isWord("ADD", "MOVE", "COPY"):
		o := Transfer{Pos: at, Verb: upper(p.advance().text), Silent: p.acceptWord("SILENT")}
		o.From = p.graphOrDefault()
		p.wantWord("TO")
		o.To = p.graphOrDefault()
		return o
	case p.isWord("INSERT") && p.ahead.word("DATA"):
		p.advance()
		p.advance()
		return InsertData{at, p.quadData("")}
	case p.isWord("DELETE") && p.ahead.word("DATA"):
		p.advance()
		p.advance()
		return DeleteData{at, p.quadData("a blank node cannot stand in DELETE DATA: it names no node of the store")}
	case p.isWord("DELETE") && p.ahead.word("WHERE"):
		p.advance()
		p.advance()
		defer p.without(deleteBlanks, "")()
		return DeleteWhere{at, p.quads()}
	case p.isWord("WITH", "INSERT", "DELETE"):
		return p.modify()
	}
	p.expected("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
	return nil
}

const deleteBlanks = "a blank node cannot stand in DELETE: it matches every node; use a variable"

// without forbids blank nodes and variables, each where a reason is given, until the result is called.
func (p *parser) without(blanks, vars string) func() {
	savedBlanks, savedVars := p.noBlanks, p.noVars
	p.noBlanks, p.noVars = blanks, vars
	return func() { p.noBlanks, p.noVars = savedBlanks, savedVars }
}

func upper(word string) string {
	b := []byte(word)
	for i, c := range b {
		if c >= 'a' && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}

func (p *parser) graphOrDefault() GraphRef {
	if p.acceptWord("DEFAULT") {
		return GraphRef{Target: TargetDefault}
	}
	p.acceptWord("GRAPH")
	return GraphRef{IRI: p.iri("DEFAULT", "GRAPH")}
}

func (p *parser) quadData(noBlanks string) []QuadPattern {
	defer p.without(noBlanks, "a variable cannot stand in data; use INSERT { … } WHERE { … }")()
	return p.quads()
}

// modify reads DELETE … INSERT … WHERE (production Modify).
func (p *parser) modify() Operation {
	m := Modify{Pos: p.here()}
	if p.acceptWord("WITH") {
		m.With = p.iri()
	}
	if p.acceptWord("DELETE") {
		restore := p.without(deleteBlanks, "")
		m.HasDelete, m.Delete = true, p.quads()
		restore()
	}
	if p.acceptWord("INSERT") {
		saved := p.blanks
		p.blanks = map[string]int{}
		m.HasInsert, m.Insert = true, p.quads()
		p.blanks = saved
	}
	if !m.HasDelete && !m.HasInsert {
		p.expected("DELETE", "INSERT")
	}
	m.Using = p.datasets("USING")
	if !p.isWord("WHERE") {
		p.expected("WHERE", "USING")
	}
	p.advance()
	if !p.isSign("{") {
		p.expected(`"{"`)
	}
	m.Where = p.group()
	return m
}

// quads reads { triples GRAPH g { triples } … } (productions QuadPattern and
// QuadData).
func (p *parser) quads() []QuadPattern {
	var out []QuadPattern
	add := func(name Node, list []Triple) {
		for _, t := range list {
			out = append(out, QuadPattern{name, t})
		}
	}
	p.wantSign("{")
	for {
		switch {
		case p.acceptSign("}"):
			return out
		case p.isSubject():
			add(Node{}, p.triplesTemplate())
			if !p.isWord("GRAPH") && !p.isSign("}") {
				p.expected(`"}"`, `"."`, "GRAPH")
			}
		case p.acceptWord("GRAPH"):
			name := p.varOrIRI()
			p.wantSign("{")
			add(name, p.triplesTemplate())
			p.wantSign("}", `"."`)
			p.acceptSign(".")
		default:
			p.expected("a triple", "GRAPH", `"}"`)
		}
	}
}
