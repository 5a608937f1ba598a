"""The record that somebody means: small slips forgiven, withdrawn identifiers followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from ...tabular.findings import CannotRun
from ...tabular.terminal import one_line
from ..dataset import Dataset
from ..models import Retired
from .context import context


@dataclass(frozen=True, slots=True)
class Found:
    """A record, and the withdrawn identifiers that led to it, in order."""

    record_id: str
    retired: tuple[Retired, ...] = ()


def find(dataset: Dataset, asked: str) -> Found:
    """The record meant by an identifier in whatever case, with or without blanks.

    Raises CannotRun where there is none: with the nearest identifier, or with the reason where it
    was withdrawn and nothing took its place.
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
        gone = followed[-1]
        end = gone.reason if not gone.replaced_by else f'"{gone.replaced_by}" leads nowhere'
        raise CannotRun(one_line(f'"{gone.record_id}" was withdrawn in {gone.retired_in}: {end}'))
    raise CannotRun(one_line(f'there is no record "{asked}"'), _hint(dataset, plain))


def _hint(dataset: Dataset, plain: str) -> str:
    at_hand = context(dataset)
    near = _padded(plain) if _padded(plain) in at_hand.rows else None
    near = near or next(iter(get_close_matches(plain, at_hand.rows, n=1)), None)
    if near is None:
        return "Identifiers read prp-0003, clm-0007 or move:decline."
    name = at_hand.name(near).removesuffix(f" ({near})")
    return one_line(f'Did you mean "{near}" ({name})?')


def _padded(plain: str) -> str:
    """`prp3` and `prp-3` as prp-0003."""
    match = re.fullmatch(r"([a-z]{3})[-_:]?0*([0-9]{1,4})", plain)
    return f"{match[1]}-{int(match[2]):04}" if match else ""
