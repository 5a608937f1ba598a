"""The Responsible-AI fields of Croissant (RAI 1.0): only what a package says of itself."""

from __future__ import annotations

import re
from collections import Counter

from ..record.profile import is_ours
from ..tabular.jsontext import JsonObject
from ..tabular.package import Package
from ..tabular.package.paths import is_file
from ..tabular.package.schema import as_objects
from ..tabular.reading import TooLong, read_bytes
from ..tabular.tables.rows import rows

#: What the metadata conforms to if it has one of these fields.
CONFORMS_TO = "http://mlcommons.org/croissant/RAI/1.0"

#: The fields with one text, and those with several.
_SINGLE = (
    *("dataCollection", "annotationsPerItem", "dataCollectionMissingData"),
    *("dataCollectionRawData", "dataReleaseMaintenancePlan"),
)
_SEVERAL = (
    *("dataAnnotationProtocol", "dataAnnotationAnalysis", "dataAnnotationPlatform"),
    *("annotatorDemographics", "machineAnnotationTools", "dataCollectionType"),
    *("dataImputationProtocol", "dataPreprocessingProtocol", "dataManipulationProtocol"),
    *("dataLimitations", "dataBiases", "dataUseCases", "dataSocialImpact"),
    "personalSensitiveInformation",
)

#: The pages of a package of the profile from which fields are taken.
LIMITS = "docs/parts/limits.md"
CODING_RULES = "docs/parts/coding-rules.md"
#: A page that is longer is not used.
_LONGEST = 1 << 20


def responsible_ai(package: Package) -> JsonObject:
    """The fields that are known, by their names with prefix; those of the descriptor come first."""
    known: JsonObject = _of_the_record(package) if is_ours(package) else {}
    for name in (*_SINGLE, *_SEVERAL):
        texts = _texts(package.descriptor.get(f"rai:{name}"))
        if texts:
            known[name] = texts[0] if name in _SINGLE and len(texts) == 1 else texts
    return {
        f"rai:{name}": known[name]
        for name in (*_SINGLE, *_SEVERAL)
        if known.get(name) and not (name in _SINGLE and isinstance(known[name], list))
    }


def _texts(value: object) -> list[str]:
    """The texts of a property that is a text or a list of them; empty if it is neither."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one]


def _of_the_record(package: Package) -> JsonObject:
    """What a package of the profile says in its tables, its descriptor and its pages."""
    sources = as_objects(package.descriptor.get("sources"))
    titles = [str(one["title"]) for one in sources if one.get("title")]
    compared = _comparison(package)
    rules = _page(package, CODING_RULES)
    return {
        "dataCollection": f"Coded from these sources: {'; '.join(titles)}." if titles else "",
        "annotationsPerItem": "2" if compared else "",
        "dataAnnotationAnalysis": compared,
        "dataAnnotationProtocol": [rules] if rules else [],
        "dataLimitations": _points(_page(package, LIMITS)),
    }


def _comparison(package: Package) -> list[str]:
    """How the rows of the record were settled from the two codings, in one sentence, if this is known."""
    coders = next((one for one in package.resources if one.name == "coders"), None)
    if coders is None or "settled_by" not in coders.field_names:
        return []
    settled = Counter(str(row["settled_by"]) for row in rows(coders) if row["settled_by"])
    if not settled:
        return []
    counts = ", ".join(f"{count} by {how}" for how, count in sorted(settled.items()))
    return [f"Two codings were compared. Of {settled.total()} rows, these were settled: {counts}."]


def _page(package: Package, path: str) -> str:
    """The text of a page of the package; empty if there is none that can be read."""
    if not is_file(package.root, path):
        return ""
    try:
        return read_bytes(package.root / path, _LONGEST).decode("utf-8").strip()
    except (OSError, TooLong, UnicodeDecodeError):
        return ""


def _points(page: str) -> list[str]:
    """The points of the list under the first heading of a page, each in one line."""
    first = re.split(r"^## ", page, flags=re.MULTILINE)[1:2]
    points = re.split(r"^- ", first[0], flags=re.MULTILINE)[1:] if first else []
    return [_plain(point.partition("\n\n")[0]) for point in points]


def _plain(point: str) -> str:
    """A point without line breaks and without the addresses of links."""
    return " ".join(re.sub(r"\[([^\]\[]{1,200})\]\([^)\s]{1,200}\)", r"\1", point).split())
