"""What the client tests share: every export made once, and the readers that come by npm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from shieldtalks.cli import main
from tests.support.tables import Tables, load_tables

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
CHROMIUM = Path("/usr/bin/chromium")


def absent(what: str) -> None:
    """Skip where a reader is not installed, and say so; in CI it must be there."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed: run `make clients`")


#: What the package `rivers` says of itself.
RIVERS: dict[str, Any] = {
    "title": "Rivers: a <short> list",
    "description": "Two rivers, and how long they are.",
    "version": "1.0.0",
    "created": "2026-01-02T00:00:00Z",
    "keywords": ["rivers", "lengths"],
    "licenses": [{"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
    "contributors": [{"title": "Ada"}, {"title": "An archive", "roles": ["publisher"]}],
    "sources": [{"title": "A map", "path": "https://maps.example/a"}, {"title": "A book"}],
}


@pytest.fixture(scope="session")
def rivers(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of somebody else, tests/own/rivers, with all that archives ask for."""
    folder = tmp_path_factory.mktemp("own") / "rivers"
    shutil.copytree(root / "tests" / "own" / "rivers", folder)
    file = folder / "datapackage.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | RIVERS), "utf-8")
    return folder


def on_the_hub(folder: Path) -> dict[str, Any]:
    """The features and rows of each configuration of a folder with a dataset card (see hub.py)."""
    command = [sys.executable, HERE / "hub.py", folder, folder.with_name("hub-cache")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="session")
def need() -> Callable[[str], None]:
    """Skip where a command is not installed; in CI it must be there."""

    def check(command: str) -> None:
        if shutil.which(command) is None:
            absent(command)

    return check


@pytest.fixture(scope="session")
def exported(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The shipped package in a format, under a name; made once."""
    folder = tmp_path_factory.mktemp("exported")

    def make(form: str, name: str, *options: str) -> Path:
        target = folder / name
        if not target.exists():
            arguments = ["export", form, str(root), "-o", str(target), *options]
            result = CliRunner().invoke(main, arguments)
            assert result.exit_code == 0, result.output
        return target

    return make


@pytest.fixture(scope="session")
def html(exported: Callable[..., Path]) -> Path:
    """The page of the shipped package."""
    return exported("html", "page.html")


@pytest.fixture(scope="session")
def cells(root: Path) -> Tables:
    """The cells of data/ as text, by table."""
    return load_tables(root)


@pytest.fixture(scope="session")
def node() -> Callable[..., Any]:
    """Run a line of JavaScript beside the readers that come by npm: the value that it prints as JSON."""
    if shutil.which("node") is None or not (HERE / "node_modules").is_dir():
        absent("node, or what tests/clients/package.json lists,")

    def call(script: str, *arguments: object) -> Any:
        done = subprocess.run(
            ["node", "-e", script, "--", *map(str, arguments)],
            cwd=HERE,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return call


@pytest.fixture(scope="session")
def npx() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command that comes by npm."""
    folder = HERE / "node_modules" / ".bin"
    if shutil.which("node") is None or not folder.is_dir():
        absent("node, or what tests/clients/package.json lists,")

    def call(command: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(folder / command), *map(str, arguments)],
            cwd=HERE,
            capture_output=True,
            text=True,
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def rscript() -> Callable[..., str]:
    """Run a program in R on some files: what it prints."""
    if shutil.which("Rscript") is None:
        absent("R")

    def call(program: str, *files: Path) -> str:
        done = subprocess.run(
            ["Rscript", "--vanilla", "-e", program, *map(str, files)],
            env=os.environ | {"LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return call


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not CHROMIUM.exists():
        absent("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("playwright")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a file, with a fragment where one is given, as a reader without a network does.

    Whatever the page asks for beyond itself, and whatever goes wrong in it, fails the test.
    """
    contexts, wrong = [], []

    def heard(request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            wrong.append(f"asked for {request.url}")

    def call(file: Path, fragment: str = "", script: str = "", **options: Any) -> Page:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", heard)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        if script:
            page.add_init_script(script)
        page.goto(file.as_uri() + fragment)
        return page

    yield call
    for context in contexts:
        context.close()
    assert wrong == []
