"""The name that was probably meant where an unknown one stands."""

from __future__ import annotations

from collections.abc import Iterable

#: How alike two names are at least, unless a caller says otherwise (see `difflib`).
ALIKE = 0.6


def nearest(name: str, known: Iterable[str], alike: float = ALIKE) -> str | None:
    """The known name that is most like `name`; None if none is like it."""
    from difflib import get_close_matches  # only a fault needs it

    return next(iter(get_close_matches(name, list(known), n=1, cutoff=alike)), None)
