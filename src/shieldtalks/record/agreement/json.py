"""A comparison of two codings as JSON: the document of `agree --format json`, and its JSON Schema."""

from __future__ import annotations

from ...tabular.jsontext import JsonObject, visible
from ..output_schemas import Fields, list_of, object_schema, output_schema
from .comparison import Comparison, Disagreement
from .units import FIELDS, Unit

_COUNT: Fields = {
    "table": ("string", False, "The table."),
    "a": ("integer", False, "Number of its rows in coding A."),
    "b": ("integer", False, "Number of its rows in coding B."),
    "pairs": ("integer", False, "Number of pairs of a row of A with a row of B."),
}

_AGREEMENT: Fields = {
    "table": ("string", False, "The table."),
    "field": ("string", False, "The field, or the scheme of the main action code."),
    "pairs": ("integer", False, "Number of pairs."),
    "same": ("integer", False, "Number of pairs with the same value."),
    "alpha": (
        "number",
        True,
        "Krippendorff's alpha for nominal values; null if both coders used only one value.",
    ),
}

_DISAGREEMENT: Fields = {
    "table": ("string", False, "The table."),
    "a": ("object", False, "The row of coding A."),
    "b": ("object", False, "The row of coding B."),
    "fields": ("array", False, "The fields on which the two rows differ."),
}

_DIFFERENCE: Fields = {
    "field": ("string", False, "The field, or the scheme of the main action code."),
    "a": ("string", False, "Its value in A; an actor by name; empty if there is none."),
    "b": ("string", False, "Its value in B; an actor by name; empty if there is none."),
}

_ROW: Fields = {
    "id": ("string", False, "Identifier of the row."),
    "title": ("string", False, "What the row says, in short."),
    "spans": ("array", False, "The parts of the sources that its evidence covers."),
}

_SPAN: Fields = {
    "source_id": ("string", False, "The source."),
    "start": ("integer", False, "Position of the first character, in canonical form."),
    "length": ("integer", False, "Number of characters, in canonical form."),
}


def text(comparison: Comparison, names: tuple[str, str]) -> str:
    """The JSON document of a comparison; `names` are the paths of the two codings, as given."""
    alone = [
        [{"table": table} | _row(unit) for table, unit in comparison.alone(side)] for side in (0, 1)
    ]
    found = {
        "a": names[0],
        "b": names[1],
        "rows": [
            {"table": table, "a": len(a), "b": len(b), "pairs": len(comparison.pairs[table])}
            for table, (a, b) in comparison.rows.items()
        ],
        "agreement": [
            {name: getattr(row, name) for name in _AGREEMENT} for row in comparison.agreement
        ],
        "disagreements": [_disagreement(one) for one in comparison.disagreements],
        "only_in_a": alone[0],
        "only_in_b": alone[1],
    }
    return visible(found) + "\n"


def _disagreement(one: Disagreement) -> JsonObject:
    fields = [
        {"field": name, "a": one.a.coded[name], "b": one.b.coded[name]} for name in one.fields
    ]
    return {"table": one.table, "a": _row(one.a), "b": _row(one.b), "fields": fields}


def _row(unit: Unit) -> JsonObject:
    spans = [
        {"source_id": source, "start": begin, "length": end - begin}
        for source, parts in unit.place.items()
        for begin, end in parts
    ]
    return {"id": unit.unit_id, "title": unit.title, "spans": spans}


def schema() -> JsonObject:
    """The JSON Schema of `agree --format json`."""
    lists = {
        "rows": ("count", "How many rows there are, and how many pairs."),
        "agreement": ("agreement", "The agreement on each field of the rows that are pairs."),
        "disagreements": ("disagreement", "The pairs with different values."),
        "only_in_a": ("alone", "The rows of A without a partner."),
        "only_in_b": ("alone", "The rows of B without a partner."),
    }
    row, difference = object_schema(_ROW), object_schema(_DISAGREEMENT)
    row["properties"]["spans"]["items"] = {"$ref": "#/$defs/span"}
    difference["properties"]["a"] = difference["properties"]["b"] = {"$ref": "#/$defs/row"}
    difference["properties"]["fields"] |= {"items": {"$ref": "#/$defs/difference"}, "minItems": 1}
    alone = object_schema({"table": _COUNT["table"], **_ROW})
    alone["properties"]["spans"]["items"] = {"$ref": "#/$defs/span"}
    definitions = {
        "count": object_schema(_COUNT),
        "agreement": object_schema(_AGREEMENT),
        "disagreement": difference,
        "difference": object_schema(_DIFFERENCE),
        "row": row,
        "alone": alone,
        "span": object_schema(_SPAN),
    }
    for name in ("count", "agreement", "disagreement", "alone"):
        definitions[name]["properties"]["table"]["enum"] = list(FIELDS)
    properties: JsonObject = {
        letter: {"type": "string", "description": f"The path of coding {letter.upper()}."}
        for letter in "ab"
    }
    properties |= {name: list_of(kind, meaning) for name, (kind, meaning) in lists.items()}
    facts = {
        "$id": "urn:shieldtalks:schema:agreement:1",
        "title": "Output of shieldtalks agree",
        "description": "Two codings, A and B, compared row by row.",
    }
    return output_schema(facts, properties, definitions)
