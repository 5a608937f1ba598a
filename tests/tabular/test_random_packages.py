"""Random packages: both engines, both readers and both stores find the same; so does frictionless."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shieldtalks.tabular import engine as engines
from shieldtalks.tabular.findings import Finding, Report
from shieldtalks.tabular.sources import octets
from shieldtalks.tabular.validation import Options, validate
from tests.support.draws import examples
from tests.support.one_duckdb import one_duckdb
from tests.support.random_packages import Made, Maker

pytestmark = pytest.mark.slow

#: Packages are made from a number, since small changes of a drawn one would give too few kinds.
numbers = given(st.integers(0, 2**32))
few = settings(
    max_examples=examples(25),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@contextmanager
def written(
    number: int, *, judged: bool = False, dialects: bool = False
) -> Iterator[tuple[Made, Path]]:
    """The package of a number, in a temporary folder; `judged` and `dialects` as for a `Maker`."""
    maker = Maker(Random(number), judged=judged, dialects=dialects)  # noqa: S311
    made = maker.package()
    with tempfile.TemporaryDirectory() as folder:
        made.write(Path(folder))
        yield made, Path(folder)


def all_of(report: Report) -> tuple[Any, ...]:
    """What a report says. Findings of one place have no order."""
    return sorted(map(repr, report.findings)), report.skipped, report.rows, report.left_out


@few
@given(st.integers(0, 2**32), st.booleans(), st.booleans())
def test_both_engines_and_both_readers_find_the_same(
    number: int, judged: bool, dialects: bool
) -> None:
    with (
        written(number, judged=judged, dialects=dialects) as (made, folder),
        one_duckdb(),
        pytest.MonkeyPatch.context() as patch,
    ):
        wanted = all_of(validate(folder, Options(engine="sqlite")))
        assert all_of(validate(folder, Options(engine="auto"))) == wanted, made
        patch.setattr(engines, "BULK", 0)
        assert all_of(validate(folder, Options(engine="auto"))) == wanted, made
        full = Options(engine="duckdb", also=[lambda *_: ()])
        assert all_of(validate(folder, full)) == wanted, made
        inspect = octets.inspect
        patch.setattr(
            octets, "inspect", lambda *given, **also: inspect(*given, **also)._replace(plain=False)
        )
        assert all_of(validate(folder, Options(engine="sqlite"))) == wanted, made


@few
@numbers
def test_frictionless_finds_no_more(number: int) -> None:
    with written(number) as (made, folder):
        report = validate(folder, Options(engine="sqlite", reference=True))
        theirs = [found for found in report.findings if found.rule == "reference"]
        assert not [found for found in theirs if not is_known(made, found)], made


#: Years before 1 and beyond 9999, which Python cannot count with.
_FAR = re.compile(r"-[0-9]{4}|[0-9]{5}")


def is_known(made: Made, found: Finding) -> bool:
    """Whether docs/frictionless-differences.md gives the reason for an error of frictionless."""
    resource = next((r for r in made.descriptor["resources"] if r["name"] == found.table), None)
    if resource is None:
        return "failed with" in found.message
    if "blank-row" in found.message:  # it takes a row of missing codes for a blank row
        return '"missingValues"' in json.dumps(resource["schema"])
    encoding = resource.get("encoding", "utf-8")
    text = made.files[resource["path"]].decode(encoding, "replace")
    if 'type is "number/' in found.message:  # Python cannot count with an exponent of twenty digits
        return re.search("[eE][+-]?[0-9]{19}", text) is not None
    is_year = re.search('type is "(year|yearmonth|date|datetime)/', found.message) is not None
    return is_year and _FAR.search(text) is not None


@pytest.mark.parametrize("number", range(3))
def test_the_packages_are_of_many_kinds(number: int) -> None:
    """Most of a few packages have tables with rows, and some of them have no finding."""
    rows = findings = valid = 0
    for place in range(10):
        with written(1000 * number + place) as (_, folder):
            report = validate(folder, Options(engine="sqlite"))
            rows += sum(report.rows.values())
            findings += len(report.findings)
            valid += len(report.rows.keys() - {found.table for found in report.findings})
    assert min(rows, findings, valid) > 3
