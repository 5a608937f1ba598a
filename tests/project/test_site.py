"""The sources of the documentation site: every page is in its menu, and the notebooks hold no outputs."""

from __future__ import annotations

import json
import re
from pathlib import Path


def _menu(root: Path) -> set[str]:
    """The pages that the menu of the first page names."""
    text = (root / "docs" / "index.md").read_text("utf-8")
    menus = re.findall(r"```\{toctree\}\n(?::[^\n]*\n)*\n([^`]*)```", text)
    return {name for names in menus for name in names.split()}


def test_every_page_is_in_the_menu(root: Path) -> None:
    docs = root / "docs"
    pages = {path.stem for path in docs.glob("*.md")} - {"index"}
    notebooks = {f"notebooks/{path.stem}" for path in docs.glob("notebooks/*.ipynb")}
    assert _menu(root) == pages | notebooks


def test_notebooks_hold_no_outputs(root: Path) -> None:
    for path in (root / "docs" / "notebooks").glob("*.ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            assert not cell.get("outputs"), f"{path.name}: clear the outputs"
            assert cell.get("execution_count") is None, path.name
