"""JSON-LD: the record as one graph with its context inline, one node per line.

The terms are from schema.org for the dataset, its sources, events and claims, from Web Annotation
for the evidence of each row, from PROV for the chain of speakers, and from SKOS for the codes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from ...record.models import BY_TABLE, Record
from ...record.profile import PROFILE
from ...tabular.files import write_text
from ...tabular.findings import CannotRun
from ...tabular.jsontext import JsonObject
from ...tabular.package import Package
from ...tabular.package.citation import citation
from ..job import Job, Row, check_kind, unchanged
from . import terms

#: The class of an actor in schema.org, by kind. An unnamed source can be one person or several.
_AGENTS = {
    "state": "GovernmentOrganization",
    "organisation": "Organization",
    "office": "Organization",
    "person": "Person",
    "outlet": "NewsMediaOrganization",
}
_NEWS = ("news-site-article", "agency-story", "newspaper-article")

_CANON_1 = (
    "The text of a source after NFKC normalisation and case folding, with only letters and numbers "
    "kept (Unicode categories L and N, as of Unicode 14.0). Positions count its characters from 0; "
    "hashes are SHA-256 of its UTF-8."
)

_BODIES = ("event", "proposal", "response", "claim")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def write(job: Job) -> None:
    """Write the document to the target. Raises CannotRun if the package does not follow the profile."""
    check_kind(job.package, "jsonld")
    for table in job.tables:
        record = BY_TABLE.get(table.name)
        known = {*record.model_fields} if record else set()
        unknown = [field["name"] for field in table.fields if field["name"] not in known]
        if unknown:
            raise CannotRun(
                f"jsonld has no term for the field {table.name}.{unknown[0]}",
                "Leave out the table: choose the others with --table.",
            )
    write_text(_document(job), job.target, job.force)


def _document(job: Job) -> Iterator[str]:
    graph = _Graph(job.package)
    yield f'{{"@context": {_line(terms.context())},\n"@graph": [\n{_line(graph.dataset())}'
    for node in graph.shared({table.name for table in job.tables}):
        yield f",\n{_line(node)}"
    for table in job.tables:
        for row in job.rows(table):
            yield f",\n{_line(graph.node(table.name, row))}"
    yield "\n]}\n"


def dataset(package: Package) -> JsonObject:
    """The package as a whole, in terms of schema.org."""
    return _Graph(package).dataset()


class _Graph:
    """The nodes of one package. Each is made from one row and an index of the evidence."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.base = "urn:" + re.sub(r"[._]", "-", package.name) + ":"
        self.canon = {row["source_id"]: row["canon_version"] for row in self._rows("sources")}
        self.hops: dict[str, int] = {}
        for row in self._rows("attributions"):
            self.hops[row["evidence_id"]] = max(row["hop"], self.hops.get(row["evidence_id"], 0))
        self.direct: set[str] = set()
        self.printed: dict[str, list[str]] = {}
        for row in self._rows("evidence"):
            if row["quotation"] == "direct":
                self.direct.add(row["evidence_id"])
            if row["claim_id"] and row["stance"] == "supports":
                sources = self.printed.setdefault(row["claim_id"], [])
                if row["source_id"] not in sources:
                    sources.append(row["source_id"])

    def dataset(self) -> JsonObject:
        """The package as a whole."""
        descriptor = self.package.descriptor
        stated = str(descriptor.get("id") or "")
        node = {
            "@id": stated if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", stated) else self._id("data"),
            "@type": "Dataset",
            "name": descriptor.get("title"),
            "description": descriptor.get("description"),
            "version": self.package.version,
            "dateCreated": descriptor.get("created"),
            "keywords": descriptor.get("keywords"),
            "citation": citation(self.package),
            "license": [entry["path"] for entry in descriptor["licenses"] if "path" in entry],
            "creator": [
                {"@type": "Organization", "name": entry["title"]}
                for entry in descriptor["contributors"]
                if "creator" in entry["roles"]
            ],
            "isBasedOn": [self._id(row["source_id"]) for row in self._rows("sources")],
            "dcterms:conformsTo": PROFILE,
        }
        return {name: value for name, value in node.items() if value}

    def shared(self, tables: set[str]) -> Iterator[JsonObject]:
        """The nodes that rows refer to but that are not rows: canonical forms and concept schemes."""
        if tables & {"sources", "evidence"}:
            for version in sorted(set(self.canon.values())):
                node = {"@id": terms.CANON + version, "@type": "oa:State", "name": version}
                yield node | ({"description": _CANON_1} if version == "canon-1" else {})
        if "codes" in tables:
            for scheme in sorted({row["scheme"] for row in self._rows("codes")}):
                yield {
                    "@id": self._id(scheme),
                    "@type": "skos:ConceptScheme",
                    "skos:notation": scheme,
                }

    def node(self, table: str, row: Row) -> JsonObject:
        """One row: its class, its fields, and more terms from standard vocabularies."""
        record = BY_TABLE[table]
        node: JsonObject = {
            "@id": self._id(_name(record, row)),
            "@type": [terms.class_of(record)],
        }
        for field, term in terms.terms(record).items():
            if row[field] is not None:
                node[term.name] = self._value(term, row[field])
        standard_terms = getattr(self, f"_{table}", None)
        more = standard_terms(row) if standard_terms else {}
        node["@type"] += more.pop("@type", [])
        return node | {name: value for name, value in more.items() if value}

    def _sources(self, row: Row) -> JsonObject:
        kind = "NewsArticle" if row["kind"] in _NEWS else "Article"
        return {"@type": [kind], "datePublished": _day(row["published_edtf"])}

    def _actors(self, row: Row) -> JsonObject:
        kind = _AGENTS.get(row["kind"])
        return {"@type": ["prov:Agent", kind] if kind else ["prov:Agent"]}

    def _events(self, row: Row) -> JsonObject:
        return {"@type": ["Event"], "startDate": _day(row["date_edtf"])}

    def _participants(self, row: Row) -> JsonObject:
        del row
        return {"@type": ["Role"]}

    def _propositions(self, row: Row) -> JsonObject:
        about = (row[f"about_{what}_id"] for what in ("event", "proposal", "actor"))
        return {"about": [self._id(name) for name in about if name]}

    def _claims(self, row: Row) -> JsonObject:
        printed = self.printed.get(row["claim_id"], [])
        return {"@type": ["Claim"], "appearance": [self._id(name) for name in printed]}

    def _evidence(self, row: Row) -> JsonObject:
        body = next(row[f"{what}_id"] for what in _BODIES if row[f"{what}_id"])
        name = row["evidence_id"]
        last = f"{name}:{self.hops[name]}" if name in self.hops else None
        target = {
            "@type": ["oa:SpecificResource", "prov:Entity"],
            "oa:hasSource": self._id(row["source_id"]),
            "oa:hasState": terms.CANON + self.canon[row["source_id"]],
            "oa:hasSelector": {
                "@type": "oa:TextPositionSelector",
                "oa:start": row["start"],
                "oa:end": row["start"] + row["length"],
                "st:sha256": row["sha256"],
            },
        }
        if last:
            target["prov:wasDerivedFrom"] = self._id(last)
        return {
            "@type": ["oa:Annotation"],
            "oa:motivatedBy": "oa:linking",
            "oa:hasBody": self._id(body),
            "oa:hasTarget": target,
        }

    def _attributions(self, row: Row) -> JsonObject:
        before = self._id(f"{row['evidence_id']}:{row['hop'] - 1}") if row["hop"] else None
        quoted = before if row["evidence_id"] in self.direct else None
        return {
            "@type": ["prov:Entity"],
            "prov:wasDerivedFrom": before,
            "prov:wasQuotedFrom": quoted,
        }

    def _codes(self, row: Row) -> JsonObject:
        del row
        return {"@type": ["skos:Concept"]}

    def _references(self, row: Row) -> JsonObject:
        del row
        return {"@type": ["CreativeWork"]}

    def _value(self, term: terms.Property, value: Any) -> Any:
        if term.form == "@code":
            return self._id(f"{term.scheme}:{value}")
        if term.form == "@id":
            if term.name == "url":
                return value
            prefix = {"sameAs": terms.WIKIDATA, "st:canonVersion": terms.CANON}.get(term.name)
            return f"{prefix or self.base}{value}"
        if term.form == "xsd:decimal":
            return format(Decimal(str(value)).normalize(), "f")
        return value

    def _id(self, name: str) -> str:
        return self.base + name

    def _rows(self, table: str) -> Iterator[Row]:
        resource = self.package.resource(table)
        return unchanged(resource).rows() if resource else iter(())


def _name(record: type[Record], row: Row) -> str:
    """The name of a row: its key, after the table if the key is the identifier of another row."""
    key = [quote(str(row[name]), ":+") for name in record.table.key]
    return ":".join([record.table.name, *key] if record.table.about_rows else key)


def _day(edtf: str) -> str | None:
    """The date if it is one certain day; None for any other."""
    return edtf if _DAY.fullmatch(edtf) else None


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
