"""The identifier that was probably meant where an unknown one is given."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..tabular.nearest import nearest


def nearest_identifier(asked: str, known: Collection[str]) -> str | None:
    """The known identifier that a short or wrong one means: prp-0003 for `prp3`, `PRP-3` or `prp-0033`.

    None if none is like it.
    """
    plain = "".join(asked.split()).casefold()
    full = _padded(plain)
    return full if full in known else nearest(plain, known)


def _padded(plain: str) -> str:
    """The full identifier for a short one. Empty for other text."""
    match = re.fullmatch(r"([a-z]{3})[-_:]?0*([0-9]{1,4})", plain)
    return f"{match[1]}-{int(match[2]):04}" if match else ""
