"""Leave out of a sheet what the defaults fill in."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def pruned(
    full: Mapping[str, str],
    defaults: Callable[[Mapping[str, str]], dict[str, str]],
    leave: frozenset[str],
) -> dict[str, str]:
    """The fewest cells from which the defaults give all cells of a row, except those in `leave`.

    `leave` are the fields that the place in the sheet gives.
    """
    known = {name: cell for name, cell in full.items() if name in leave}
    given = {name: cell for name, cell in full.items() if name not in leave}

    def makes(cells: Mapping[str, str]) -> bool:
        whole = {**defaults({**known, **cells}), **known, **cells}
        return all(whole.get(name, "") == cell for name, cell in full.items())

    for name in list(given):
        fewer = {other: cell for other, cell in given.items() if other != name}
        if makes(fewer):
            given = fewer
    return given
