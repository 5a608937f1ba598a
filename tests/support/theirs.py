"""What frictionless finds in the examples, asked once by all tests of a run: it takes long over each."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import pytest

from shieldtalks.tabular.checks.frictionless import TheirError, errors
from shieldtalks.tabular.package import Package
from shieldtalks.tabular.package.dialect import CsvDialect
from tests.support import EXAMPLES
from tests.support.once import once

#: The rows of a header and of comments where a package says nothing of them.
USUAL = CsvDialect().header_rows, CsvDialect().comment_rows


class Theirs:
    """The same as `frictionless.errors`, for examples that do not change while the tests run."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self._factory = factory

    def errors(
        self, package: Package, refused: Collection[Path] = (), seconds: float = 300
    ) -> list[TheirError]:
        """Each error that frictionless finds, without the tables that it may not open."""
        assert package.root.is_relative_to(EXAMPLES)
        # The rows of a header and of comments decide how rows are counted.
        counted = {
            table.name: (table.dialect.header_rows, table.dialect.comment_rows)
            for table in (*package.resources, *package.bare)
        }
        odd = {name: rows for name, rows in counted.items() if rows != USUAL}
        question = repr((str(package.file), sorted(map(str, refused)), odd))

        def ask(folder: Path) -> None:
            found = errors(package, refused, seconds)
            (folder / "errors.json").write_text(json.dumps([asdict(one) for one in found]), "utf-8")

        name = f"theirs-{sha256(question.encode()).hexdigest()[:20]}"
        folder = once(self._factory, name, ask)
        found = json.loads((folder / "errors.json").read_text("utf-8"))
        return [TheirError(**one) for one in found]
