"""The evidence checked in the browser: what `shieldtalks verify` says of the same copies."""

from __future__ import annotations

import hashlib
import json
import random
import sys
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from shieldtalks.record.evidence.anchors import Copy
from shieldtalks.record.evidence.canon import canonical, sha256
from tests.record.evidence.test_canon import VECTORS
from tests.support import ARTICLES, Run
from tests.support.records import shipped
from tests.support.tables import read_table, write_table

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.client

Visit = Callable[..., "Page"]
Change = Callable[[str], str]

MADE_UP = ARTICLES / "src-9001.txt"


# canon-1 and SHA-256 in JavaScript


def in_browser(page: Page, texts: list[str]) -> list[str]:
    formed: list[str] = page.evaluate("(texts) => texts.map(Canon.canonical)", texts)
    return formed


def test_every_vector_of_canon_1(html: Path, visit: Visit) -> None:
    texts, forms = zip(*VECTORS.values(), strict=True)
    assert in_browser(visit(html), list(texts)) == list(forms)


def test_code_points_before_a_mark(html: Path, visit: Visit) -> None:
    page = visit(html)
    # Every code point of the planes that hold letters; past them, one in 17.
    every = [*range(0x32000), *range(0x32000, sys.maxunicode + 1, 17)]
    points = [point for point in every if not 0xD800 <= point < 0xE000]
    for start in range(0, len(points), 100_000):
        part = points[start : start + 100_000]
        formed = page.evaluate(
            """(points) => points.map(
              (point) => Canon.canonical(`a${String.fromCodePoint(point)}e\\u0301`))""",
            part,
        )
        wrong = [
            f"{point:X}"
            for point, form in zip(part, formed, strict=True)
            if form != canonical(f"a{chr(point)}e\u0301")
        ]
        assert wrong == []


def test_random_texts_are_formed_and_traced_alike(html: Path, visit: Visit) -> None:
    draw = random.Random(1)  # noqa: S311 (the same texts every time)
    telling = (
        "aeE ß ﬁ’—-\n\u00ad\u00a0é\u0301\u0323İςΣﾞｶＡ９½한\u1112\u1161\u11abㅏ\U0001e030ဥ\u102e👍"
    )
    texts = []
    for _ in range(3000):
        points = (
            draw.choice([0x250, 0x3000, 0x20000, 0x110000]) for _ in range(draw.randrange(30))
        )
        chars = (chr(draw.randrange(limit)) for limit in points)
        mixed = (draw.choice(telling) if draw.random() < 0.6 else char for char in chars)
        texts.append("".join(char for char in mixed if not "\ud800" <= char <= "\udfff"))
    traced = visit(html).evaluate(
        "(texts) => texts.map((text) => [Canon.copy(text).form.join(''), Canon.copy(text).origin])",
        texts,
    )
    for text, (form, origin) in zip(texts, traced, strict=True):
        copy = Copy.of(text)
        assert (form, tuple(origin)) == (copy.canon, copy.origin), ascii(text)


def test_sha_256_of_every_length(html: Path, visit: Visit) -> None:
    lengths = [*range(200), 1000, 100_000]
    content = [bytes((7 * place + length) % 256 for place in range(length)) for length in lengths]
    page = visit(html)
    for how in ("Sha256.here", "await Sha256.of"):
        digests = page.evaluate(
            f"async (all) => {{ const out = []; for (const bytes of all) "
            f"out.push({how}(new Uint8Array(bytes))); return out; }}",
            [list(part) for part in content],
        )
        assert digests == [hashlib.sha256(part).hexdigest() for part in content], how


# Copies

BOILERPLATE = "Home | News | Sport\nYour browser is out of date.\n\n"


def wrapped(text: str) -> str:
    return "\r\n".join(textwrap.wrap(text, 31))


def hyphenated(text: str) -> str:
    return "".join(f"{char}\u00ad" if index % 5 == 0 else char for index, char in enumerate(text))


def changed(text: str) -> str:
    words = text.split(" ")
    return " ".join("something" if index % 60 == 30 else word for index, word in enumerate(words))


CHANGES: dict[str, Change] = {
    "unchanged": lambda text: text,
    "wrapped": wrapped,
    "hyphenated": hyphenated,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "in other letters": lambda text: "".join(
        chr(ord(char) + 0x1D400 - 65) if "A" <= char <= "Z" else char for char in text
    ),
    "with signs of later versions of Unicode": lambda text: text.replace(" ", " \U0001e030👍 "),
    "changed": changed,
    "within a page": lambda text: f"\ufeff{BOILERPLATE}{text}\n\nAll rights reserved.",
    "twice": lambda text: f"{BOILERPLATE}{text}\n{text}",
    "cut": lambda text: text[: len(text) // 2],
    "another text": lambda text: "A text of its own, with some words in it. " * 40,
    "empty": lambda text: "",
}


@pytest.fixture(scope="module")
def made_up(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The record with its first source replaced by the made-up article, and the page made of it."""
    from click.testing import CliRunner

    from shieldtalks.cli import main

    folder = shipped(tmp_path_factory.mktemp("made-up") / "package")
    copy = Copy.of(MADE_UP.read_text("utf-8"))
    file = folder / "data" / "evidence.csv"
    rows = read_table(file)
    for number, row in enumerate(row for row in rows if row["source_id"] == "src-0001"):
        length = 40 + 11 * number % 200
        start = 37 * number % (len(copy.canon) - length)
        row |= {"start": str(start), "length": str(length)}
        row["sha256"] = sha256(copy.canon[start : start + length])
    write_table(file, rows)
    target = folder.parent / "page.html"
    arguments = ["export", "html", str(folder), "--no-validate", "-o", str(target)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    return folder, target


def statuses(page: Page) -> list[dict[str, Any]]:
    """What the page says of each row of the copy given last."""
    result = page.locator(".result").first
    result.locator("p[role=status]", has_text=" rows: ").wait_for()
    told: list[dict[str, Any]] = result.locator("li").evaluate_all(
        """(all) => all.map((one) => ({
          evidence_id: one.dataset.row, status: one.dataset.status,
          start: one.dataset.start === "" ? null : Number(one.dataset.start),
          passage: one.querySelector("mark")?.textContent ?? null }))"""
    )
    return told


def by_command(run: Run, package: Path, source: str, file: Path) -> list[dict[str, Any]]:
    """What `shieldtalks verify` says of the same copy, with the passages."""
    result = run("verify", package, "--copy", f"{source}={file}", "--format", "json")
    copy = Copy.of(file.read_bytes().decode("utf-8-sig"))
    return [
        {
            "evidence_id": row["evidence_id"],
            "status": row["status"],
            "start": row["start"],
            "passage": None if row["start"] is None else copy.passage(row["start"], row["length"]),
        }
        for row in json.loads(result.stdout)
    ]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_copy_of_the_made_up_article(
    change: Change, made_up: tuple[Path, Path], tmp_path: Path, visit: Visit, run: Run
) -> None:
    package, html = made_up
    file = tmp_path / "src-0001.txt"
    file.write_bytes(change(MADE_UP.read_text("utf-8")).encode("utf-8"))
    page = visit(html)
    page.set_input_files("#copy", file)
    assert statuses(page) == by_command(run, package, "src-0001", file)


def test_the_changes_bring_every_status(
    made_up: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    """The test above would be blind to a status that none of its copies brings."""
    file, found = tmp_path / "copy.txt", set()
    for change in CHANGES.values():
        file.write_bytes(change(MADE_UP.read_text("utf-8")).encode("utf-8"))
        found |= {row["status"] for row in by_command(run, made_up[0], "src-0001", file)}
    assert found == {"verified", "moved", "ambiguous", "not-found"}


#: What the copies of a real article bring; a changed one verifies where it was not changed.
WANTED = {
    "unchanged": {"verified"},
    "wrapped": {"verified"},
    "hyphenated": {"verified"},
    "changed": {"not-found"},
    "within a page": {"moved"},
}


@pytest.mark.parametrize("name", WANTED)
@pytest.mark.parametrize("source", ["src-0001", "src-0002", "src-0003"])
def test_a_copy_of_an_article(
    source: str,
    name: str,
    articles: Path,
    html: Path,
    root: Path,
    tmp_path: Path,
    visit: Visit,
    run: Run,
) -> None:
    file = tmp_path / f"{source}.txt"
    text = (articles / f"{source}.txt").read_text("utf-8")
    file.write_bytes(CHANGES[name](text).encode("utf-8"))
    page = visit(html)
    page.set_input_files("#copy", file)
    told = statuses(page)
    assert told == by_command(run, root, source, file)
    found = {row["status"] for row in told}
    assert found >= WANTED[name]
    assert found == WANTED[name] or name == "changed"


def test_without_web_crypto_the_same(
    made_up: tuple[Path, Path], tmp_path: Path, visit: Visit, run: Run
) -> None:
    file = tmp_path / "src-0001.txt"
    file.write_bytes(changed(MADE_UP.read_text("utf-8")).encode("utf-8"))
    withheld = "Object.defineProperty(crypto, 'subtle', { value: undefined })"
    page = visit(made_up[1], script=withheld)
    page.set_input_files("#copy", file)
    assert statuses(page) == by_command(run, made_up[0], "src-0001", file)


def test_a_copy_is_dropped_and_known_by_what_it_says(
    made_up: tuple[Path, Path], visit: Visit
) -> None:
    page = visit(made_up[1])
    text = BOILERPLATE + MADE_UP.read_text("utf-8")
    held = page.evaluate_handle(
        """(text) => { const held = new DataTransfer();
          held.items.add(new File([text], "saved from the web.txt")); return held; }""",
        text,
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": held})
    assert {row["status"] for row in statuses(page)} <= {"moved", "ambiguous"}
    assert page.locator(".result select").input_value() == "src-0001"


def test_a_pasted_text_is_recognised_and_verified_with_text_around_it(
    made_up: tuple[Path, Path], visit: Visit
) -> None:
    page = visit(made_up[1])
    page.fill("#paste", f"{BOILERPLATE}{MADE_UP.read_text('utf-8')} Read more on our site.")
    page.locator("#check-paste").click()
    assert {row["status"] for row in statuses(page)} <= {"moved", "ambiguous"}
    assert page.locator(".result select").input_value() == "src-0001"
    said = page.locator(".result p[role=status]").inner_text()
    assert said.endswith("verified (with other text around it)")
    beside = page.locator(".result li .status").all_inner_texts()
    assert set(beside) == {"verified (with other text around it)"}


def test_a_text_that_is_none_of_the_articles_is_told(
    made_up: tuple[Path, Path], visit: Visit
) -> None:
    page = visit(made_up[1])
    page.fill("#paste", "A recipe for a soup of lentils, onions and carrots. " * 10)
    page.locator("#check-paste").click()
    page.locator(".result", has_text="a copy of none of the articles").wait_for()
    page.locator(".result select").select_option("src-0001")
    assert {row["status"] for row in statuses(page)} == {"not-found"}
    page.set_input_files("#copy", MADE_UP)
    page.locator(".result").nth(1).wait_for()
    names = page.locator(".result h3").all_inner_texts()
    assert names == [MADE_UP.name, "Pasted text"], "the newest is first"


def test_the_reader_may_say_which_article_it_is(made_up: tuple[Path, Path], visit: Visit) -> None:
    page = visit(made_up[1])
    page.set_input_files("#copy", MADE_UP)
    assert {row["status"] for row in statuses(page)} == {"verified"}
    page.locator(".result select").select_option("src-0003")
    page.locator(".result p[role=status]", has_text="not-found").wait_for()
    assert {row["status"] for row in statuses(page)} == {"not-found"}


def test_statuses_stand_beside_the_evidence_of_each_record(
    made_up: tuple[Path, Path], visit: Visit
) -> None:
    page = visit(made_up[1])
    page.set_input_files("#copy", MADE_UP)
    told = {row["evidence_id"]: row["status"] for row in statuses(page)}
    beside = page.locator(".evidence > li").evaluate_all(
        "(all) => all.map((one) => [one.id, one.querySelector('.status').textContent])"
    )
    assert dict(beside) == {name: told.get(name, "no-copy") for name, _ in beside}


def test_words_of_a_hostile_copy_stay_words(made_up: tuple[Path, Path], visit: Visit) -> None:
    page = visit(made_up[1])
    text = MADE_UP.read_text("utf-8").replace(" ", " <img/src=x/onerror=alert(1)> ", 1)
    hostile = {
        "name": "<img src=x onerror=alert(1)>.txt",
        "mimeType": "text/plain",
        "buffer": text.encode(),
    }
    page.set_input_files("#copy", hostile)
    statuses(page)
    assert page.locator("img").count() == 0
    assert page.locator(".result h3").inner_text() == hostile["name"]


def test_what_is_not_text_is_told(made_up: tuple[Path, Path], tmp_path: Path, visit: Visit) -> None:
    file = tmp_path / "copy.txt"
    file.write_bytes(b"\xff\xfe\x00")
    page = visit(made_up[1])
    page.set_input_files("#copy", file)
    assert "not UTF-8 text" in page.locator(".result [role=alert]").inner_text()
