"""JSON-LD: one graph for every parser, shapes that hold, known words only, and the cells back again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clients.graphs import SCHEMA, misused, parsed
from tests.support import Run
from tests.support.tables import read_table

pytestmark = [
    pytest.mark.client,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of rdflib and pyshacl
]

Cells = dict[str, list[dict[str, str]]]

BASE = "urn:shieldtalks:"
ST = "urn:shieldtalks:profile:2#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.fixture(scope="session")
def document(exported: Callable[..., Path]) -> Path:
    return exported("jsonld", "shieldtalks.jsonld")


def refuse(url: str, *_: object, **__: object) -> Any:
    raise AssertionError(f"{url} was to be fetched")


@pytest.fixture(scope="session")
def graph(document: Path) -> Any:
    return parsed(document.read_text("utf-8"))


@pytest.fixture(scope="session")
def canonical(document: Path) -> str:
    """The canonical N-Quads that pyld makes of it."""
    from pyld import jsonld

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": refuse}
    quads: str = jsonld.normalize(json.loads(document.read_text("utf-8")), options)
    return quads


def test_two_parsers_see_one_graph(graph: Any, canonical: str) -> None:
    from rdflib.compare import isomorphic

    other = parsed(canonical, "nt")
    assert len(graph) == len(other) > 5000
    assert isomorphic(graph, other)


def test_a_third_parser_gives_the_same_canonical_form(
    document: Path, canonical: str, node: Callable[..., Any]
) -> None:
    script = """
    const jsonld = require("jsonld"), document = require(process.argv[1]);
    const documentLoader = url => { throw new Error("fetches " + url); };
    jsonld.canonize(document, {algorithm: "URDNA2015", format: "application/n-quads", documentLoader})
      .then(quads => console.log(JSON.stringify(quads)));
    """
    (link := document.with_suffix(".json")).write_bytes(document.read_bytes())
    assert node(script, link) == canonical


def shacl(graph: Any, root: Path) -> tuple[bool, str]:
    import pyshacl

    conforms, _, text = pyshacl.validate(
        graph, shacl_graph=str(root / "schemas" / "shapes.ttl"), shacl_graph_format="turtle"
    )
    return conforms, text


def test_the_shapes_hold(graph: Any, root: Path) -> None:
    conforms, text = shacl(graph, root)
    assert conforms, text


def test_the_shapes_hold_for_another_collection(
    package: Path, tmp_path: Path, root: Path, run: Run
) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    other = descriptor | {"name": "other-talks", "id": "urn:other-talks:data"}
    (package / "datapackage.json").write_text(json.dumps(other), "utf-8")
    run("init", tmp_path / "empty", code=0)
    for folder in (package, tmp_path / "empty"):
        document = run("export", "jsonld", folder, "-o", "-", code=0).stdout
        assert not re.search(r"urn:shieldtalks:(?!profile:2|canon-1)", document)
        conforms, text = shacl(parsed(document), root)
        assert conforms, text


def test_the_shapes_are_shapes(root: Path) -> None:
    import pyshacl
    import rdflib

    shapes = rdflib.Graph().parse(root / "schemas" / "shapes.ttl")
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


#: A defect planted in the document, and the word of SHACL that finds it.
DEFECTS = {
    "a field is missing": (r'"st:topic": "[^"]+", ', "", "MinCount"),
    "a field is there twice": (r'"text": ("[^"]+")', r'"text": [\1, "twice"]', "MaxCount"),
    "a word is misspelt": (r'"st:topic":', '"st:topik":', "Closed"),
    "a code that is not known": (r"(?<=move:)decline\b", "declined", "Class"),
    "a code of another scheme": (r'("st:move": )"[^"]+"', rf'\1"{BASE}stance:supports"', "In"),
    "a proposer who is an event": (r'("st:proposer": )"[^"]+"', rf'\1"{BASE}evt-0001"', "Class"),
    "a reference to nothing": (r'("author": )"[^"]+"', rf'\1"{BASE}act-9999"', "Class"),
    "a span that ends before it starts": (r'("oa:end": )[0-9]+', r"\g<1>1", "LessThan"),
    "no hash": (r', "st:sha256": "[0-9a-f]+"', "", "Node"),
    "a hash that is none": (r'("st:sha256": )"[0-9a-f]+"', r'\1"abc"', "Node"),
    "a chain with a gap": (
        r'("st:hop": [1-9], "prov:wasAttributedTo": "[^"]+"), "prov:wasDerivedFrom": "[^"]+"',
        r"\1",
        "Or",
    ),
    "evidence for nothing": (r'"oa:hasBody": "[^"]+", ', "", "MinCount"),
    "a date that is none": (r'("st:date": )"[^"]+"', r'\1"someday"', "Pattern"),
    "a length that is no number": (r'("st:canonLength": )[0-9]+', r'\1"long"', "Datatype"),
}


def planted(document: Path, wrong: str, right: str, count: int = 0) -> Any:
    """The graph of the document with something in its nodes replaced, the context left alone."""
    context, graph, nodes = document.read_text("utf-8").partition('"@graph"')
    nodes, times = re.subn(wrong, right, nodes, count=count)
    assert times
    return parsed(context + graph + nodes)


@pytest.mark.parametrize("defect", DEFECTS)
def test_the_shapes_find_a_defect(defect: str, document: Path, root: Path) -> None:
    wrong, right, word = DEFECTS[defect]
    conforms, report = shacl(planted(document, wrong, right, count=1), root)
    assert not conforms
    assert f"{word}ConstraintComponent" in report


# The vocabularies: every class and property is one that its vocabulary has.


def test_schema_org_is_used_as_it_is_meant(graph: Any) -> None:
    assert misused(graph) == set()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('"Claim"', '"Claimm"'),
        ('"appearance":', '"appearence":'),
        ('"headline":', '"startTime":'),
        (r'("publisher": )"[^"]+"', r'\1"urn:shieldtalks:clm-0001"'),
    ],
)
def test_a_word_that_schema_org_lacks_is_found(wrong: str, right: str, document: Path) -> None:
    assert misused(planted(document, wrong, right))


#: Of the Web Annotation vocabulary, which no library at hand ships, the words that are used.
ANNOTATION = {
    *("Annotation", "SpecificResource", "State", "TextPositionSelector", "linking"),
    *(
        "hasBody",
        "hasTarget",
        "hasSource",
        "hasSelector",
        "hasState",
        "start",
        "end",
        "motivatedBy",
    ),
}


def test_the_other_vocabularies_have_every_word(graph: Any, root: Path) -> None:
    from rdflib import DCTERMS as TERMS
    from rdflib import PROV as PROVENANCE
    from rdflib import RDF, Graph, URIRef
    from rdflib import SKOS as CONCEPTS

    known = {DCTERMS: TERMS, PROV: PROVENANCE, SKOS: CONCEPTS}
    shapes = Graph().parse(root / "schemas" / "shapes.ttl")
    paths = set(shapes.objects(None, URIRef("http://www.w3.org/ns/shacl#path")))
    classes = set(shapes.objects(None, URIRef("http://www.w3.org/ns/shacl#targetClass")))
    for word in {*graph.predicates(), *graph.objects(None, RDF.type)}:
        space = next((space for space in known if word.startswith(space)), None)
        if space:
            assert word in known[space], word
        elif word.startswith(OA):
            assert word.removeprefix(OA) in ANNOTATION
        elif word.startswith(ST):
            assert word in paths | classes, word
        else:
            assert word.startswith(SCHEMA) or word == RDF.type, word


# Back again: the cells of every table from the graph alone.

#: The fields that stand as properties of standard vocabularies; all others as terms of our own.
STANDARD = {
    "sources.title": f"{SCHEMA}headline",
    "sources.publisher_id": f"{SCHEMA}publisher",
    "sources.dateline": f"{SCHEMA}dateline",
    "sources.language": f"{SCHEMA}inLanguage",
    "sources.url": f"{SCHEMA}url",
    "actors.name": f"{SCHEMA}name",
    "actors.member_of_id": f"{SCHEMA}memberOf",
    "actors.wikidata_id": f"{SCHEMA}sameAs",
    "aliases.alias": f"{SCHEMA}alternateName",
    "events.label": f"{SCHEMA}name",
    "events.description": f"{SCHEMA}description",
    "events.place": f"{SCHEMA}location",
    "participants.role": f"{SCHEMA}roleName",
    "proposals.label": f"{SCHEMA}name",
    "proposals.description": f"{SCHEMA}description",
    "propositions.text": f"{SCHEMA}text",
    "claims.text": f"{SCHEMA}text",
    "claims.claimant_id": f"{SCHEMA}author",
    "attributions.actor_id": f"{PROV}wasAttributedTo",
    "codes.scheme": f"{SKOS}inScheme",
    "codes.code": f"{SKOS}notation",
    "codes.label": f"{SKOS}prefLabel",
    "codes.definition": f"{SKOS}definition",
    "codes.parent_id": f"{SKOS}broader",
    "references.title": f"{SCHEMA}name",
    "references.publisher": f"{DCTERMS}publisher",
    "references.citation": f"{DCTERMS}bibliographicCitation",
    "references.url": f"{SCHEMA}url",
    "corroborations.note": f"{SKOS}note",
    "retired.replaced_by": f"{DCTERMS}isReplacedBy",
}
KEYS = {
    "sources": "source_id",
    "actors": "actor_id",
    "events": "event_id",
    "codes": "code_id",
    "proposals": "proposal_id",
    "responses": "response_id",
    "propositions": "proposition_id",
    "claims": "claim_id",
    "evidence": "evidence_id",
    "codings": "coding_id",
    "references": "reference_id",
    "corroborations": "corroboration_id",
    "retired": "record_id",
}
CLASSES = {
    "sources": "Source",
    "actors": "Actor",
    "aliases": "Alias",
    "events": "Event",
    "participants": "Participant",
    "proposals": "Proposal",
    "responses": "Response",
    "propositions": "Proposition",
    "claims": "Claim",
    "evidence": "Evidence",
    "relations": "Relation",
    "attributions": "Attribution",
    "codings": "Coding",
    "coders": "Comparison",
    "codes": "Code",
    "references": "Reference",
    "corroborations": "Corroboration",
    "retired": "Retired",
}


def rebuilt(graph: Any, table: str, fields: list[str]) -> Iterator[dict[str, str]]:
    """The rows of a table, from the graph."""
    from rdflib import URIRef

    for row in graph.subjects(URIRef(TYPE), URIRef(f"{ST}{CLASSES[table]}")):
        span = annotated(graph, row) if table == "evidence" else {}
        yield {
            field: span[field] if field in span else cell(graph, row, table, field)
            for field in fields
        }


def cell(graph: Any, row: Any, table: str, field: str) -> str:
    from rdflib import Literal, URIRef

    if KEYS.get(table) == field:
        return str(row).removeprefix(BASE)
    stem = re.sub(r"_(id|edtf)$", "", field)
    own = ST + re.sub("_(.)", lambda found: found[1].upper(), stem)
    name = f"{SKOS}note" if field == "notes" else STANDARD.get(f"{table}.{field}", own)
    values = list(graph.objects(row, URIRef(name)))
    assert len(values) <= 1
    if not values:
        return ""
    value = values[0]
    notation = graph.value(value, URIRef(f"{SKOS}notation"))
    if isinstance(value, Literal) or field == "url":
        return str(value)
    if notation is not None and not field.endswith("_id"):
        return str(notation)  # a code, or a scheme
    return re.sub(rf"^({BASE}|http://www.wikidata.org/entity/)", "", str(value))


def annotated(graph: Any, row: Any) -> dict[str, str]:
    """What body, target and selector of an annotation say of the evidence."""
    from rdflib import URIRef

    def one(thing: Any, name: str) -> Any:
        (value,) = graph.objects(thing, URIRef(name))
        return value

    target = one(row, f"{OA}hasTarget")
    selector = one(target, f"{OA}hasSelector")
    start, end = int(one(selector, f"{OA}start")), int(one(selector, f"{OA}end"))
    body = str(one(row, f"{OA}hasBody")).removeprefix(BASE)
    kinds = {"evt": "event_id", "prp": "proposal_id", "rsp": "response_id", "clm": "claim_id"}
    return {
        **dict.fromkeys(kinds.values(), ""),
        kinds[body[:3]]: body,
        "source_id": str(one(target, f"{OA}hasSource")).removeprefix(BASE),
        "start": str(start),
        "length": str(end - start),
        "sha256": str(one(selector, f"{ST}sha256")),
    }


@pytest.mark.parametrize("table", CLASSES)
def test_every_cell_comes_back(table: str, graph: Any, cells: Cells, root: Path) -> None:
    rows = cells[table]
    fields = list(rows[0]) if rows else []
    found = sorted(rebuilt(graph, table, fields), key=lambda row: list(row.values()))
    assert found == sorted(rows, key=lambda row: list(row.values()))


def test_a_chain_can_be_walked_from_the_span_to_the_speaker(graph: Any, cells: Cells) -> None:
    from rdflib import URIRef

    wanted: dict[str, list[str]] = {}
    for row in cells["attributions"]:
        wanted.setdefault(row["evidence_id"], []).insert(0, row["actor_id"])
    for evidence, actors in wanted.items():
        target = graph.value(URIRef(BASE + evidence), URIRef(f"{OA}hasTarget"))
        hops = graph.transitive_objects(target, URIRef(f"{PROV}wasDerivedFrom"))
        attributed = [graph.value(hop, URIRef(f"{PROV}wasAttributedTo")) for hop in hops]
        assert [str(actor).removeprefix(BASE) for actor in attributed[1:]] == actors


def test_direct_speech_is_quoted(graph: Any, cells: Cells) -> None:
    from rdflib import URIRef

    quoted = {
        str(hop).removeprefix(BASE)[:8]
        for hop in graph.subjects(URIRef(f"{PROV}wasQuotedFrom"), None)
    }
    chains = {row["evidence_id"] for row in cells["attributions"] if row["hop"] == "1"}
    direct = {row["evidence_id"] for row in cells["evidence"] if row["quotation"] == "direct"}
    assert quoted == direct & chains
    assert quoted


def test_text_of_every_sort_comes_back_by_both_parsers(
    awkward: Path, tmp_path: Path, run: Run
) -> None:
    from pyld import jsonld
    from rdflib import URIRef

    run("export", "jsonld", awkward, "-o", tmp_path / "out.jsonld", code=0)
    text = (tmp_path / "out.jsonld").read_text("utf-8")
    quads = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    claims = read_table(awkward / "data" / "claims.csv")
    notes = {row["claim_id"]: row["notes"] for row in claims}
    for graph in (parsed(text), parsed(quads, "nt")):
        for name, note in notes.items():
            assert str(graph.value(URIRef(BASE + name), URIRef(f"{SKOS}note"))) == note
