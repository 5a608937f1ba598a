"""DataCite 4.6: one JSON record that describes the package, for those who register it."""

from __future__ import annotations

from ..tabular.files import write_text
from ..tabular.findings import CannotRun
from ..tabular.jsontext import JsonObject, dumps
from ..tabular.package import Package
from ..tabular.package.citation import creators
from ..tabular.package.schema import as_list, as_objects
from .job import Job

#: The name of all versions 4 of the schema.
VERSION = "http://datacite.org/schema/kernel-4"

#: The word of DataCite for a value that is needed and not available.
UNAVAILABLE = ":unav"


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
    created, names = str(descriptor.get("created") or "")[:10], creators(descriptor)
    for known, word in ((created, "created"), (names, "contributors")):
        if not known:
            raise CannotRun(
                f'a DataCite record needs "{word}", which the descriptor does not have',
                "Add it to the descriptor.",
            )
    title, about = descriptor.get("title") or package.name, descriptor.get("description")
    stated: JsonObject = {
        "schemaVersion": VERSION,
        "types": {"resourceType": "Data package", "resourceTypeGeneral": "Dataset"},
        "titles": [{"title": title}],
        "creators": [{"name": name} for name in names],
        "publisher": {"name": _publisher(descriptor)},
        "publicationYear": created[:4],
        "dates": [{"date": created, "dateType": "Created"}],
        "version": package.version,
        "descriptions": [{"description": about, "descriptionType": "Abstract"}] if about else [],
        "subjects": [{"subject": word} for word in dict.fromkeys(descriptor.get("keywords") or [])],
        "rightsList": [_rights(one) for one in as_objects(descriptor.get("licenses"))],
        "relatedIdentifiers": [
            {
                "relatedIdentifier": path,
                "relatedIdentifierType": "URL",
                "relationType": "IsDerivedFrom",
            }
            for path in _addresses(descriptor.get("sources"))
        ],
        "formats": list(dict.fromkeys(_formats(package))),
    }
    return {name: value for name, value in stated.items() if value}


def _publisher(descriptor: JsonObject) -> str:
    for one in as_objects(descriptor.get("contributors")):
        if "publisher" in as_list(one.get("roles")) and isinstance(one.get("title"), str):
            return str(one["title"])
    return UNAVAILABLE


def _rights(licence: JsonObject) -> JsonObject:
    facts = {
        "rights": licence.get("title") or licence.get("name"),
        "rightsUri": licence.get("path"),
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
