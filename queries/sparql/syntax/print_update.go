package syntax

import "fmt"

func (p *printer) operation(o Operation) {
	silent := func(s bool) string {
		if s {
			return " SILENT"
		}
		return ""
	}
	switch o := o.(type) {
	case Load:
		p.write("LOAD", silent(o.Silent), " ")
		p.iri(o.Source)
		if o.Into != "" {
			p.write(" INTO GRAPH ")
			p.iri(o.Into)
		}
	case Clear:
		verb := "CLEAR"
		if o.Drop {
			verb = "DROP"
		}
		p.write(verb, silent(o.Silent), " ")
		p.graphRef(o.Graph)
	case Create:
		p.write("CREATE", silent(o.Silent), " GRAPH ")
		p.iri(o.IRI)
	case Transfer:
		p.write(o.Verb, silent(o.Silent), " ")
		p.graphRef(o.From)
		p.write(" TO ")
		p.graphRef(o.To)
	case InsertData:
		p.write("INSERT DATA ")
		p.quads(o.Quads)
	case DeleteData:
		p.write("DELETE DATA ")
		p.quads(o.Quads)
	case DeleteWhere:
		p.write("DELETE WHERE ")
		p.quads(o.Quads)
	case Modify:
		if o.With != "" {
			p.write("WITH ")
			p.iri(o.With)
			p.line("")
		}
		if o.HasDelete {
			p.write("DELETE ")
			p.quads(o.Delete)
			p.line("")
		}
		if o.HasInsert {
			p.write("INSERT ")
			p.quads(o.Insert)
		}
		p.datasets("USING", o.Using)
		p.line("WHERE ")
		p.group(o.Where)
	default:
		panic(fmt.Sprintf("syntax: no such operation: %T", o))
	}
}

func (p *printer) graphRef(g GraphRef) {
	switch g.Target {
	case TargetDefault:
		p.write("DEFAULT")
	case TargetNamed:
		p.write("NAMED")
	case TargetAll:
		p.write("ALL")
	default:
		p.write("GRAPH ")
		p.iri(g.IRI)
	}
}

func (p *printer) quads(list []QuadPattern) {
	p.write("{")
	p.indent++
	for i := 0; i < len(list); {
		in := list[i].Graph
		p.line("")
		if !list[i].Default() {
			p.write("GRAPH ")
			p.node(in)
			p.write(" { ")
		}
		for first := i; i < len(list) && sameGraph(list[i].Graph, in); i++ {
			if i > first {
				p.write(" ")
			}
			p.triple(list[i].Triple)
			p.write(" .")
		}
		if in.Var != "" || !in.Term.IsZero() {
			p.write(" }")
		}
	}
	p.indent--
	p.line("}")
}

func sameGraph(a, b Node) bool { return a.Var == b.Var && a.Term == b.Term }
