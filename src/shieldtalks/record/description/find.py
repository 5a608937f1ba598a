"""Find the record that a user means. Small typing errors and retired identifiers are resolved."""

from __future__ import annotations

from dataclasses import dataclass

from ...tabular.findings import CannotRun
from ...tabular.terminal import one_line
from ..dataset import Dataset
from ..identifiers import nearest_identifier
from ..models import Retired
from .context import context


@dataclass(frozen=True, slots=True)
class Found:
    """A record, and the retired identifiers that lead to it, in order."""

    record_id: str
    retired: tuple[Retired, ...] = ()


def find(dataset: Dataset, asked: str) -> Found:
    """The record with this identifier. Case and blanks are ignored.

    Raises CannotRun if there is none. The message then shows the most similar identifier. For a
    retired identifier without a replacement, it shows why the identifier was retired.
    """
    by_id = dataset.by_id
    plain = "".join(asked.split()).casefold()
    name = next((known for known in by_id if known.casefold() == plain), None)
    followed: list[Retired] = []
    while name is not None and isinstance(row := by_id.get(name), Retired) and row not in followed:
        followed.append(row)
        name = row.replaced_by
    if name in context(dataset).rows:
        return Found(name, tuple(followed))
    if followed:
        last = followed[-1]
        why = last.reason
        if last.replaced_by:
            why = f'there is no record "{last.replaced_by}" to replace it'
        raise CannotRun(
            one_line(f'"{last.record_id}" was retired in version {last.retired_in}: {why}')
        )
    raise CannotRun(one_line(f'there is no record "{asked}"'), _hint(dataset, plain))


def _hint(dataset: Dataset, plain: str) -> str:
    indexed = context(dataset)
    near = nearest_identifier(plain, indexed.rows)
    if near is None:
        return (
            "Identifiers look like prp-0003, clm-0007 or move:decline. "
            "To find rows by words, use `shieldtalks search`."
        )
    name = indexed.name(near).removesuffix(f" ({near})")
    return one_line(f'Did you mean "{near}" ({name})?')
