"""What a sheet sees in the text of an article: quotation marks of several languages, and cut words."""

from __future__ import annotations

import pytest

from shieldtalks.record.evidence.anchors import Copy
from shieldtalks.record.sheet.spans import Article, quoted

QUOTED = [
    ("He said “no”. Then he left.", "“no"),
    ("Er sagte „nein“ und ging.", "„nein"),
    ("Er sagte »nein« und ging.", "»nein"),
    ("Il dit « non » et partit.", "« non "),
    ("Han sade ”nej” och gick.", "”nej"),
    ('He said "no". Then he left.', '"no'),
    ("彼は「はい」と言った。", "「はい"),
    ('He said “no" and left. More “x” came.', "“no“x"),
    ('He said "no” and left "x" there.', '"no"x'),
    ("the end of a quotation” of the paragraph before", ""),
    ("“One.\n\n“Two,” he said.", "“One.“Two,"),
]


@pytest.mark.parametrize(("text", "inside"), QUOTED)
def test_what_is_in_quotation_marks(text: str, inside: str) -> None:
    assert "".join(c for c, is_in in zip(text, quoted(text), strict=True) if is_in) == inside


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        ("Skarvøy promised an answer by the end of June", ""),
        ("karvøy promised an answer by the end of June", "begins"),
        ("Skarvøy promised an answer by the end of Ju", "ends"),
        ("s office declined to comment on the answers", ""),  # an apostrophe is before it
        ("他来了他走了他来了他走了他来了他走了他来了他走了他来了他走了他来了他走了他来了", ""),
    ],
)
def test_a_passage_that_cuts_a_word(words: str, cut: str) -> None:
    """Chinese has no blanks between its words, so that nobody can see where one ends."""
    text = (
        "Skarvøy promised an answer by the end of June. The minister's office declined to comment on the "
        "answers of today. "
        "他来了他走了他来了他走了他来了他走了他来了他走了他来了他走了他来了他走了他来了他走了。"
    )
    copy = Copy.of(text)
    words = Copy.of(words).canon
    assert Article(copy).cut_words(copy.anchor(copy.canon.index(words), len(words))) == cut
