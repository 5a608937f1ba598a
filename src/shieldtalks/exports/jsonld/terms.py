"""Classes and properties: which one a table and a field stand for, and the context that spells them out.

A standard property is taken where one says the same; every other field is a term of our own, named
after the field.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ...record.models import RECORDS, Record
from ...record.profile import PROFILE
from ...record.schemas import extras, kind_of
from ...tabular.jsontext import JsonObject

#: Prefixes of the vocabularies; a name without a prefix is a term of schema.org.
PREFIXES = {
    "st": f"{PROFILE}#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
SCHEMA_ORG = "https://schema.org/"

#: The datatype of dates that keep what is uncertain or open.
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

#: The canonical form of a source's text, by its version.
CANON = "urn:shieldtalks:"

#: The items of Wikidata.
WIKIDATA = "http://www.wikidata.org/entity/"


class Property(NamedTuple):
    """The property that a field is, by its short name, with the form of its values."""

    name: str
    #: A datatype; "@id" for another record or an address; "@code" for a term of a vocabulary;
    #: "" for plain text.
    form: str
    #: The vocabulary of a code.
    scheme: str = ""


#: Fields for which a standard vocabulary has the property.
_STANDARD = {
    "sources.title": "headline",
    "sources.publisher_id": "publisher",
    "sources.dateline": "dateline",
    "sources.language": "inLanguage",
    "sources.url": "url",
    "actors.name": "name",
    "actors.member_of_id": "memberOf",
    "actors.wikidata_id": "sameAs",
    "aliases.alias": "alternateName",
    "events.label": "name",
    "events.description": "description",
    "events.place": "location",
    "participants.role": "roleName",
    "proposals.label": "name",
    "proposals.description": "description",
    "propositions.text": "text",
    "claims.text": "text",
    "claims.claimant_id": "author",
    "attributions.actor_id": "prov:wasAttributedTo",
    "codes.scheme": "skos:inScheme",
    "codes.code": "skos:notation",
    "codes.label": "skos:prefLabel",
    "codes.definition": "skos:definition",
    "codes.parent_id": "skos:broader",
    "references.title": "name",
    "references.publisher": "dcterms:publisher",
    "references.citation": "dcterms:bibliographicCitation",
    "references.url": "url",
    "corroborations.note": "skos:note",
    "retired.replaced_by": "dcterms:isReplacedBy",
}

#: Text whose values are names of things, so that they are written as identifiers.
_RESOURCES = {
    "url",
    "sameAs",
    "skos:inScheme",
    "dcterms:isReplacedBy",
    "st:canonVersion",
    "st:record",
}

#: Fields of the evidence that the annotation's body, target and selector say together.
ANNOTATED = (
    *("source_id", "event_id", "proposal_id", "response_id", "claim_id"),
    *("start", "length", "sha256"),
)

#: Properties that no single field is.
_OTHERS = {
    "license": "@id",
    "isBasedOn": "@id",
    "about": "@id",
    "appearance": "@id",
    "dateCreated": "xsd:dateTime",
    "datePublished": "xsd:date",
    "startDate": "xsd:date",
    "dcterms:conformsTo": "@id",
    "oa:motivatedBy": "@id",
    "oa:hasBody": "@id",
    "oa:hasSource": "@id",
    "oa:hasState": "@id",
    "oa:start": "xsd:nonNegativeInteger",
    "oa:end": "xsd:nonNegativeInteger",
    "prov:wasDerivedFrom": "@id",
    "prov:wasQuotedFrom": "@id",
}


def terms(record: type[Record]) -> dict[str, Property]:
    """The term of each field that is a property of the row itself."""
    table = record.table
    left_out = (table.identifier, *(ANNOTATED if table.name == "evidence" else ()))
    return {
        field: _term(table.name, field, info)
        for field, info in record.model_fields.items()
        if field not in left_out
    }


def _term(table: str, field: str, info: Any) -> Property:
    facts = extras(info)
    name = _STANDARD.get(f"{table}.{field}") or ("skos:note" if field == "notes" else _own(field))
    if "vocabulary" in facts:
        return Property(name, "@code", str(facts["vocabulary"]))
    if "references" in facts or name in _RESOURCES:
        return Property(name, "@id")
    if facts.get("edtf"):
        return Property(name, EDTF)
    kind, _ = kind_of(info.annotation)
    return Property(name, {"string": "", "number": "xsd:decimal"}.get(kind, f"xsd:{kind}"))


def _own(field: str) -> str:
    """The name of a term of our own: `made_in_event_id` is `st:madeInEvent`."""
    stem = re.sub(r"_(id|edtf)$", "", field)
    return "st:" + re.sub(r"_(.)", lambda found: found[1].upper(), stem)


def class_of(record: type[Record]) -> str:
    """The class of the rows of a table, of our own vocabulary."""
    return f"st:{record.__name__}"


def context() -> JsonObject:
    """The JSON-LD context: every prefix, and the form of every property that is not plain text."""
    forms = dict(_OTHERS)
    for record in RECORDS:
        forms |= {term.name: term.form for term in terms(record).values()}
    return {
        "@vocab": SCHEMA_ORG,
        **PREFIXES,
        **{
            name: {"@id": expand(name), "@type": "@id" if form == "@code" else form}
            for name, form in sorted(forms.items())
            if form
        },
    }


def expand(name: str) -> str:
    """The full name of a class, a property or a datatype."""
    prefix, colon, local = name.partition(":")
    if not colon:
        return SCHEMA_ORG + name
    return PREFIXES[prefix] + local if prefix in PREFIXES else name
