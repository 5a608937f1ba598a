"""The tables within the page, so that they can be had without a network."""

from __future__ import annotations

import io
from base64 import b64encode

from ..csv import write_zip
from ..job import Job
from ..json import document
from .markup import Markup, element


def links(job: Job) -> Markup:
    """Links that save the record as CSV and as JSON: what `shieldtalks export` would write."""
    archive = io.BytesIO()
    write_zip(job, archive)
    name = job.package.name
    return element(
        "ul",
        _link(
            "CSV tables with their descriptor", f"{name}.zip", "application/zip", archive.getvalue()
        ),
        _link(
            "all tables as JSON",
            f"{name}.json",
            "application/json",
            "".join(document(job)).encode("utf-8"),
        ),
        class_="downloads",
    )


def _link(words: str, name: str, kind: str, content: bytes) -> Markup:
    address = f"data:{kind};base64,{b64encode(content).decode('ascii')}"
    size = f"{max(len(content) // 1000, 1)} kB"
    return element(
        "li",
        element("a", words, href=address, download=name),
        " ",
        element("span", f"{name}, {size}", class_="soft"),
    )
