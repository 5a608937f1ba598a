"""W3C Web Annotations: one, a list, a page or a collection, with the selectors for quotes and positions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...tabular.jsontext import JsonObject
from .marked import Marked, Refused, whole

_KINDS = "TextQuoteSelector and TextPositionSelector are read"


def marked(value: JsonObject, where: str) -> Iterator[Marked | Refused]:
    """The passages of an annotation, a page or a collection."""
    for name in ("items", "@graph"):
        if isinstance(value.get(name), list):
            yield from _all(value[name], f"{where}{name}")
    first, following = value.get("first"), value.get("next")
    if isinstance(first, dict):
        yield from marked(first, f"{where}first.")
    elif first is not None and "items" not in value:
        yield Refused(f"{where}first", "the page is in another file: import that file")
    if isinstance(following, dict):
        yield from marked(following, f"{where}next.")
    elif following is not None:
        yield Refused(f"{where}next", "the next page is in another file: import that file, too")
    if "target" in value:
        yield from _annotation(value, where)


def _all(values: list[Any], where: str) -> Iterator[Marked | Refused]:
    for number, value in enumerate(values):
        place = f"{where}[{number}]"
        if isinstance(value, dict) and {"target", "items"} & value.keys():
            yield from marked(value, f"{place}.")
        else:
            yield Refused(place, "this is not an annotation: it has no target")


def _annotation(value: JsonObject, where: str) -> Iterator[Marked | Refused]:
    kind, about = _bodies(value)
    for place, target in _listed(value["target"], f"{where}target"):
        selector = target.get("selector") if isinstance(target, dict) else None
        if selector is None:
            yield Refused(place, f"it has no selector; {_KINDS}")
            continue
        found = _selected([*_listed(selector, f"{place}.selector")], place)
        if isinstance(found, Marked):
            found = replace(found, kind=kind, about=about)
        yield found


def _listed(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """A value, or each value of a list, with its place."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield f"{where}[{number}]", one
    else:
        yield where, value


def _selected(selectors: list[tuple[str, Any]], where: str) -> Marked | Refused:
    """The passage that the selectors of one target name together."""
    found = Marked(where)
    for place, selector in selectors:
        if not isinstance(selector, dict):
            return Refused(place, "this is not an object")
        types = [kind for _, kind in _listed(selector.get("type", selector.get("@type")), "")]
        if "refinedBy" in selector:
            return Refused(place, "a selector with refinedBy is not supported")
        if "TextQuoteSelector" in types:
            words = [selector.get(name, "") for name in ("exact", "prefix", "suffix")]
            if not all(isinstance(one, str) for one in words) or not words[0]:
                return Refused(place, "its exact, prefix and suffix have to be texts")
            found = replace(found, words=words[0], before=words[1], after=words[2])
        elif "TextPositionSelector" in types:
            start, end = whole(selector.get("start")), whole(selector.get("end"))
            if start is None or end is None:
                return Refused(place, "its start and end have to be whole numbers")
            found = replace(found, offsets=(start, end))
    if found.words is None and found.offsets is None:
        return Refused(where, f"none of its selectors can be used; {_KINDS}")
    return found


def _bodies(value: JsonObject) -> tuple[str, str]:
    """What an annotation calls its passage (its only tag), and everything that it says of it."""
    tags: list[str] = []
    texts: list[str] = []
    for _, body in _listed(value.get("body", value.get("bodyValue", [])), ""):
        text = body.get("value") if isinstance(body, dict) else body
        if isinstance(text, str):
            is_tag = isinstance(body, dict) and body.get("purpose") == "tagging"
            (tags if is_tag else texts).append(text)
    return (tags[0] if len(tags) == 1 else ""), "; ".join([*tags, *texts])
