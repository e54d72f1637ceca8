// Runs before each script. It leaves only what a query needs, and makes every
// built-in function safe to call from outside a loop of the interpreter.
//
// The interpreter can be interrupted between its own instructions, but not
// inside a built-in function. So
//   - what can run long or grow large in one call is checked before the call;
//   - what the interpreter cannot bound (regular expressions, big integers,
//     typed arrays, proxies, promises, code made from text) is taken away;
//   - every built-in is replaced by a function of the language that calls it:
//     loops inside built-ins that call others (iteration, conversion to text)
//     thereby pass through instructions, where they can be interrupted and
//     where the depth of calls is counted.
(function (limits, stringify, parse) {
  'use strict';
  const { apply, construct, ownKeys, getOwnPropertyDescriptor: describe, defineProperty: define, getPrototypeOf: prototypeOf } = Reflect;
  const TypeErr = TypeError, RangeErr = RangeError, Str = String, isArray = Array.isArray, floor = Math.floor, ObjectOf = Object;
  const newArray = Array;
  const native = {
    join: Array.prototype.join, indexOf: String.prototype.indexOf, split: String.prototype.split,
  };
  const iteratorOf = Symbol.iterator;

  function tooLong(what) { throw new RangeErr(what + ' would be longer than ' + limits.string + ' characters'); }
  function tooMany(what) { throw new RangeErr(what + ' would have more than ' + limits.array + ' elements'); }

  // checkArray refuses what is not an array of bounded length. The length of
  // an array is a plain property: no getter can answer differently twice.
  function checkArray(value, what) {
    if (!isArray(value)) throw new TypeErr(what + ' is called on something that is not an array');
    if (value.length > limits.array) tooMany('the array of ' + what);
    return value;
  }
  function text(value, what) {
    const s = typeof value === 'string' ? value : Str(value);
    if (s.length > limits.string) tooLong('the text given to ' + what);
    return s;
  }
  function checkTexts(values, what) {
    for (let i = 0; i < values.length; i++)
      if (typeof values[i] === 'string' && values[i].length > limits.string) tooLong('the text given to ' + what);
  }

  // plain calls a built-in through the interpreter.
  function plain(original) {
    return { call(...args) { return apply(original, this, args); } }.call;
  }
  function arrayMethod(original, name) {
    return { call(...args) {
      checkArray(this, name);
      return apply(original, this, args);
    } }.call;
  }
  function stringMethod(original, name) {
    return { call(...args) {
      if (this === undefined || this === null) throw new TypeErr(name + ' is called on nothing');
      checkTexts(args, name);
      return apply(original, text(this, name), args);
    } }.call;
  }
  function count(value, otherwise) {
    const n = value === undefined ? otherwise : +value;
    return n !== n ? 0 : n < 0 ? -floor(-n) : floor(n);
  }

  // size of the array that flat would make, in elements
  function flatSize(array, depth, level) {
    if (level > 100) throw new RangeErr('flat goes deeper than 100 levels');
    let n = 0;
    for (let i = 0; i < array.length; i++) {
      const element = array[i];
      n += isArray(element) && depth > 0 ? flatSize(checkArray(element, 'flat'), depth - 1, level + 1) : 1;
      if (n > limits.array) tooMany('the result of flat');
    }
    return n;
  }

  const special = {
    join(original) {
      return { join(separator) {
        checkArray(this, 'join');
        const sep = separator === undefined ? ',' : text(separator, 'join');
        const pieces = new newArray(this.length);
        let size = 0;
        for (let i = 0; i < pieces.length; i++) {
          const element = this[i];
          const piece = element === undefined || element === null ? '' : Str(element);
          size += piece.length + sep.length;
          if (size > limits.string) tooLong('the result of join');
          pieces[i] = piece;
        }
        return apply(original, pieces, [sep]);
      } }.join;
    },
    concat(original) {
      return { concat(...args) {
        let n = checkArray(this, 'concat').length;
        for (let i = 0; i < args.length; i++) n += isArray(args[i]) ? args[i].length : 1;
        if (n > limits.array) tooMany('the result of concat');
        return apply(original, this, args);
      } }.concat;
    },
    flat(original) {
      return { flat(depth) {
        const d = count(depth, 1);
        flatSize(checkArray(this, 'flat'), d, 0);
        return apply(original, this, [d > 100 ? 100 : d]);
      } }.flat;
    },
    repeat(original) {
      return { repeat(times) {
        const s = text(this, 'repeat');
        const n = count(times, 0);
        if (s.length * n > limits.string) tooLong('the result of repeat');
        return apply(original, s, [n]);
      } }.repeat;
    },
    pad(original, name) {
      return { pad(length, filler) {
        const n = count(length, 0);
        if (n > limits.string) tooLong('the result of ' + name);
        return apply(original, text(this, name), filler === undefined ? [n] : [n, text(filler, name)]);
      } }.pad;
    },
    concatText(original) {
      return { concat(...args) {
        const s = text(this, 'concat');
        let n = s.length;
        for (let i = 0; i < args.length; i++) n += (args[i] = text(args[i], 'concat')).length;
        if (n > limits.string) tooLong('the result of concat');
        return apply(original, s, args);
      } }.concat;
    },
    replace(original, name) {
      return { replace(pattern, replacement) {
        const s = text(this, name), p = text(pattern, name);
        if (typeof replacement === 'function') {
          let size = s.length;
          const measured = (...match) => {
            const piece = text(apply(replacement, undefined, match), name);
            if ((size += piece.length) > limits.string) tooLong('the result of ' + name);
            return piece;
          };
          return apply(original, s, [p, measured]);
        }
        const r = text(replacement, name);
        let places = 1;
        if (name === 'replaceAll') places = p.length === 0 ? s.length + 1 : apply(native.split, s, [p]).length - 1;
        const each = apply(native.indexOf, r, ['$']) < 0 ? r.length : r.length * (s.length + 1);
        if (s.length + places * each > limits.string) tooLong('the result of ' + name);
        return apply(original, s, [p, r]);
      } }.replace;
    },
    split(original) {
      return { split(separator, limit) {
        const s = text(this, 'split');
        const most = limit === undefined ? limits.array + 1 : count(limit, 0);
        const parts = apply(original, s, [separator === undefined ? undefined : text(separator, 'split'), most > limits.array ? limits.array + 1 : most]);
        if (parts.length > limits.array) tooMany('the result of split');
        return parts;
      } }.split;
    },
    apply() {
      return { apply(self, args) {
        const list = [];
        if (args !== undefined && args !== null) {
          const n = count(args.length, 0);
          if (n > limits.arguments) throw new RangeErr('a function takes at most ' + limits.arguments + ' arguments');
          for (let i = 0; i < n; i++) define(list, i, { value: args[i], writable: true, enumerable: true, configurable: true });
        }
        return apply(this, self, list);
      } }.apply;
    },
    from(original) {
      return { from(items, map, self) {
        if (items === undefined || items === null) throw new TypeErr('Array.from needs something to read from');
        let list = items;
        if (items[iteratorOf] === undefined || items[iteratorOf] === null) {
          const n = count(items.length, 0);
          if (n > limits.array) tooMany('the result of Array.from');
          list = new newArray(n);
          for (let i = 0; i < n; i++) list[i] = items[i];
        } else if (isArray(items)) {
          checkArray(items, 'Array.from');
        }
        return apply(original, this, map === undefined ? [list] : [list, map, self]);
      } }.from;
    },
  };

  // guardAll replaces the functions that an object holds. Getters stay: they
  // return at once, and give nothing that can be called.
  const getters = { __proto__: null, size: true, description: true, constructor: true, caller: true, callee: true, arguments: true };
  function guardAll(object, guard) {
    const keys = ownKeys(object);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (typeof key === 'string') {
        if (getters[key] || key === '__proto__') continue;
        const value = object[key];
        if (typeof value === 'function') object[key] = guard(value, key);
        continue;
      }
      const property = describe(object, key);
      if (typeof property.value !== 'function') continue;
      property.value = guard(property.value, property.value.name);
      define(object, key, property);
    }
  }

  // operand checks what is joined by + and in template texts.
  const toPrimitiveOf = Symbol.toPrimitive;
  function operand(value) {
    if (value !== null && (typeof value === 'object' || typeof value === 'function')) value = primitive(value);
    if (typeof value === 'string' && value.length > limits.string) tooLong('the joined text');
    return value;
  }
  function primitive(object) {
    const exotic = object[toPrimitiveOf];
    if (exotic !== undefined && exotic !== null) {
      const value = apply(exotic, object, ['default']);
      if (value === null || typeof value !== 'object' && typeof value !== 'function') return value;
      throw new TypeErr('an object cannot be made a text or number');
    }
    for (const name of ['valueOf', 'toString']) {
      const method = object[name];
      if (typeof method !== 'function') continue;
      const value = apply(method, object, []);
      if (value === null || typeof value !== 'object' && typeof value !== 'function') return value;
    }
    throw new TypeErr('an object cannot be made a text or number');
  }

  const arrayGuards = { __proto__: null, join: special.join, concat: special.concat, flat: special.flat };
  const stringGuards = {
    __proto__: null,
    repeat: special.repeat, padStart: special.pad, padEnd: special.pad, concat: special.concatText,
    replace: special.replace, replaceAll: special.replace, split: special.split,
  };
  function remove(object, names) { for (const name of names) delete object[name]; }

  const generator = prototypeOf(function* () {});
  const iterators = [
    [][iteratorOf](), ''[iteratorOf](), new Map()[iteratorOf](), new Set()[iteratorOf](),
  ].map(prototypeOf);
  iterators.push(prototypeOf(iterators[0]), generator.prototype);
  remove(generator, ['constructor']);

  remove(Array, ['fromAsync']);
  remove(Array.prototype, ['toLocaleString']);
  remove(String, ['raw']);
  remove(String.prototype, ['match', 'matchAll', 'search', 'anchor', 'big', 'blink', 'bold', 'fixed', 'fontcolor', 'fontsize', 'italics', 'link', 'small', 'strike', 'sub', 'sup']);
  remove(Function.prototype, ['constructor']);

  guardAll(Array.prototype, (f, name) => arrayGuards[name] ? arrayGuards[name](f, name) : arrayMethod(f, name));
  guardAll(String.prototype, (f, name) => stringGuards[name] ? stringGuards[name](f, name) : stringMethod(f, name));
  guardAll(Function.prototype, (f, name) => name === 'apply' ? special.apply() : plain(f));
  guardAll(Array, (f, name) => name === 'from' ? special.from(f) : plain(f));
  const plainOnes = [Object, Object.prototype, String, Number, Number.prototype, Boolean.prototype, Math, Date, Date.prototype,
    Map, Map.prototype, Set, Set.prototype, Symbol, Symbol.prototype, Error.prototype].concat(iterators);
  for (let i = 0; i < plainOnes.length; i++) guardAll(plainOnes[i], plain);
  Object.defineProperties(JSON, {
    parse: { value: plain(parse), writable: true, configurable: true },
    stringify: { value: plain(stringify), writable: true, configurable: true },
  });

  // Constructors are functions too, and some make an object of anything.
  const globals = globalThis;
  function guardConstructor(name) {
    const original = globals[name];
    const check = name === 'Array'
      ? function (args) { if (args.length === 1 && typeof args[0] === 'number' && args[0] > limits.array) tooMany('the new array'); }
      : function () {};
    const guarded = function (...args) {
      check(args);
      return new.target ? construct(original, args, new.target === guarded ? original : new.target) : apply(original, this, args);
    };
    for (const key of ownKeys(original)) if (key !== 'length' && key !== 'name' && key !== 'prototype') define(guarded, key, describe(original, key));
    define(guarded, 'prototype', { value: original.prototype, writable: false, enumerable: false, configurable: false });
    define(guarded, 'name', { value: name, configurable: true });
    if (prototypeOf(original) !== prototypeOf(guarded)) ObjectOf.setPrototypeOf(guarded, globals.Error);
    define(original.prototype, 'constructor', { value: guarded, writable: true, enumerable: false, configurable: true });
    define(globals, name, { value: guarded, writable: true, enumerable: false, configurable: true });
  }
  const keep = ['Object', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'Math', 'JSON', 'Date', 'Map', 'Set',
    'Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError',
    'NaN', 'Infinity', 'undefined', 'globalThis', 'isNaN', 'isFinite', 'parseInt', 'parseFloat',
    'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI'];
  for (const key of ownKeys(globals)) if (!keep.includes(key)) delete globals[key];
  for (const name of ['Object', 'Array', 'String', 'Number', 'Boolean', 'Date', 'Map', 'Set',
    'Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError'])
    guardConstructor(name);
  define(globals, limits.operand, { value: operand, writable: false, enumerable: false, configurable: false });
  for (const name of ['isNaN', 'isFinite', 'parseInt', 'parseFloat', 'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI']) {
    const original = globals[name];
    define(globals, name, { value: { call(...args) { checkTexts(args, name); return apply(original, undefined, args); } }.call, writable: true, configurable: true });
  }
})
