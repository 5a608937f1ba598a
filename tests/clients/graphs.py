"""What several tests of linked data share: the graph of a document, and the vocabulary of schema.org."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

SCHEMA = "https://schema.org/"


def parsed(document: str, form: str = "json-ld") -> Any:
    """The graph that rdflib makes of a document; no literal is rewritten."""
    import rdflib

    normalize, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        return rdflib.Graph().parse(data=document, format=form)
    finally:
        rdflib.NORMALIZE_LITERALS = normalize


@cache
def vocabulary() -> Any:
    """schema.org as RDF, as the package rocrate ships it, under its https name."""
    import rocrate

    file = Path(rocrate.__file__).parent / "data" / "schema.jsonld"
    return parsed(file.read_text("utf-8").replace("http://schema.org/", SCHEMA))


def misused(graph: Any) -> set[str]:
    """Uses of schema.org in a graph that its vocabulary does not allow."""
    from rdflib import RDF, RDFS, Literal, URIRef

    known = vocabulary()
    classes = set(known.subjects(RDF.type, RDFS.Class))
    properties = set(known.subjects(RDF.type, RDF.Property))

    def kinds(thing: Any) -> set[Any]:
        """The classes of schema.org that a thing has, broader ones too."""
        found: set[Any] = set()
        for kind in graph.objects(thing, RDF.type):
            found |= set(known.transitive_objects(kind, RDFS.subClassOf)) & classes
        return found

    def scope(name: Any, which: str) -> set[Any]:
        return set(known.objects(name, URIRef(f"{SCHEMA}{which}Includes")))

    wrong = set()
    literals = {URIRef(SCHEMA + name) for name in ("Text", "URL", "Date", "DateTime", "Number")}
    for subject, name, value in graph:
        if name == RDF.type and value.startswith(SCHEMA) and value not in classes:
            wrong.add(f"no class {value}")
        if not name.startswith(SCHEMA):
            continue
        if name not in properties:
            wrong.add(f"no property {name}")
            continue
        if kinds(subject) and not kinds(subject) & scope(name, "domain"):
            wrong.add(f"{name} of {kinds(subject)}")
        if isinstance(value, Literal):
            if not scope(name, "range") & literals:
                wrong.add(f"{name} as a literal")
        elif kinds(value) and not kinds(value) & scope(name, "range"):
            wrong.add(f"{name} to {kinds(value)}")
    return wrong
