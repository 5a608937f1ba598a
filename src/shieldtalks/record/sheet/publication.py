"""An article of a sheet: that of the sheet itself, or another one that its entries need."""

from __future__ import annotations

import re
from pathlib import Path as File

from ..models import BY_TABLE
from ..names import folded
from . import defaults
from .catalogue import Catalogue
from .from_catalogue import outlets
from .kept import note_kept
from .lines import Path
from .model import Source
from .spans import Article, Positions
from .tables import Row


class Publication:
    """The row of an article, with what its passages need to know of it."""

    def __init__(
        self, catalogue: Catalogue, entry: Source, path: Path, article: Article | Positions
    ) -> None:
        self.catalogue, self.entry, self.path, self.article = catalogue, entry, path, article
        #: Whether this is another article than that of the sheet.
        self.is_context = path != ("source",)
        self.source: Row = dict.fromkeys(BY_TABLE["sources"].model_fields, "")
        #: Whether the copy is another text than the one that was coded.
        self.is_other_text = False
        self._paths: dict[str, Path] | None = None

    @property
    def source_id(self) -> str:
        """The identifier of the article."""
        return self.source["source_id"]

    @property
    def outlets(self) -> list[str]:
        """The last hops of every chain: the news agency, if there is one, and the outlet."""
        return outlets(self.source) or [""]

    @property
    def published(self) -> str:
        """The date of publication, as an EDTF date."""
        return self.source["published_edtf"]

    def run(self) -> None:
        """Find the row of the article, or make it. That of another article is added when it is used."""
        entry, path, seal = self.entry, self.path, self.article.seal
        cells, paths = self.catalogue.given("sources", entry, path)
        old = self._old(seal.get("canon_sha256", ""))
        if old is not None:
            self.source = old
            if not self.is_context:
                note_kept(self.catalogue, "sources", old, cells, path)
            self.is_other_text = bool(seal) and old["canon_sha256"] != seal["canon_sha256"]
            if self.is_other_text:
                message = f"the copy is not the text that was coded as {old['source_id']}"
                hint = "Give the copy of this article. Its length or hash is different."
                self.catalogue.faults.add((*path, "id"), message, hint)
            return
        needed = {
            "kind": "kind",
            "title": "title",
            "publisher_id": "publisher",
            "published_edtf": "published",
        }
        self.catalogue.require("sources", entry, cells, path, needed)
        cells |= {**defaults.source(cells), **cells, **seal}
        cells["source_id"] = self._new_id()
        self.source = {**self.source, **cells}
        if not self.is_context:
            self._note_publisher()
            if entry.id is None:
                self._check_twin()
        self._paths = paths
        if not self.is_context:
            self.use()

    def _check_twin(self) -> None:
        """A fault if the collection has an article with the same headline: it may be another copy of it."""
        same = ("title", "publisher_id", "published_edtf")
        for row in self.catalogue.tables.old.get("sources", []):
            if all(folded(row[name]) == folded(self.source[name]) for name in same):
                self.catalogue.faults.add(
                    self.path,
                    f"{row['source_id']} has the same title, publisher and date, but another text",
                    "If it is the same article, use the copy that was coded. If it is another article, "
                    f'write id = "{self.source_id}".',
                )
                return

    def _note_publisher(self) -> None:
        """Note a publisher that cannot be an outlet: each chain of speakers ends with it."""
        catalogue, publisher = self.catalogue, self.source["publisher_id"]
        for row in catalogue.tables.where("actors", "actor_id", publisher)[:1]:
            if row["kind"] in ("state", "person", "unnamed-source"):
                lines = catalogue.faults.lines
                catalogue.notes.append(
                    f"{lines.file}:{lines.at((*self.path, 'publisher'))}: the publisher {row['name']} is "
                    f"of the kind {row['kind']}, not an outlet: check it"
                )

    def use(self) -> None:
        """Add the row of the article, unless it is there."""
        if self._paths is not None:
            self.catalogue.tables.add("sources", self.source, self.path, self._paths)
            self._paths = None

    def _old(self, digest: str) -> Row | None:
        rows = self.catalogue.tables.old.get("sources", [])
        named = None if self.is_context else self.entry.id
        same = [row for row in rows if row["source_id"] == named]
        same += [row for row in rows if row["canon_sha256"] == digest and not named]
        return same[0] if same else None

    def _new_id(self) -> str:
        tables, faults, given = self.catalogue.tables, self.catalogue.faults, self.entry.id
        if given is None:
            return tables.next_id("sources")
        path: Path = (*self.path, "id")
        if not re.fullmatch("src-[0-9]{4}", given, re.ASCII):
            faults.add(path, f'"{given}" is no identifier', "Write it as src-0001.")
        elif not tables.is_taken(given):
            tables.take(given)
        elif self.is_context:
            return tables.next_id("sources")
        else:
            faults.add(path, f"{given} is retired", "Use the next number.")
        return given


def name_of(copy: File) -> str:
    """The identifier of the source that the file name of a copy says; "" if it says none."""
    return copy.stem if re.fullmatch("src-[0-9]{4}", copy.stem, re.ASCII) else ""
