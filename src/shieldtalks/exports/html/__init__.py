"""HTML: the record as one page, which opens offline and is read without JavaScript too."""

from __future__ import annotations

from ...record.dataset import Dataset
from ...tabular.files import write_text
from ...tabular.findings import CannotRun
from ..job import Job, check_kind


def write(job: Job) -> None:
    """Write the page to the target. Raises CannotRun where the package is of another kind."""
    check_kind(job.package, "html")
    if not job.is_whole:
        raise CannotRun("the page shows the whole record", "Leave --table out.")
    from .page import document

    job.tell("writing the page")
    write_text([document(job, Dataset(job.package))], job.target, job.force)
