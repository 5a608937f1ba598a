"""Identifiers looked at together are as identifiers looked at one by one."""

from __future__ import annotations

import pytest

from shieldtalks.tabular.describe.templates import Template

COLUMNS = {
    "padded": [f"id-{i:04d}" for i in range(1, 40)],
    "not padded": [f"id-{i}" for i in range(1000, 1040)],
    "of any length": [f"K.{i}/a" for i in range(90, 130)],
    "the same digits": [f"v2-{chr(97 + i % 26)}{chr(97 + i % 7)}" for i in range(40)],
    "digits of two kinds": [f"2008-{i:03d}" for i in range(40)],
    "letters of two kinds": [f"ab-{chr(97 + i % 26)}c" for i in range(40)],
    "capitals": [f"A{chr(65 + i % 26)}{chr(65 + i % 7)}x" for i in range(40)],
    "hexadecimal": [f"{i * 2654435761 % 2**32:08x}" for i in range(1, 60)],
    "hexadecimal capitals": [f"{i * 2654435761 % 2**32:08X}" for i in range(1, 60)],
    "hexadecimal digits": [f"{i:08d}" for i in range(100, 140)],
    "numbers of eight digits": [f"{i}" for i in range(10_000_000, 10_000_040)],
    "one": ["a-1", "a-1", "a-1"],
}

ODD = [
    "id-0041",
    "id-41",
    "AB12CD34",
    "ab12cd34",
    "12345678",
    "two\nlines",
    "",
    "é",
    "x y",
    "id-٣٤",
]


def known(template: Template) -> tuple[object, ...]:
    """What was learnt of a form."""
    parts = [repr(part) for part in template.parts] if template.parts is not None else None
    return parts, template.count, template.is_alive, template.signature, template.pattern


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("odd", [None, *ODD])
def test_together_and_one_by_one(name: str, odd: str | None) -> None:
    values = COLUMNS[name]
    last = [*values[:5], *([] if odd is None else [odd]), *values[5:9]]
    together, single = Template(), Template()
    for some in (values[:1], values, values[::2], last, values[:3]):
        if together.is_alive:
            together.add_all(some)
        for value in some:
            if single.is_alive:
                single.add(value)
    assert known(together) == known(single)


@pytest.mark.parametrize("name", COLUMNS)
def test_what_is_known_is_not_looked_at_one_by_one(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = Template()
    template.add_all(COLUMNS[name])

    def refuse(*_: object) -> None:
        raise AssertionError("it is known")

    monkeypatch.setattr(Template, "add", refuse)
    template.add_all(COLUMNS[name] * 2)
    assert template.count == 3 * len(COLUMNS[name])
