"""The page of a dataset card: what the descriptor, the schemas and the pages of a package say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...record.profile import is_ours
from ...tabular.jsontext import JsonObject
from ...tabular.package import Package
from ...tabular.package.citation import cite
from ...tabular.package.schema import as_objects, codes, foreign_keys, primary_key
from ..job import Table
from ..pages import AGREEMENT_COLUMNS, agreement
from ..responsible_ai import responsible_ai
from .licences import title
from .markdown import block, cell, code, code_cell, link, prose, table, text

#: The headings of the Responsible-AI fields, and the fields below each.
_HEADINGS = {
    "How the data was made": (
        *("dataCollection", "dataCollectionType", "dataCollectionMissingData"),
        *("dataCollectionRawData", "dataImputationProtocol", "dataPreprocessingProtocol"),
        *("dataManipulationProtocol", "annotationsPerItem", "dataAnnotationAnalysis"),
        *("dataAnnotationPlatform", "annotatorDemographics", "machineAnnotationTools"),
    ),
    "Uses": ("dataUseCases", "dataSocialImpact"),
    "Limits of the data": ("dataLimitations", "dataBiases", "personalSensitiveInformation"),
    "Maintenance": ("dataReleaseMaintenancePlan",),
}

#: Words before a value that is not a sentence.
_WORDS = {"annotationsPerItem": "Codings of each row: ", "dataCollectionType": "Collection: "}

#: A longer list of codes is not shown with its field.
_MOST_CODES = 30


class Configuration(NamedTuple):
    """A table as the Hub has it."""

    #: Its name there, which is also that of its file.
    name: str
    table: Table
    rows: int


def page(package: Package, tables: Sequence[Configuration]) -> Iterator[str]:
    """The lines of the page."""
    descriptor = package.descriptor
    yield f"# {text(title(descriptor, 'title') or package.name)}"
    if isinstance(descriptor.get("description"), str):
        yield from ("", prose(descriptor["description"]))
    known = {"Version": package.version, "Created": str(descriptor.get("created") or "")[:10]}
    facts = [f"{word}: {text(str(value))}." for word, value in known.items() if value]
    if facts:
        yield from ("", " ".join(facts))
    if isinstance(descriptor.get("homepage"), str):
        yield from ("", f"Home page: {link(descriptor['homepage'], descriptor['homepage'])}")
    yield from _tables(tables)
    yield from _sources(package)
    yield from _responsible(package)
    yield from _agreement(package)
    yield from _licences(package)
    yield from _citation(package)
    yield from _fields(tables)


def _tables(tables: Sequence[Configuration]) -> Iterator[str]:
    yield from ("", "## Tables", "")
    yield "Each table is a configuration. It has one split, `train`, which contains all rows."
    if not all(one.rows for one in tables):
        yield "A table without rows is only a file, because `datasets` cannot load it."
    yield ""
    rows = [(code_cell(one.name), f"{one.rows:,}", text(one.table.title)) for one in tables]
    yield from table(("configuration", "rows", "content"), rows)
    for name in [one.name for one in tables if one.rows][:1]:
        yield ""
        lines = (
            "from datasets import load_dataset",
            "",
            "# The name of this dataset on the Hub, or the path of this folder.",
            f'rows = load_dataset("...", {json.dumps(name, ensure_ascii=False)}, split="train")',
        )
        yield block("\n".join(lines), "python")


def _sources(package: Package) -> Iterator[str]:
    sources = as_objects(package.descriptor.get("sources"))
    yield from _linked("Sources", [(title(one, "title", "path"), one) for one in sources])


def _responsible(package: Package) -> Iterator[str]:
    known = responsible_ai(package)
    for heading, names in _HEADINGS.items():
        found = [
            f"- {_WORDS.get(name, '')}{cell(one)}"
            for name in names
            for one in _listed(known.get(f"rai:{name}"))
        ]
        if found:
            yield from ("", f"## {heading}", "", *found)


def _listed(value: object) -> list[str]:
    return value if isinstance(value, list) else [str(value)] if value else []


def _agreement(package: Package) -> Iterator[str]:
    rows = agreement(package) if is_ours(package) else []
    if rows:
        yield from ("", "## Agreement of the two codings", "")
        yield "`alpha` is Krippendorff's alpha: 1 is full agreement, 0 is agreement by chance."
        yield ""
        yield from table(
            AGREEMENT_COLUMNS, ([text(row[name]) for name in AGREEMENT_COLUMNS] for row in rows)
        )


def _licences(package: Package) -> Iterator[str]:
    stated = as_objects(package.descriptor.get("licenses"))
    yield from _linked("Licence", [(title(one, "title", "name", "path"), one) for one in stated])


def _linked(heading: str, named: list[tuple[str, JsonObject]]) -> Iterator[str]:
    """A list of names, each with a link if it has an address."""
    if any(name for name, _ in named):
        yield from ("", f"## {heading}", "")
        yield from (f"- {link(name, one.get('path'))}" for name, one in named if name)


def _citation(package: Package) -> Iterator[str]:
    if package.descriptor.get("contributors") or package.descriptor.get("bibliographicCitation"):
        cited = cite(package)
        yield from ("", "## Citation", "", text(cited.text), "", block(cited.bibtex, "bibtex"))


def _fields(tables: Sequence[Configuration]) -> Iterator[str]:
    yield from ("", "## Fields")
    for one in tables:
        schema = one.table.schema
        yield from ("", f"### {code(one.name)}", "")
        described = title(schema, "description") or one.table.title
        if described:
            yield from (cell(described), "")
        if key := primary_key(schema):
            yield from (f"Key: {', '.join(map(code, key))}.", "")
        links = {
            key.fields[0]: key.table or one.table.name
            for key in foreign_keys(schema, one.table.name)
            if len(key.fields) == 1
        }
        rows = [
            (code_cell(field["name"]), str(field.get("type", "string")), _content(field, links))
            for field in one.table.fields
        ]
        yield from table(("field", "type", "content"), rows)


def _content(field: JsonObject, links: dict[str, str]) -> str:
    """What a field contains, the table to which it refers, and its codes."""
    described = cell(title(field, "description", "title"))
    parts = [described if described.endswith((".", "!", "?")) or not described else f"{described}."]
    if field["name"] in links:
        parts.append(f"Refers to {code_cell(links[field['name']])}.")
    if 0 < len(known := codes(field)) <= _MOST_CODES:
        parts.append(f"One of: {', '.join(map(code_cell, known))}.")
    return " ".join(part for part in parts if part)
