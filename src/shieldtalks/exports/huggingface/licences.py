"""Licences by the names of the Hugging Face Hub."""

from __future__ import annotations

import re

from ...tabular.jsontext import JsonObject
from ...tabular.package import Package
from ...tabular.package.schema import as_objects

#: The Hub's names that are the SPDX identifier in lower case.
_SAME = """
afl-3.0 agpl-3.0 apache-2.0 artistic-2.0 bsd-2-clause bsd-3-clause bsd-3-clause-clear bsl-1.0
cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nc-nd-3.0
cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cc-by-nd-4.0 cc-by-sa-3.0
cc-by-sa-4.0 cc0-1.0 cdla-permissive-1.0 cdla-permissive-2.0 cdla-sharing-1.0 ecl-2.0 epl-1.0
epl-2.0 etalab-2.0 eupl-1.1 gpl-2.0 gpl-3.0 isc lgpl-2.1 lgpl-3.0 lppl-1.3c mit mpl-2.0 ms-pl
ncsa ofl-1.1 osl-3.0 postgresql unlicense wtfpl zlib
"""

#: Other names of the Hub, by an identifier of SPDX or of the Open Definition in lower case.
_OTHERS = {
    "c-uda-1.0": "c-uda",
    "odbl-1.0": "odbl",
    "odc-by-1.0": "odc-by",
    "pddl-1.0": "pddl",
    "odc-by": "odc-by",
    "odc-odbl": "odbl",
    "odc-pddl": "pddl",
    "odc-pddl-1.0": "pddl",
}

#: The addresses of the licences of Creative Commons; a version for one country is another licence.
_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(by[a-z-]*)|publicdomain/(zero))/([0-9.]+)"
    r"(?:/?|/(?:deed|legalcode)[.a-z]*)"
)

#: Other addresses that end in an identifier.
_NAMED = re.compile(
    r"https?://(?:www\.)?(?:spdx\.org|opensource\.org|opendefinition\.org)/licenses?/"
    r"([A-Za-z0-9.-]+?)(?:\.html)?/?"
)

#: The Hub's word for a licence that it does not know.
OTHER = "other"


def licences(package: Package) -> JsonObject:
    """The properties of a card that name the licences; empty if the descriptor states none.

    For a licence that the Hub does not know there is its name and, if it has one, its address.
    """
    stated = as_objects(package.descriptor.get("licenses"))
    names = list(dict.fromkeys(map(_name, stated)))
    unknown = [one for one in stated if _name(one) == OTHER]
    titles = [text for one in unknown if (text := title(one, "name", "title", "path"))]
    links = [path for one in unknown if (path := title(one, "path")).startswith(_WEB)]
    facts: JsonObject = {
        "license": names[0] if len(names) == 1 else names,
        "license_name": ", ".join(dict.fromkeys(titles)),
        "license_link": links[0] if len(unknown) == 1 and links else "",
    }
    return {name: value for name, value in facts.items() if value}


_WEB = ("https://", "http://")


def title(entry: JsonObject, *names: str) -> str:
    """The first of these properties that is a text; empty if none is."""
    return next((text for name in names if isinstance(text := entry.get(name), str) and text), "")


def _name(licence: JsonObject) -> str:
    """The Hub's name of a licence, by its identifier or, if it has none, by its address."""
    path = title(licence, "path")
    identifiers = [title(licence, "name")]
    if found := _CREATIVE_COMMONS.fullmatch(path):
        identifiers.append(f"cc-{found[1]}-{found[3]}" if found[1] else f"cc0-{found[3]}")
    elif found := _NAMED.fullmatch(path):
        identifiers.append(found[1])
    return next((known for one in identifiers if (known := _on_the_hub(one))), OTHER)


def _on_the_hub(identifier: str) -> str:
    """The Hub's name for an identifier; empty if it has none."""
    spdx = identifier.casefold()
    for end in ("-only", "-or-later"):
        spdx = spdx.removesuffix(end)
    return _OTHERS.get(spdx) or (spdx if spdx in _SAME.split() else "")
