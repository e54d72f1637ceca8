package value

import "math"

// XSD is the namespace of XML Schema's datatypes.
const XSD = "http://www.w3.org/2001/XMLSchema#"

// datatypes are the datatypes of computed values.
var datatypes = [...]string{
	KindBoolean: XSD + "boolean", KindInteger: XSD + "integer", KindDecimal: XSD + "decimal",
	KindFloat: XSD + "float", KindDouble: XSD + "double",
	KindDateTime: XSD + "dateTime", KindDate: XSD + "date", KindTime: XSD + "time",
	KindYear: XSD + "gYear", KindYearMonth: XSD + "gYearMonth", KindMonth: XSD + "gMonth",
	KindMonthDay: XSD + "gMonthDay", KindDay: XSD + "gDay",
	KindDuration:          XSD + "duration",
	KindYearMonthDuration: XSD + "yearMonthDuration",
	KindDayTimeDuration:   XSD + "dayTimeDuration",
	KindTriple:            "",
}

// parsers read the lexical forms of the datatypes whose values are known. A
// parser returns false where a form is not in the lexical space; RDF does not
// strip white space from it (RDF 1.1 section 3.3).
var parsers = map[string]func(lexical string) (Value, bool){
	XSD + "boolean": parseBoolean,
	XSD + "decimal": parseDecimal,
	XSD + "float":   parseFloat,
	XSD + "double":  parseDouble,

	XSD + "integer":            parseInteger,
	XSD + "nonNegativeInteger": integerFrom(true, 0, false, 0),
	XSD + "positiveInteger":    integerFrom(true, 1, false, 0),
	XSD + "nonPositiveInteger": integerFrom(false, 0, true, 0),
	XSD + "negativeInteger":    integerFrom(false, 0, true, -1),
	XSD + "long":               integerFrom(true, math.MinInt64, true, math.MaxInt64),
	XSD + "int":                integerFrom(true, math.MinInt32, true, math.MaxInt32),
	XSD + "short":              integerFrom(true, math.MinInt16, true, math.MaxInt16),
	XSD + "byte":               integerFrom(true, math.MinInt8, true, math.MaxInt8),
	XSD + "unsignedLong":       parseUnsignedLong,
	XSD + "unsignedInt":        integerFrom(true, 0, true, math.MaxUint32),
	XSD + "unsignedShort":      integerFrom(true, 0, true, math.MaxUint16),
	XSD + "unsignedByte":       integerFrom(true, 0, true, math.MaxUint8),

	XSD + "dateTime":      parseMoment(KindDateTime),
	XSD + "dateTimeStamp": parseStamp,
	XSD + "date":          parseMoment(KindDate),
	XSD + "time":          parseMoment(KindTime),
	XSD + "gYear":         parseMoment(KindYear),
	XSD + "gYearMonth":    parseMoment(KindYearMonth),
	XSD + "gMonth":        parseMoment(KindMonth),
	XSD + "gMonthDay":     parseMoment(KindMonthDay),
	XSD + "gDay":          parseMoment(KindDay),

	XSD + "duration":          parseDuration(KindDuration),
	XSD + "yearMonthDuration": parseDuration(KindYearMonthDuration),
	XSD + "dayTimeDuration":   parseDuration(KindDayTimeDuration),
}

// numericTypes are the datatypes of numbers.
var numericTypes = map[string]bool{
	XSD + "integer": true, XSD + "decimal": true, XSD + "float": true, XSD + "double": true,
	XSD + "nonNegativeInteger": true, XSD + "positiveInteger": true,
	XSD + "nonPositiveInteger": true, XSD + "negativeInteger": true,
	XSD + "long": true, XSD + "int": true, XSD + "short": true, XSD + "byte": true,
	XSD + "unsignedLong": true, XSD + "unsignedInt": true, XSD + "unsignedShort": true, XSD + "unsignedByte": true,
}
