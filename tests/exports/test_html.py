"""`shieldtalks export html` as a document: what is in it, what it may load, whose text it holds."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from shieldtalks.exports.html import pictures
from shieldtalks.exports.html.dates import short
from shieldtalks.exports.html.figure.letters import width, wrapped
from shieldtalks.exports.html.markup import element, isolated, link, outward
from shieldtalks.exports.html.sections.check.folding import tables
from shieldtalks.exports.html.sections.ledger.axis import Axis
from shieldtalks.record.ledger.nesting import nested
from tests.support import Run
from tests.support.records import event, made_up, proposal
from tests.support.tables import load_tables


class Page(HTMLParser):
    """A document in pieces: its elements with attributes, and what scripts and styles hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self._inside: tuple[str, dict[str, str | None]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = (tag, dict(attrs)) if tag in ("script", "style") else None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.raw.append((*self._inside, data))

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[0]:
            self._inside = None

    def all(self, attribute: str) -> list[str]:
        """Every value of an attribute."""
        return [str(attrs[attribute]) for _, attrs in self.elements if attribute in attrs]

    def block(self, kind: str, name: str | None = None) -> Any:
        """The value of a block of JSON."""
        return next(
            json.loads(data)
            for _, attrs, data in self.raw
            if attrs.get("type") == kind and attrs.get("id") == name
        )


@pytest.fixture(scope="module")
def text(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    from click.testing import CliRunner

    from shieldtalks.cli import main

    target = tmp_path_factory.mktemp("page") / "page.html"
    result = CliRunner().invoke(main, ["export", "html", str(root), "-o", str(target)])
    assert result.exit_code == 0, result.output
    return target.read_text("utf-8")


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_every_record_has_its_link(page: Page, root: Path) -> None:
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    for table, rows in load_tables(root).items():
        if table in ("participants", "relations", "attributions", "coders"):
            continue  # told with the event, the proposition, the evidence they belong to
        assert {next(iter(row.values())) for row in rows} <= set(ids), table


def test_the_strips_on_paper_are_the_whole_drawing(text: str) -> None:
    found = re.findall(
        r'<svg viewBox="0 (\S+) (\S+) (\S+)"><use href="#exchange-wide-all"></use></svg>', text
    )
    strips = [(float(top), float(high)) for top, _, high in found]
    drawing = re.search(r'viewBox="0 0 (\S+) (\S+)" role="group"', text)
    assert drawing is not None
    assert {wide for _, wide, _ in found} == {drawing[1]}
    assert len(strips) > 5
    for (top, high), (following, _) in pairwise([*strips, (float(drawing[2]), 0.0)]):
        assert top + high == pytest.approx(following)
    assert 'id="exchange-wide-all"' in text


def test_outside_documents_are_apart_from_the_evidence(text: str, root: Path) -> None:
    rows = load_tables(root)["corroborations"]
    blocks = re.findall(r'<details class="outside">.*?</details>', text, re.DOTALL)
    assert len("".join(blocks).split('<li id="cor-')) - 1 == len(rows)
    for block in blocks:
        assert "(not the articles' word)" in block.replace("&#x27;", "'")
        assert "evd-" not in block


@pytest.mark.slow
def test_a_withdrawn_identifier_keeps_its_link(package: Path, tmp_path: Path, run: Run) -> None:
    file = package / "data" / "retired.csv"
    file.write_text(f"{file.read_text('utf-8')}clm-0099,0.2.0,clm-0009,Recorded twice.\n", "utf-8")
    run("export", "html", package, "--no-validate", "-o", tmp_path / "page.html", code=0)
    text = (tmp_path / "page.html").read_text("utf-8")
    assert '<li id="clm-0099">' in text
    assert 'Recorded twice. See <a href="#clm-0009">clm-0009</a>.' in text


def test_links_within_the_page_lead_somewhere(page: Page) -> None:
    ids = set(page.all("id"))
    lost = {href for href in page.all("href") if href.startswith("#") and href[1:] not in ids}
    assert lost == set()


def test_nothing_is_loaded_from_elsewhere(page: Page) -> None:
    assert page.all("src") == []
    loading = [attrs for tag, attrs in page.elements if tag == "link"]
    assert loading == [{"rel": "icon", "href": "data:,"}]
    assert not any("@import" in data or "url(h" in data for _, _, data in page.raw)


def test_policy_allows_its_own_programs_and_style_only(page: Page) -> None:
    policy = next(
        str(attrs["content"])
        for tag, attrs in page.elements
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag, attrs, data in page.raw:
        if "type" not in attrs:
            digest = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy, tag
    assert page.all("style") == []
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)


def test_the_ledger_is_readable_without_a_program(text: str) -> None:
    assert "no official answer, declined (anonymous)" in text
    assert "agreed, reported by one side only" in text


def test_the_downloads_are_the_exports(page: Page, root: Path, tmp_path: Path, run: Run) -> None:
    held = {
        str(attrs["download"]): base64.b64decode(str(attrs["href"]).partition("base64,")[2])
        for _, attrs in page.elements
        if "download" in attrs
    }
    run("export", "json", root, "-o", tmp_path / "record.json", code=0)
    assert gzip.decompress(held["shieldtalks.json.gz"]) == (tmp_path / "record.json").read_bytes()
    zipfile.ZipFile(io.BytesIO(held["shieldtalks.zip"])).extractall(tmp_path / "csv")
    run("validate", tmp_path / "csv", code=0)
    for file in (root / "data").glob("*.csv"):
        assert (tmp_path / "csv" / "data" / file.name).read_bytes() == file.read_bytes()


def test_search_engines_find_a_dataset(page: Page, root: Path) -> None:
    about = page.block("application/ld+json")
    assert about["@type"] == "Dataset"
    assert about["version"] == json.loads((root / "datapackage.json").read_text("utf-8"))["version"]
    assert [source["@type"] for source in about["isBasedOn"]] == ["NewsArticle"] * 3


@pytest.mark.slow
def test_same_bytes_every_time(text: str, root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "html", root, "-o", tmp_path / "again.html", code=0)
    assert (tmp_path / "again.html").read_text("utf-8") == text


def test_a_package_of_another_kind_is_refused_in_one_line(tmp_path: Path, run: Run) -> None:
    (tmp_path / "things.csv").write_text("id\n1\n", "utf-8")
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    entry = {"name": "things", "path": "things.csv", "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [entry]}), "utf-8")
    result = run("export", "html", tmp_path, "--no-validate", "-o", tmp_path / "x.html", code=2)
    assert "html works only for packages that follow the Shieldtalks profile" in result.stderr
    assert not (tmp_path / "x.html").exists()
    (tmp_path / "things.csv").write_text("id\nnone\n", "utf-8")
    for form in ("html", "jsonld", "bench"):  # faults need not be fixed first, and then for nothing
        result = run("export", form, tmp_path, "-o", tmp_path / "x", code=2)
        assert f"{form} works only for packages" in result.stderr
        assert "things.csv" not in result.output


def test_a_part_of_the_record_makes_no_page(root: Path, tmp_path: Path, run: Run) -> None:
    chosen = ("--table", "claims")
    result = run("export", "html", root, *chosen, "-o", tmp_path / "x.html", code=2)
    assert "the page shows the whole record" in result.stderr


HOSTILE = (
    """</script><script>document.title = 'broken'</script>"><img src=x onerror=alert(1)>'&amp;\0"""
)


def test_text_stays_text() -> None:
    made = Page(element("p", HOSTILE, title=HOSTILE))
    assert [tag for tag, _ in made.elements] == ["p"]
    assert made.all("title") == [HOSTILE.replace("\0", "\ufffd")]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//host", None])
def test_only_addresses_of_the_web_become_links(address: str | None) -> None:
    assert "<a" not in outward(address, "words")
    assert Page(link('x"onclick="y', "words")).elements[0][1] == {"href": '#x"onclick="y'}


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("by מדינת ישראל (8 Jul 2008)", ["מדינת ישראל"]),
        ("הצעה: yes - הצעה", ["הצעה", "הצעה"]),
        ("النظام 2008 يهدد.", ["النظام 2008 يهدد."]),
        ("اقتراح (2008)", ["اقتراح (2008)"]),
        ("(2008) 1-2", []),
        ("Türkiye, 8 July", []),
    ],
)
def test_words_from_right_to_left_do_not_move_what_is_beside_them(
    words: str, parts: list[str]
) -> None:
    made = isolated(words)
    assert re.findall("\u2068(.*?)\u2069", made) == parts
    assert re.sub("[\u2068\u2069]", "", made) == words
    assert element("p", words, title=words) == f'<p title="{words}">{made}</p>'


@pytest.fixture(scope="module")
def drawn(root: Path) -> dict[str, str]:
    return pictures.pictures(root)


def test_pictures_are_fresh(root: Path, drawn: dict[str, str]) -> None:
    kept = {file.name: file.read_text("utf-8") for file in (root / pictures.FOLDER).iterdir()}
    assert kept == drawn, "run `make pictures`"


def test_a_picture_needs_no_style_sheet(drawn: dict[str, str]) -> None:
    """Renderers other than browsers know neither CSS variables nor, some of them, classes."""
    for picture in drawn.values():
        assert "<style" not in picture
        assert "var(" not in picture
        assert "url(" not in picture
        svg = ElementTree.fromstring(picture)  # noqa: S314 (our own picture)
        title, about, ground, *shapes = [one for one in svg.iter() if one is not svg]
        assert title.text
        assert len(about.text or "") > 100
        assert (ground.get("width"), ground.get("height")) == (svg.get("width"), svg.get("height"))
        assert {shape.tag.rpartition("}")[2] for shape in shapes} == {"g", "path", "text", "tspan"}
        for shape in shapes:
            assert shape.get("class") is None
            if shape.tag.endswith(("path", "text")):
                assert re.fullmatch("#[0-9a-f]{6}|none", shape.get("fill", ""))
                assert re.fullmatch("#[0-9a-f]{6}|none", shape.get("stroke", ""))
            if shape.tag.endswith("text"):
                assert shape.get("font-family") == "sans-serif"
                assert float(shape.get("font-size", 0)) >= 12


@pytest.mark.parametrize(
    "words", ["Czech Republic", "mmmmmmmmmmmmmmmmmmmmmmmm and more", "基地" * 30]
)
def test_text_is_divided_until_it_fits(words: str) -> None:
    lines = wrapped(words, 90.0, 12.0)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(width(line, 12.0) <= 90 for line in lines)


# Dates


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2008-11-05", "5 Nov 2008"),
        ("2008-11~", "~Nov 2008"),
        ("2009", "2009"),
        ("../2013", "by 2013"),
        ("2008-11-05/..", "from 5 Nov 2008"),
        ("2008-10-23~/2008-11-06~", "~23 Oct–6 Nov 2008"),
        ("2008-11-10/2008-11-12", "10–12 Nov 2008"),
        ("2007-10~/2008-03~", "~Oct 2007–Mar 2008"),
        (None, "undated"),
    ],
)
def test_dates_in_few_words(edtf: str | None, words: str) -> None:
    assert short(edtf) == words


def test_parts_of_parts_come_after_their_package() -> None:
    @dataclass
    class Row:
        proposal_id: str
        part_of_id: str | None = None

    rows = [Row("c", "b"), Row("a"), Row("b", "a"), Row("d"), Row("e", "elsewhere"), Row("f", "a")]
    told = [(row.proposal_id, depth) for row, depth in nested(rows)]
    assert told == [("a", 0), ("b", 1), ("c", 2), ("f", 1), ("d", 0), ("e", 0)]


def test_folding_is_that_of_python() -> None:
    made = tables()
    folded = dict(made["full"])
    for first, count, step, shift in made["runs"]:
        for point in range(first, first + count * step, step):
            folded[chr(point)] = chr(point + shift)
    assert folded["ẞ"] == "ss"
    assert all(char.casefold() == form for char, form in folded.items())
    assert re.fullmatch("[0-9A-F -]+", made["unassigned"])


@pytest.mark.parametrize("last", ["2007-04-24", "2009-12-31", "2199-01-01"])
def test_later_days_are_further_right_on_a_true_axis(last: str) -> None:
    axis = Axis.over(["2007-04-23", last], 500.0)
    days = ["", "2007-04-23", "2007-04-24", last]
    places = [axis.x(day) for day in days]
    assert places == sorted(places)
    assert 0 <= min(places) <= max(places) <= 500
    ticks = axis.ticks(12.0)
    assert all(x + width(words, 12.0) <= 500 for x, words in ticks)
    assert all(x + width(words, 12.0) < after for (x, words), (after, _) in pairwise(ticks))


def test_an_axis_with_nothing_on_it() -> None:
    assert Axis.over([], 500.0).days > 0


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_an_axis_at_the_end_of_time(day: str) -> None:
    axis = Axis.over([day], 500.0)
    assert axis.days > 0
    assert axis.ticks(12.0) == axis.ticks(12.0)


def test_two_readings_are_told_row_by_row(text: str, root: Path) -> None:
    section = text[text.index('<section id="readings"') : text.index('<section id="check"')]
    for row in load_tables(root)["coders"]:
        assert f'href="#{row["record_id"]}"' in section
    for line in (root / "docs" / "agreement.csv").read_text("utf-8").splitlines()[1:]:
        table, field, *_, alpha = line.split(",")
        assert f"<td>{table}<td>{field}<td>" in section
        assert f"<td>{alpha}<tr>" in section or f"<td>{alpha}</table>" in section


@pytest.mark.slow
def test_a_package_without_rows_or_with_one_makes_a_page(tmp_path: Path, run: Run) -> None:
    one = {"proposals": [proposal(1, 1)], "events": [event(1, "2008-05-05")]}
    for name, rows in (("none", {}), ("one", one)):
        folder = made_up(tmp_path / name, **rows)
        target = tmp_path / f"{name}.html"
        run("export", "html", folder, "--no-validate", "-o", target, code=0)
        text = target.read_text("utf-8")
        assert len(Page(text).elements) > 100
        assert "This record contains no claims that contradict each other." in text
        assert "This record contains no claims." in text


def test_end_tags_that_html_does_not_need_are_left_out() -> None:
    row = element("tr", element("td", "a"), element("td", "b"))
    assert element("table", element("tbody", row)) == "<table><tbody><tr><td>a<td>b</table>"
    assert element("p", "a") == "<p>a</p>"
