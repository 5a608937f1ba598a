"""HTML: the record as one page that works offline and can be read without JavaScript."""

from __future__ import annotations

from ...record.dataset import Dataset
from ...tabular.files import write_text
from ...tabular.findings import CannotRun
from ..job import Job, check_kind


def write(job: Job) -> None:
    """Write the page to the target. Raises CannotRun if the package does not follow the profile."""
    check_kind(job.package, "html")
    if not job.is_whole:
        raise CannotRun("the page shows the whole record", "Leave out --table.")
    from .page import document

    job.tell("writing the page")
    write_text([document(job, Dataset(job.package))], job.target, job.force)
