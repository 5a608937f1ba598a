"""What each check finds, in one sentence, for the forms of a report that describe their rules."""

from __future__ import annotations

from collections.abc import Mapping

#: One sentence per check that is not an SQL rule. `docs/validation.md` has the same list.
SENTENCES = {
    "descriptor": "The descriptor is not valid JSON, or it breaks the Data Package standard.",
    "profile": "The descriptor breaks the profile that it declares with conformsTo.",
    "schema": "A schema is not valid JSON, breaks the Table Schema standard or contradicts itself.",
    "misplaced": "A property has no effect where it is.",
    "path": "A path is absolute, remote or hidden, or it leads out of the package's folder.",
    "file": "A file cannot be read.",
    "unsupported": "The package needs something that is not supported.",
    "hash": "The hash of the file is different from the declared hash.",
    "bytes": "The size of the file is different from the declared size.",
    "bom": "The file starts with a byte order mark.",
    "encoding": "A byte is not valid in the declared encoding.",
    "control-character": "A line contains NUL or another control character.",
    "line-end": "The file mixes CRLF and LF, uses CRLF although LF is declared, or has a single carriage "
    "return inside a line.",
    "quote": "A quote is inside an unquoted cell, text follows a closing quote, or a quote is never closed.",
    "source": "A JSON file, a workbook or a Parquet file is damaged, or a row in it is neither an object "
    "nor a list.",
    "header": "A column is missing, unknown, repeated or in the wrong place, or has a wrong name, or there "
    "is no header.",
    "blank-row": "A line is blank, or all cells of a row are empty and none of them is required.",
    "missing-cell": "A row has fewer cells than the header.",
    "extra-cell": "A row has more cells than the header.",
    "blanks": "A cell begins or ends with white space.",
    "required": "A required cell is empty.",
    "type": "A cell does not have the type or format of its field.",
    "enum": "A cell is not one of the allowed values.",
    "categories": "A cell is not one of the categories of its field.",
    "pattern": "A cell does not match the pattern of its field.",
    "minimum": "A cell is less than the minimum.",
    "maximum": "A cell is more than the maximum.",
    "exclusiveMinimum": "A cell is not more than its lower limit.",
    "exclusiveMaximum": "A cell is not less than its upper limit.",
    "minLength": "A text has too few characters.",
    "maxLength": "A text has too many characters.",
    "jsonSchema": "An object, a list or a GeoJSON value breaks the JSON Schema of its field.",
    "unique": "The value of a unique field is already used in an earlier row.",
    "unique-key": "The values of a unique key are already used in an earlier row.",
    "primary-key": "The primary key is already used in an earlier row, or a part of it is empty.",
    "foreign-key": "No row has the values that the foreign key refers to.",
    "reference": "With --reference, frictionless reports an error that shieldtalks did not find.",
    "evidence": "With --articles, the evidence of a row is not in the copy of its source.",
}


def sentence(rule: str, sentences: Mapping[str, str]) -> str:
    """The sentence of a rule: that of an SQL rule in `sentences`, otherwise that of the check."""
    return sentences.get(rule) or SENTENCES.get(rule) or f"The package breaks the rule {rule}."
