"""Why we and frictionless differ: by rule, and for single examples."""

from __future__ import annotations

#: For each rule that frictionless misses or places elsewhere in some example, what decides.
BY_RULE = {
    "blank-row": "Not a rule of the standard: a warning. We do not count an empty line as a row; "
    "frictionless does.",
    "blanks": "Not a rule of the standard: a warning, since people do not see such a difference.",
    "bom": "Not a rule of the standard: a warning. Some readers take the mark for a part of the first "
    "name.",
    "categories": "Table Schema, `categories`: a value that is not listed is not a value of the field.",
    "control-character": "Not a rule of the standard: a warning.",
    "descriptor": "Data Package, `resources` and `bytes`; Table Dialect, the values of its keys; Table "
    "Schema, `uniqueKeys`; RFC 8259: names in an object are unique, and NaN is not JSON.",
    "encoding": "Data Resource, `encoding`: the file must have it. In these examples frictionless reads "
    "the bytes as other characters, without an error.",
    "extra-cell": "Data Resource, Multiple Files: the files are read as one. frictionless takes the first "
    "line of each file for a header.",
    "foreign-key": "Table Schema, `foreignKeys`: each value must exist in the other table, also if that "
    "table is empty.",
    "header": "Table Schema, `fieldsMatch`: names are compared as they are; a blank is a character.",
    "line-end": "Table Dialect, `lineTerminator`, where the descriptor gives it. Mixed line ends are not "
    "a rule of the standard: a warning.",
    "misplaced": "Not a rule of the standard, which allows other properties: a warning, since such a "
    "property has no effect.",
    "path": "Data Resource, `path`: the same file twice gives each of its rows twice, so we read it once.",
    "pattern": "Table Schema, `pattern`: an expression of XML Schema, which the whole value must match.",
    "primary-key": "Table Schema, `primaryKey`: each of its fields must have a value.",
    "quote": "RFC 4180, section 2: a quote is only in a quoted cell, and is doubled there.",
    "schema": "Table Schema: enum, categories, limits and keys must be values and fields of their types.",
    "missing-cell": "Table Schema, `fieldsMatch`: each row has all fields. frictionless lets an object of "
    "JSON lack a key that the first object has.",
    "source": "RFC 8259: what is no JSON, and a key that an object has twice. A row is an object or a list.",
    "type": "Table Schema, types and formats: the form is that of XML Schema, without blanks around it. "
    "Other rows move where frictionless counts lines in another way.",
    "unique-key": "Table Schema, `uniqueKeys`: frictionless does not read it.",
    "unsupported": "We do not read this part of the standard yet, or it is not in the standard. We never "
    "call valid what we did not check.",
}

_HEADER_ROWS = (
    "it does not repeat a cell of an upper header row for the columns to its right (Table Dialect, "
    "`headerJoin`)"
)

#: Examples for which frictionless reports an error that we do not report, and why we do not.
OF_THEIRS = {
    "faults/blank-row-beside-missing-codes": "it takes a row of missing codes for a blank row",
    "faults/blank-row-beside-missing-codes-utf-16": "it takes a row of missing codes for a blank row",
    "good/missing-codes-fill-a-row": "it takes a row of missing codes for a blank row",
    "faults/file-empty-parent": "we make one finding for the empty table and none for what refers to it",
    "faults/line-end-lone-cr-in-cell": "it takes a lone carriage return for the end of a row",
    "faults/pattern-xml-schema": "it reads patterns as those of Python; the standard has XML Schema",
    "faults/quote-never-closed-before-quoted-row": "it takes two lines for one row and loses count",
    "good/pattern-xml-schema": "it reads patterns as those of Python; the standard has XML Schema",
    "good/foreign-key-by-value": "NaN is identical to itself (XML Schema)",
    "good/limits-of-datetimes": "it cannot compare values with and without a zone",
    "good/limits-of-times": "it cannot compare values with and without a zone",
    "good/unique-by-value": "it cuts fractions after six digits and does not tell local times apart",
    "good/json-item-keys": "it does not know `itemKeys`, but a key of its own for it",
    "good/json-without-rows": "it takes a list or a file without rows for a table that cannot be read",
    "good/json-property": "it does not know `property`, but a key of its own for it",
    "good/xlsx-sheets": "it does not know `sheetNumber`, but a key of its own for it",
    "faults/number-marks": "integers have groupChar in the standard; it has not",
    "good/integer-with-points": "integers have groupChar in the standard; it has not",
    "good/number-marks": "it fails, because it does not read a limit that has the marks of the field",
    "good/date-formats": "it fails, because it does not read a limit of a date in the default form",
    "good/time-formats": "it does not read a code in the default form where the field has a format",
    "good/foreign-key-of-new-types": "it fails, because it cannot look up an object",
    "good/missing-values-of-new-types": "it takes a row of missing codes for a blank row",
    "good/type-duration": "durations have limits in the standard; it has none",
    "good/type-geojson": "geojson has jsonSchema in the standard; it has not",
    "good/type-list": "it has no enum of lists",
    "good/type-object-array": "objects and arrays have jsonSchema in the standard; it has not",
    "good/version-2-has-such-parts": "objects have jsonSchema in the standard; it has not",
    "good/no-schema": "it reads a header that is none, and no text file; a schema is optional",
    "good/no-table": "it counts the bytes of one file of a resource that has several",
    "good/type-year-before-1": "the standard (XML Schema) has years before 1",
    "good/type-yearmonth-before-1": "the standard (XML Schema) has years before 1",
    "good/dialect-case-sensitive-header-false": "it does not read caseSensitiveHeader",
    "good/dialect-comment-char-and-header-rows": "it counts comments as rows of the header",
    "good/dialect-delimiter-long": "its delimiter can be one character only",
    "good/dialect-encoding-utf-16": "its delimiter can be one character only",
    "good/dialect-many-keys": "its delimiter can be one character only",
    "good/dialect-header-rows": _HEADER_ROWS,
    "good/dialect-header-rows-of-one-cell": _HEADER_ROWS,
    "good/dialect-several-files": _HEADER_ROWS,
    "good/dialect-line-terminator": "it does not read lineTerminator",
    "good/dialect-line-terminator-after-delimiter": "it does not read lineTerminator",
    "good/dialect-null-sequence": "it does not read nullSequence",
    "good/dialect-null-sequence-beside-missing-values": "it refuses missing values with labels in a field",
    "good/dialect-null-sequence-escaped": "it does not read nullSequence",
    "good/dialect-quote-none": "it must have a quote character",
    "good/encoding-and-media-type": "it reads JSON in UTF-8 only, and does not look at the media type",
    "good/fields-match-list": "it reads fieldsMatch as a text only",
    "faults/dialect-several-files": "it takes the second header row of a later file for a row",
    "faults/dialect-null-sequence": "it does not read nullSequence",
}
