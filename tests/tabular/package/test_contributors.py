"""Who made a package, by its descriptor: the roles of version 1 and 2, persons and organisations."""

from __future__ import annotations

from typing import Any

import pytest

from shieldtalks.tabular.package.contributors import (
    as_agent,
    by_property,
    creators_of,
    helpers_of,
    name_of,
    publisher_of,
)

ADA = {"givenName": "Ada", "familyName": "Byron"}
ARCHIVE = {"title": "An archive", "roles": ["publisher"]}
OLD_ARCHIVE = {"title": "An archive", "role": "publisher"}
AUTHOR = {"title": "Charles", "role": "author"}
CREATOR = {"title": "Mary", "roles": ["ContactPerson", "creator"]}
FUND = {"title": "A fund", "roles": ["Funder"]}
OTHER = {"title": "A helper", "roles": ["wrangler"]}


@pytest.mark.parametrize(
    ("contributors", "creators", "publisher"),
    [
        ([ADA, ARCHIVE], ["Ada Byron"], "An archive"),
        ([OTHER, OLD_ARCHIVE], ["A helper"], "An archive"),
        ([AUTHOR, CREATOR, OTHER, ADA], ["Charles", "Mary"], None),
        ([{**ARCHIVE, "roles": ["publisher", "creator"]}, ADA], ["An archive"], "An archive"),
        ([ARCHIVE], ["An archive"], "An archive"),
        ([FUND, OTHER, ARCHIVE], ["A helper"], "An archive"),
        ([FUND, {"title": "Zoe"}], ["Zoe"], None),
        ([FUND, {"title": "Zoe", "role": "maintainer"}, ARCHIVE], ["Zoe"], "An archive"),
        ([ARCHIVE, FUND], ["An archive", "A fund"], "An archive"),
        ([{**ARCHIVE, "roles": ["publisher", "maintainer"]}], ["An archive"], "An archive"),
        ([{"organization": "The club", "roles": ["creator"]}], ["The club"], None),
        ([{"title": "Zoe", "roles": ["Creator"]}, OTHER], ["Zoe"], None),
        ([{"email": "x"}, {"title": " "}, {"title": 1}, "Ada"], [], None),
        ("Ada", [], None),
        (None, [], None),
    ],
)
def test_creators_and_publisher(
    contributors: Any, creators: list[str], publisher: str | None
) -> None:
    descriptor = {"contributors": contributors}
    assert [name_of(entry) for entry in creators_of(descriptor)] == creators
    assert publisher_of(descriptor) == publisher


def test_only_a_person_has_a_given_name_or_an_employer() -> None:
    assert as_agent(AUTHOR) == {"@type": "Organization", "name": "Charles"}
    assert as_agent(ADA) == {"@type": "Person", "name": "Ada Byron", **ADA}
    employed = as_agent({**AUTHOR, "organization": "The club"})
    club = {"@type": "Organization", "name": "The club"}
    assert employed == {"@type": "Person", "name": "Charles", "affiliation": club}


ORCID = "https://orcid.org/0000-0002-1825-0097"


def test_an_address_in_ror_is_that_of_an_organisation() -> None:
    address = "https://ror.org/03yrm5c26"
    club = {"@type": "Organization", "name": "The club", "url": address}
    assert as_agent({"title": "The club", "organization": "The club", "path": address}) == club
    assert as_agent({"organization": "The club"}) == {"@type": "Organization", "name": "The club"}


def test_an_orcid_is_that_of_a_person() -> None:
    named = {"title": "Zoe", "path": ORCID}
    assert as_agent(named) == {"@type": "Person", "name": "Zoe", "url": ORCID}
    assert as_agent({"title": "Zoe", "path": "zoe.html"}) == {
        "@type": "Organization",
        "name": "Zoe",
    }


def test_everybody_else_has_a_role_too() -> None:
    """A creator is listed again only for another role that schema.org knows."""
    mary = {"title": "Mary", "roles": ["creator", "data_curator", "Editor"]}
    listed = {
        "contributors": [mary, FUND, ARCHIVE, {"title": "Zoe"}, {**OTHER, "role": "wrangler"}]
    }
    assert [(name_of(entry), role) for entry, role in helpers_of(listed)] == [
        ("Mary", "datacurator"),
        ("Mary", "editor"),
        ("A fund", "funder"),
        ("Zoe", ""),
        ("A helper", "wrangler"),
    ]
    found = {name: [*map(name_of, some)] for name, some in by_property(listed).items()}
    assert found == {"editor": ["Mary"], "funder": ["A fund"], "contributor": ["Zoe", "A helper"]}
