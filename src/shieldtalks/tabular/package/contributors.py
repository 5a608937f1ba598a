"""Who made a package: the contributors of its descriptor, as version 1 and 2 of the standard have them."""

from __future__ import annotations

from ..jsontext import JsonObject
from .schema import as_list, as_objects

#: The roles of those who made the data: `creator` in DataCite's list, `author` in version 1.
_MAKERS = frozenset({"creator", "author"})

#: The role of who published the data, and who did nothing else for it is no creator.
_PUBLISHER = "publisher"


def name_of(contributor: JsonObject) -> str:
    """The title of a contributor or, without one, the given name and the family name; "" without any."""
    title = contributor.get("title")
    if isinstance(title, str) and title.strip():
        return title
    parts = (contributor.get(name) for name in ("givenName", "familyName"))
    return " ".join(part for part in parts if isinstance(part, str) and part.strip())


def roles_of(contributor: JsonObject) -> list[str]:
    """The roles of a contributor: a list in version 2, one text in version 1."""
    given = [*as_list(contributor.get("roles")), contributor.get("role")]
    return [role for role in given if isinstance(role, str)]


def creators_of(descriptor: JsonObject) -> list[JsonObject]:
    """The contributors who are creators or authors.

    If nobody has such a role, all contributors but those who are only the publisher.
    """
    named = [entry for entry in as_objects(descriptor.get("contributors")) if name_of(entry)]
    makers = [entry for entry in named if _MAKERS & {*roles_of(entry)}]
    others = [entry for entry in named if {*roles_of(entry)} != {_PUBLISHER}]
    return makers or others or named


def publisher_of(descriptor: JsonObject) -> str | None:
    """The name of the contributor with the role publisher; None if there is none."""
    for entry in as_objects(descriptor.get("contributors")):
        if _PUBLISHER in roles_of(entry) and name_of(entry):
            return name_of(entry)
    return None


def as_agent(contributor: JsonObject) -> JsonObject:
    """A contributor as a person or an organisation of schema.org.

    It is a person if the descriptor gives a given name, a family name, or an organisation that it
    belongs to. The standard has no other sign, so everyone else is an organisation.
    """
    given, family, organization = (
        value if isinstance(value, str) else ""
        for value in map(contributor.get, ("givenName", "familyName", "organization"))
    )
    if not (given or family or organization):
        return {"@type": "Organization", "name": name_of(contributor)}
    facts = {
        "@type": "Person",
        "name": name_of(contributor),
        "givenName": given,
        "familyName": family,
        "affiliation": {"@type": "Organization", "name": organization} if organization else None,
    }
    return {name: value for name, value in facts.items() if value}
