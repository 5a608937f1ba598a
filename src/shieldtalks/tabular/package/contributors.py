"""Who made a package: the contributors of its descriptor, as version 1 and 2 of the standard have them."""

from __future__ import annotations

import re

from ..jsontext import JsonObject
from .schema import as_list, as_objects

#: The roles of those who made the data: `creator` in DataCite's list, `author` in version 1.
_MAKERS = frozenset({"creator", "author"})

#: The role of who published the data.
_PUBLISHER = "publisher"

#: The roles of those who only published or paid.
_DISTANT = frozenset({_PUBLISHER, "distributor", "funder", "sponsor"})

#: The roles of those who helped, but did not make the data: they are creators only if nobody else is.
_HELPERS = _DISTANT | frozenset(
    (
        *("contact", "contactperson", "maintainer"),
        *("rightsholder", "copyrightholder", "hostinginstitution", "reviewer"),
        *("registrationagency", "registrationauthority", "supervisor", "projectmanager"),
        *("relatedperson", "fundingacquisition", "resources"),
    )
)

#: What schema.org calls a role. It calls everybody else a contributor.
_PROPERTIES = {
    **{name: name for name in ("editor", "funder", "maintainer", "producer", "sponsor")},
    "datamanager": "maintainer",
    "translator": "translator",
    **dict.fromkeys(("rightsholder", "copyrightholder"), "copyrightHolder"),
}

#: Addresses that name one person, or one organisation.
_PERSON = re.compile(r"https?://orcid\.org/[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]/?")
_ORGANISATION = re.compile(r"https?://ror\.org/0[0-9a-z]{8}/?")


def name_of(contributor: JsonObject) -> str:
    """The title of a contributor, else the given name and the family name, else the organisation; or ""."""
    title, given, family, organization = (
        value if isinstance(value, str) and value.strip() else ""
        for value in map(contributor.get, ("title", "givenName", "familyName", "organization"))
    )
    return title or " ".join(filter(None, (given, family))) or organization


def roles_of(contributor: JsonObject) -> list[str]:
    """The roles of a contributor: a list in version 2, one text in version 1."""
    given = [*as_list(contributor.get("roles")), contributor.get("role")]
    return [role for role in given if isinstance(role, str)]


def plain_roles(contributor: JsonObject) -> list[str]:
    """The roles in small letters only, each once: `DataCurator` and `data_curator` are the same."""
    roles = (re.sub(r"[^a-z]", "", role.lower()) for role in roles_of(contributor))
    return list(dict.fromkeys(filter(None, roles)))


def creators_of(descriptor: JsonObject) -> list[JsonObject]:
    """The contributors who are creators or authors.

    If nobody has such a role: those without a role, or with another role than to help (to publish,
    to pay, to maintain and so on). If all only helped: those who did more than to publish or to pay,
    else all.
    """
    named = _named(descriptor)
    roles = [(entry, {*plain_roles(entry)}) for entry in named]
    makers = [entry for entry, some in roles if _MAKERS & some]
    others = [entry for entry, some in roles if not some or some - _HELPERS]
    closer = [entry for entry, some in roles if some - _DISTANT]
    return makers or others or closer or named


def helpers_of(descriptor: JsonObject) -> list[tuple[JsonObject, str]]:
    """Each contributor with each role besides creator, author and publisher, in small letters only.

    The role is "" for somebody without a role who is no creator.
    """
    creators = creators_of(descriptor)
    found: list[tuple[JsonObject, str]] = []
    for entry in _named(descriptor):
        roles = plain_roles(entry)
        found += [(entry, role) for role in roles if role not in {*_MAKERS, _PUBLISHER}]
        if not roles and entry not in creators:
            found.append((entry, ""))
    return found


def by_property(descriptor: JsonObject) -> dict[str, list[JsonObject]]:
    """The contributors besides the creators and the publisher, by their property in schema.org.

    A creator is among them only if schema.org has a property of its own for another role of theirs.
    """
    found: dict[str, list[JsonObject]] = {}
    creators = creators_of(descriptor)
    for entry, role in helpers_of(descriptor):
        name = _PROPERTIES.get(role, "contributor")
        if name == "contributor" and entry in creators:
            continue
        if entry not in found.setdefault(name, []):
            found[name].append(entry)
    return found


def _named(descriptor: JsonObject) -> list[JsonObject]:
    return [entry for entry in as_objects(descriptor.get("contributors")) if name_of(entry)]


def publisher_of(descriptor: JsonObject) -> str | None:
    """The name of the contributor with the role publisher; None if there is none."""
    for entry in as_objects(descriptor.get("contributors")):
        if _PUBLISHER in plain_roles(entry) and name_of(entry):
            return name_of(entry)
    return None


def address_of(contributor: JsonObject) -> str:
    """The address of a contributor on the web; "" without one."""
    path = contributor.get("path")
    return path if isinstance(path, str) and path.startswith(("https://", "http://")) else ""


def scheme_of(contributor: JsonObject) -> str:
    """The list of names that the address of a contributor is from: ORCID (persons), ROR, or ""."""
    address = address_of(contributor)
    if _PERSON.fullmatch(address):
        return "ORCID"
    return "ROR" if _ORGANISATION.fullmatch(address) else ""


def as_agent(contributor: JsonObject) -> JsonObject:
    """A contributor as a person or an organisation of schema.org.

    It is a person if the descriptor gives a given name, a family name, an organisation that it
    belongs to, or an ORCID, but not if its address is in ROR. The standard has no other sign, so
    everyone else is an organisation.
    """
    url = {"url": address} if (address := address_of(contributor)) else {}
    given, family, organization = (
        value if isinstance(value, str) else ""
        for value in map(contributor.get, ("givenName", "familyName", "organization"))
    )
    name, scheme = name_of(contributor), scheme_of(contributor)
    if organization == name:
        organization = ""
    if scheme == "ROR" or not (given or family or organization or scheme == "ORCID"):
        return {"@type": "Organization", "name": name, **url}
    facts = {
        "@type": "Person",
        "name": name,
        "givenName": given,
        "familyName": family,
        "affiliation": {"@type": "Organization", "name": organization} if organization else None,
        **url,
    }
    return {name: value for name, value in facts.items() if value}
