"""Checks of the people, sources, licenses and addresses that a descriptor names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..jsontext import JsonObject, Place, dumps
from ..package.paths import improper
from ..package.schema import as_objects
from ..types.string import EMAIL

#: A license as the list of Open Definition names it.
_LICENSE = re.compile("[-a-zA-Z0-9._]+")

#: An address that is complete: with its scheme.
_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)

#: The schemes that the standard allows where an address or a path may be.
_WEB = re.compile(r"(https?|ftps?)://.*", re.IGNORECASE)

_WHOLE = 'Write the whole address. It begins with "https://".'
_FIRST_TITLE = (
    "Add it. Or follow version 2 of the standard, which does not require it: "
    'add "$schema": "https://datapackage.org/profiles/2.0/datapackage.json".'
)


class OriginFault(NamedTuple):
    """A fault of the metadata: its place in the descriptor that has it, what is wrong, and the next step."""

    place: Place
    message: str
    hint: str


def faults(entry: JsonObject, *, is_v1: bool) -> Iterator[OriginFault]:
    """The faults of a descriptor of a package or of a resource."""
    for index, license_ in enumerate(as_objects(entry.get("licenses"))):
        yield from _license(license_, ("licenses", index))
    for index, source in enumerate(as_objects(entry.get("sources"))):
        yield from _title(source, ("sources", index), is_v1)
        yield from _path(source, ("sources", index))
        yield from _email(source, ("sources", index))


def faults_of_package(entry: JsonObject, *, is_v1: bool) -> Iterator[OriginFault]:
    """The faults of what only a package has: contributors, a home page, an image."""
    for index, person in enumerate(as_objects(entry.get("contributors"))):
        place = ("contributors", index)
        yield from _title(person, place, is_v1)
        yield from _url(person, "path", place)
        yield from _email(person, place)
    yield from _url(entry, "homepage", ())
    yield from _path(entry, (), "image")


def _license(entry: JsonObject, place: Place) -> Iterator[OriginFault]:
    name = entry.get("name")
    if isinstance(name, str) and not _LICENSE.fullmatch(name):
        message = f"{dumps(name)} is not the identifier of a license"
        hint = 'Write an identifier such as "CC-BY-4.0". A name in words is the "title".'
        yield OriginFault((*place, "name"), message, hint)
    yield from _path(entry, place)


def _title(entry: JsonObject, place: Place, is_v1: bool) -> Iterator[OriginFault]:
    # An object without any property is a fault already.
    if is_v1 and entry and "title" not in entry:
        yield OriginFault(
            place, '"title" is missing, which version 1 of the standard requires', _FIRST_TITLE
        )


def _email(entry: JsonObject, place: Place) -> Iterator[OriginFault]:
    # An empty text says that there is none.
    email = entry.get("email")
    if isinstance(email, str) and email and not re.fullmatch(EMAIL, email):
        yield OriginFault(
            (*place, "email"), f"{dumps(email)} is not an e-mail address", "Correct it."
        )


def _url(entry: JsonObject, name: str, place: Place) -> Iterator[OriginFault]:
    address = entry.get(name)
    if isinstance(address, str) and address and not _URL.fullmatch(address):
        yield OriginFault((*place, name), f"{dumps(address)} is not an address of the web", _WHOLE)


def _path(entry: JsonObject, place: Place, name: str = "path") -> Iterator[OriginFault]:
    fault = _address_fault(entry.get(name))
    if fault is not None:
        hint = 'Write an address that begins with "https://", or a path inside the package.'
        yield OriginFault((*place, name), f"{dumps(entry[name])} {fault}", hint)


def _address_fault(address: Any) -> str | None:
    """Why a text is neither an address of the web nor a path inside the package; None if it is one.

    An empty text says that there is none. A folder may be a source.
    """
    if not isinstance(address, str) or not address or _WEB.fullmatch(address):
        return None
    if "://" in address:
        return "is not an address of the web"
    return improper(address.removesuffix("/") or address)
