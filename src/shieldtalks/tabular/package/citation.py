"""The citation of a package, or of one of its rows: as text, BibTeX and CSL (citeproc)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..jsontext import JsonObject
from .contributors import creators_of, name_of
from .package import Package


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What the citation of a row contains: its identifier, its heading and its hash (see `rowhash`)."""

    record_id: str
    heading: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in three forms: a sentence, a BibTeX entry, a CSL-JSON item."""

    text: str
    bibtex: str
    csl: dict[str, Any]

    def __str__(self) -> str:
        return self.text


def citation(package: Package) -> str | None:
    """The citation of a package with its version; None if the descriptor has no citation."""
    stated = package.descriptor.get("bibliographicCitation")
    if not isinstance(stated, str):
        return None
    return f"{stated.rstrip('.')}, version {package.version}." if package.version else stated


def cite(package: Package, row: RowFacts | None = None) -> Citation:
    """The citation of a package, or of one of its rows, with the version."""
    return Citation(_text(package, row), _bibtex(package, row), _csl(package, row))


def _text(package: Package, row: RowFacts | None) -> str:
    whole = citation(package) or " ".join(
        f"{part}." for part in (_authors(package), _title(package), _version(package)) if part
    )
    if row is None:
        return whole
    return f"“{row.heading}” ({row.record_id}, SHA-256 {row.sha256}). In: {whole}"


def _csl(package: Package, row: RowFacts | None) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": _key(package, row),
        "type": "dataset",
        "title": row.heading if row else _title(package),
        "author": [{"literal": name} for name in creators(package.descriptor)],
    }
    if row:
        item |= {
            "container-title": _title(package),
            "number": row.record_id,
            "note": f"SHA-256 of the row: {row.sha256}",
        }
    if package.version:
        item["version"] = package.version
    created = _created(package)
    if created:
        item["issued"] = {"date-parts": [created]}
    item["URL"] = _address(package)
    return {name: value for name, value in item.items() if value}


def _bibtex(package: Package, row: RowFacts | None) -> str:
    notes = [_version(package)]
    if row:
        notes += [f"record {row.record_id}", f"SHA-256 {row.sha256}"]
    created = _created(package)
    fields = {
        "author": " and ".join(f"{{{tex(name)}}}" for name in creators(package.descriptor)),
        "title": f"{{{tex(row.heading if row else _title(package))}}}",
        "howpublished": f"In: {{{tex(_title(package))}}}, data package" if row else "Data package",
        "year": str(created[0]) if created else "",
        "url": _address(package),
        "note": tex(", ".join(note for note in notes if note)),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{_key(package, row)},\n" + ",\n".join(lines) + "\n}\n"


def creators(descriptor: JsonObject) -> list[str]:
    """The names of the creators of a package (see `contributors`)."""
    return [name_of(entry) for entry in creators_of(descriptor)]


_TEX = {char: rf"\{char}" for char in "&%$#_"} | {
    "{": r"{\textbraceleft}",  # BibTeX would still count a bare \{ when it matches braces
    "}": r"{\textbraceright}",
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
}


def tex(text: str) -> str:
    """A text for TeX: special characters are escaped, all other characters stay UTF-8."""
    shown = (char if char.isprintable() else " " for char in text)
    return "".join(_TEX.get(char, char) for char in " ".join("".join(shown).split()))


def _key(package: Package, row: RowFacts | None) -> str:
    parts = [package.name, package.version, row.record_id if row else None]
    return re.sub(r"[^A-Za-z0-9.:-]", "-", "-".join(part for part in parts if part))


def _title(package: Package) -> str:
    return str(package.descriptor.get("title") or package.name)


def _version(package: Package) -> str:
    return f"Version {package.version}" if package.version else ""


def _address(package: Package) -> str:
    """The package's home page; empty if it has none, or if its characters are not safe in BibTeX."""
    address = str(package.descriptor.get("homepage") or "")
    return address if re.fullmatch(r"https?://[!-\[\]-z|~]+", address) else ""


def _authors(package: Package) -> str:
    return ", ".join(creators(package.descriptor))


def _created(package: Package) -> list[int]:
    """Year, month and day of `created` in the descriptor; empty if it has none."""
    match = re.match(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", str(package.descriptor.get("created")))
    return [int(part) for part in match.groups()] if match else []
