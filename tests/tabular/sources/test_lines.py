"""The lines of a file in any encoding: the same as of its whole text, read in pieces."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldtalks.tabular.package.dialect import CsvDialect
from shieldtalks.tabular.sources import lines as module
from shieldtalks.tabular.sources.exact import records
from shieldtalks.tabular.sources.fault import Fault
from shieldtalks.tabular.sources.lines import Lines
from shieldtalks.tabular.sources.octets import TooLarge
from tests.support import MakePackage, Run
from tests.support.draws import examples

#: Encodings of all families, each with characters that it has.
ENCODINGS = {
    **dict.fromkeys(
        ("utf-8", "utf-16", "utf-16-be", "utf-32", "utf-7"), "aé\u0a0a\u0d0d\U0001f600"
    ),
    "gb18030": "a\u4e00é",
    **dict.fromkeys(("shift_jis", "iso2022_jp", "euc_jp"), "a\u4e00\u3042"),
    "hz": "a\u4e00~",
    "koi8-r": "a\u0416",
    "cp1252": "aé",
}


def read(data: bytes, encoding: str, folder: Path, piece: int) -> tuple[list[str], list[Fault]]:
    """The lines of a file with these bytes, and its faults, read in pieces of some bytes."""
    file = folder / "file"
    file.write_bytes(data)
    with patch.object(module, "PIECE", piece):
        lines = Lines(file, encoding)
        number = 0
        while lines.has(number):
            number += 1
    return [lines[at] for at in range(number)], list(lines.faults)


@pytest.mark.sample(4)
@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(max_examples=examples(40))
@given(data=st.data(), piece=st.integers(1, 9))
def test_pieces_have_the_lines_of_the_whole(
    encoding: str, data: st.DataObject, piece: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from([*ENCODINGS[encoding], "\n", "b"]))))
    wanted = text.removesuffix("\n").split("\n") if text else []
    folder = tmp_path_factory.mktemp("lines")
    assert read(text.encode(encoding), encoding, folder, piece) == (wanted, [])


@pytest.mark.sample(2)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-16-be"])
@settings(max_examples=examples(40))
@given(data=st.binary(max_size=24), piece=st.integers(1, 9))
def test_bytes_that_are_not_valid_are_one_fault_and_hide_no_line(
    encoding: str, data: bytes, piece: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines, faults = read(data, encoding, tmp_path_factory.mktemp("lines"), piece)
    try:
        wanted = data.decode(encoding)
    except UnicodeDecodeError:
        assert [fault.rule for fault in faults].count("encoding") == 1
        assert len(lines) <= data.decode(encoding, "replace").count("\n") + 1
    else:
        assert not any(fault.rule == "encoding" for fault in faults)
        if "\r" not in wanted:
            assert "\n".join(lines) == wanted.removesuffix("\n")


@pytest.mark.parametrize("encoding", ["utf-16", "shift_jis"])
def test_few_lines_of_a_file_are_kept(encoding: str, tmp_path: Path) -> None:
    """The memory for a file of short rows does not grow with the file."""
    kept = []
    for size in (2_000, 8_000, 32_000):
        file = tmp_path / "t.csv"
        file.write_bytes(("id,a\n1,\x01\n" + "1,x\n" * size).encode(encoding))
        with patch.object(module, "PIECE", 1_000), patch.object(module, "BATCH", 100):
            lines = Lines(file, encoding)
            kept.append(max(len(lines._kept) for _ in records(lines, CsvDialect())))
    assert max(kept) < 1_000


def test_a_line_without_an_end_is_refused(tmp_path: Path) -> None:
    """The bytes of some letters of UTF-16 are those of a line feed."""
    with patch.object(module, "LONGEST_LINE", 1_000), pytest.raises(TooLarge, match="is longer"):
        read(("\u0a0a" * 2_000).encode("utf-16"), "utf-16", tmp_path, 100)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_file_without_a_mark_is_read_alike_by_all(
    encoding: str, make_package: MakePackage, run: Run
) -> None:
    """UTF-16 and UTF-32 may lack the mark for the order of their bytes."""
    folder = make_package("id\n", [{"name": "id"}, {"name": "word"}], encoding=encoding)
    (folder / "things.csv").write_bytes("id,word\n1,é\n".encode(f"{encoding}-le"))
    run("validate", folder, code=0)
    assert '"word": "é"' in run("export", "json", folder, "-o", "-", code=0).stdout
