"""Where we and frictionless judge the test inputs of frictionless differently, and why."""

from __future__ import annotations

#: Each reason, once. "We" is Shieldtalks, "it" is frictionless.
REASONS = {
    "blank": "The standard does not say that a blank line or a row of empty cells is an error. We warn of "
    "blank lines and do not count them; it reports them.",
    "labels": "A cell that is merged with the last cell of the header has no text, and we do not take it for "
    "a column. It reports a column without a label.",
    "guesses": "It guesses types from the first rows of a file without a schema, and reports later values "
    "that do not fit. We guess no types: `describe` does that, and it reads all rows.",
    "utf-8": "Data Resource, `encoding`: it is UTF-8 unless the descriptor states another. It guesses one.",
    "quotes": "RFC 4180, section 2: a quote is only in a quoted cell. It reads such cells as they come.",
    "cells": "Without a dialect, the first line is the header, and each row has as many cells. It looks at "
    "the rows to find comments or a delimiter, and reads this file in another way.",
    "objects": "Table Schema, `fieldsMatch`: each row has all fields. It lets an object lack a key.",
    "not-read": "A form of table that is not in the standard or not a table by its name (xls, ods, rows that "
    "are no list). We say that it was not checked.",
    "remote": "The table is at a remote address. We download nothing, and say that it was not checked.",
    "yaml": "Data Package: a schema in a file of its own is JSON. It reads YAML, too; we ask to convert it.",
    "no-tables": "Data Package, `resources`: there is at least one. It accepts an empty list.",
    "its-properties": "The standard allows other properties. We warn of a word that is in the wrong place, "
    "or ignore it; it refuses some words of its own older versions, and reads others.",
}

#: Inputs that are not compared: it needs many seconds for them, and more on a busy machine.
SLOW = {"issue-313.xlsx", "wide.csv"}

#: Each difference: our verdict, its verdict, and the reason.
DIFFERENCES: dict[str, tuple[str, str, str]] = {
    "blank-rows-multiple.csv": ("valid", "faulty", "blank"),
    "blank-rows-no-fields.csv": ("valid", "faulty", "blank"),
    "blank-rows.csv": ("valid", "faulty", "blank"),
    "invalid/data.csv": ("valid", "faulty", "blank"),
    "invalid/data2.csv": ("valid", "faulty", "blank"),
    "invalid/datapackage.json": ("valid", "faulty", "blank"),
    "invalid/datapackage_no_foreign_key.json": ("valid", "faulty", "blank"),
    "issue-870.xlsx": ("valid", "faulty", "blank"),
    "package-invalid.zip": ("valid", "faulty", "blank"),
    "merged-cells.xlsx": ("valid", "faulty", "labels"),
    "issue-277.csv": ("valid", "faulty", "guesses"),
    "table-infer-increase-limit.csv": ("valid", "faulty", "guesses"),
    "latin1.csv": ("faulty", "valid", "utf-8"),
    "table-infer-iso-8859-7.csv": ("faulty", "valid", "utf-8"),
    "table-with-accents.csv": ("faulty", "valid", "utf-8"),
    "escaping.csv": ("faulty", "valid", "quotes"),
    "issue-1109.csv": ("faulty", "valid", "quotes"),
    "issue-833.csv": ("faulty", "valid", "quotes"),
    "country-2.csv": ("faulty", "valid", "cells"),
    "dialect.csv": ("faulty", "valid", "cells"),
    "matrix-with-comment.csv": ("faulty", "valid", "cells"),
    "resource-sync.json": ("faulty", "valid", "objects"),
    "datapackage.json": ("unchecked", "valid", "not-read"),
    "issue-494.package.json": ("unchecked", "faulty", "remote"),
    "ods.datapackage.json": ("unchecked", "faulty", "not-read"),
    "issue-991.resource.json": ("valid", "faulty", "its-properties"),
    "package-with-missingvalues-993.json": ("valid", "faulty", "its-properties"),
    "resource-with-missingvalues-993.json": ("valid", "faulty", "its-properties"),
    "package.yaml": ("unchecked", "valid", "not-read"),
    "country.resource-cleaned.yaml": ("faulty", "valid", "yaml"),
    "country.resource-updated.yaml": ("faulty", "valid", "yaml"),
    "country.resource-updated2.yaml": ("faulty", "valid", "yaml"),
    "catalog/package1.yaml": ("faulty", "valid", "no-tables"),
    "catalog/package2.yaml": ("faulty", "valid", "no-tables"),
    "schema-invalid.json": ("valid", "faulty", "its-properties"),
}
