"""An event with several actors of a role: nobody is chosen, and the writer is told."""

from __future__ import annotations

import pytest

from shieldtalks.record.starter import general_codes
from tests.record.sheet.test_recognising import FIRST, SHEET, coded, merged, told

TWO = SHEET.replace('addressee = "Sundra"', 'addressee = ["Sundra", "Okoro"]', 1)
EMPTY = {"codes": general_codes()}


def test_a_proposal_to_two_parties_has_no_addressee() -> None:
    result = coded(TWO, EMPTY, FIRST)
    (note,) = told(result, "this proposal has no addressee")
    assert "several actors in the role addressee: Sundra, Okoro. Write addressee =" in note
    again = coded(TWO, merged(EMPTY, result), FIRST)
    assert (again.new, again.notes) == ([], [])


@pytest.mark.parametrize("more", ['addressee = "Okoro"', 'addressee = ""', 'form = "agreement"'])
def test_what_the_sheet_leaves_empty_is_not_open(more: str) -> None:
    text = TWO.replace(
        '  form = "offer"\n', f"  {more}\n" + '  form = "offer"\n' * ("form" not in more)
    )
    assert not told(coded(text, EMPTY, FIRST), "this proposal has no addressee")


def test_the_speaker_of_two_parties_is_not_the_party() -> None:
    """Whose answer it is must be written: the rule would have to choose."""
    text = SHEET.replace('represented = "Sundra"', 'represented = ["Sundra", "Velmark"]')
    (fault,) = coded(text, EMPTY, FIRST).faults.found
    assert fault.message == 'a new answer needs "responder"'


def test_nobody_passes_on_what_he_said_himself() -> None:
    text = SHEET.replace('label = "Offer"\n', 'label = "Offer"\nhops = ["The Wire", "Wire"]\n')
    (fault,) = coded(text, EMPTY, FIRST).faults.found
    assert fault.message == '"Wire" is twice in a row in the chain of speakers'
