package queries_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/queries"
)

// hostile are scripts that try to stop, starve or kill the process. fails says
// that the script must end in an error; the others may end well, in time.
var hostile = []struct {
	script string
	fails  bool
}{
	// loops without end
	{`while (true) {}`, true},
	{`for (;;) g.V().All()`, true},
	{`while (1) g.Emit(1)`, true},
	{`while (1) try { while (1) {} } catch (e) {} finally { continue }`, true},
	{`function* f() { while (true) yield 1 } for (const x of f()) {}`, true},
	{`function* f() { while (true) yield 1 } [...f()]`, true},
	{`new Set({ [Symbol.iterator]() { return { next() { return { value: 1, done: false } } } } })`, true},
	{`[...{ [Symbol.iterator]: Object.prototype.valueOf, next: Object }]`, true},
	{`[...{ [Symbol.iterator]: Object.prototype.valueOf, next: Array }]`, true},
	{`[...{ [Symbol.iterator]: Object.prototype.valueOf, next: Error }]`, true},
	{`[...{ [Symbol.iterator]: Object.prototype.valueOf, next: g.V }]`, true},
	{`[...{ [Symbol.iterator]: Object.prototype.valueOf, next: Object.bind(null, { value: 1 }) }]`, true},
	{`[...{ [Symbol.iterator]: Object.prototype.valueOf, next: Object.freeze.bind(null, { value: 1 }) }]`, true},
	{`var o = Object.create(Object.getPrototypeOf([].values())); o.next = Object; [...o]`, true},
	{`Array.from({ [Symbol.iterator]: Object.prototype.valueOf, next: Object })`, true},
	{`new Map({ [Symbol.iterator]: Object.prototype.valueOf, next: Object })`, true},
	{`var s = new Set([1]); for (var x of s) { s.delete(x); s.add(x) }`, true},
	{`var m = new Map([[1, 1]]); m.forEach(function (v, k) { m.delete(k); m.set(k, v) })`, true},
	{`var o = {}; o.valueOf = o.toString = function () { while (1) {} }; o + 1`, true},
	{`g.V({ toString() { while (1) {} } }).All()`, true},
	{`g.Emit({ get a() { while (1) {} } })`, true},
	{`throw { get message() { while (1) {} } }`, true},
	{`throw { toString() { while (1) {} } }`, true},
	{`Object.defineProperty(Object.prototype, "message", { get() { while (1) {} } }); throw {}`, true},
	{`try { while (1) {} } finally { while (1) {} }`, true},

	// depth
	{`function f() { f() } f()`, true},
	{`function f() { return [1].map(f) } f()`, true},
	{`var o = { toString() { return "" + o } }; "" + o`, true},
	{`var o = { get a() { return this.a } }; o.a`, true},
	{`var a = []; for (var i = 0; i < 1e5; i++) a = [a]; a.toString()`, true},
	{`var a = []; for (var i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)`, true},
	{`var a = []; for (var i = 0; i < 1e5; i++) a = [a]; a.flat(Infinity)`, true},
	{`var a = []; for (var i = 0; i < 1e5; i++) a = [a]; g.Emit(a)`, true},
	{`var a = []; for (var i = 0; i < 1e5; i++) a = [a]; g.V(a).All()`, true},
	{`var a = []; a[0] = a; JSON.stringify(a)`, true},
	{`var a = {}; a.a = a; g.Emit(a)`, true},
	{`JSON.parse("[".repeat(1e6))`, true},
	{`var f = function () {}; for (var i = 0; i < 1e6; i++) f = f.bind(); f()`, true},
	{`var o = {}; for (var i = 0; i < 3e5; i++) o = Object.create(o); o.x`, false},
	{`g.V().ForEach(function f() { g.V().ForEach(f) })`, true},
	{`var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; JSON.stringify(a)`, true},
	{`var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; "" + a`, true},
	{`var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; g.Emit(a)`, true},
	{`var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; a.flat(Infinity)`, true},

	// size
	{`"x".repeat(1e9)`, true},
	{`"x".repeat({ valueOf() { return this.n++ ? 1e9 : 1 }, n: 0 })`, false},
	{`"x".padStart(1e9)`, true},
	{`"x".padEnd(1e9, "yz")`, true},
	{`var s = "x"; while (1) s += s`, true},
	{`var s = "x"; while (1) s = s.concat(s)`, true},
	{"var s = 'x'; while (1) s = `${s}${s}`", true},
	{`var s = "x".repeat(1e6); s.replaceAll("x", s)`, true},
	{`var s = "x".repeat(1e6); s.replaceAll("", s)`, true},
	{`var s = "x".repeat(2e6); s.replace("x", "$&$'$'$'$'$'$'")`, true},
	{`var s = "x".repeat(2e6); s.replaceAll("x", function () { return s })`, true},
	{`var s = "x".repeat(4e6); s.split("")`, true},
	{`Array(1e9).fill(0)`, true},
	{`Array(2e5).fill("x".repeat(1e6)).join()`, true},
	{`Array(2e5).fill("x".repeat(1e6)).toString()`, true},
	{`Array(2e5).fill("x".repeat(1e6)).toLocaleString()`, true},
	{`var a = Array(2e5).fill(1); var b = Array(2e5).fill(a); b.flat()`, true},
	{`var a = Array(2e5).fill(1); var b = Array(2e5).fill(a); b.flatMap(function (x) { return x })`, true},
	{`var a = Array(2e5).fill(1); a.concat(a, a, a)`, true},
	{`var a = []; a.length = 4294967295; a.forEach(function () {})`, true},
	{`var a = []; a.length = 4294967295; a.join("x")`, true},
	{`var a = []; a[4294967294] = 1; [...a]`, true},
	{`var a = []; a[4294967294] = 1; a.indexOf(2)`, true},
	{`var a = []; a[4294967294] = 1; a.reverse()`, true},
	{`var a = []; a[4294967294] = 1; for (var x of a) {}`, true},
	{`var a = []; a[4294967294] = 1; Math.max.apply(null, a)`, true},
	{`var a = []; a[4294967294] = 1; g.V(a).All()`, true},
	{`var a = []; a[4294967294] = 1; g.Emit(a)`, true},
	{`var a = []; a[4294967294] = 1; (function () { return [...arguments[Symbol.iterator].call(a)] })()`, true},
	{`Array.from({ length: 1e9 })`, true},
	{`Array.from({ get length() { return this.n++ ? 1e9 : 1 }, n: 0 })`, false},
	{`Array.apply(null, { length: 1e9 })`, true},
	{`Array.prototype.fill.call({ length: 1e9 }, 0)`, true},
	{`Array.prototype.push.apply([], { length: 4294967295 })`, true},
	{`String.fromCharCode.apply(null, { length: 1e9 })`, true},
	{`String.raw({ raw: { length: 1e9 } })`, true},
	{`new ArrayBuffer(1e10)`, true},
	{`new Uint8Array(4e9)`, true},
	{`2n ** 1000000000n`, true},
	{`BigInt("9") ** BigInt("999999999")`, true},
	{`var a = []; while (1) a = [a, "xxxxxxxxxxxxxxxxxxxxxxxxx" + Math.random()]`, true},
	{`var m = new Map(); var i = 0; while (1) m.set(i++, "xxxxxxxxxxxxxxxxxxxxxxxxx" + i)`, true},
	{`var o = {}; var i = 0; while (1) o["k" + i++] = { a: i }`, true},

	// code from text, regular expressions, promises, reflection
	{`eval("while(1){}")`, true},
	{`new Function("while(1){}")()`, true},
	{`(function () {}).constructor("while(1){}")()`, true},
	{`Object.getPrototypeOf(function* () {}).constructor("while(1){}")().next()`, true},
	{`/(a+)+$/.test("a".repeat(50) + "b")`, true},
	{`"a".match("(a+)+$")`, true},
	{`RegExp("(a+)+$")`, true},
	{`g.V().Filter(regex("(a+)+$".repeat(50))).All()`, false},
	{`g.V().Filter(regex("(".repeat(1e5))).All()`, true},
	{`g.V().Filter(regex("((a{1000}){1000}){1000}")).All()`, true},
	{`async function f() { while (true) await 0 } f()`, true},
	{`(async () => { throw 1 })()`, true},
	{`Promise.resolve().then(function f() { return Promise.resolve().then(f) })`, true},
	{`new Proxy({}, {})`, true},
	{`Reflect.ownKeys({})`, true},
	{`import("x")`, true},

	// wrong arguments, those that kill Cayley's own session among them
	{`g.V("<aster>").Out({ a: 1 }).All()`, true},
	{`g.V().Tag("x").Labels().Back("x").All()`, false},
	{`g.V().Tag("x").InPredicates().Back("x").All()`, false},
	{`g.V().FollowRecursive(1, 2, 3).All()`, true},
	{`g.V().FollowRecursive(g.M()).All()`, false},
	{`g.V().FollowRecursive(g.M().Both(), -1).All()`, false},
	{`g.V().Labels().Order().All()`, false},
	{`g.V().GetLimit(-1)`, false},
	{`g.V().Has().All()`, true},
	{`g.V().Has(g.V()).All()`, false},
	{`g.V().Has(undefined, undefined).All()`, true},
	{`g.V(undefined).All()`, true},
	{`g.V(null).All()`, true},
	{`g.V(NaN).All()`, true},
	{`g.V(Symbol()).All()`, true},
	{`g.V(function () {}).All()`, true},
	{`g.V(g).All()`, true},
	{`g.V().Filter(1).All()`, true},
	{`g.V().Filter().All()`, true},
	{`g.V().Filter(lt()).All()`, true},
	{`g.V().Tag(1).All()`, true},
	{`g.V().Tag().All()`, true},
	{`g.V().Back("none").All()`, true},
	{`g.V().Limit("x").All()`, true},
	{`g.V().Limit(-5).All()`, true},
	{`g.V().Skip(1e308).All()`, true},
	{`g.V().Limit(Infinity).All()`, true},
	{`g.V().And().All()`, true},
	{`g.V().And(1).All()`, true},
	{`g.V().Follow(null).All()`, true},
	{`g.V().Save("<a>", 1).All()`, true},
	{`g.V().Save(g.V()).All()`, true},
	{`g.V().ForEach(1)`, true},
	{`g.V().ForEach(1, 2, 3)`, true},
	{`g.V().ForEach(function () { throw 1 })`, true},
	{`g.V().ForEach(function () { throw { get stack() { while (1) {} } } })`, true},
	{`g.V().All.call({})`, true},
	{`g.V().All.call(null)`, true},
	{`var f = g.V().Out; f("<a>")`, true},
	{`g.Emit(function () {})`, true},
	{`g.Emit(g.V())`, true},
	{`g.Emit(Symbol())`, true},
	{`g.Emit(NaN)`, false},
	{`g.Emit(new Date(NaN))`, true},
	{`g.M().All()`, true},
	{`g.IRI()`, true},
	{`regex(1)`, true},
	{`typed("x")`, true},
	{`delete Object.prototype; Object.prototype = null; Array.prototype.map = 1; g.V().ToArray().map(label)`, true},
	{`Object.defineProperty(g, "V", { get() { throw 1 } }); g.V()`, true},
	{`g.V = 1; g.V()`, true},
	{`params = 1; params.x.y`, true},
	{`var {__operand} = {__operand: function (x) { return x }}; var s = "x"; while (1) s += s`, true},
	{`function f(__operand) { var s = "x"; while (1) s += s } f(function (x) { return x })`, true},
	{`globalThis.__operand = function (x) { return x }; var s = "x"; while (1) s += s`, true},
	{`Object.defineProperty(globalThis, "__operand", { value: function (x) { return x } }); var s = "x"; while (1) s += s`, true},
	{`class __operand {} var s = "x"; while (1) s += s`, true},
	{`with ({ ["__oper" + "and"]: function (x) { return x } }) { var s = "x"; while (1) s += s }`, true},
	{`var \u005f_operand = 1`, true},
	{`var big = "x"; var o = { toString() { return big } }; while (1) big = o + o`, true},
	{`var big = "x"; var o = { [Symbol.toPrimitive]() { return big } }; while (1) big = o + o`, true},
	{`null.x`, true},
	{`undefinedFunction()`, true},
	{`throw undefined`, true},
	{`throw null`, true},
	{`throw Symbol()`, true},
	{`throw new Error("x".repeat(1e6))`, true},

	// paths that grow
	{`var p = g.V(); for (var i = 0; i < 60; i++) p = p.Both(); p.All()`, true},
	{`var p = g.V("<aster>"); for (var i = 0; i < 60; i++) p = p.And(p); p.All()`, true},
	{`var p = g.V("<aster>"); for (var i = 0; i < 60; i++) p = p.Or(p); p.All()`, true},
	{`var p = g.V("<aster>"); for (var i = 0; i < 1e6; i++) p = p.Out("<trades>"); p.All()`, true},
	{`var p = g.M().Out(); for (var i = 0; i < 60; i++) p = p.Follow(p); g.V().Follow(p).All()`, true},
	{`var p = g.M().Out(); for (var i = 0; i < 60; i++) p = g.M().FollowRecursive(p).FollowRecursive(p); g.V().Follow(p).All()`, true},
	{`var p = g.V(); for (var i = 0; i < 200; i++) p = p.Out(); p.All()`, true},
	{`var p = g.V(); for (var i = 0; i < 9; i++) p = p.Both(); p.Count()`, false},
	{`g.V().Out().In().Out().In().Out().In().Out().In().Unique().Count()`, false},
	{`g.V().Tag("a").Out().Tag("b").In().Tag("c").Out().Tag("d").In().Order().All()`, false},
	{`g.V().Except(g.V().Except(g.V().Except(g.V().Out().In().Out().In().Out().In()))).All()`, false},
	{`g.V(Array(2e5).fill("<aster>")).Out().All()`, false},
}

func TestHostileQueries(t *testing.T) {
	e := engineOver(t, towns)
	limits := queries.Limits{Timeout: 100 * time.Millisecond, Memory: 64 << 20, Rows: 1000}
	before := settledGoroutines()
	var placeless []string // scripts whose errors have no line
	for _, c := range hostile {
		start := time.Now()
		r, err := e.Run(t.Context(), queries.Request{Language: "gizmo", Text: c.script, Limits: limits})
		took := time.Since(start)
		if most := 5 * time.Second; took > most { // generous: other tests run beside
			t.Errorf("%s: took %v", c.script, took)
		}
		if r != nil && len(r.Rows) > limits.Rows {
			t.Errorf("%s: %d rows", c.script, len(r.Rows))
		}
		var failure *queries.Error
		switch {
		case err == nil && c.fails:
			t.Errorf("%s: no error", c.script)
		case err != nil && !errors.As(err, &failure):
			t.Errorf("%s: an error of type %T: %v", c.script, err, err)
		case err != nil && failure.Line == 0:
			placeless = append(placeless, c.script)
		case err != nil && strings.Contains(failure.Message, "internal failure"):
			t.Errorf("%s: %v", c.script, err)
		case err != nil && len(failure.Message) > 1000:
			t.Errorf("%s: a message of %d bytes", c.script, len(failure.Message))
		}
		if testing.Verbose() {
			t.Logf("%8s %s → %v", took.Round(time.Millisecond), c.script, err)
		}
	}
	// On a slow or busy machine one built-in call may outlast the grace in
	// which the place is asked for; with more time it ends, and there is a place.
	limits.Timeout = 2 * time.Second
	for _, script := range placeless {
		_, err := e.Run(t.Context(), queries.Request{Language: "gizmo", Text: script, Limits: limits})
		if failure, ok := errors.AsType[*queries.Error](err); err != nil && (!ok || failure.Line == 0) {
			t.Errorf("%s: an error without a line: %v", script, err)
		}
	}
	if after := settledGoroutines(); after > before {
		buf := make([]byte, 1<<16)
		t.Errorf("%d goroutines before, %d after:\n%s", before, after, buf[:runtime.Stack(buf, true)])
	}
}

// settledGoroutines counts the goroutines once those that are ending have ended.
func settledGoroutines() int {
	n := runtime.NumGoroutine()
	for deadline := time.Now().Add(3 * time.Second); time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond)
		now := runtime.NumGoroutine()
		if now >= n && n > 0 && time.Until(deadline) < 2*time.Second {
			break
		}
		n = min(n, now)
	}
	return runtime.NumGoroutine()
}

// Texts that the parser would take long for, or go too deep on.
func TestHostileTexts(t *testing.T) {
	e := engineOver(t, towns)
	for _, text := range []string{
		strings.Repeat("(x=", 60) + "1" + strings.Repeat(")=>1", 60),
		strings.Repeat("(x=", 12) + "1" + strings.Repeat(")=>1", 12),
		strings.Repeat("(x={y:", 30) + "1" + strings.Repeat("})=>1", 30),
		`/"/; ` + strings.Repeat("(x=", 40) + "1" + strings.Repeat(")=>1", 40) + `; /"/`,
		"if (1) /`/; " + strings.Repeat("(x=", 40) + "1" + strings.Repeat(")=>1", 40) + "; /`/",
		"// \u2028 " + strings.Repeat("(x=", 40) + "1" + strings.Repeat(")=>1", 40),
		"<!-- ` \n" + strings.Repeat("(x=", 40) + "1" + strings.Repeat(")=>1", 40) + "`",
		strings.Repeat("(", 100_000),
		strings.Repeat("[", 100_000),
		strings.Repeat("{", 100_000),
		strings.Repeat("`${", 80_000),
		strings.Repeat("function(){", 20_000),
		strings.Repeat("a:", 100_000),
		strings.Repeat("!", 200_000),
		strings.Repeat("x=>", 80_000),
		strings.Repeat("1+", 100_000) + "1",
		strings.Repeat("a?b:", 60_000),
		strings.Repeat("new ", 60_000),
		strings.Repeat("else if(1);", 20_000),
		strings.Repeat("yield ", 40_000),
		strings.Repeat("x.y", 80_000),
		"'" + strings.Repeat("x", 300_000) + "'",
		"\"\xff\"",
		"'unclosed",
		"/* unclosed",
		"`${`${`${1}`}`}", // one closing is missing
	} {
		start := time.Now()
		_, err := e.Run(t.Context(), queries.Request{Language: "gizmo", Text: text, Limits: queries.Limits{Timeout: time.Second}})
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%.40q…: took %v", text, took)
		}
		var failure *queries.Error
		if !errors.As(err, &failure) {
			t.Errorf("%.40q…: %v", text, err)
		}
	}
	for _, text := range []string{ // what must stay possible
		"var x = 4 / 2 / 1; g.Emit(x)",
		"g.Emit([1,2].map(x => (x) / 2))",
		"var f = (a, b = 1) => a + b; g.Emit(f(1))",
		"g.Emit([[1, 2]].map(([a, b]) => a / b))",
		"g.Emit(`a${1 + 1}b${`c`}`)",
		"g.Emit('a // b') // c",
		"/* a */ g.Emit(1) /* b */",
		"var o = {if: 1}; g.Emit(o.if / 2)",
		"for (const [k, v] of Object.entries({a: 1})) g.Emit(k + v)",
		"class A { b() { return 1 } } g.Emit(new A().b())",
		"class B extends Array {} g.Emit(new B(1, 2).length)",
		"try { null.x } catch (e) { g.Emit(e instanceof TypeError) }",
		"g.Emit(JSON.parse(JSON.stringify({a: [1, 'x', null]})))",
		"g.Emit([3, 1, 2].sort().reverse().join('-'))",
		"g.Emit('a-b'.replace('-', '+').split('+').concat(['c']).length)",
		"g.Emit([...new Set([1, 1, 2])].length + Math.max(...[1, 2]))",
		"g.Emit(Array.from('abc').length + Array(3).fill(0).length + Array.from({length: 2}, (_, i) => i).length)",
		"g.Emit(Object.assign({}, {a: 1}).a + (function () { return arguments.length }).apply(null, [1, 2]))",
		"g.Emit(new Date(0).toISOString())",
		"g.Emit('' + [1, 2] + {a: 1} + null + true + 1 + (new Date(0) + 1).length)",
		"var s = 'a'; s += 1; s += [2]; g.Emit(s)",
	} {
		r, err := e.Run(t.Context(), queries.Request{Language: "gizmo", Text: text})
		if err != nil || len(r.Rows) == 0 {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestClientLeaves(t *testing.T) {
	e := engineOver(t, towns)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	start := time.Now()
	r, err := e.Run(ctx, queries.Request{Language: "gizmo", Text: `while (1) g.V("<aster>").Out("<trades>").All()`})
	var failure *queries.Error
	if !errors.As(err, &failure) || failure.Kind != queries.KindCancelled || !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if time.Since(start) > time.Second || r == nil || len(r.Rows) == 0 {
		t.Errorf("%v, %v", time.Since(start), r)
	}
	stop := errors.New("enough")
	n := 0
	_, err = e.Each(t.Context(), queries.Request{Language: "gizmo", Text: `while (1) g.Emit(1)`}, func(queries.Row) error {
		if n++; n == 10 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || n != 10 {
		t.Errorf("after %d rows: %v", n, err)
	}
}

func TestCut(t *testing.T) {
	e := engineOver(t, towns)
	for text, want := range map[string]string{
		`g.V().All()`:          "showing 3 of ",
		`g.V("<aster>").All()`: "",
		`g.V("<aster>").Out("<trades>").All(); g.V("<cedar>").Out("<trades>").All()`: "",
		`for (var i = 0; i < 50; i++) g.Emit(i)`:                                     "showing 3 of 50",
	} {
		r, err := e.Run(t.Context(), queries.Request{Language: "gizmo", Text: text, Limits: queries.Limits{Rows: 3}})
		if err != nil || !strings.HasPrefix(r.Cut(), want) || (want == "") != (r.Cut() == "") {
			t.Errorf("%s: %q, %v; want %q", text, r.Cut(), err, want)
		}
	}
	r, err := e.Run(t.Context(), queries.Request{Language: "gizmo", Text: `g.V().All()`, Limits: queries.Limits{Rows: -1}})
	if err != nil || r.Cut() != "" || r.Count != len(r.Rows) {
		t.Errorf("without a limit: %q, %v", r.Cut(), err)
	}
}
