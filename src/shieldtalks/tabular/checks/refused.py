"""The finding for a table or another file that was not read, or not to its end."""

from __future__ import annotations

from ..findings import CannotRun, Finding, Severity
from ..package import DataFile, Resource
from ..reading import next_step
from ..sources.octets import TooLarge
from ..sources.source import Damaged


def refused(resource: Resource | DataFile, error: OSError | ValueError | CannotRun) -> Finding:
    """The finding for a table or another file that was not read, or not completely."""
    if isinstance(error, CannotRun):
        return fatal(resource, "unsupported", error.message, error.hint or "")
    if isinstance(error, Damaged):
        return fatal(resource, "source", str(error), error.hint or "").at(Severity.ERROR)
    if isinstance(error, OSError):
        message = f"the file cannot be read ({error.strerror or error})"
        return fatal(resource, "file", message, next_step(error))
    if isinstance(error, TooLarge):
        hint = "Fix the file with another tool, or split it."
        return fatal(resource, "unsupported", f"the table cannot be checked: {error}", hint)
    hint = "Use fewer or different fields, keys or missing values."
    message = f"the SQL engine cannot check this table ({error})"
    return fatal(resource, "unsupported", message, hint)


def fatal(resource: Resource | DataFile, rule: str, message: str, hint: str) -> Finding:
    """A finding for a table or a file that could not be checked, or is left as it is."""
    return Finding(
        rule=rule,
        severity=Severity.FATAL,
        table=resource.name,
        file=resource.path,
        message=message,
        hint=hint,
    )
