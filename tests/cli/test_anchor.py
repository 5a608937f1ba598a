"""`shieldtalks anchor`: a span of a copy becomes a row of evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from shieldtalks.record.dataset import load
from shieldtalks.record.evidence.anchors import find
from tests.support import Run, statuses
from tests.support.article import COPY, TEXT, sha

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
    assert result.stdout == f"canon-1,{len(COPY.canon)},{sha(COPY.canon)}\n"


def test_anchored_row_verifies(made_up: Path, copy: Path, run: Run) -> None:
    """The printed row can be put at the end of the table as it is."""
    printed = run("anchor", copy, *ANCHOR, "--for", "prp-0001", "--package", made_up, code=0).stdout
    with (made_up / "data" / "evidence.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.write(printed)
    assert load(made_up).evidence[-1].proposal_id == "prp-0001"
    status = statuses(
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
        ({"COPY": "absent.txt"}, "absent.txt cannot be read"),
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
