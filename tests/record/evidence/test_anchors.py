"""Anchors on a made-up article: how a span is named, sealed, found again, and not found."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import textwrap
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.record.dataset import load
from shieldtalks.record.evidence.anchors import (
    LONGEST,
    SHORTEST,
    Anchor,
    AnchorError,
    Copy,
    Status,
    copies_in,
    find,
    read_copy,
    verify,
)
from shieldtalks.record.evidence.canon import canonical
from shieldtalks.tabular.findings import CannotRun
from tests.support import ARTICLES, Findings, Run
from tests.support.tables import read_table, write_table

FILE = ARTICLES / "src-9001.txt"
TEXT = FILE.read_text(encoding="utf-8")
COPY = Copy.of(TEXT)

#: Spans of the article by their first and last words; some overlap.
SPANS = [
    ("Marvonia has handed", "lighthouse treaty, offering"),
    ("offering to share", "said on Tuesday"),
    ("nothing that a good neighbour", "who speaks for the ministry"),
    ("The towers will stay lit", "may be"),
    ("Ostrell’s envoy, Bram O. Vesterly", "bridge"),
    ("three weeks", "never part of the talks"),
    ("the sea-mark at Gannet Rock", "rebuilt twice since"),
    ("first note had been sent", "praised"),
    ("half of the lamp oil", "paid for by Marvonia"),
    ("The council in Ostrell", "storms set in"),
]
ANCHORS = [find(COPY, first, last) for first, last in SPANS]

#: A sentence that the article prints twice.
TWICE = "All rights in this page are reserved by the Tellan Tidings"


def _sha(canon: str) -> str:
    return hashlib.sha256(canon.encode()).hexdigest()


# Naming a span


def test_span_runs_from_the_first_to_the_last_words() -> None:
    anchor = find(COPY, "Ostrell fears", "outer islands")
    span = "ostrellfearsthatthesharedbookscouldshowoutsidersthehiddenchannelbehinditsouterislands"
    assert COPY.canon[anchor.start : anchor.start + anchor.length] == span
    assert anchor == Anchor(COPY.canon.index(span), len(span), _sha(span))


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
        with pytest.raises(AnchorError, match=f"has {length} canonical characters"):
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
    beyond = Anchor(len(COPY.canon) - SHORTEST, SHORTEST + 1, _sha(tail))
    assert verify(COPY, beyond) == (Status.NOT_FOUND, None)


def test_near_match_is_not_evidence() -> None:
    copy = Copy.of(TEXT.replace("storms set in", "storm sets in"))
    assert verify(copy, ANCHORS[-1]) == (Status.NOT_FOUND, None)


def test_no_copy() -> None:
    assert verify(None, ANCHORS[0]) == (Status.NO_COPY, None)


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
    status, place = verify(copy, anchor)
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


def test_folder_gives_the_copies_it_has() -> None:
    assert copies_in(ARTICLES, ["src-9001", "src-9002"]) == {"src-9001": COPY}


def test_folder_that_is_none() -> None:
    with pytest.raises(CannotRun, match="is not a folder"):
        copies_in(FILE, ["src-9001"])


# The commands


@pytest.fixture
def made_up(package: Path) -> Path:
    """A package whose sources are the made-up article and one more, of which nobody has a copy.

    The last of the ten spans of the article belongs to a field; evd-0011 is the other source's.
    """
    sources = read_table(package / "data" / "sources.csv")[:1]
    source = {**sources[0], "canon_length": len(COPY.canon), "canon_sha256": _sha(COPY.canon)}
    write_table(
        package / "data" / "sources.csv",
        [{**source, "source_id": "src-9001"}, {**source, "source_id": "src-9002"}],
    )
    columns = list(read_table(package / "data" / "evidence.csv")[0])
    common = {"stance": "supports", "directness": "explicit", "quotation": "narration"}
    rows = [
        {
            **common,
            "evidence_id": f"evd-{number:04}",
            "source_id": "src-9001",
            "claim_id": f"clm-{number:04}",
            "start": anchor.start,
            "length": anchor.length,
            "sha256": anchor.sha256,
        }
        for number, anchor in enumerate(ANCHORS, start=1)
    ]
    rows[-1] |= {"claim_id": "", "event_id": "evt-0001", "field": "date_edtf"}
    other = {**rows[0], "evidence_id": "evd-0011", "source_id": "src-9002"}
    write_table(package / "data" / "evidence.csv", [*rows, other], columns)
    return package


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A file with a copy of the article, to be changed."""
    return Path(shutil.copy(FILE, tmp_path / "copy.txt"))


def _status(result: Result) -> dict[str, str]:
    return {row["evidence_id"]: row["status"] for row in json.loads(result.stdout)}


def test_verify_one_copy(made_up: Path, copy: Path, run: Run) -> None:
    """One named copy: the rows of other sources are not looked at."""
    result = run("verify", made_up, "--copy", f"src-9001={copy}", code=0)
    lines = result.stdout.splitlines()
    assert lines[0] == "evd-0001  src-9001  verified   clm-0001"
    assert lines[-1] == "evd-0010  src-9001  verified   evt-0001.date_edtf"
    assert len(lines) == len(ANCHORS)
    assert result.stderr.startswith("verifying ")
    assert result.stderr.endswith("10 rows: 10 verified\n")


def test_verify_folder_tells_which_rows_have_no_copy(made_up: Path, run: Run) -> None:
    result = run("verify", made_up, "--articles", ARTICLES, code=1)
    assert result.stdout.splitlines()[-1] == "evd-0011  src-9002  no-copy    clm-0001"
    assert result.stderr.endswith("11 rows: 1 no-copy, 10 verified\n")


def test_verify_named_copy_goes_before_the_folder(made_up: Path, copy: Path, run: Run) -> None:
    arguments = ("verify", made_up, "--articles", ARTICLES, "--format", "json")
    copy.write_text("Nothing of it.", encoding="utf-8")
    status = _status(run(*arguments, "--copy", f"src-9001={copy}", code=1))
    assert list(status.values()) == ["not-found"] * 10 + ["no-copy"]
    status = _status(run(*arguments, "--copy", f"src-9002={FILE}", code=0))
    assert list(status.values()) == ["verified"] * 11


def test_verify_moved_rows_are_found(made_up: Path, copy: Path, run: Run) -> None:
    copy.write_text(f"Log in!\n{TEXT}", encoding="utf-8")
    result = run("verify", made_up, "--copy", f"src-9001={copy}", code=0)
    assert result.stderr.endswith("10 rows: 10 moved\n")


def test_verify_ambiguous_rows_are_not(made_up: Path, copy: Path, run: Run) -> None:
    copy.write_text(f"Log in!\n{TEXT}{TEXT}", encoding="utf-8")
    result = run("verify", made_up, "--copy", f"src-9001={copy}", code=1)
    assert result.stderr.endswith("10 rows: 10 ambiguous\n")


def test_verify_lost_row(made_up: Path, copy: Path, run: Run) -> None:
    copy.write_text(TEXT.replace("lamp oil", "lamp gas"), encoding="utf-8")
    result = run("verify", made_up, "--copy", f"src-9001={copy}", "--format", "json", code=1)
    status = _status(result)
    assert [row for row, word in status.items() if word == "not-found"] == ["evd-0009"]
    assert set(status.values()) == {"verified", "not-found"}


def test_verify_json(made_up: Path, run: Run) -> None:
    result = run("verify", made_up, "--articles", ARTICLES, "--format", "json", code=1)
    rows = json.loads(result.stdout)
    assert rows[9] == {
        "evidence_id": "evd-0010",
        "record_id": "evt-0001",
        "field": "date_edtf",
        "source_id": "src-9001",
        "status": "verified",
        "start": ANCHORS[-1].start,
        "length": ANCHORS[-1].length,
    }
    assert (rows[10]["status"], rows[10]["start"]) == ("no-copy", None)


def test_verify_prints_words_only_when_asked_and_from_the_copy(
    made_up: Path, copy: Path, run: Run
) -> None:
    copy.write_text(RESET["narrow"], encoding="utf-8")
    arguments = ("verify", made_up, "--copy", f"src-9001={copy}")
    assert "towers" not in run(*arguments, code=0).output
    shown = run(*arguments, "--show", code=0).stdout.splitlines()
    assert shown[7] == "    The towers will stay lit, whatever the answer may be"
    assert len(shown) == 2 * len(ANCHORS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name your copies"),
        (["--copy", "src-9001"], "--copy takes ID=FILE"),
        (["--copy", "src-9001="], "--copy takes ID=FILE"),
        (["--copy", "=copy.txt"], 'there is no source ""'),
        (["--copy", "src-0001=copy.txt"], "The sources are: src-9001, src-9002"),
        (["--copy", "src-9001=absent.txt"], "absent.txt: cannot be read"),
        (["--copy", "src-9001=latin.txt"], "latin.txt is not UTF-8 text"),
        (["--copy", "src-9001=folder"], "folder: cannot be read"),
        (["--articles", "absent"], "absent is not a folder"),
        (["--articles", "latin.txt"], "latin.txt is not a folder"),
        (["--articles", "folder"], "src-9001.txt is not UTF-8 text"),
        (["--articles", "folder", "--format", "xml"], "'xml' is not one of"),
    ],
)
def test_verify_bad_use(
    arguments: list[str],
    message: str,
    made_up: Path,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    latin = TEXT.encode("cp1252")
    Path("latin.txt").write_bytes(latin)
    Path("folder").mkdir()
    Path("folder", "src-9001.txt").write_bytes(latin)
    result = run("verify", made_up, *arguments, code=2)
    assert message in result.stderr
    assert not result.stdout


def test_verify_package_that_is_none(tmp_path: Path, run: Run) -> None:
    result = run("verify", tmp_path, "--articles", ARTICLES, code=2)
    assert "does not exist" in result.stderr


def test_validate_takes_copies_too(made_up: Path, findings: Findings) -> None:
    """`validate --articles` names the source without a copy once, not each of its rows."""
    found = findings(made_up, "--articles", str(ARTICLES), "--only", "evidence")
    assert [(f["table"], f["row"], f["field"]) for f in found] == [("sources", 2, "source_id")]


def test_validate_finds_rows_that_do_not_stand_at_their_place(
    made_up: Path, tmp_path: Path, findings: Findings
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "src-9002.txt").write_text(TEXT, encoding="utf-8")
    (folder / "src-9001.txt").write_text(TEXT.replace("lamp oil", "lamp gas"), encoding="utf-8")
    found = findings(made_up, "--articles", str(folder), "--only", "evidence")
    assert (found[0]["table"], found[0]["field"]) == ("sources", "canon_sha256")
    lost = [f for f in found if f["table"] == "evidence"]
    assert lost
    assert {f["field"] for f in lost} == {"sha256"}
    assert all(str(f["message"]).startswith("not-found") for f in lost)


@pytest.mark.parametrize("field", ["canon_length", "canon_sha256"])
def test_validate_finds_a_wrong_seal_of_the_whole(
    field: str, made_up: Path, findings: Findings
) -> None:
    sources = read_table(made_up / "data" / "sources.csv")
    sources[0][field] = "99999" if field == "canon_length" else "0" * 64
    write_table(made_up / "data" / "sources.csv", sources)
    found = findings(made_up, "--articles", str(ARTICLES), "--only", "evidence")
    assert [(f["row"], f["field"]) for f in found] == [(1, "canon_sha256"), (2, "source_id")]


ANCHOR = ("--source", "src-9001", "--from", "Ostrell fears", "--to", "outer islands")


def test_anchor_prints_the_row(made_up: Path, copy: Path, run: Run) -> None:
    result = run(
        "anchor",
        copy,
        *ANCHOR,
        "--for",
        "clm-0012",
        "--field",
        "text",
        "--package",
        made_up,
        code=0,
    )
    anchor = find(COPY, "Ostrell fears", "outer islands")
    assert result.stdout == (
        f"evd-0012,src-9001,,,,clm-0012,text,{anchor.start},{anchor.length},{anchor.sha256},"
        "supports,explicit,indirect\n"
    )
    assert result.stderr.startswith("passage: Ostrell fears that the shared books")
    assert result.stderr.endswith("its outer islands\n")


def test_anchor_seals_the_whole_copy(copy: Path, run: Run) -> None:
    """Version, length and hash as they stand in a row of sources."""
    result = run("anchor", copy, "--source", "src-9001", "--whole", code=0)
    assert result.stdout == f"canon-1,{len(COPY.canon)},{_sha(COPY.canon)}\n"


def test_anchored_row_verifies(made_up: Path, copy: Path, run: Run) -> None:
    """The printed row can be put at the end of the table as it is."""
    printed = run("anchor", copy, *ANCHOR, "--for", "prp-0001", "--package", made_up, code=0).stdout
    with (made_up / "data" / "evidence.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.write(printed)
    assert load(made_up).evidence[-1].proposal_id == "prp-0001"
    status = _status(
        run("verify", made_up, "--copy", f"src-9001={copy}", "--format", "json", code=0)
    )
    assert status["evd-0012"] == "verified"
    again = run("anchor", copy, *ANCHOR, "--package", made_up, code=0)
    assert again.stdout.startswith("evd-0013,")


@pytest.mark.parametrize(
    ("target", "column"),
    [("evt-0001", 2), ("prp-0001", 3), ("rsp-0001", 4), ("clm-0001", 5), (None, None)],
)
def test_anchor_puts_the_target_in_its_column(
    target: str | None, column: int | None, made_up: Path, copy: Path, run: Run
) -> None:
    options = ["--for", target] if target else []
    row = run("anchor", copy, *ANCHOR, *options, "--package", made_up, code=0).stdout.split(",")
    assert {place: cell for place, cell in enumerate(row[2:6], start=2) if cell} == (
        {column: target} if target else {}
    )


def test_anchor_never_takes_a_retired_identifier(made_up: Path, copy: Path, run: Run) -> None:
    retired = made_up / "data" / "retired.csv"
    with retired.open("a", encoding="utf-8", newline="") as stream:
        stream.write("evd-0040,0.1.0,,Made twice.\nclm-0099,0.1.0,,Made twice.\n")
    result = run("anchor", copy, *ANCHOR, "--package", made_up, code=0)
    assert result.stdout.startswith("evd-0041,")


def test_anchor_numbers_on_from_the_highest(made_up: Path, copy: Path, run: Run) -> None:
    evidence = made_up / "data" / "evidence.csv"
    text = evidence.read_text(encoding="utf-8").replace("evd-0003", "evd-0120")
    evidence.write_text(text, encoding="utf-8")
    result = run("anchor", copy, *ANCHOR, "--package", made_up, code=0)
    assert result.stdout.startswith("evd-0121,")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"--from": "Ostrell hopes"}, "does not contain the words"),
        ({"--from": "Ostrell"}, "more than once"),
        ({"--to": "shared books"}, "at least 40"),
        ({"--from": "He added"}, "at most 300"),
        ({"--to": "the lighthouse treaty"}, 'after "Ostrell fears"'),
        ({"--to": ""}, "each need a letter or a digit"),
        ({"--for": "act-0001"}, "--for takes the identifier of an event"),
        ({"--package": "absent"}, "does not exist"),
        ({"COPY": "absent.txt"}, "absent.txt: cannot be read"),
        ({"COPY": "latin.txt"}, "latin.txt is not UTF-8 text"),
        ({"--from": None}, "use --from and --to to name a passage"),
        ({"--to": None}, "use --from and --to to name a passage"),
        ({"--source": None}, "Missing option '--source'"),
        ({"COPY": None}, "Missing argument 'COPY'"),
    ],
)
def test_anchor_bad_use(
    changes: dict[str, str | None],
    message: str,
    made_up: Path,
    copy: Path,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("latin.txt").write_bytes(TEXT.encode("cp1252"))
    given = dict(zip(ANCHOR[::2], ANCHOR[1::2], strict=True))
    options = {"COPY": str(copy), **given, "--package": str(made_up), **changes}
    place = options.pop("COPY")
    arguments = [
        word for name, value in options.items() if value is not None for word in (name, value)
    ]
    result = run("anchor", *([place] if place else []), *arguments, code=2)
    assert message in result.stderr
    assert not result.stdout
