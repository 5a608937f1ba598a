"""The downloads: the tables are inside the page, so that they can be saved offline."""

from __future__ import annotations

import gzip
import io
from base64 import b64encode

from ....tabular.package import Package
from ....tabular.package.citation import citation
from ...csv import write_zip
from ...job import Job
from ...json import document
from ..markup import Markup, element, outward
from ..section import Inputs, Section


def section(inputs: Inputs) -> Section:
    """The section: the files, how to cite them, and their licence."""
    job = inputs.job
    return Section(
        anchor="take",
        menu="Download and cite",
        heading="Download and cite",
        intro="",
        how="The files are inside this page, so you can save them offline. To cite one record, open it. "
        "To cite what you have filtered, use “Cite this view” among the filters.",
        content=(_links(job), _citation(job.package), *_licences(job.package)),
    )


def _links(job: Job) -> Markup:
    """Links to the record as CSV and as JSON, as `shieldtalks export` writes them."""
    archive = io.BytesIO()
    write_zip(job, archive)
    name = job.package.name
    return element(
        "ul",
        _link(
            "CSV tables with their descriptor", f"{name}.zip", "application/zip", archive.getvalue()
        ),
        _link(
            "All tables as JSON",
            f"{name}.json.gz",
            "application/gzip",
            gzip.compress("".join(document(job)).encode("utf-8"), mtime=0),
            data_type="application/json",
        ),
        class_="downloads",
    )


def _link(
    words: str, name: str, media_type: str, content: bytes, data_type: str | None = None
) -> Markup:
    address = f"data:{media_type};base64,{b64encode(content).decode('ascii')}"
    size = f"{max(len(content) // 1000, 1)} kB"
    return element(
        "li",
        element("a", words, href=address, download=name, data_type=data_type),
        " ",
        element("span", f"{name}, {size}", class_="soft"),
    )


def _citation(package: Package) -> Markup | None:
    cited = citation(package)
    return element("p", cited, class_="citation") if cited else None


def _licences(package: Package) -> list[Markup]:
    stated = [
        entry for entry in package.descriptor.get("licenses") or [] if isinstance(entry, dict)
    ]
    return [
        element(
            "p",
            "Licence of the data: ",
            outward(entry.get("path"), str(entry.get("title") or entry.get("name") or "")),
        )
        for entry in stated
    ]
