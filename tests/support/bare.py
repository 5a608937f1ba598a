"""Bare files for `describe`, and what a description says of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from shieldtalks.tabular.describe import Description
from shieldtalks.tabular.findings import Finding
from shieldtalks.tabular.jsontext import visible
from shieldtalks.tabular.validation import Options, validate

#: The fixture `described`: the description of files with these contents.
Describe = Callable[..., Description]


def text(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Rows as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def column(values: Iterable[object], name: str = "value", delimiter: str = ",") -> str:
    """A table of a number and of one more column."""
    numbered = [[n, value] for n, value in enumerate(values, 1)]
    return text([["row", name], *numbered], delimiter)


def table(found: Description, name: str = "things") -> dict[str, Any]:
    """The resource with this name."""
    (one,) = [entry for entry in found.descriptor["resources"] if entry["name"] == name]
    return dict(one)


def field(found: Description, name: str = "value", of: str = "things") -> dict[str, Any]:
    """The field with this name."""
    fields = table(found, of)["schema"]["fields"]
    (one,) = [entry for entry in fields if entry["name"] == name]
    return dict(one)


def said(found: Description, about: str = "") -> str:
    """What is left out because it is uncertain."""
    return "\n".join(
        f"{guess.field}: {guess.evidence}"
        for guess in found.guesses
        if guess.value is None and about in ("", guess.about)
    )


def faults(found: Description) -> list[Finding]:
    """What `validate` finds in the files of a description, warnings apart."""
    (found.root / "datapackage.json").write_text(visible(found.descriptor), "utf-8")
    return validate(found.root, Options(engine="sqlite")).faults
