// Package syntax is the syntax of SPARQL: it parses SPARQL 1.1 Query and
// Update, with the additions of SPARQL 1.2 (triple terms, reifiers,
// annotations, VERSION, base directions), into trees, and prints trees as text
// that parses to the same tree.
//
// A [Query] and an [Update] stand for the text as it was written: prefixes
// are expanded, IRIs resolved (RFC 3986), and the abbreviations of triples
// (property lists, collections, reifiers) written out as triples; nothing else
// is rewritten. What a tree means is the business of package algebra.
//
//	query, err := syntax.Parse("SELECT ?s { ?s a <http://example.org/State> }", syntax.Options{})
//	fmt.Println(query)
package syntax

import "github.com/ententegraph/entente/graph"

// Pos is a place in the text. Lines and columns count from 1, columns in
// characters; the zero Pos is unknown.
type Pos struct{ Line, Column int }

// A Prologue holds what BASE, PREFIX and VERSION said. IRIs in the tree are
// resolved already.
type Prologue struct {
	Base     string // the last one
	Prefixes []Prefix
	Version  string
}

// A Prefix is a name for the beginnings of IRIs.
type Prefix struct {
	Name string // without its colon
	IRI  string
}

// Form is the form of a query (section 16).
type Form uint8

// The forms of query.
const (
	Select Form = iota
	Construct
	Ask
	Describe
)

// A Query is a SELECT, CONSTRUCT, DESCRIBE or ASK query.
type Query struct {
	Pos
	Prologue
	Form     Form
	Distinct bool
	Reduced  bool
	Star     bool         // SELECT * or DESCRIBE *
	Items    []Projection // of SELECT
	Template []Triple     // of CONSTRUCT
	Short    bool         // CONSTRUCT WHERE { … }: the template is the pattern
	Describe []Node       // of DESCRIBE: variables and IRIs
	Dataset  []DatasetClause
	Where    *Group // nil only in a DESCRIBE without a pattern
	Modifiers
	Values *Values // behind the pattern, or nil
}

// A DatasetClause is FROM or FROM NAMED (section 13.2).
type DatasetClause struct {
	IRI   string
	Named bool
}

// A Projection is a variable of SELECT, or (expression AS variable).
type Projection struct {
	Pos
	Var  string
	Expr Expr // nil for a variable alone
}

// Modifiers are the solution modifiers (section 15), with GROUP BY and HAVING.
type Modifiers struct {
	GroupBy []GroupKey
	Having  []Expr
	OrderBy []OrderKey
	Limit   int64 // -1 for none
	Offset  int64 // 0 for none
}

// A GroupKey is a condition of GROUP BY.
type GroupKey struct {
	Expr Expr
	Var  string // behind AS, or ""
}

// An OrderKey is a condition of ORDER BY.
type OrderKey struct {
	Expr       Expr
	Descending bool
}

// A Node is a place of a triple: a variable, a term, or a triple term that may
// have variables. Blank nodes are terms here; in patterns they are variables
// that cannot be asked for.
type Node struct {
	Pos
	Var    string // without its question mark; "" for a term or a triple term
	Term   graph.Term
	Triple *Triple // of a triple term; Path is nil in it
}

// IsVar reports whether the node is a variable.
func (n Node) IsVar() bool { return n.Var != "" }

// A Triple is a triple pattern, or a property path pattern when Path is set.
type Triple struct {
	Subject   Node
	Predicate Node // of a triple
	Path      Path // of a path pattern that is no single IRI; else nil
	Object    Node
}

// A Path is a property path expression (section 9.1).
type Path interface{ path() }

type (
	// Link is a path of one predicate.
	Link struct{ IRI string }
	// Inverse is ^path.
	Inverse struct{ Path Path }
	// Sequence is path/path.
	Sequence struct{ Left, Right Path }
	// Alternative is path|path.
	Alternative struct{ Left, Right Path }
	// Repeat is path*, path+ or path?.
	Repeat struct {
		Path Path
		Sign byte // '*', '+' or '?'
	}
	// Negated is !(a|^b).
	Negated struct{ Forward, Backward []string }
)

func (Link) path()        {}
func (Inverse) path()     {}
func (Sequence) path()    {}
func (Alternative) path() {}
func (Repeat) path()      {}
func (Negated) path()     {}

// A Group is a group graph pattern: its elements as they stand.
type Group struct {
	Pos
	Elements []Element
}

// An Element is a part of a group.
type Element interface{ element() }

type (
	// Triples is a run of triples and path patterns. Filters between two runs
	// do not end a basic graph pattern (section 5.1).
	Triples struct{ List []Triple }
	// Filter is FILTER.
	Filter struct{ Expr Expr }
	// Optional is OPTIONAL.
	Optional struct{ Group *Group }
	// Union is a union of two and more groups.
	Union struct{ Groups []*Group }
	// Minus is MINUS.
	Minus struct{ Group *Group }
	// GraphPattern is GRAPH name { … }.
	GraphPattern struct {
		Name  Node
		Group *Group
	}
	// Service is SERVICE name { … }.
	Service struct {
		Silent bool
		Name   Node
		Group  *Group
	}
	// Bind is BIND (expression AS variable).
	Bind struct {
		Pos
		Expr Expr
		Var  string
	}
	// Values is inline data. The zero Term stands for UNDEF.
	Values struct {
		Pos
		Vars []string
		Rows [][]graph.Term
	}
	// SubGroup is a group within a group.
	SubGroup struct{ Group *Group }
	// SubSelect is a SELECT query within a group, alone in it.
	SubSelect struct{ Query *Query }
)

func (Triples) element()      {}
func (Filter) element()       {}
func (Optional) element()     {}
func (Union) element()        {}
func (Minus) element()        {}
func (GraphPattern) element() {}
func (Service) element()      {}
func (Bind) element()         {}
func (*Values) element()      {}
func (SubGroup) element()     {}
func (SubSelect) element()    {}

// An Expr is an expression (section 17).
type Expr interface{ expr() }

type (
	// Var is a variable.
	Var struct {
		Pos
		Name string
	}
	// Const is an IRI or a literal.
	Const struct {
		Pos
		Term graph.Term
	}
	// TripleExpr is a triple term whose parts are expressions (SPARQL 1.2).
	TripleExpr struct {
		Pos
		Subject, Predicate, Object Expr
	}
	// Call is an operator, a built-in function, or a function named by an IRI.
	Call struct {
		Pos
		// Function is an operator as it is written ("||", "&&", "!", "=", "!=",
		// "<", ">", "<=", ">=", "+", "-", "*", "/", "IN", "NOT IN"), the name of a
		// built-in in upper case, or, where IRI is set, an IRI. "-" and "+" with one
		// argument are signs. IN has what is looked for first.
		Function string
		IRI      bool
		Distinct bool // of a function named by an IRI: f(DISTINCT …)
		Args     []Expr
	}
	// Aggregate is a set function (section 11).
	Aggregate struct {
		Pos
		Function  string // COUNT, SUM, MIN, MAX, AVG, SAMPLE, GROUP_CONCAT
		Distinct  bool
		Arg       Expr   // nil for COUNT(*)
		Separator string // of GROUP_CONCAT; " " where none is given
	}
	// Exists is EXISTS and NOT EXISTS.
	Exists struct {
		Pos
		Not   bool
		Group *Group
	}
)

func (Var) expr()        {}
func (Const) expr()      {}
func (TripleExpr) expr() {}
func (Call) expr()       {}
func (Aggregate) expr()  {}
func (Exists) expr()     {}

// An Update is a request of SPARQL 1.1 Update: operations in their order.
type Update struct {
	Prologue
	Operations []Operation
}

// An Operation is one operation of an update.
type Operation interface{ operation() }

// A QuadPattern is a triple in a graph of a template; the zero Graph is the default graph.
type QuadPattern struct {
	Graph Node
	Triple
}

// Default reports whether the triple stands in the default graph.
func (q QuadPattern) Default() bool { return q.Graph.Var == "" && q.Graph.Term.IsZero() }

// Target says what CLEAR, DROP, COPY and the like are about.
type Target uint8

// The targets.
const (
	TargetGraph Target = iota // the graph that IRI names
	TargetDefault
	TargetNamed
	TargetAll
)

// A GraphRef is a target with its IRI.
type GraphRef struct {
	Target Target
	IRI    string // of TargetGraph
}

type (
	// Load is LOAD.
	Load struct {
		Pos
		Silent bool
		Source string
		Into   string // "" for the default graph
	}
	// Clear is CLEAR, and DROP when Drop is set.
	Clear struct {
		Pos
		Silent, Drop bool
		Graph        GraphRef
	}
	// Create is CREATE GRAPH.
	Create struct {
		Pos
		Silent bool
		IRI    string
	}
	// Transfer is ADD, MOVE or COPY.
	Transfer struct {
		Pos
		Verb     string // in upper case
		Silent   bool
		From, To GraphRef // TargetGraph or TargetDefault
	}
	// InsertData is INSERT DATA.
	InsertData struct {
		Pos
		Quads []QuadPattern
	}
	// DeleteData is DELETE DATA.
	DeleteData struct {
		Pos
		Quads []QuadPattern
	}
	// DeleteWhere is DELETE WHERE.
	DeleteWhere struct {
		Pos
		Quads []QuadPattern
	}
	// Modify is DELETE … INSERT … WHERE.
	Modify struct {
		Pos
		With      string // IRI, or ""
		Delete    []QuadPattern
		Insert    []QuadPattern
		HasDelete bool // a DELETE clause, be it empty
		HasInsert bool
		Using     []DatasetClause
		Where     *Group
	}
)

func (Load) operation()        {}
func (Clear) operation()       {}
func (Create) operation()      {}
func (Transfer) operation()    {}
func (InsertData) operation()  {}
func (DeleteData) operation()  {}
func (DeleteWhere) operation() {}
func (Modify) operation()      {}
