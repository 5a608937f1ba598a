"""Passages of other tools: found exactly, or refused with the reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.record.evidence.anchors import Status, verify
from shieldtalks.record.imported.drafting import placed
from shieldtalks.record.imported.marked import Marked
from shieldtalks.record.imported.reading import read_marked
from shieldtalks.tabular.findings import CannotRun
from tests.support.article import COPY, TEXT

WORDS = "its speaker has promised an open vote before the winter storms set in"
AT = TEXT.index(WORDS)
TWICE = "All rights in this page are reserved by the Tellan Tidings"


def imported(tmp_path: Path, value: Any) -> tuple[list[str], list[str]]:
    """The passages of the copy that a file gives, and the reasons for those that are refused."""
    file = tmp_path / "marked.json"
    file.write_text(json.dumps(value), encoding="utf-8")
    found, refused = placed(read_marked(file), COPY)
    assert all(verify(COPY, anchor)[0] is Status.VERIFIED for _, anchor in found)
    passages = [COPY.passage(anchor.start, anchor.length) for _, anchor in found]
    return passages, [one.reason for one in refused]


def extraction(words: str = WORDS, **more: Any) -> dict[str, Any]:
    return {"extraction_class": "claim", "extraction_text": words, **more}


def document(*extractions: Any, text: str | None = TEXT) -> dict[str, Any]:
    return {"extractions": [*extractions], "text": text, "document_id": "doc_1"}


def interval(start: Any, end: Any) -> dict[str, Any]:
    return {"char_interval": {"start_pos": start, "end_pos": end}}


def annotation(*selectors: Any) -> dict[str, Any]:
    return {"type": "Annotation", "target": {"source": "urn:x", "selector": [*selectors]}}


def quote(exact: Any = WORDS, **more: Any) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **more}


def position(start: Any, end: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


SECOND = TEXT.rindex(TWICE)


@pytest.mark.parametrize(
    "value",
    [
        document(extraction(**interval(AT, AT + len(WORDS)))),
        document(extraction()),
        document(extraction(**interval(0, 4)), text=None),
        document(extraction(WORDS.upper().replace(" ", "\n"))),
        document(extraction(**interval(3, 3 + len(WORDS))), text=f"-- {WORDS} and so on"),
        annotation(quote()),
        annotation(position(AT, AT + len(WORDS))),
        annotation(quote(), position(AT, AT + len(WORDS))),
        annotation(quote(prefix="Friday, and ", suffix=".")),
        [annotation(quote())],
        {"type": "AnnotationPage", "items": [annotation(quote())]},
        {"type": "AnnotationCollection", "first": {"items": [annotation(quote())]}},
        {"@graph": [annotation(quote())]},
    ],
)
def test_what_is_imported(value: Any, tmp_path: Path) -> None:
    assert imported(tmp_path, value) == ([WORDS], [])


def test_a_place_is_told_by_offsets_or_by_the_words_around_it(tmp_path: Path) -> None:
    at = interval(SECOND, SECOND + len(TWICE))
    found, refused = imported(tmp_path, document(extraction(TWICE, **at)))
    assert (found, refused) == ([TWICE], [])
    found, refused = imported(tmp_path, annotation(quote(TWICE, prefix="Tellan Tidings. ")))
    assert (found, refused) == ([TWICE], [])


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (document(extraction(WORDS.replace("speaker", "speakers"))), "its words are not there"),
        (document(extraction(TWICE)), "in several places"),
        (document(extraction("an open vote")), "it has 10 letters and digits"),
        (document(extraction("… —")), "no letter and no digit"),
        (document(extraction(TEXT)), "at most 300 are allowed"),
        (document(extraction(**interval(AT, len(TEXT) + 1))), "beyond the end of the text"),
        (document(extraction(**interval(AT + 1, AT + len(WORDS)))), "are different from its words"),
        (document(extraction(**interval(9, 9))), "its end is not after its start"),
        (document(extraction(**interval(None, 9))), "no start_pos and end_pos"),
        (document(extraction(**interval(True, 9))), "no start_pos and end_pos"),
        (document(extraction(**interval(-1, 9))), "no start_pos and end_pos"),
        (document(7), "this is not an object"),
        (document({"extraction_class": "x"}), "no extraction_text"),
        ({"extractions": 7}, "this is not a list"),
        (annotation(quote(suffix="nothing")), "the words before or after it are not there"),
        (annotation(quote("")), "have to be texts"),
        (annotation(quote(prefix=1)), "have to be texts"),
        (annotation(position(0, 10**30)), "beyond the end"),
        (annotation(position("1", 2)), "have to be whole numbers"),
        (annotation(quote(), position(0, len(WORDS))), "are different from its words"),
        (annotation({"type": "XPathSelector", "value": "/p"}), "none of its selectors"),
        (annotation(quote(refinedBy={})), "refinedBy is not supported"),
        (annotation(3), "this is not an object"),
        ({"target": "urn:x"}, "it has no selector"),
        ({"first": "urn:page"}, "the page is in another file"),
        ({"items": [], "next": "urn:page"}, "the next page is in another file"),
        ({"items": [1]}, "this is not an annotation"),
        ([1], "this is not an object"),
        (7, "this is not an object"),
        ({"name": "x"}, "neither a document of LangExtract nor a W3C Web Annotation"),
    ],
)
def test_what_is_refused(value: Any, reason: str, tmp_path: Path) -> None:
    found, refused = imported(tmp_path, value)
    assert found == []
    assert len(refused) == 1
    assert reason in refused[0]


def test_a_passage_of_two_sentences_is_refused(tmp_path: Path) -> None:
    begin = TEXT.index("He added")
    words = TEXT[begin - 60 : begin + 60]
    assert imported(tmp_path, document(extraction(words)))[1] == ["it is in more than one sentence"]


def test_lines_are_refused_one_by_one(tmp_path: Path) -> None:
    file = tmp_path / "marked.jsonl"
    deep = "[" * 100_000
    lines = [json.dumps(document(extraction())), "{", deep, json.dumps(annotation(quote()))]
    file.write_text("\n".join(lines), encoding="utf-8")
    found, refused = placed(read_marked(file), COPY)
    assert [passage.where for passage, _ in found] == ["line 1: extractions[0]", "line 4: target"]
    assert [one.where for one in refused] == ["line 2", "line 3"]


@pytest.mark.parametrize("content", [b"", b"\xff", b"{", b"x\ny", b'{"extractions": []}'])
def test_what_is_no_file_of_marked_passages(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "marked").write_bytes(content)
    with pytest.raises(CannotRun):
        read_marked(tmp_path / "marked")


@given(st.integers(0, len(TEXT)), st.integers(0, 400))
def test_what_is_imported_are_the_words_at_the_offsets(start: int, length: int) -> None:
    """Whatever the offsets are: what is imported is what they name, and its hash is that of the copy."""
    found, refused = placed([Marked("x", offsets=(start, start + length))], COPY)
    assert len(found) + len(refused) == 1
    for _, anchor in found:
        assert 40 <= anchor.length <= 300
        assert COPY.passage(anchor.start, anchor.length) in TEXT[start : start + length + 1]
