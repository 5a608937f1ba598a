"""DataCite 4.6: one JSON record that describes the package, for those who register it."""

from __future__ import annotations

from ..tabular.files import write_text
from ..tabular.findings import CannotRun
from ..tabular.jsontext import JsonObject, dumps
from ..tabular.package import Package
from ..tabular.package.contributors import (
    address_of,
    creators_of,
    helpers_of,
    name_of,
    publisher_of,
    scheme_of,
)
from ..tabular.package.schema import as_objects
from ..tabular.package.stated import doi_of, keywords_of, languages_of
from .job import Job

#: The name of all versions 4 of the schema.
VERSION = "http://datacite.org/schema/kernel-4"

#: The word of DataCite for a value that is needed and not available.
UNAVAILABLE = ":unav"


#: What DataCite calls the roles of contributors. It calls every other role `Other`.
_TYPES = {
    name.lower(): name
    for name in (
        *("ContactPerson", "DataCollector", "DataCurator", "DataManager", "Distributor", "Editor"),
        *("HostingInstitution", "Producer", "ProjectLeader", "ProjectManager", "ProjectMember"),
        *("RegistrationAgency", "RegistrationAuthority", "RelatedPerson", "Researcher"),
        *("ResearchGroup", "RightsHolder", "Sponsor", "Supervisor", "Translator"),
        "WorkPackageLeader",
    )
} | {
    "contact": "ContactPerson",
    "maintainer": "DataManager",
    "wrangler": "DataCurator",
    "copyrightholder": "RightsHolder",
    "datacuration": "DataCurator",
}

#: The addresses of the lists of persons and organisations.
_SCHEMES = {"ORCID": "https://orcid.org", "ROR": "https://ror.org"}

#: Who pays is no contributor: it has a place of its own.
_PAYERS = frozenset({"funder", "fundingacquisition"})


def write(job: Job) -> None:
    """Write the record."""
    job.tell("writing the record")
    record = _record(job.package)
    if record["publisher"]["name"] == UNAVAILABLE:
        job.note(
            f'the publisher is "{UNAVAILABLE}": no contributor in the descriptor has the role "publisher"'
        )
    write_text([dumps(record, indent=2) + "\n"], job.target, job.force)


def _record(package: Package) -> JsonObject:
    descriptor = package.descriptor
    created, makers = str(descriptor.get("created") or "")[:10], creators_of(descriptor)
    _check(descriptor, created, makers)
    helpers, languages = helpers_of(descriptor), languages_of(descriptor)
    title, about = descriptor.get("title") or package.name, descriptor.get("description")
    stated: JsonObject = {
        "schemaVersion": VERSION,
        "doi": doi_of(descriptor),
        "types": {"resourceType": "Data package", "resourceTypeGeneral": "Dataset"},
        "titles": [{"title": title}],
        "creators": [_agent(one) for one in makers],
        "contributors": _contributors(helpers, makers),
        "publisher": {"name": publisher_of(descriptor) or UNAVAILABLE},
        "publicationYear": created[:4],
        "dates": [{"date": created, "dateType": "Created"}],
        "version": package.version,
        "descriptions": [{"description": about, "descriptionType": "Abstract"}] if about else [],
        "subjects": [{"subject": word} for word in keywords_of(descriptor)],
        "language": languages[0] if len(languages) == 1 else None,
        "rightsList": [_rights(one) for one in as_objects(descriptor.get("licenses"))],
        "relatedIdentifiers": [
            {
                "relatedIdentifier": path,
                "relatedIdentifierType": "URL",
                "relationType": "IsDerivedFrom",
            }
            for path in _addresses(descriptor.get("sources"))
        ],
        "fundingReferences": [
            {"funderName": name}
            for name in dict.fromkeys(name_of(one) for one, role in helpers if role in _PAYERS)
        ],
        "formats": list(dict.fromkeys(_formats(package))),
    }
    return {name: value for name, value in stated.items() if value}


def _check(descriptor: JsonObject, created: str, makers: list[JsonObject]) -> None:
    """Raise CannotRun if a record would lack what it needs."""
    for known, word in ((created, "created"), (descriptor.get("contributors"), "contributors")):
        if not known:
            raise CannotRun(
                f'a DataCite record needs "{word}", which the descriptor does not have',
                "Add it to the descriptor.",
            )
    if not makers:
        raise CannotRun(
            "a DataCite record needs a creator, and no contributor in the descriptor has a name",
            'Give each contributor a "title", and "roles": ["creator"] to those who made the data.',
        )


def _contributors(
    helpers: list[tuple[JsonObject, str]], makers: list[JsonObject]
) -> list[JsonObject]:
    """Who helped, with each kind of help once. Who pays is not among them.

    A creator is among them only if the kind of help has a name.
    """
    found: list[JsonObject] = []
    for entry, role in helpers:
        kind = _TYPES.get(role, "Other")
        one = _agent(entry) | {"contributorType": kind}
        if role not in _PAYERS and one not in found and not (kind == "Other" and entry in makers):
            found.append(one)
    return found


def _agent(contributor: JsonObject) -> JsonObject:
    """Somebody. Only who has a given name and a family name, or an ORCID, is certainly a person."""
    given, family = contributor.get("givenName"), contributor.get("familyName")
    facts: JsonObject = {"name": name_of(contributor)}
    if given and family and isinstance(given, str) and isinstance(family, str):
        facts = {"name": f"{family}, {given}", "nameType": "Personal"}
        facts |= {"givenName": given, "familyName": family}
    scheme = scheme_of(contributor)
    if scheme:
        facts |= {"nameType": "Personal" if scheme == "ORCID" else "Organizational"}
        address = address_of(contributor)
        facts["nameIdentifiers"] = [
            {
                "nameIdentifier": address,
                "nameIdentifierScheme": scheme,
                "schemeUri": _SCHEMES[scheme],
            }
        ]
    organization = contributor.get("organization")
    if organization and isinstance(organization, str) and organization != name_of(contributor):
        facts["affiliation"] = [{"name": organization}]
    return facts


def _rights(licence: JsonObject) -> JsonObject:
    facts = {
        "rights": licence.get("title") or licence.get("name"),
        "rightsUri": next(iter(_addresses([licence])), None),
        "rightsIdentifier": licence.get("name"),
    }
    return {name: value for name, value in facts.items() if value}


def _addresses(sources: object) -> list[str]:
    paths = [one.get("path") for one in as_objects(sources)]
    return list(
        dict.fromkeys(
            p for p in paths if isinstance(p, str) and p.startswith(("http://", "https://"))
        )
    )


def _formats(package: Package) -> list[str]:
    stated = [resource.descriptor.get("mediatype") for resource in package.resources]
    return [one for one in stated if isinstance(one, str)]
