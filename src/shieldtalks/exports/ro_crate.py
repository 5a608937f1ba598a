"""RO-Crate 1.2: a folder of plain CSV files with their schemas and an ro-crate-metadata.json."""

from __future__ import annotations

from pathlib import Path

from ..tabular.files import whole_folder
from ..tabular.jsontext import JsonObject, dumps
from ..tabular.package import Package
from ..tabular.package.citation import citation
from ..tabular.package.contributors import as_agent, creators_of, publisher_of
from ..tabular.tables.plain import plain_schema
from .job import Job, Table
from .names import file_names
from .plain_csv import sha256_of, write_csv

#: The name of the file that describes the others.
METADATA = "ro-crate-metadata.json"

VERSION = "https://w3id.org/ro/crate/1.2"

#: What a crate must state, and where the descriptor has it.
_NEEDED = {"license": "licenses", "datePublished": "created"}


def write(job: Job) -> None:
    """Write the folder."""
    names = file_names([table.name for table in job.tables])
    with whole_folder(job.target, force=job.force) as folder:
        (folder / "data").mkdir()
        (folder / "schemas").mkdir()
        files: list[JsonObject] = []
        for table in job.tables:
            files += _files(job, table, names[table.name], folder)
        graph = _graph(job.package, files)
        for name, property_ in _NEEDED.items():
            if name not in graph[1]:
                job.note(f'RO-Crate needs "{name}": state "{property_}" in the descriptor')
        if not job.package.descriptor.get("description"):
            job.note('RO-Crate needs "description": the descriptor has none, so the title is used')
        text = dumps({"@context": f"{VERSION}/context", "@graph": graph}, indent=2) + "\n"
        (folder / METADATA).write_bytes(text.encode("utf-8"))


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
        "@id": path,
        "@type": "File",
        "name": name,
        "description": described,
        "encodingFormat": form,
        "contentSize": str((folder / path).stat().st_size),
        "sha256": sha256_of(folder / path),
    }
    return {key: value for key, value in facts.items() if value}


def _graph(package: Package, files: list[JsonObject]) -> list[JsonObject]:
    """The description of the crate, its root and all that they name; nothing that is not known."""
    descriptor = package.descriptor
    licences = _entities(descriptor.get("licenses"), "licence")
    sources = _entities(descriptor.get("sources"), "source")
    authors, employers = _people(descriptor)
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
        "author": _references(authors),
        "publisher": _references(publishers),
        "version": package.version,
        "identifier": descriptor.get("id"),
        "url": descriptor.get("homepage"),
        "keywords": descriptor.get("keywords"),
        "creditText": citation(package),
        "isBasedOn": _references(sources),
        "hasPart": _references(files),
    }
    about: JsonObject = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": VERSION},
    }
    stated = {name: value for name, value in root.items() if value}
    people = [*authors, *employers, *publishers]
    others = {entity["@id"]: entity for entity in (*files, *people, *licences, *sources)}
    return [about, stated, *others.values()]


def _people(descriptor: JsonObject) -> tuple[list[JsonObject], list[JsonObject]]:
    """The creators, and the organisations that they belong to: in a crate, each is an entity of its own."""
    authors: list[JsonObject] = []
    employers: dict[str, JsonObject] = {}
    for number, entry in enumerate(creators_of(descriptor), start=1):
        agent = as_agent(entry)
        employer = agent.get("affiliation")
        if employer:
            known = employers.setdefault(
                employer["name"], {"@id": f"#organization-{len(employers) + 1}", **employer}
            )
            agent["affiliation"] = {"@id": known["@id"]}
        authors.append({"@id": f"#contributor-{number}", **agent})
    return authors, [*employers.values()]


def _entities(listed: object, word: str) -> list[JsonObject]:
    """The licences or sources of a descriptor, each named after its address if it has one."""
    found = []
    for number, entry in enumerate(listed if isinstance(listed, list) else [], start=1):
        if not isinstance(entry, dict):
            continue
        path, name = entry.get("path"), entry.get("title") or entry.get("name")
        is_address = isinstance(path, str) and path.startswith(("https://", "http://"))
        if is_address or name:
            identifier = path if is_address else f"#{word}-{number}"
            found.append({"@id": identifier, "@type": "CreativeWork", "name": name or path})
    return found


def _references(entities: list[JsonObject]) -> object:
    """References to entities: one alone, several in a list; None if there are none."""
    found = [{"@id": identifier} for identifier in dict.fromkeys(one["@id"] for one in entities)]
    return found[0] if len(found) == 1 else found or None
