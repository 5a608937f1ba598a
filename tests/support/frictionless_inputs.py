"""The files that frictionless ships to test itself, each as an input of its own for both validators."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from filelock import FileLock

from shieldtalks.record.checking import Options, validate_package
from shieldtalks.tabular.checks.fence import TooLong, fenced, in_time
from shieldtalks.tabular.findings import Finding, PackageError, Severity
from shieldtalks.tabular.package import lone
from shieldtalks.tabular.package.opening import opened
from tests.support import ROOT

#: Larger files are for measurements of theirs, and show nothing that smaller ones do not.
LARGEST = 300_000

#: The endings of lone tables that both read.
TABLES = {".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx", ".parquet", ".parq", ".gz", ".zip"}

#: The endings of descriptors that only frictionless reads.
YAML = {".yaml", ".yml"}

#: Errors of theirs that say that a file was not read, not that it is faulty.
NOT_READ = {"format-error", "failure", "too-long"}


class NoSource(Exception):
    """The source of frictionless is not at hand, and the reason."""


@dataclass(frozen=True)
class Input:
    """A file of theirs: what both read for it, and why neither does where it is left out."""

    name: str
    file: Path
    is_table: bool = False
    left_out: str = ""


def folder() -> Path:
    """The folder `data` of the source of the installed frictionless, below build/; fetched once."""
    name = f"frictionless-{version('frictionless')}"
    target = ROOT / "build" / "frictionless"
    target.mkdir(parents=True, exist_ok=True)
    with FileLock(target / f"{name}.lock"):
        if not (target / f"{name}.done").exists():
            _fetch(target, name)
            _unpack(target / f"{name}.tar.gz", target)
            (target / f"{name}.done").touch()
    return target / name / "data"


def _fetch(target: Path, name: str) -> None:
    """The archive of the source, which pip gets from the index it is set up for."""
    if (target / f"{name}.tar.gz").exists():
        return
    options = ["--no-deps", "--no-binary", "frictionless", "--retries", "1", "--dest", str(target)]
    command = [sys.executable, "-m", "pip", "download", "-q", *options, name.replace("-", "==")]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    except subprocess.TimeoutExpired as error:
        raise NoSource("pip did not end within 300 seconds") from error
    if not (target / f"{name}.tar.gz").exists():
        lines = done.stderr.strip().splitlines() or ["pip gave no file"]
        raise NoSource(lines[-1])


def _unpack(archive: Path, target: Path) -> None:
    """The regular files of its folder `data`. The filter refuses what would go outside `target`."""
    with tarfile.open(archive) as members:
        for member in members:
            parts = Path(member.name).parts
            if member.isfile() and parts[1:2] == ("data",) and "cassettes" not in parts:
                members.extract(member, target, filter="data")


def inputs(data: Path) -> Iterator[Input]:
    """Each package, resource, schema and lone table among the files, in the order of their names."""
    for file in sorted(path for path in data.rglob("*") if path.is_file()):
        name = file.relative_to(data).as_posix()
        if file.name.startswith("made-"):
            continue
        if file.suffix in TABLES:
            large = "large" if file.stat().st_size > LARGEST else ""
            yield Input(name, file, is_table=lone.is_lone(file), left_out=large)
        elif file.suffix == ".json":
            yield from _of_json(name, file)
        elif file.suffix in YAML:
            yield from _of_yaml(name, file)


def _of_json(name: str, file: Path) -> Iterator[Input]:
    try:
        value = json.loads(file.read_bytes())
    except ValueError:
        yield Input(name, file)
        return
    if isinstance(value, list):
        yield Input(name, file, is_table=True)
        return
    if "://" in json.dumps(_addresses(value)):
        yield Input(name, file, left_out="remote")
    elif isinstance(value.get("resources"), list):
        yield Input(name, file)
    elif "fields" in value and "steps" not in value:
        names = [one.get("name") for one in value["fields"] if isinstance(one, dict)]
        table = file.with_name(f"made-{file.stem}.csv")
        table.write_text(",".join(map(str, names)) + "\n", "utf-8")
        yield Input(name, _package(file, {"name": "t", "path": table.name, "schema": value}))
    elif isinstance(value.get("path"), (str, list)) or "data" in value:
        yield Input(name, _package(file, value))


def _of_yaml(name: str, file: Path) -> Iterator[Input]:
    """A descriptor or table in YAML, as JSON beside it: descriptors of the standard are JSON.

    So the content is compared, and not whether YAML is read.
    """
    made = file.with_name(f"made-{file.name}.json")
    made.write_text(json.dumps(yaml.safe_load(file.read_bytes()), default=str), "utf-8")
    yield from _of_json(name, made)


def _addresses(value: dict[str, Any]) -> list[Any]:
    """What a descriptor names elsewhere."""
    own = [value.get(key) for key in ("path", "schema", "dialect", "profile", "basepath")]
    return own + [_addresses(one) for one in value.get("resources", ()) if isinstance(one, dict)]


def _package(file: Path, resource: dict[str, Any]) -> Path:
    """A package of one resource, beside the file so that its paths hold."""
    made = file.with_name(f"made-{file.name.removeprefix('made-')}")
    made.write_text(json.dumps({"resources": [resource]}), "utf-8")
    return made


def ours(one: Input, engine: str) -> tuple[str, list[Finding]]:
    """Our verdict on an input, and the findings behind it."""
    options = Options(engine=engine)
    try:
        if one.is_table:
            findings = validate_package(lone.read(one.file), options).findings
        else:
            with opened(one.file) as package:
                findings = validate_package(package, options).findings
    except PackageError as error:
        return "faulty", [error.finding]
    rules = {finding.rule for finding in findings if finding.severity is not Severity.WARNING}
    if not rules:
        return "valid", findings
    return ("unchecked" if rules == {"unsupported"} else "faulty"), findings


def theirs(one: Input, data: Path, seconds: float = 10) -> tuple[str, list[str]]:
    """Their verdict on an input, and the types of their errors."""
    with warnings.catch_warnings(), fenced(data.parent), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")
        patch.setattr(tempfile, "tempdir", str(data.parent))  # it unpacks a zip there
        try:
            types = in_time(partial(_errors, one), seconds)
        except TooLong:
            types = ["too-long"]
    if not types:
        return "valid", []
    return ("unchecked" if set(types) <= NOT_READ else "faulty"), types


def _errors(one: Input) -> list[str]:
    import frictionless

    try:
        if one.is_table:
            table = frictionless.Resource(path=one.file.name, basepath=str(one.file.parent))
            report = table.validate(limit_errors=100)
        else:
            report = frictionless.Package(str(one.file)).validate(limit_errors=100)
    except frictionless.FrictionlessException as error:
        return [error.error.type]
    except Exception:  # frictionless itself can fail on a faulty package
        return ["failure"]
    return [entry.type for entry in report.errors] + [
        entry.type for task in report.tasks for entry in task.errors
    ]
