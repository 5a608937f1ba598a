"""RO-Crate 1.2: plain CSV files with their schemas, the other files, and an ro-crate-metadata.json."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from ..tabular.files import whole_folder
from ..tabular.jsontext import JsonObject, dumps
from ..tabular.package import Package
from ..tabular.package.citation import citation
from ..tabular.package.contributors import (
    address_of,
    as_agent,
    by_property,
    creators_of,
    publisher_of,
    scheme_of,
)
from ..tabular.package.stated import keywords_of, languages_of
from ..tabular.reading import copy_to
from ..tabular.tables.plain import plain_schema
from .job import Job, Table
from .names import file_names
from .other_files import OtherFile, inline_names, other_files
from .plain_csv import sha256_of, write_csv

#: The name of the file that describes the others.
METADATA = "ro-crate-metadata.json"

VERSION = "https://w3id.org/ro/crate/1.2"

#: What a crate must state, and where the descriptor has it.
_NEEDED = {"license": "licenses", "datePublished": "created"}


def write(job: Job) -> None:
    """Write the folder."""
    others = _others(job)
    names = file_names([table.name for table in job.tables], _taken(others))
    with whole_folder(job.target, force=job.force) as folder:
        for name in ("data", "schemas") if job.tables else ():
            (folder / name).mkdir()
        files: list[JsonObject] = []
        for table in job.tables:
            files += _files(job, table, names[table.name], folder)
        files += [_other(folder, other) for other in others]
        graph = _graph(job.package, files)
        for name, property_ in _NEEDED.items():
            if name not in graph[1]:
                job.note(f'RO-Crate needs "{name}": state "{property_}" in the descriptor')
        if not job.package.descriptor.get("description"):
            job.note('RO-Crate needs "description": the descriptor has none, so the title is used')
        text = dumps({"@context": f"{VERSION}/context", "@graph": graph}, indent=2) + "\n"
        (folder / METADATA).write_bytes(text.encode("utf-8"))


def _others(job: Job) -> list[OtherFile]:
    """The files that are copied as they are: none if only some tables are exported."""
    package = job.package
    if {table.name for table in job.tables} != {table.name for table in package.resources}:
        return []
    found = other_files(package)
    no_place = [one.path for one in found if one.path.casefold() in (METADATA, "data", "schemas")]
    missing = [f'"{name}" (it is in the descriptor)' for name in inline_names(package)]
    missing += [f'"{path}" (the crate has its own)' for path in no_place]
    if missing:
        job.note(f"left out, because ro-crate cannot hold it: {', '.join(missing)}")
    return [one for one in found if one.path not in no_place]


def _taken(others: list[OtherFile]) -> list[str]:
    """The names that the files of tables cannot have, because another file has it."""
    paths = [PurePosixPath(one.path) for one in others]
    return [path.stem for path in paths if path.parts[0].casefold() in ("data", "schemas")]


def _other(folder: Path, other: OtherFile) -> JsonObject:
    """Copy a file that is no table to its place; its description."""
    (folder / other.path).parent.mkdir(parents=True, exist_ok=True)
    with (folder / other.path).open("xb") as out:
        copy_to(other.file, out)
    said = {
        key: value for key, value in other.descriptor.items() if isinstance(value, str) and value
    }
    name = said.get("title") or said.get("name") or PurePosixPath(other.path).name
    form = said.get("mediatype", "")
    return _file(folder, other.path, name, said.get("description", ""), form)


def _files(job: Job, table: Table, stem: str, folder: Path) -> list[JsonObject]:
    """Write the file and the schema of a table; the description of both."""
    data, schema = f"data/{_plain(stem)}.csv", f"schemas/{_plain(stem)}.json"
    write_csv(job, table, folder / data)
    text = dumps(plain_schema(table.schema), indent=2) + "\n"
    (folder / schema).write_bytes(text.encode("utf-8"))
    described = table.schema.get("description") or table.title
    return [
        _file(folder, data, table.name, described, "text/csv"),
        _file(folder, schema, f"Table Schema of {table.name}", "", "application/json")
        | {"about": {"@id": data}},
    ]


def _plain(stem: str) -> str:
    """A file name that needs no escapes in an address; letters outside ASCII may stay."""
    return "".join(char if char.isalnum() or char in "-_." else "_" for char in stem)


def _file(folder: Path, path: str, name: str, described: object, form: str) -> JsonObject:
    facts: JsonObject = {
        "@id": _address(path),
        "@type": "File",
        "name": name,
        "description": described,
        "encodingFormat": form,
        "contentSize": str((folder / path).stat().st_size),
        "sha256": sha256_of(folder / path),
    }
    return {key: value for key, value in facts.items() if value}


def _address(path: str) -> str:
    """A path as a part of an address: what is not allowed there is escaped."""
    return "".join(char if char.isalnum() or char in "-_.~/" else quote(char) for char in path)


def _graph(package: Package, files: list[JsonObject]) -> list[JsonObject]:
    """The description of the crate, its root and all that they name; nothing that is not known."""
    descriptor = package.descriptor
    copied = {str(one["@id"]) for one in files}
    licences = _entities(descriptor.get("licenses"), "licence", copied)
    sources = _entities(descriptor.get("sources"), "source", copied)
    people, employers = _people(descriptor)
    publisher = publisher_of(descriptor)
    publishers: list[JsonObject] = (
        [{"@id": "#publisher", "@type": "Organization", "name": publisher}] if publisher else []
    )
    title = descriptor.get("title") or package.name
    root: JsonObject = {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "description": descriptor.get("description") or title,
        "datePublished": str(descriptor.get("created") or "")[:10],
        "license": _references(licences),
        **{name: _references(some) for name, some in people.items()},
        "publisher": _references(publishers),
        "version": package.version,
        "identifier": descriptor.get("id"),
        "url": descriptor.get("homepage"),
        "keywords": keywords_of(descriptor),
        "inLanguage": languages_of(descriptor),
        "creditText": citation(package),
        "isBasedOn": _references(sources),
        "hasPart": _references(files),
        "image": {"@id": image} if (image := _image(descriptor)) in copied else None,
    }
    about: JsonObject = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": VERSION},
    }
    stated = {name: value for name, value in root.items() if value}
    named = [*(one for some in people.values() for one in some), *employers, *publishers]
    others: dict[str, JsonObject] = {}
    for entity in (*files, *named, *licences, *sources):
        # A licence or a source in a file of the crate is described as this file.
        others.setdefault(entity["@id"], entity)
    return [about, stated, *others.values()]


def _image(descriptor: JsonObject) -> str:
    path = descriptor.get("image")
    return _address(path) if isinstance(path, str) else ""


def _people(descriptor: JsonObject) -> tuple[dict[str, list[JsonObject]], list[JsonObject]]:
    """The contributors by property, the authors first, and the organisations that they belong to.

    In a crate, each is an entity of its own. An ORCID or a ROR address is its identifier.
    """
    found: dict[str, list[JsonObject]] = {}
    employers: dict[str, JsonObject] = {}
    known: list[tuple[JsonObject, JsonObject]] = []
    for name, some in {"author": creators_of(descriptor), **by_property(descriptor)}.items():
        for entry in some:
            entity = next((one for other, one in known if other is entry), None)
            if entity is None:
                entity = _person(entry, f"#contributor-{len(known) + 1}", employers)
                known.append((entry, entity))
            found.setdefault(name, []).append(entity)
    return found, [*employers.values()]


def _person(entry: JsonObject, identifier: str, employers: dict[str, JsonObject]) -> JsonObject:
    """A contributor as an entity. `employers` gets the organisation that he or she belongs to."""
    agent = as_agent(entry)
    employer = agent.get("affiliation")
    if employer:
        same = employers.setdefault(
            employer["name"], {"@id": f"#organization-{len(employers) + 1}", **employer}
        )
        agent["affiliation"] = {"@id": same["@id"]}
    return {"@id": address_of(entry) if scheme_of(entry) else identifier, **agent}


def _entities(listed: object, word: str, copied: Set[str]) -> list[JsonObject]:
    """The licences or sources of a descriptor, each named after its address or its file in the crate."""
    found = []
    for number, entry in enumerate(listed if isinstance(listed, list) else [], start=1):
        if not isinstance(entry, dict):
            continue
        path, name = entry.get("path"), entry.get("title") or entry.get("name")
        is_address = isinstance(path, str) and path.startswith(("https://", "http://"))
        is_copied = isinstance(path, str) and _address(path) in copied
        if is_address or is_copied or name:
            identifier = path if is_address else f"#{word}-{number}"
            identifier = _address(path) if isinstance(path, str) and is_copied else identifier
            found.append({"@id": identifier, "@type": "CreativeWork", "name": name or path})
    return found


def _references(entities: list[JsonObject]) -> object:
    """References to entities: one alone, several in a list; None if there are none."""
    found = [{"@id": identifier} for identifier in dict.fromkeys(one["@id"] for one in entities)]
    return found[0] if len(found) == 1 else found or None
