"""The encoding of a file is found in all of its bytes, however they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from shieldtalks.tabular.describe import encoding
from shieldtalks.tabular.describe.encoding import encoding_of
from shieldtalks.tabular.describe.guess import LIKELY, UNCERTAIN


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


def test_only_the_last_line_has_a_letter_beyond_ascii(tmp_path: Path) -> None:
    assert found(tmp_path, "id,name\n1,Anna\n2,Bob\n3,Müller".encode("iso-8859-1")) == "iso-8859-1"


@pytest.mark.parametrize(
    "text",
    (
        *("don´t, it´s, l´eau", "New\xa0York, Los\xa0Angeles", "Müller\xa0GmbH", "Seán, Zoë, Noël"),
        *("Word–word", "a·b", "¶ 5", "it’s", "España", "naïve", "© 2020"),
    ),
)
def test_a_few_western_words_are_western(text: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(f"id,t\n1,{text}\n".encode("windows-1252"))
    assert encoding_of(tmp_path / "t.csv").name in ("iso-8859-1", "windows-1252")


def test_letters_of_other_encodings_are_counted(tmp_path: Path) -> None:
    assert found(tmp_path, "größe und Straße\n".encode("iso-8859-1") * 9) == "iso-8859-1"
    assert found(tmp_path, "größe – Straße\n".encode("windows-1252") * 9) == "windows-1252"
    assert found(tmp_path, "ракета и договор\n".encode("windows-1251") * 9) == "windows-1251"


GERMAN = "Nr;Straße;Ort\n1;Königstraße 12;Köln\n2;Große Gasse;Lübeck\n"
POLISH = "Id;Nazwisko;Miasto\n1;Żółć;Łódź\n2;Wiśniewska;Gdańsk\n3;Kowal;Częstochowa\n"
CZECH = "Číslo;Jméno;Částka\n1;Jiří Dvořák;12\n2;Žofie Šťastná;35\n"
TURKISH = "Sıra;Adı;Şehir\n1;Ayşe Gündoğdu;İstanbul\n2;Işıl Çağlar;Muğla\n"
RUSSIAN = "Код;Наименование;Цена\n1;Гвозди строительные;12\n2;Пила по дереву;350\n"
JAPANESE = "社員番号,氏名,部署\n1,山田 太郎,営業部\n2,佐藤 花子,開発部\n"
CHINESE = "编号,姓名,城市\n1,张伟,北京\n2,李娜,广州\n"
TAIWANESE = "編號,姓名,城市\n1,張偉,臺北\n2,李娜,高雄\n"
KOREAN = "번호,이름,도시\n1,김철수,서울\n2,이영희,부산\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "iso-8859-1"),
        (GERMAN, "cp850"),
        (GERMAN, "macintosh"),
        (GERMAN + "3;„Alte“ Straße – Ost;Ulm\n", "windows-1252"),
        (POLISH, "windows-1250"),
        (POLISH, "iso-8859-2"),
        (POLISH, "cp852"),
        (CZECH, "windows-1250"),
        (TURKISH, "windows-1254"),
        (TURKISH, "cp857"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "iso-8859-5"),
        ("Κωδικός;Όνομα\n1;Γιώργος\n2;Ελένη\n", "windows-1253"),
        ("Nr;Vardas\n1;Žydrūnas\n2;Šarūnė\n3;Ąžuolas\n", "windows-1257"),
        (JAPANESE, "shift_jis"),
        (JAPANESE + "3,①㈱髙橋,総務部\n", "cp932"),
        (JAPANESE, "euc-jp"),
        (CHINESE, "gb18030"),
        (TAIWANESE, "big5"),
        (KOREAN, "euc-kr"),
        (KOREAN + "3,똠방각하,대구\n", "cp949"),
    ],
)
def test_the_words_of_a_language_show_the_encoding(
    text: str, encoding: str, tmp_path: Path
) -> None:
    data = text.encode(encoding)
    assert found(tmp_path, data) == encoding
    assert encoding_of(tmp_path / "t.csv").certainty == LIKELY


def test_a_byte_that_an_encoding_does_not_have_is_said(tmp_path: Path) -> None:
    assert found(tmp_path, JAPANESE.encode("shift_jis") * 20 + b"4,\x81,5\n") == "shift_jis"
    encoding_found = encoding_of(tmp_path / "t.csv")
    assert encoding_found.certainty == UNCERTAIN
    assert "some bytes are no characters in it" in encoding_found.evidence


def test_bytes_that_are_no_text_are_not_called_likely(tmp_path: Path) -> None:
    found(tmp_path, bytes(range(1, 256)) * 9)
    assert encoding_of(tmp_path / "t.csv").certainty == UNCERTAIN
