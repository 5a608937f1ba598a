"""The messages about a header that nearly fits, and hints that never name a step that would fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shieldtalks.record.checking import validate
from shieldtalks.tabular.formatting import plan
from shieldtalks.tabular.package import read
from tests.support import MakePackage

FIELDS = [{"name": "id", "type": "string"}, {"name": "name", "type": "string"}]


def messages(package: Path) -> list[str]:
    return [finding.message for finding in validate(package).findings if finding.rule == "header"]


@pytest.mark.parametrize(
    ("header", "declared", "asked"),
    [
        ("id;name", None, 'Is the delimiter ";"?'),
        ("id\tname", None, "Is the delimiter a tab?"),
        ("id|name", None, 'Is the delimiter "|"?'),
        ("id,name", ";", 'Is the delimiter ","?'),
        ("ID ; Name", None, 'Is the delimiter ";"?'),
        ("a;b", None, 'Is the delimiter ";"?'),
        ('"id;name"', None, 'Is the delimiter ";"?'),
        ("id;other;more", None, 'Is the delimiter ";"?'),
        ("a;b;c", None, None),
        ("a b", None, None),
        ("a,b", None, None),
    ],
)
def test_another_delimiter_is_asked_for(
    header: str, declared: str | None, asked: str | None, make_package: MakePackage
) -> None:
    entry: dict[str, Any] = {"dialect": {"delimiter": declared}} if declared else {}
    (message,) = messages(make_package(f"{header}\n1\n", FIELDS, **entry))
    shown = header.strip('"')
    assert f'"{shown}"' in message or shown.replace(",", ", ") in message
    assert ("Is the delimiter" in message) == (asked is not None)
    assert asked is None or message.endswith(f". {asked}")


@pytest.mark.parametrize(
    ("text", "fields", "entry", "named"),
    [
        ("id,name\n1,x\n\n2,y\n", FIELDS, {}, True),
        ("id\n1\n\n2\n", FIELDS[:1], {}, False),
        ("id;name\n1;x\r\n2;y\n", FIELDS, {"dialect": {"delimiter": ";"}}, True),
    ],
)
def test_fmt_is_recommended_only_where_it_fixes_the_fault(
    text: str,
    fields: list[dict[str, Any]],
    entry: dict[str, Any],
    named: bool,
    make_package: MakePackage,
) -> None:
    package = make_package(text, fields, **entry)
    hints = [finding.hint or "" for finding in validate(package).findings]
    assert hints
    assert all(("shieldtalks fmt" in hint) == named for hint in hints)
    planned = plan(read(package))
    assert bool(planned.changes) == named
    assert bool(planned.findings) != named
