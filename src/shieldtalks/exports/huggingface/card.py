"""The dataset card: properties for the Hub, and a page for people. Nothing in it is made up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...record.profile import is_ours
from ...tabular.jsontext import JsonObject
from ...tabular.package import Package
from ...tabular.package.schema import as_list
from ...tabular.package.stated import keywords_of, languages_of
from ...tabular.tables.rows import rows
from ..parquet import ENDING
from . import yaml
from .licences import licences, title
from .page import Configuration, page

#: What a descriptor can state for the Hub, with the prefix `huggingface:`.
_STATED = (
    *("task_categories", "task_ids", "annotations_creators", "language_creators"),
    *("multilinguality", "source_datasets"),
)

#: The size of a dataset in the Hub's words, by the number of rows that it does not reach.
_SIZES = (
    *((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M")),
    *((10**7, "1M<n<10M"), (10**8, "10M<n<100M"), (10**9, "100M<n<1B"), (10**10, "1B<n<10B")),
    *((10**11, "10B<n<100B"), (10**12, "100B<n<1T")),
)

#: The name of a configuration that is the default without more words.
_DEFAULT = "default"


def card(package: Package, tables: Sequence[Configuration]) -> tuple[JsonObject, str]:
    """The properties of the card, and the whole card with them."""
    properties = _properties(package, tables)
    lines = ["---", *yaml.lines(properties), "---", "", *page(package, tables)]
    return properties, "\n".join(lines) + "\n"


def _properties(package: Package, tables: Sequence[Configuration]) -> JsonObject:
    descriptor = package.descriptor
    stated: JsonObject = {
        "pretty_name": title(descriptor, "title"),
        "language": _languages(package),
        **licences(package),
        "tags": keywords_of(descriptor),
        "size_categories": [_size(sum(one.rows for one in tables))],
        **{name: as_list(descriptor.get(f"huggingface:{name}")) for name in _STATED},
        "configs": _configs([one.name for one in tables if one.rows]),
    }
    return {name: value for name, value in stated.items() if value}


def _languages(package: Package) -> list[str]:
    """The languages that the descriptor states, otherwise those of the sources of a record."""
    descriptor = package.descriptor
    found = languages_of(descriptor)
    sources = [one for one in package.resources if one.name == "sources" and is_ours(package)]
    if not found:
        found = [str(row.get("language")) for table in sources for row in rows(table)]
    codes = [one.replace("_", "-").partition("-")[0].lower() for one in found]
    return sorted({code for code in codes if re.fullmatch(r"[a-z]{2,3}", code)})


def _size(count: int) -> str:
    return next((words for most, words in _SIZES if count < most), "n>1T")


def _configs(names: Sequence[str]) -> list[JsonObject]:
    """A configuration with one split for each of these tables; one of them is the default."""
    # This name alone makes a configuration the default, and there can be only one.
    default = _DEFAULT if _DEFAULT in names else names[0] if names else ""
    return [
        {
            "config_name": name,
            "data_files": [{"split": "train", "path": f"data/{_pattern(name)}{ENDING}"}],
            **({"default": True} if name == default else {}),
        }
        for name in names
    ]


def _pattern(name: str) -> str:
    """A pattern that fits only this name: characters with a meaning in patterns are in brackets."""
    return re.sub(r"([*?\[])", r"[\1]", name)
