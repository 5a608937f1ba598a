"""The Python side: ten names with examples that run, a short help, and an import that costs little."""

from __future__ import annotations

import doctest
import inspect
import pydoc
import subprocess
import sys
from pathlib import Path

import pytest

import shieldtalks


def test_there_are_ten_names() -> None:
    assert len(shieldtalks.__all__) == 10
    for name in shieldtalks.__all__:
        assert inspect.getdoc(getattr(shieldtalks, name)), name


def test_completion_shows_the_ten_names_and_nothing_else() -> None:
    assert {name for name in dir(shieldtalks) if not name.startswith("_")} == set(
        shieldtalks.__all__
    )
    assert "__version__" in dir(shieldtalks)


def test_a_misspelt_name_gets_the_nearest_one() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lod'; did you mean \"load\""):
        _ = shieldtalks.lod


@pytest.mark.parametrize("name", [*shieldtalks.__all__, "shieldtalks"])
def test_each_name_has_an_example_that_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    documented = inspect.getdoc(getattr(shieldtalks, name, shieldtalks))
    assert documented is not None
    test = doctest.DocTestParser().get_doctest(documented, {}, name, None, 0)
    assert test.examples
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert said == []


def test_the_help_begins_with_the_ten_names_and_lists_no_other() -> None:
    lines = pydoc.plain(pydoc.render_doc(shieldtalks)).splitlines()
    assert any("Ten names are all you need" in line for line in lines[:12])
    assert any(">>> ds = shieldtalks.load()" in line for line in lines[:20])
    assert any(line.startswith("    load(") for line in lines)
    classes = {line.split()[1].partition("(")[0] for line in lines if line.startswith("    class ")}
    assert classes == {"CannotRun", "Dataset", "Finding", "Report"}
    assert len(lines) < 600


def test_the_import_costs_little() -> None:
    heavy = ["pydantic", "sqlite3", "pandas", "polars", "click", "json", "csv", "pathlib"]
    code = (
        "import sys; before = set(sys.modules); import shieldtalks; dir(shieldtalks)\n"
        f"print([name for name in {heavy} if name in sys.modules and name not in before])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
