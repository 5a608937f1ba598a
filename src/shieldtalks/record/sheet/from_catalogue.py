"""What the sheet of a coded article has besides its statements: the article, its actors and so on."""

from __future__ import annotations

from collections.abc import Iterable

from ..starter import general_schemes
from . import defaults
from .model import Actor, Alias, Reference, Source, Term
from .naming import Naming
from .pruning import pruned
from .tables import Row


def source(naming: Naming, row: Row) -> Source:
    """The article. What the copy itself gives is left out."""
    bounds = ("published_earliest", "published_latest")
    seal = ("source_id", "canon_version", "canon_length", "canon_sha256")
    full = {name: cell for name, cell in row.items() if name not in (*bounds, *seal)}
    values = naming.values("sources", Source, pruned(full, defaults.source, frozenset()))
    return Source(id=row["source_id"], **values)


def outlets(row: Row) -> list[str]:
    """The last hops of a chain in this article: the news agency, if there is one, and the outlet."""
    return [row[name] for name in ("agency_id", "publisher_id") if row[name]]


def actors(naming: Naming) -> list[Actor]:
    """The actors that the sheet names, and the bodies that they belong to."""
    used = naming.used["actors"]
    waiting = list(used)
    while waiting:
        body = naming.ids["actors"].get(waiting.pop(), {}).get("member_of_id", "")
        if body and body not in used:
            used[body] = None
            waiting.append(body)
    return [_actor(naming, row) for row in naming.taken("actors")]


def _actor(naming: Naming, row: Row) -> Actor:
    aliases: list[str | Alias] = []
    for alias in naming.every.where("aliases", "actor_id", row["actor_id"]):
        whole = Alias(alias=alias["alias"], kind=alias["kind"])
        aliases.append(alias["alias"] if alias["kind"] == "short" else whole)
    return Actor(**naming.plain("actors", Actor, row), aliases=aliases)


def references(naming: Naming) -> list[Reference]:
    """The outside documents that the sheet names."""
    bounds = ("date_earliest", "date_latest")
    found = []
    for row in naming.taken("references"):
        usual = ("confidence",) if row["confidence"] == "high" else ()
        found.append(Reference(**naming.plain("references", Reference, row, *bounds, *usual)))
    return found


def terms(naming: Naming, used: Iterable[str]) -> list[Term]:
    """The codes in use that a new collection does not have, with the broader ones."""
    rows = {row["code_id"]: row for row in naming.every.old.get("codes", [])}
    general, waiting = general_schemes(), [*used, *naming.used["codes"]]
    wanted: set[str] = set()
    while waiting:
        row = rows.get(waiting.pop())
        if row and row["code_id"] not in wanted and row["scheme"] not in general:
            wanted.add(row["code_id"])
            waiting.append(row["parent_id"])
    return [
        Term(**naming.plain("codes", Term, row, "parent_id"), parent=row["parent_id"] or None)
        for identifier, row in rows.items()
        if identifier in wanted
    ]
