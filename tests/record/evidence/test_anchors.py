"""Anchors on a made-up article: how a span is named, sealed, found again, and not found."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.record.evidence.anchors import (
    LONGEST,
    SHORTEST,
    Anchor,
    AnchorError,
    Copy,
    Status,
    copies_in,
    find,
    read_article,
    read_copy,
    verify,
)
from shieldtalks.record.evidence.canon import canonical
from shieldtalks.tabular.findings import CannotRun
from tests.support import ARTICLES
from tests.support.article import ANCHORS, COPY, FILE, TEXT, sha

#: A sentence that the article prints twice.
TWICE = "All rights in this page are reserved by the Tellan Tidings"


# Naming a span


def test_span_runs_from_the_first_to_the_last_words() -> None:
    anchor = find(COPY, "Ostrell fears", "outer islands")
    span = "ostrellfearsthatthesharedbookscouldshowoutsidersthehiddenchannelbehinditsouterislands"
    assert COPY.canon[anchor.start : anchor.start + anchor.length] == span
    assert anchor == Anchor(COPY.canon.index(span), len(span), sha(span))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("OSTRELL FEARS", "outer  islands"),
        ("Ostrell\nfears", "outer is\u00adlands,"),
        ("“Ostrell fears", "outer islands”"),
        ("Ｏｓｔｒｅｌｌ fears", "outer islands."),
    ],
)
def test_typography_of_the_words_does_not_matter(first: str, last: str) -> None:
    assert find(COPY, first, last) == find(COPY, "Ostrell fears", "outer islands")


def test_last_words_may_repeat_or_overlap_the_first() -> None:
    """Both ends are in the span, also where the last words stand within the first ones too."""
    words = "pilots of both countries would train at one school"
    whole = find(COPY, words, words)
    assert COPY.passage(whole.start, whole.length) == words
    assert find(COPY, words, "at one school") == whole
    assert find(COPY, words[:20], words) == whole
    longer = find(COPY, "by Marvonia.\n\nOstrell fears that the shared books", "Marvonia")
    assert COPY.passage(longer.start, longer.length).endswith("a worry that Marvonia")


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("Ostrell hopes", "outer islands", 'does not contain the words "Ostrell hopes"'),
        ("Ostrell fears", "inner islands", 'does not contain the words "inner islands"'),
        ("Ostrell", "outer islands", '"Ostrell" is in the copy more than once'),
        (TWICE, "Tidings", "is in the copy more than once"),
        (
            "outer islands",
            "Ostrell fears",
            'does not contain the words "Ostrell fears" after "outer islands"',
        ),
        ("Ostrell fears", "shared books", f"at least {SHORTEST}"),
        ("Ms. Kerrow denied", "storms set in", f"at most {LONGEST}"),
        ("", "outer islands", "each need a letter or a digit"),
        ("Ostrell fears", " — ", "each need a letter or a digit"),
    ],
)
def test_words_that_name_no_span(first: str, last: str, message: str) -> None:
    with pytest.raises(AnchorError, match=re.escape(message)):
        find(COPY, first, last)


def test_shortest_and_longest_span() -> None:
    text = " ".join(f"w{number:03}" for number in range(100))  # each word has four characters
    copy = Copy.of(text)
    for last, length in (("w019", SHORTEST), ("w084", LONGEST)):
        assert find(copy, "w010", last).length == length
    for last, length in (("w018", SHORTEST - 4), ("w085", LONGEST + 4)):
        with pytest.raises(AnchorError, match=f"has {length} letters and digits"):
            find(copy, "w010", last)


def test_anchor_holds_no_word_of_the_article() -> None:
    for anchor in ANCHORS:
        assert re.fullmatch(r"[0-9a-f]{64}", anchor.sha256)
        assert SHORTEST <= anchor.length <= LONGEST


def test_copy_keeps_its_words_to_itself() -> None:
    assert repr(COPY) == "Copy()"


# Finding it again


def test_verified() -> None:
    assert [verify(COPY, anchor) for anchor in ANCHORS] == [
        (Status.VERIFIED, anchor.start) for anchor in ANCHORS
    ]


def test_moved() -> None:
    copy = Copy.of(f"Log in!\n{TEXT}")
    assert [verify(copy, anchor) for anchor in ANCHORS] == [
        (Status.MOVED, anchor.start + len("login")) for anchor in ANCHORS
    ]


def test_ambiguous() -> None:
    copy = Copy.of(f"Log in!\n{TEXT}\n{TEXT}")
    assert {verify(copy, anchor) for anchor in ANCHORS} == {(Status.AMBIGUOUS, None)}


def test_place_decides_between_two_equal_spans() -> None:
    length = len(canonical(TWICE))
    first = COPY.canon.index(canonical(TWICE))
    for start in (first, first + length):
        assert verify(COPY, COPY.anchor(start, length)) == (Status.VERIFIED, start)
    elsewhere = Anchor(0, length, COPY.anchor(first, length).sha256)
    assert verify(COPY, elsewhere) == (Status.AMBIGUOUS, None)


@pytest.mark.parametrize("text", ["", "Quite another page.", TEXT[:200], TEXT[::-1]])
def test_not_found(text: str) -> None:
    last = ANCHORS[-1]
    assert verify(Copy.of(text), last) == (Status.NOT_FOUND, None)


def test_span_that_reaches_past_the_end_is_not_found() -> None:
    tail = COPY.canon[-SHORTEST:]
    beyond = Anchor(len(COPY.canon) - SHORTEST, SHORTEST + 1, sha(tail))
    assert verify(COPY, beyond) == (Status.NOT_FOUND, None)


def test_near_match_is_not_evidence() -> None:
    copy = Copy.of(TEXT.replace("storms set in", "storm sets in"))
    assert verify(copy, ANCHORS[-1]) == (Status.NOT_FOUND, None)


def test_no_copy() -> None:
    assert verify(None, ANCHORS[0]) == (Status.NO_COPY, None)


@pytest.mark.parametrize("name", ["../outside", "/etc/hostname", "sub/inside", "x" * 300, "a\0b"])
def test_a_copy_is_looked_for_in_its_folder_only(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    (folder / "sub").mkdir(parents=True)
    for file in (tmp_path / "outside.txt", folder / "sub" / "inside.txt", folder / "src-0001.txt"):
        file.write_text(TEXT, "utf-8")
    assert list(copies_in(folder, [name, "src-0001"])) == ["src-0001"]


# What a page may do to the article


def _straight(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def _hyphenated(text: str, hyphen: str) -> str:
    return re.sub(r"(\w{3})(?=\w{3})", rf"\1{hyphen}", text)


_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

RESET = {
    "one line": " ".join(TEXT.split()),
    "narrow": textwrap.fill(TEXT, 30),
    "one word a line": "\r\n".join(TEXT.split()),
    "straight quotes": _straight(TEXT),
    "other quotes": TEXT.translate(str.maketrans("“”’—", "«»`-")),
    "no-break spaces": TEXT.replace(" ", "\u00a0"),
    "soft hyphens": _hyphenated(TEXT, "\u00ad"),
    "hyphen and line break": _hyphenated(TEXT, "-\n"),
    "soft hyphen and line break": _hyphenated(TEXT, "\u00ad\n"),
    "full width": TEXT.translate(_FULL_WIDTH),
    "capitals": TEXT.upper(),
    "ligatures": TEXT.replace("fi", "ﬁ").replace("ff", "ﬀ").replace("fl", "ﬂ"),
}


@pytest.mark.parametrize("text", RESET.values(), ids=RESET.keys())
def test_typography_leaves_every_span_at_its_place(text: str) -> None:
    copy = Copy.of(text)
    assert text != TEXT
    assert {verify(copy, anchor)[0] for anchor in ANCHORS} == {Status.VERIFIED}


@pytest.mark.parametrize("text", RESET.values(), ids=RESET.keys())
def test_boilerplate_moves_every_span(text: str) -> None:
    copy = Copy.of(f"Home | News | 3 comments\n\n{text}\n\nRead next: lamps of the north")
    assert {verify(copy, anchor)[0] for anchor in ANCHORS} == {Status.MOVED}


def test_boilerplate_after_the_article_moves_nothing() -> None:
    copy = Copy.of(f"{TEXT}\nRead next: lamps of the north")
    assert {verify(copy, anchor)[0] for anchor in ANCHORS} == {Status.VERIFIED}


#: The article's words: what stands between blanks, where it has letters or digits.
WORDS = [word for word in re.finditer(r"\S+", TEXT) if canonical(word[0])]


@pytest.mark.slow
@pytest.mark.parametrize(("other", "step"), [("same length", 1), ("zzz", 3)])
def test_changed_word_loses_exactly_the_spans_that_hold_it(other: str, step: int) -> None:
    """Every word in turn; every third only, where the others move and take longer to find."""
    for word in WORDS[::step]:
        first = len(canonical(TEXT[: word.start()]))
        length = len(canonical(word[0]))
        new = "z" * length if other == "same length" else other
        copy = Copy.of(f"{TEXT[: word.start()]}{new}{TEXT[word.end() :]}")
        lost = [anchor for anchor in ANCHORS if verify(copy, anchor)[0] is Status.NOT_FOUND]
        holding = [
            anchor
            for anchor in ANCHORS
            if anchor.start < first + length and first < anchor.start + anchor.length
        ]
        assert lost == holding, word


def test_the_spans_leave_some_words_out_and_hold_some_twice() -> None:
    """So that the test of changed words sees every case."""
    holders = [
        sum(a.start <= place < a.start + a.length for a in ANCHORS)
        for place in range(len(COPY.canon))
    ]
    assert set(holders) == {0, 1, 2}


@pytest.mark.slow
@given(st.data())
def test_any_span_is_found_where_it_is_and_where_it_went(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(COPY.canon) - SHORTEST))
    length = data.draw(st.integers(SHORTEST, min(LONGEST, len(COPY.canon) - start)))
    before = data.draw(st.text(max_size=20))
    anchor = COPY.anchor(start, length)
    assert verify(COPY, anchor) == (Status.VERIFIED, start)
    span = COPY.canon[start : start + length]
    copy = Copy.of(f"{before}\n{TEXT}")
    places = [at for at in range(len(copy.canon)) if copy.canon.startswith(span, at)]
    shift = data.draw(st.sampled_from([0, len(copy.canon) - len(COPY.canon), -start - 1, 10**6]))
    status, place = verify(copy, anchor, shift)
    assert (status, place) == verify(copy, anchor)
    if start in places:
        assert (status, place) == (Status.VERIFIED, start)
    elif len(places) == 1:
        assert (status, place) == (Status.MOVED, places[0])
    else:
        assert (status, place) == (Status.AMBIGUOUS, None)


# Copies in files


def test_copy_may_start_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "copy.txt"
    file.write_bytes(b"\xef\xbb\xbf" + FILE.read_bytes())
    assert read_copy(file) == COPY


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "has no letter and no digit"),
        ("a\0b", "NUL characters"),
        ("\n<!DOCTYPE HTML>\n<p>a", "is a web page"),
        ('<?xml version="1.0"?><html lang="en">a', "is a web page"),
    ],
)
def test_what_is_no_text_of_an_article(content: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "copy.txt"
    file.write_text(content, "utf-8")
    with pytest.raises(CannotRun, match=words):
        read_article(file)


def test_a_page_about_web_pages_is_a_text(tmp_path: Path) -> None:
    file = tmp_path / "copy.txt"
    file.write_text("<headline> The html page", "utf-8")
    assert read_article(file).canon == "headlinethehtmlpage"


def test_folder_gives_the_copies_it_has() -> None:
    assert copies_in(ARTICLES, ["src-9001", "src-9002"]) == {"src-9001": COPY}


def test_folder_that_is_none() -> None:
    with pytest.raises(CannotRun, match="is not a folder"):
        copies_in(FILE, ["src-9001"])
