// Package algebra is what a SPARQL query means: the operators of section 18 of
// the SPARQL 1.1 Query Language, made from the syntax tree by [Translate],
// printed as S-expressions by [Format], and made cheaper by [Rewrite] without a
// change of meaning.
//
// An [Op] gives a multiset of solutions; sequences (section 18.2.5) are the same
// operators, of which [OrderBy], [Slice] and [Project] keep the order of their
// input. A [Expr] gives a term or an error for one solution.
//
//	query, err := algebra.Translate(tree)
//	fmt.Println(algebra.Format(algebra.Rewrite(query.Op)))
//	// (project (?s) (bgp (triple ?s <http://example.org/p> ?o)))
package algebra

import (
	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/syntax"
)

// Hidden begins the names of variables that no query can name: those of blank
// nodes in patterns (section 18.2.2, a blank node is a variable that cannot be
// asked for), of aggregates and of the steps of a path.
const Hidden = "."

// A Node is a place of a pattern: a variable, a term, or a triple with variables.
type Node struct {
	Var    string     // without its question mark; "" for a term or a triple
	Term   graph.Term // of a term
	Triple *Triple    // of a triple term (SPARQL 1.2) that has variables
}

// Variable returns the place of a variable.
func Variable(name string) Node { return Node{Var: name} }

// Fixed returns the place of a term.
func Fixed(t graph.Term) Node { return Node{Term: t} }

// A Triple is a triple pattern (section 18.1.5).
type Triple struct{ Subject, Predicate, Object Node }

// Places returns the three places of the pattern.
func (t Triple) Places() [3]Node { return [3]Node{t.Subject, t.Predicate, t.Object} }

// An Op is an operator of the algebra. Operators are values that are never
// changed after they were made, and may be shared between trees.
type Op interface{ op() }

type (
	// BGP is a basic graph pattern (section 18.3); with no patterns, the one empty solution.
	BGP struct{ Patterns []Triple }

	// Path is a property path pattern that is no triple pattern (section 18.4).
	Path struct {
		Subject Node
		Path    PathExpr
		Object  Node
	}

	// Join holds the merges of compatible solutions.
	Join struct{ Left, Right Op }

	// LeftJoin is OPTIONAL: Join where compatible and the filter holds, else the left one alone.
	LeftJoin struct {
		Left, Right Op
		Filter      Expr // nil for true
	}

	// Filter keeps the solutions for which the expression is true.
	Filter struct {
		Expr  Expr
		Input Op
	}

	// Union holds the solutions of both.
	Union struct{ Left, Right Op }

	// Minus holds the solutions on the left for which none on the right is
	// compatible and shares a variable.
	Minus struct{ Left, Right Op }

	// Graph evaluates its input in a named graph, or in each of them (section 18.6).
	Graph struct {
		Name  Node
		Input Op
	}

	// Extend binds a variable to an expression, and leaves it unbound where that fails.
	Extend struct {
		Input Op
		Var   string
		Expr  Expr
	}

	// Table is inline data. The zero Term leaves a variable unbound.
	Table struct {
		Vars []string
		Rows [][]graph.Term
	}

	// Group is Group and AggregateJoin (section 18.5.1): one solution a group,
	// with the keys and the aggregates. Without keys there is always one group.
	Group struct {
		Input      Op
		Keys       []Binding
		Aggregates []Aggregate
	}

	// OrderBy sorts (section 15.1); it keeps the order of equal solutions.
	OrderBy struct {
		Input Op
		Keys  []OrderKey
	}

	// Project keeps some variables.
	Project struct {
		Input Op
		Vars  []string
	}

	// Distinct keeps each solution once, the first time.
	Distinct struct{ Input Op }

	// Reduced keeps each solution at least once, and at most as often as it comes.
	Reduced struct{ Input Op }

	// Slice leaves out Offset solutions and keeps up to Limit, all where it is negative.
	Slice struct {
		Input         Op
		Offset, Limit int64
	}

	// Service evaluates a pattern elsewhere (SPARQL 1.1 Federated Query).
	Service struct {
		Name   Node
		Silent bool
		Input  Op
		Text   string // of the pattern in SPARQL, with its braces, as the endpoint is asked
	}
)

func (BGP) op()      {}
func (Path) op()     {}
func (Join) op()     {}
func (LeftJoin) op() {}
func (Filter) op()   {}
func (Union) op()    {}
func (Minus) op()    {}
func (Graph) op()    {}
func (Extend) op()   {}
func (Table) op()    {}
func (Group) op()    {}
func (OrderBy) op()  {}
func (Project) op()  {}
func (Distinct) op() {}
func (Reduced) op()  {}
func (Slice) op()    {}
func (Service) op()  {}

// A Binding is an expression with the variable that takes its value.
type Binding struct {
	Var  string
	Expr Expr
}

// An OrderKey is a condition of ORDER BY.
type OrderKey struct {
	Expr       Expr
	Descending bool
}

// An Aggregate is a set function over a group (section 18.5.1).
type Aggregate struct {
	Var       string // that takes the value
	Function  string // in upper case: COUNT, SUM, MIN, MAX, AVG, SAMPLE, GROUP_CONCAT; or an IRI
	Distinct  bool
	Arg       Expr   // nil for COUNT(*)
	Separator string // of GROUP_CONCAT
}

// A PathExpr is a property path expression (section 18.2.2.3).
type PathExpr interface{ path() }

type (
	// Link is one predicate.
	Link struct{ Predicate graph.Term }

	// Inverse goes from object to subject.
	Inverse struct{ Path PathExpr }

	// Sequence is one path behind the other.
	Sequence struct{ First, Second PathExpr }

	// Alternative is either of two paths.
	Alternative struct{ First, Second PathExpr }

	// ZeroOrMore, OneOrMore and ZeroOrOne repeat a path and give each end once.
	ZeroOrMore struct{ Path PathExpr }
	// OneOrMore is path+.
	OneOrMore struct{ Path PathExpr }
	// ZeroOrOne is path?.
	ZeroOrOne struct{ Path PathExpr }

	// Negated is one predicate that is none of those listed.
	Negated struct{ Predicates []graph.Term }
)

func (Link) path()        {}
func (Inverse) path()     {}
func (Sequence) path()    {}
func (Alternative) path() {}
func (ZeroOrMore) path()  {}
func (OneOrMore) path()   {}
func (ZeroOrOne) path()   {}
func (Negated) path()     {}

// An Expr is an expression.
type Expr interface{ expr() }

type (
	// Var is the value of a variable, an error where it is unbound.
	Var string

	// Const is a term.
	Const struct{ Term graph.Term }

	// Call is an operator, a built-in function or a function named by an IRI.
	Call struct {
		// Function is an operator as it is written ("||", "&&", "!", "=", "+",
		// "IN", "NOT IN"; "-" with one argument is the sign), the name of a
		// built-in in upper case, or an IRI.
		Function string
		Args     []Expr
	}

	// Exists tells whether a pattern has a solution once the variables of the
	// present one are substituted (section 18.6).
	Exists struct {
		Not   bool
		Input Op
	}
)

func (Var) expr()    {}
func (Const) expr()  {}
func (Call) expr()   {}
func (Exists) expr() {}

// A Query is a query translated.
type Query struct {
	Form syntax.Form
	Op   Op
	// Vars are the variables of the results in their order, of SELECT and DESCRIBE.
	Vars []string
	// Template are the triples of CONSTRUCT.
	Template []Triple
	// Resources are the terms and variables of DESCRIBE.
	Resources []Node
	// Dataset is what FROM and FROM NAMED say (section 13.2); nil where they say nothing.
	Dataset *DatasetClause
}

// A DatasetClause names the graphs that a query runs over.
type DatasetClause struct {
	Default []graph.Term // merged into the default graph
	Named   []graph.Term
}

type term = graph.Term
