"""What a second sheet finds in a collection: the same claim, a corrected passage, another copy."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from shieldtalks.record.evidence.anchors import Copy
from shieldtalks.record.models import BY_TABLE
from shieldtalks.record.sheet.reading import parse_sheet
from shieldtalks.record.sheet.rows import CodedSheet, rows_of
from shieldtalks.record.sheet.spans import Article
from shieldtalks.record.sheet.tables import Row
from shieldtalks.record.starter import general_codes

FIRST = (
    "Velmark offered four night ferries to the Sundra Isles in a letter on Monday. "
    "Okoro said her government cannot accept the night ferries this year. "
    "Velmark says the Skarn Bank holds enough herring for both countries."
)
SECOND = (
    "The letter of Velmark with the offer of ferries arrived on Monday morning. "
    "The ferries cannot be accepted before next year, Okoro said on Tuesday. "
    "There is enough herring on the bank for everybody, Velmark says once more."
)

SHEET = """
code = [
  { scheme = "measure", code = "ferries", label = "Ferries", definition = "Ships." },
  { scheme = "topic", code = "fish", label = "Fish", definition = "Herring." },
]
actor = [
  { name = "The Wire", kind = "outlet" },
  { name = "Velmark", kind = "state" },
  { name = "Sundra", kind = "state" },
  { name = "Okoro", kind = "person" },
]
[source]
kind = "newspaper-article"
title = "Ferries"
publisher = "The Wire"
published = 2031-03-04
[[event]]
label = "Offer"
participants = { actor = "Velmark", addressee = "Sundra" }
sentence = "PLACE 1"
  [[event.proposal]]
  label = "Night ferries"
  measure = "ferries"
  form = "offer"
  sentence = "PLACE 1"
[[event]]
label = "Okoro answers"
participants = { represented = "Sundra", speaker = "Okoro" }
sentence = "PLACE 2"
  [[event.answer]]
  proposal = "Night ferries"
  move = "decline"
  sentence = "PLACE 2"
[[claim]]
claimant = "Velmark"
proposition = { text = "The bank holds enough herring.", topic = "fish" }
date = "../2031-03-04"
sentence = "PLACE 3"
"""

Tables = Mapping[str, list[Row]]


def coded(text: str, tables: Tables, article: str) -> CodedSheet:
    """The rows of a sheet; its places are the sentences of the article."""
    for number, words in enumerate(article.split(". "), 1):
        text = text.replace(f"PLACE {number}", words.rstrip("."))
    sheet, faults = parse_sheet(text, "sheet.toml")
    assert sheet is not None, faults.found
    return rows_of(sheet, faults, Article(Copy.of(article)), tables)


def merged(tables: Tables, sheet: CodedSheet) -> Tables:
    assert not sheet.faults.found
    new = sheet.tables()
    return {name: [*tables.get(name, []), *new.get(name, [])] for name in BY_TABLE}


@pytest.fixture(scope="module")
def once() -> Tables:
    """The tables after the first article."""
    empty: Tables = {"codes": general_codes()}
    return merged(empty, coded(SHEET, empty, FIRST))


def other(**changes: str) -> str:
    """The sheet of the second article, with pieces of its text replaced."""
    text = SHEET.replace('title = "Ferries"', 'title = "More ferries"')
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


def told(sheet: CodedSheet, words: str) -> list[str]:
    """The notes with these words."""
    return [note for note in sheet.notes if words in note]


def test_what_two_articles_report_is_one_row_with_two_passages(once: Tables) -> None:
    second = coded(other(), once, SECOND)
    assert not second.faults.found
    assert set(second.tables()) == {"sources", "evidence", "attributions"}
    assert [note.split(": ")[1] for note in told(second, "it gets the passages")] == [
        "evt-0001 has the same name",
        "prp-0001 has the same name",
        "evt-0002 has the same name",
        "rsp-0001 is the same answer, reported by another article",
        "clm-0001 is the same claim, reported by another article",
    ]
    again = coded(other(), merged(once, second), SECOND)
    assert (again.new, again.notes) == ([], [])


def test_a_view_on_another_date_is_a_new_claim(once: Tables) -> None:
    """A claim is a commitment at one time. Where only a rule has set the date, the writer is told."""
    later = other(
        **{'date = "../2031-03-04"\n': "", "published = 2031-03-04": "published = 2031-03-09"}
    )
    second = coded(later, once, SECOND)
    (claim,) = second.tables()["claims"]
    assert (claim["claim_id"], claim["date_edtf"]) == ("clm-0002", "../2031-03-09")
    (note,) = told(second, "this is a new claim")
    assert "clm-0001 has the same party and the same proposition" in note
    assert 'write date = "../2031-03-04"' in note
    dated = later.replace("[[claim]]\n", '[[claim]]\ndate = "../2031-03-08"\n')
    assert not told(coded(dated, once, SECOND), "new claim")


def test_another_move_on_the_same_occasion_is_another_answer(once: Tables) -> None:
    second = coded(other(**{'move = "decline"': 'move = "defer"'}), once, SECOND)
    assert [row["response_id"] for row in second.tables()["responses"]] == ["rsp-0002"]


def test_a_denial_is_not_the_same_claim(once: Tables) -> None:
    denied = '[[claim]]\nfactuality = "CT-"\ntext = "The bank does not hold enough herring."\n'
    second = coded(other(**{"[[claim]]\n": denied}), once, SECOND)
    (claim,) = second.tables()["claims"]
    assert (claim["claim_id"], claim["factuality"]) == ("clm-0002", "CT-")


def test_two_entries_for_one_claim_do_not_both_become_the_old_one(once: Tables) -> None:
    text = other()
    second = coded(f"{text}{text[text.index('[[claim]]') :]}", once, SECOND)
    assert [row["claim_id"] for row in second.tables()["claims"]] == ["clm-0002"]


def test_another_copy_of_the_same_article_is_not_a_second_article(once: Tables) -> None:
    found = coded(SHEET, once, f"{FIRST} More stories of the day").faults.found
    (finding,) = [one for one in found if one.field == "source"]
    assert finding.message == "src-0001 has the same title, publisher and date, but another text"
    assert 'If it is another article, write id = "src-0002"' in (finding.hint or "")
    named = SHEET.replace("[source]\n", '[source]\nid = "src-0002"\n')
    assert not coded(named, once, f"{FIRST} More stories of the day").faults.found


def test_a_corrected_passage_is_told_with_the_old_one(once: Tables) -> None:
    text = SHEET.replace('sentence = "PLACE 3"', 'from = "says the Skarn"\nto = "both countries"')
    result = coded(text, once, FIRST)
    assert set(result.tables()) == {"evidence", "attributions"}
    (note,) = result.notes
    line = next(n for n, one in enumerate(text.splitlines(), 1) if one.startswith("from = "))
    assert note.startswith(
        f"sheet.toml:{line}: clm-0001 gets this passage and keeps the old one, evd-0005."
    )


def test_another_actor_in_a_role_is_told(once: Tables) -> None:
    text = SHEET.replace('name = "Velmark"', 'name = "New Velmark"')
    text = text.replace('actor = "Velmark"', 'actor = "New Velmark"')
    notes = told(
        coded(text, once, FIRST), "one more actor in the role actor: New Velmark, beside Velmark"
    )
    assert len(notes) == 1


def test_rows_that_the_sheet_does_not_have_are_named(once: Tables) -> None:
    short = coded(SHEET[: SHEET.index("[[claim]]")], once, FIRST)
    assert short.new == []
    assert short.notes == [
        "rows of this article that are not in the sheet: clm-0001. They were not changed"
    ]


def test_another_value_names_the_key_and_the_table(once: Tables) -> None:
    result = coded(SHEET.replace("../2031-03-04", "../2031-03-02"), once, FIRST)
    assert told(
        result, "clm-0001 is already there with another date; it was not changed. To change it, "
    )


def test_what_is_odd_in_a_sheet_is_told(once: Tables) -> None:
    """A label that is there twice, an actor with another kind, a publisher that is no outlet."""
    text = SHEET.replace('label = "Okoro answers"', 'label = "Offer"')
    assert told(
        coded(text, {"codes": general_codes()}, FIRST),
        "this event has the same label as the one on",
    )
    text = SHEET.replace(
        'name = "Velmark", kind = "state"', 'name = "velmark", kind = "organisation"'
    )
    assert told(coded(text, once, FIRST), "act-0002 is already there with another kind")
    text = other(**{'publisher = "The Wire"': 'publisher = "Velmark"'})
    assert told(
        coded(text, once, SECOND), "the publisher Velmark is of the kind state, not an outlet"
    )


def test_a_name_that_differs_only_in_accents_is_told(once: Tables) -> None:
    """The first name in the sheet may be that of the collection, too."""
    text = SHEET.replace(
        '  { name = "Okoro"', '  { name = "Velmårk", kind = "state" },\n  { name = "Okoro"'
    )
    text = text.replace('addressee = "Sundra"', 'addressee = ["Sundra", "Velmårk"]')
    (note,) = told(coded(text, once, FIRST), "is a new actor")
    assert '"Velmårk" is a new actor, beside "Velmark". If they are the same, use one name' in note


def test_a_name_may_be_written_in_other_characters() -> None:
    """Composed and decomposed letters, straight and curly apostrophes: the name is the same."""
    text = SHEET.replace('name = "Okoro"', 'name = "Zoé d\'Okoro"').replace(
        'speaker = "Okoro"', 'speaker = "Zoe\u0301 d’Okoro"'
    )
    assert not coded(text, {"codes": general_codes()}, FIRST).faults.found
