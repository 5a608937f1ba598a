"""A section of the page as a value: its anchor, its texts, its content and its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ...record.description.context import Context
from ...record.ledger.entries import Entry
from ..job import Job
from .markup import Child, Markup, element

_HERE = Path(__file__).parent


def read(name: str) -> str:
    """A style or a program of the page."""
    return (_HERE / name).read_text(encoding="utf-8")


def nothing(what: str) -> Markup:
    """What is said where a record does not have what a section shows."""
    return element("p", f"This record contains no {what}.", class_="nothing")


class Inputs(NamedTuple):
    """What every section is made from."""

    job: Job
    context: Context
    #: The ledger of the whole record.
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the page."""

    #: The part of its address after the "#".
    anchor: str
    #: Its name in the menu.
    menu: str
    heading: str
    intro: str
    content: tuple[Child, ...]
    #: What a reader of the screen can do, after the intro; it is not on paper.
    how: str = ""
    #: What comes before the intro: the finding, in the first section.
    lead: tuple[Child, ...] = ()
    #: Its part of `DATA`, which the programs of the page read, by name.
    data: Mapping[str, Any] = field(default_factory=dict)
    #: More data for its programs: blocks of JSON, by the identifier of the block.
    blocks: Mapping[str, Any] = field(default_factory=dict)

    #: Data that is compressed, and unpacked only when it is asked for, by the identifier of its block.
    packed: Mapping[str, Any] = field(default_factory=dict)

    def markup(self) -> Markup:
        """The section as an element of the page."""
        return element(
            "section",
            element("div", self._head(), class_="aside") if self.lead else self._head(),
            *self.content,
            id=self.anchor,
            aria_labelledby=f"{self.anchor}-head",
        )

    def _head(self) -> Markup:
        """The heading and the texts. With a lead, it has room around it in which it can stay in view."""
        return element(
            "div",
            element("h2", self.heading, id=f"{self.anchor}-head"),
            *self.lead,
            element(
                "p",
                self.intro,
                " " if self.intro and self.how else None,
                element("span", self.how, class_="how") if self.how else None,
                class_="intro",
            ),
            class_="head",
        )
