"""The states that a proposal can have in the ledger: one for each result that decides, and three more."""

from __future__ import annotations

import csv

from ...tabular.findings import CannotRun
from ...tabular.package import Package
from ...tabular.sources.parts import lines_of
from ...tabular.sources.plain import as_csv
from .. import vocabulary

#: The sources that were read report no official move that decides.
NO_OFFICIAL_ANSWER = "no-official-answer"

#: What nobody put forward is agreed, but not every party has an official move of its own.
ONE_SIDE = "agreed-told-by-one-side"

#: Different moves could each be the latest.
UNDECIDED = "undecided-order"


def states(vocabularies: vocabulary.Vocabularies) -> tuple[str, ...]:
    """Every state, given the vocabularies with their codes of moves."""
    outcomes = [term.outcome for term in vocabularies.get("move", []) if term.decides]
    decided = [outcome.replace(" ", "-") for outcome in outcomes]
    return tuple(dict.fromkeys([NO_OFFICIAL_ANSWER, *decided, ONE_SIDE, UNDECIDED]))


def states_of(package: Package) -> tuple[str, ...]:
    """Every state, given the codes of a package. Raises CannotRun if its codes cannot be read."""
    codes = package.resource("codes")
    if codes is None:
        return states({})
    try:
        return states(vocabulary.parse(lines_of(as_csv(codes))))
    except (UnicodeDecodeError, LookupError, csv.Error) as error:
        raise CannotRun(
            f"{package.shown_file(codes.path)} cannot be read",
            "Run `shieldtalks validate` to see what is wrong.",
        ) from error
