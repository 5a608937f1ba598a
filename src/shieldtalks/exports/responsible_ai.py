"""The Responsible-AI fields of Croissant (RAI 1.0): only what a package says of itself."""

from __future__ import annotations

from collections import Counter

from ..record.profile import is_ours
from ..tabular.jsontext import JsonObject
from ..tabular.package import Package
from ..tabular.package.schema import as_objects
from ..tabular.tables.rows import rows
from .pages import CODING_RULES, limits, page

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
    rules = page(package, CODING_RULES)
    return {
        "dataCollection": f"Coded from these sources: {'; '.join(titles)}." if titles else "",
        "annotationsPerItem": "2" if compared else "",
        "dataAnnotationAnalysis": compared,
        "dataAnnotationProtocol": [rules] if rules else [],
        "dataLimitations": limits(package),
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
