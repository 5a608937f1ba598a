"""The pages about the data that a package of the profile can have in its folder `docs`."""

from __future__ import annotations

import csv
import io
import re

from ..tabular.package import Package
from ..tabular.package.paths import is_file
from ..tabular.reading import TooLong, read_bytes

LIMITS = "docs/parts/limits.md"
CODING_RULES = "docs/parts/coding-rules.md"
AGREEMENT = "docs/agreement.csv"

#: The columns of the table of agreement, as `make agreement` writes it.
AGREEMENT_COLUMNS = ("table", "field", "pairs", "same", "alpha")

#: A page that is longer is not used.
_LONGEST = 1 << 20


def page(package: Package, path: str) -> str:
    """The text of a page of the package; empty if there is none that can be read."""
    if not is_file(package.root, path):
        return ""
    try:
        return read_bytes(package.root / path, _LONGEST).decode("utf-8").strip()
    except (OSError, TooLong, UnicodeDecodeError):
        return ""


def limits(package: Package) -> list[str]:
    """The limits of the data: the points of the first list of that page, each in one line."""
    first = re.split(r"^## ", page(package, LIMITS), flags=re.MULTILINE)[1:2]
    points = re.split(r"^- ", first[0], flags=re.MULTILINE)[1:] if first else []
    return [_plain(point.partition("\n\n")[0]) for point in points]


def _plain(point: str) -> str:
    """A point without line breaks and without the addresses of links."""
    return " ".join(re.sub(r"\[([^\]\[]{1,200})\]\([^)\s]{1,200}\)", r"\1", point).split())


def agreement(package: Package) -> list[dict[str, str]]:
    """The agreement of the two codings on each field; empty if the package has no such table."""
    found = csv.DictReader(io.StringIO(page(package, AGREEMENT)), strict=True)
    try:
        rows = [{name: row[name] or "" for name in AGREEMENT_COLUMNS} for row in found]
    except (csv.Error, KeyError):
        return []
    return rows if tuple(found.fieldnames or ()) == AGREEMENT_COLUMNS else []
