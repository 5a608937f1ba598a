"""The encoding of a file is found in all of its bytes, however they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from shieldtalks.tabular.describe import encoding
from shieldtalks.tabular.describe.encoding import encoding_of
from shieldtalks.tabular.describe.guess import UNCERTAIN


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "_CHUNK", 64)
    monkeypatch.setattr(encoding, "_PIECE", 5)


def found(tmp_path: Path, data: bytes) -> str:
    """The encoding of a file that begins with a line of 5000 letters."""
    (tmp_path / "t.csv").write_bytes(b"x" * 5000 + b"\n" + data)
    return encoding_of(tmp_path / "t.csv").name


def test_a_character_of_several_bytes_may_be_in_two_pieces(tmp_path: Path) -> None:
    for shift in range(8):
        assert found(tmp_path, b"a" * shift + "Řím, ракета, 😀\n".encode() * 20) == "utf-8"


def test_half_a_character_at_the_end(tmp_path: Path) -> None:
    assert found(tmp_path, "größe\n".encode() * 90 + "ä".encode()[:1]) == "utf-8"
    assert encoding_of(tmp_path / "t.csv").certainty == UNCERTAIN
    assert found(tmp_path, "ein Café".encode("iso-8859-1")) == "iso-8859-1"


def test_letters_of_other_encodings_are_counted(tmp_path: Path) -> None:
    assert found(tmp_path, "größe und Straße\n".encode("iso-8859-1") * 9) == "iso-8859-1"
    assert found(tmp_path, "größe – Straße\n".encode("windows-1252") * 9) == "windows-1252"
    assert found(tmp_path, "ракета и договор\n".encode("windows-1251") * 9) == "windows-1251"
