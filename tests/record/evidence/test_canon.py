"""canon-1, the form in which offsets are counted and spans are hashed: it is frozen."""

from __future__ import annotations

import hashlib
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.record.evidence import canon
from shieldtalks.record.evidence.anchors import Copy
from shieldtalks.record.evidence.canon import canonical
from shieldtalks.record.evidence.unicode14 import UNASSIGNED

#: Text and its canonical form. A vector that changes means canon-2.
VECTORS = {
    "empty": ("", ""),
    "case": ("The Treaty", "thetreaty"),
    "digits": ("17 of 2,400", "17of2400"),
    "white space": (" a\tb\r\nc\vd\fe\x1ff\u2028g\u2029h\x85i ", "abcdefghi"),
    "controls and byte order mark": ("\ufeffa\x00b\x7fc", "abc"),
    "straight punctuation": ("a.b,c;d:e!f?g(h)i[j]k{l}m/n\\o", "abcdefghijklmno"),
    "symbols": ("a+b=c<d>e|f~g^h`i$j€k%l&m§n©o", "abcdefghijklmno"),
    "straight quotes": ('the state\'s "no"', "thestatesno"),
    "curly quotes": ("the state’s “no” ‘yes’ „so‟ «thus»", "thestatesnoyessothus"),
    "modifier apostrophe is a letter": ("a\u02bcb", "a\u02bcb"),
    "underscore": ("a_b", "ab"),
    "hyphens and dashes": ("a-b\u2010c\u2011d\u2012e–f—g\u2212h", "abcdefgh"),
    "soft hyphen": ("mis\u00adsile", "missile"),
    "hyphenated line break": ("mis-\nsile", "missile"),
    "no-break spaces": ("a\u00a0b\u202fc\u2007d\u2060e", "abcde"),
    "zero width": ("a\u200bb\u200cc\u200dd\u200ee", "abcde"),
    "ellipsis": ("a…b", "ab"),
    "ligatures": ("ﬁle oﬀer oﬃce ﬂag ﬄ ﬅ ﬆ", "fileofferofficeflagfflstst"),
    "letters that are no ligatures": ("Ærø œuvre", "ærøœuvre"),
    "full width": ("Ｐｌａｎ　９，Ｂ！", "plan9b"),
    "half-width katakana": ("ｶﾞｷﾞ", "\u30ac\u30ae"),
    "composed": ("caf\u00e9 \u00c5", "caf\u00e9\u00e5"),
    "decomposed": ("cafe\u0301 A\u030a", "caf\u00e9\u00e5"),
    "singleton": ("\u212b \u2126 \u212a", "\u00e5\u03c9k"),
    "marks in either order": ("a\u0323\u0302 a\u0302\u0323", "\u1ead\u1ead"),
    "mark without composed form": ("q\u0303", "q"),
    "mark after a soft hyphen": ("e\u00ad\u0301", "e"),
    "mark alone": ("\u0301a", "a"),
    "enclosing mark": ("a\u20dd", "a"),
    "iota subscript": ("\u1fb3 \u03b1\u0345", "αιαι"),
    "Hangul syllables": ("한국", "\ud55c\uad6d"),
    "Hangul jamo": ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "\ud55c\uad6d"),
    "Hangul compatibility jamo": ("ㅎㅏ", "하"),
    "Cyrillic": ("«Россия — США»", "россиясша"),
    "Cyrillic short i": ("\u0418\u0306 \u0419", "\u0439\u0439"),
    "Greek final sigma": ("ΣΟΦΟΣ σοφός", "σοφοσσοφόσ"),
    "Arabic": ("السَّلام، ٢", "السلام٢"),
    "Arabic presentation forms": ("ﻻ ﷲ", "لاالله"),
    "Hebrew with points": ("שָׁלוֹם", "שלום"),
    "Devanagari": ("हिन्दी १", "हनद१"),
    "Chinese": ("導彈，防禦。", "導彈防禦"),
    "CJK compatibility ideograph": ("\uf900", "\u8c48"),
    "CJK extension B": ("\U00020000", "\U00020000"),
    "iteration mark": ("人々", "人々"),
    "sharp s": ("Straße STRASSE \u1e9e", "strassestrassess"),
    "Turkish dotted I": ("İI ı", "iiı"),
    "long s": ("ſo", "so"),
    "j with caron": ("\u01f0", "j"),
    "n after apostrophe": ("\u0149", "\u02bcn"),
    "Cherokee": ("Ꭰ ꭰ", "ᎠᎠ"),
    "Georgian": ("Ა ა", "აა"),
    "superscripts and subscripts": ("m² H₂O 1ˢᵗ xⁿ", "m2h2o1stxn"),
    "fractions": ("½ 1¾ ⅓", "1213413"),
    "Roman numerals": ("Ⅳ ⅻ ↀ", "ivxiiↀ"),
    "circled numbers": ("① ⑳ ⓐ ㊷ ❶", "120a42❶"),
    "number sign and units": ("№ 5 ㎞ ℃ ™ ℠", "no5kmctmsm"),
    "ordinals": ("1º 2ª", "1o2a"),
    "mathematical letters": ("𝐀𝒷𝟗 ℋ", "ab9h"),
    "digits of other scripts": ("٣ ३ ๓ ༣ 〇 三", "٣३๓༣〇三"),
    "emoji": ("yes 👍🏽 👩‍🚀 🇺🇸 1️⃣", "yes1"),
    "private use and noncharacters": ("a\ue000b\ufdd0c\uffffd", "abcd"),
    "assigned in 14": ("\u2c2f \ua7c0", "\u2c5f\ua7c1"),
    "assigned in 15, letter": ("a\U0001e030b", "ab"),
    "assigned in 15, ideograph": ("a\U00031350b", "ab"),
    "assigned in 15, digit": ("a\U0001e4f0b", "ab"),
    "assigned in 15.1, ideograph": ("a\U0002ebf0b", "ab"),
    "assigned in 16, cased letter": ("a\ua7cbb", "ab"),
    "never assigned": ("a\u0378b\U000e0fffc", "abc"),
    "unassigned between letter and mark": ("e\U0001e030\u0301", "\u00e9"),
    "unassigned between jamo": ("\u1112\U00031350\u1161", "\ud558"),
}


@pytest.mark.parametrize(("text", "form"), VECTORS.values(), ids=VECTORS.keys())
def test_vector(text: str, form: str) -> None:
    assert canonical(text) == form


@pytest.mark.parametrize(("text", "form"), VECTORS.values(), ids=VECTORS.keys())
def test_vectors_hold_without_the_fast_path(
    text: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table of unassigned code points gives what Unicode 14 data give."""
    monkeypatch.setattr(canon, "UNICODE", "none")
    assert canonical(text) == form


def test_name_and_unicode_version_are_frozen() -> None:
    assert (canon.VERSION, canon.UNICODE) == ("canon-1", "14.0.0")


def test_hash_is_of_the_utf8_of_the_form() -> None:
    assert canon.sha256("") == hashlib.sha256(b"").hexdigest()
    assert canon.sha256("caf\u00e9") == hashlib.sha256(b"caf\xc3\xa9").hexdigest()
    assert canon.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


# Unassigned code points


def _listed() -> set[int]:
    """The code points of the table, read without the code under test."""
    points: set[int] = set()
    for part in UNASSIGNED.split():
        low, _, high = part.partition("-")
        points |= set(range(int(low, 16), int(high or low, 16) + 1))
    return points


def test_table_lists_what_unicode_14_had_not_assigned() -> None:
    if unicodedata.unidata_version != canon.UNICODE:
        pytest.skip(f"this Python has Unicode {unicodedata.unidata_version}, not {canon.UNICODE}")
    every = range(sys.maxunicode + 1)
    assert _listed() == {point for point in every if unicodedata.category(chr(point)) == "Cn"}


def test_table_is_in_order_and_without_overlap() -> None:
    starts, ends = canon._unassigned()
    edges = [edge for pair in zip(starts, ends, strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert all(end + 1 < start for end, start in zip(ends, starts[1:], strict=False))


def test_search_in_the_table_finds_exactly_its_code_points() -> None:
    starts, ends = canon._unassigned()
    listed = _listed()
    # Every code point of the first planes and both sides of each edge; past them, one in 17.
    points = {*range(0x32000), *range(0x32000, sys.maxunicode + 1, 17)}
    points |= {edge + step for edge in (*starts, *ends) for step in (-1, 0, 1)}
    points &= set(range(sys.maxunicode + 1))
    assert {point for point in points if canon._within(point, starts, ends)} == points & listed


# Properties

#: Characters that a text of this kind is made of, and those that try the form's edges.
_TELLING = (
    "aeiouAEß ﬁ’“”—-.,\n\u00ad\u00a0é\u0301\u0323İςΣﾞｶＡ９½²한\u1112\u1161\u11abㅏ\U0001e030ဥ\u102e"
)
TEXTS = st.text(st.sampled_from(_TELLING) | st.characters(exclude_categories=["Cs"]), max_size=60)

#: Letters, digits and marks that do not reach across a break set between them.
PLAIN = st.text(st.sampled_from("abzÉéßñ09ДяσςΣ中한 ﬁ½,’"), max_size=60)

#: What a page may set between two characters without changing what is said.
SET_BETWEEN = st.sampled_from(
    [
        *"“”’'\"—.,…()¶•",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u00ad",
        "-\n",
        "\u00a0",
        "\u200b",
        "\U0001e030",
        "🙂",
    ]
)


def _is_jamo(char: str) -> bool:
    return any("\u1100" <= part <= "\u11ff" for part in unicodedata.normalize("NFKC", char))


@given(TEXTS)
def test_form_has_letters_and_numbers_only(text: str) -> None:
    assert all(unicodedata.category(char)[0] in "LN" for char in canonical(text))


@given(TEXTS.filter(lambda text: not any(map(_is_jamo, text))))
def test_form_is_idempotent(text: str) -> None:
    """Conjoining jamo aside: apart in a text, they meet in its form (see the next test)."""
    assert canonical(canonical(text)) == canonical(text)


def test_jamo_set_apart_stay_apart() -> None:
    """The form is not composed again after characters were dropped."""
    assert canonical("\u1112-\u1161") == "\u1112\u1161"
    assert canonical("\u1112\u1161") == "\ud558"


@given(TEXTS)
def test_composed_and_decomposed_agree(text: str) -> None:
    text = canon.assigned(text)
    forms = {canonical(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC")}
    assert forms == {canonical(text)}


@given(PLAIN, st.lists(st.tuples(st.integers(0, 60), SET_BETWEEN), max_size=8))
def test_typography_does_not_matter(text: str, breaks: list[tuple[int, str]]) -> None:
    """Line breaks, soft hyphens, quotes and punctuation may stand anywhere between characters."""
    reset = list(text)
    for place, between in breaks:
        reset.insert(min(place, len(reset)), between)
    assert canonical("".join(reset)) == canonical(text)


@given(st.lists(st.text(st.sampled_from("abcdeßéД9"), min_size=1), max_size=20), st.data())
def test_wrapping_does_not_matter(words: list[str], data: st.DataObject) -> None:
    ends = [data.draw(st.sampled_from([" ", "\n", "\r\n", "\n\n  ", "\u00a0"])) for _ in words]
    wrapped = "".join(word + end for word, end in zip(words, ends, strict=True))
    assert canonical(wrapped) == canonical(" ".join(words))


@given(PLAIN, PLAIN, PLAIN)
def test_text_around_only_shifts(before: str, text: str, after: str) -> None:
    assert canonical(f"{before}\n{text}\n{after}") == "".join(map(canonical, (before, text, after)))


# Tracing canonical characters back to the text


@given(TEXTS)
def test_copy_traces_the_canonical_form(text: str) -> None:
    copy = Copy.of(text)
    assert copy.canon == canonical(text)
    assert len(copy.origin) == len(copy.canon)
    assert list(copy.origin) == sorted(copy.origin)
    assert all(0 <= index < len(text) for index in copy.origin)


@given(TEXTS, st.data())
def test_passage_holds_its_span(text: str, data: st.DataObject) -> None:
    copy = Copy.of(text)
    if not copy.canon:
        return
    start = data.draw(st.integers(0, len(copy.canon) - 1))
    length = data.draw(st.integers(1, len(copy.canon) - start))
    passage = copy.passage(start, length)
    assert passage in text
    assert copy.canon[start : start + length] in canonical(passage)


@pytest.mark.parametrize(
    ("text", "start", "length", "passage"),
    [
        ("one two, three", 3, 3, "two"),
        ("a cafe\u0301 b", 1, 4, "cafe\u0301"),
        ("co\u00adlo\ncate", 0, 8, "co\u00adlo\ncate"),
        ("an oﬃce", 3, 2, "ﬃ"),
        ("\u1112\u1161\u11ab x", 0, 1, "\u1112\u1161\u11ab"),
        ("xｶﾞy", 1, 1, "ｶﾞ"),
        ("xe\U0001e030\u0301y", 1, 1, "e\U0001e030\u0301"),
    ],
)
def test_passage(text: str, start: int, length: int, passage: str) -> None:
    assert Copy.of(text).passage(start, length) == passage
