"""What a descriptor states of the whole package: its keywords, its languages, its DOI."""

from __future__ import annotations

import re

from ..jsontext import JsonObject
from .schema import as_list

_LANGUAGE = re.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)


def keywords_of(descriptor: JsonObject) -> list[str]:
    """The keywords, each once."""
    return list(dict.fromkeys(as_list(descriptor.get("keywords"))))


def languages_of(descriptor: JsonObject) -> list[str]:
    """The languages, each once, as codes such as `en` or `pt-BR`. Other words for a language are left out."""
    given = [*as_list(descriptor.get("languages")), *as_list(descriptor.get("language"))]
    codes = (one.replace("_", "-") for one in given)
    return list(dict.fromkeys(code for code in codes if _LANGUAGE.fullmatch(code)))


def doi_of(descriptor: JsonObject) -> str:
    """The DOI that is the identifier of the package, without an address before it; "" if it is none."""
    identifier = descriptor.get("id")
    found = _DOI.fullmatch(identifier) if isinstance(identifier, str) else None
    return found[1] if found else ""
