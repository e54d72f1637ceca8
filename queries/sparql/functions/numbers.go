package functions

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"

	"github.com/ententegraph/entente/queries/sparql/value"
)

// numbers are the functions on numbers (section 17.4.4).
var numbers = []Function{
	{Name: "ABS", Min: 1, Max: 1, Eval: unary(value.Abs), Help: "Gives a number without its sign.", Clause: "17.4.4.1"},
	{Name: "ROUND", Min: 1, Max: 1, Eval: unary(value.Round), Help: "Gives the nearest whole number, of two the larger.", Clause: "17.4.4.2"},
	{Name: "CEIL", Min: 1, Max: 1, Eval: unary(value.Ceil), Help: "Gives the smallest whole number that is not smaller.", Clause: "17.4.4.3"},
	{Name: "FLOOR", Min: 1, Max: 1, Eval: unary(value.Floor), Help: "Gives the largest whole number that is not larger.", Clause: "17.4.4.4"},
	{Name: "RAND", Min: 0, Max: 0, Eval: random, Varies: true, Help: "Gives a random number from 0 to 1, without 1.", Clause: "17.4.4.5"},
}

func random(env *Env, _ []Value) (Value, error) { return value.Double(env.Random.Float64()), nil }

// times are the functions on dates and times (section 17.4.5). They take every
// kind of time that has the part, not dateTimes only.
var times = []Function{
	{Name: "NOW", Min: 0, Max: 0, Eval: now, Help: "Gives the time at which the query began.", Clause: "17.4.5.1"},
	{Name: "YEAR", Min: 1, Max: 1, Eval: part(value.Year), Help: "Gives the year of a date or time.", Clause: "17.4.5.2"},
	{Name: "MONTH", Min: 1, Max: 1, Eval: part(value.Month), Help: "Gives the month of a date or time, as a number.", Clause: "17.4.5.3"},
	{Name: "DAY", Min: 1, Max: 1, Eval: part(value.Day), Help: "Gives the day of the month of a date or time.", Clause: "17.4.5.4"},
	{Name: "HOURS", Min: 1, Max: 1, Eval: part(value.Hours), Help: "Gives the hours of a time.", Clause: "17.4.5.5"},
	{Name: "MINUTES", Min: 1, Max: 1, Eval: part(value.Minutes), Help: "Gives the minutes of a time.", Clause: "17.4.5.6"},
	{Name: "SECONDS", Min: 1, Max: 1, Eval: part(value.Seconds), Help: "Gives the seconds of a time, with their fraction.", Clause: "17.4.5.7"},
	{Name: "TIMEZONE", Min: 1, Max: 1, Eval: timezone, Help: "Gives the time zone of a time as a duration.", Clause: "17.4.5.8"},
	{Name: "TZ", Min: 1, Max: 1, Eval: tz, Help: `Gives the time zone of a time as it is written: "Z", "+04:00", or "".`, Clause: "17.4.5.9"},
	{Name: "ADJUST", Min: 2, Max: 2, Eval: binary(value.Adjust), Help: "Gives a time in another time zone, which is said as a duration.", Clause: "SPARQL 1.2 (SEP-0002)"},
}

func now(env *Env, _ []Value) (Value, error) { return value.DateTime(env.Now), nil }

func part(p value.Part) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) { return value.Component(args[0], p) }
}

func timezone(_ *Env, args []Value) (Value, error) {
	offset, zone, err := value.Zone(args[0])
	if err == nil && zone == "" {
		return Value{}, value.Error("a time without a time zone")
	}
	return offset, err
}

func tz(_ *Env, args []Value) (Value, error) {
	_, zone, err := value.Zone(args[0])
	return value.String(zone), err
}

// hashes are the functions of section 17.4.6.
var hashes = []Function{
	{Name: "MD5", Min: 1, Max: 1, Eval: hash(func(b []byte) []byte { s := md5.Sum(b); return s[:] }), Help: "Gives the MD5 sum of a string.", Clause: "17.4.6.1"},
	{Name: "SHA1", Min: 1, Max: 1, Eval: hash(func(b []byte) []byte { s := sha1.Sum(b); return s[:] }), Help: "Gives the SHA-1 sum of a string.", Clause: "17.4.6.2"},
	{Name: "SHA256", Min: 1, Max: 1, Eval: hash(func(b []byte) []byte { s := sha256.Sum256(b); return s[:] }), Help: "Gives the SHA-256 sum of a string.", Clause: "17.4.6.3"},
	{Name: "SHA384", Min: 1, Max: 1, Eval: hash(func(b []byte) []byte { s := sha512.Sum384(b); return s[:] }), Help: "Gives the SHA-384 sum of a string.", Clause: "17.4.6.4"},
	{Name: "SHA512", Min: 1, Max: 1, Eval: hash(func(b []byte) []byte { s := sha512.Sum512(b); return s[:] }), Help: "Gives the SHA-512 sum of a string.", Clause: "17.4.6.5"},
}

func hash(sum func([]byte) []byte) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) {
		s, err := plain(args[0])
		if err != nil {
			return Value{}, err
		}
		return value.String(hex.EncodeToString(sum([]byte(s)))), nil
	}
}

// casts are the constructor functions (section 17.5), of every datatype whose
// values are known.
var casts = castsOf("string", "boolean", "double", "float", "decimal", "integer",
	"long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger",
	"unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
	"dateTime", "dateTimeStamp", "date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay",
	"duration", "yearMonthDuration", "dayTimeDuration")

func castsOf(names ...string) []Function {
	rows := make([]Function, 0, len(names))
	for _, name := range names {
		datatype := value.XSD + name
		rows = append(rows, Function{
			Name: datatype, Min: 1, Max: 1, Help: "Makes an xsd:" + name + " of a value.", Clause: "17.5",
			Eval: func(_ *Env, args []Value) (Value, error) { return value.Cast(args[0], datatype) },
		})
	}
	return rows
}
