"""Why we and frictionless differ: by rule, and for single examples."""

from __future__ import annotations

#: For each rule that frictionless misses or places elsewhere in some example, what decides.
BY_RULE = {
    "blank-row": "Not a rule of the standard: a warning. We do not count an empty line as a row; "
    "frictionless does.",
    "blanks": "Not a rule of the standard: a warning, since people do not see such a difference.",
    "bom": "Not a rule of the standard: a warning. Some readers take the mark for a part of the first "
    "name.",
    "categories": "Table Schema, `categories`: a value that is not listed is not a value of the "
    "field.",
    "control-character": "Not a rule of the standard: a warning.",
    "descriptor": "Data Package, `resources` and `bytes`; Table Dialect, the values of its keys; Table "
    "Schema, `uniqueKeys`; RFC 8259: names in an object are unique, and NaN is not JSON.",
    "encoding": "Data Resource, `encoding`: the file must have it. In these examples frictionless reads "
    "the bytes as other characters, without an error.",
    "extra-cell": "Data Resource, Multiple Files: the files are read as one. frictionless takes the first "
    "line of each file for a header.",
    "foreign-key": "Table Schema, `foreignKeys`: each value must exist in the other table, also if that "
    "table is empty.",
    "header": "Table Schema, `fieldsMatch`: names are compared as they are; a blank is a "
    "character.",
    "line-end": "Table Dialect, `lineTerminator`, where the descriptor gives it. Mixed line ends are not "
    "a rule of the standard: a warning.",
    "misplaced": "Not a rule of the standard, which allows other properties: a warning, since such a "
    "property has no effect.",
    "path": "Data Resource, `path`: the same file twice gives each of its rows twice, so we read "
    "it once.",
    "pattern": "Table Schema, `pattern`: an expression of XML Schema, which the whole value must "
    "match.",
    "primary-key": "Table Schema, `primaryKey`: each of its fields must have a value.",
    "quote": "RFC 4180, section 2: a quote is only in a quoted cell, and is doubled there.",
    "schema": "Table Schema: enum, categories, limits and keys must be values and fields of their "
    "types.",
    "missing-cell": "Table Schema, `fieldsMatch`: each row has all fields. frictionless lets an object of "
    "JSON lack a key that the first object has.",
    "source": "RFC 8259: text that is not JSON, and a key that an object has twice. A row is an "
    "object or a list.",
    "type": "Table Schema, types and formats: the form is that of XML Schema, without blanks around it. "
    "In the other examples, frictionless counts lines in another way.",
    "unique-key": "Table Schema, `uniqueKeys`: frictionless does not read it.",
    "unsupported": "We do not read this part of the standard yet, or it is not in the standard. If we "
    "did not check something, we never call it valid.",
}

_HEADER_ROWS = (
    "frictionless does not repeat a cell of an upper header row for the columns to its right (Table Dialect, "
    "`headerJoin`)"
)

#: Examples for which frictionless reports an error that we do not report, and why we do not.
OF_THEIRS = {
    "faults/blank-row-beside-missing-codes": "frictionless takes a row of missing codes for a "
    "blank row",
    "faults/blank-row-beside-missing-codes-utf-16": "frictionless takes a row of missing codes "
    "for a blank row",
    "good/missing-codes-fill-a-row": "frictionless takes a row of missing codes for a blank row",
    "faults/file-empty-parent": "we report the empty table once, and not each row that refers to "
    "it",
    "faults/line-end-lone-cr-in-cell": "frictionless takes a lone carriage return for the end of "
    "a row",
    "faults/pattern-xml-schema": "frictionless reads patterns as those of Python; the standard "
    "has XML Schema",
    "faults/quote-never-closed-before-quoted-row": "frictionless takes two lines for one row, so "
    "its row numbers are wrong",
    "good/pattern-xml-schema": "frictionless reads patterns as those of Python; the standard has "
    "XML Schema",
    "good/foreign-key-by-value": "NaN equals itself (XML Schema)",
    "good/limits-of-datetimes": "frictionless cannot compare values with and without a zone",
    "good/limits-of-times": "frictionless cannot compare values with and without a zone",
    "good/unique-by-value": "frictionless cuts fractions after six digits and does not "
    "distinguish local times",
    "good/json-item-keys": "frictionless does not read `itemKeys`, but a key of its own instead",
    "good/json-without-rows": "frictionless takes a list or a file without rows for a table that "
    "cannot be read",
    "good/json-property": "frictionless does not read `property`, but a key of its own instead",
    "good/xlsx-sheets": "frictionless does not read `sheetNumber`, but a key of its own instead",
    "faults/number-marks": "integers have groupChar in the standard; frictionless does not have it",
    "good/integer-with-points": "integers have groupChar in the standard; frictionless does not "
    "have it",
    "good/number-marks": "frictionless fails, because it does not read a limit that has the marks "
    "of the field",
    "good/date-formats": "frictionless fails, because it does not read a limit of a date in the "
    "default form",
    "good/time-formats": "frictionless does not read a code in the default form where the field "
    "has a format",
    "good/foreign-key-of-new-types": "frictionless fails, because it cannot look up an object",
    "good/missing-values-of-new-types": "frictionless takes a row of missing codes for a blank row",
    "good/type-duration": "durations have limits in the standard; frictionless has none",
    "good/type-geojson": "geojson has jsonSchema in the standard; frictionless does not have it",
    "good/type-list": "frictionless has no enum of lists",
    "good/type-object-array": "objects and arrays have jsonSchema in the standard; frictionless "
    "does not have it",
    "good/version-2-has-such-parts": "objects have jsonSchema in the standard; frictionless does not "
    "have it",
    "good/no-schema": "frictionless reads a header that is not one, and does not read text files; "
    "a schema is optional",
    "good/no-table": "frictionless counts the bytes of one file of a resource that has several",
    "good/type-year-before-1": "the standard (XML Schema) has years before 1",
    "good/type-yearmonth-before-1": "the standard (XML Schema) has years before 1",
    "good/dialect-case-sensitive-header-false": "frictionless does not read caseSensitiveHeader",
    "good/dialect-comment-char-and-header-rows": "frictionless counts comments as rows of the "
    "header",
    "good/dialect-delimiter-long": "in frictionless, a delimiter is only one character",
    "good/dialect-encoding-utf-16": "in frictionless, a delimiter is only one character",
    "good/dialect-many-keys": "in frictionless, a delimiter is only one character",
    "good/dialect-header-rows": _HEADER_ROWS,
    "good/dialect-header-rows-of-one-cell": _HEADER_ROWS,
    "good/dialect-several-files": _HEADER_ROWS,
    "good/dialect-line-terminator": "frictionless does not read lineTerminator",
    "good/dialect-line-terminator-after-delimiter": "frictionless does not read lineTerminator",
    "good/dialect-null-sequence": "frictionless does not read nullSequence",
    "good/dialect-null-sequence-beside-missing-values": "frictionless refuses missing values with "
    "labels in a field",
    "good/dialect-null-sequence-escaped": "frictionless does not read nullSequence",
    "good/dialect-quote-none": "frictionless must have a quote character",
    "good/encoding-and-media-type": "frictionless reads JSON in UTF-8 only, and does not look at "
    "the media type",
    "good/fields-match-list": "frictionless reads fieldsMatch as a text only",
    "faults/dialect-several-files": "frictionless takes the second header row of a later file for "
    "a row",
    "faults/dialect-null-sequence": "frictionless does not read nullSequence",
}
