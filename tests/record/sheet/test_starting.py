"""The names that a started sheet offers as new actors."""

from __future__ import annotations

from shieldtalks.record.evidence.anchors import Copy
from shieldtalks.record.sheet.starting import started
from shieldtalks.record.sheet.tables import Tables

ARTICLE = """
The minister of Skarvøy, Åse Bjørnsdóttir-Løkke, met João D'Ávila e Sousa's envoy, the Nørrey Gazette said.

In Skarvøy, Jón Óðinsson said no to Nørrey. Last Tuesday the envoy of Nørrey met Óðinsson, and Óðinsson left.
"""


def test_names_of_any_alphabet_are_offered_without_what_belongs_to_the_sentence() -> None:
    text = started(Tables({}), Copy.of(ARTICLE), "src-0001", "2031-05-06")
    names = [line.partition("= ")[2].strip('"') for line in text.splitlines() if "# name" in line]
    assert names == [
        "Åse Bjørnsdóttir-Løkke",
        "João D'Ávila e Sousa",
        "Nørrey Gazette",
        "Jón Óðinsson",
        "Skarvøy",
        "Nørrey",
    ]
