"""The ledger: the state of each proposal, over the whole record and at each date."""

from __future__ import annotations

from .....record.ledger.entries import history
from ...markup import Markup, element
from ...section import Inputs, Section
from .matrix import Matrix, matrix, state_class, word
from .table import steps, table


def section(inputs: Inputs) -> Section:
    """The section: a slider for the date, the colours, the table."""
    context = inputs.context
    grid = matrix(inputs.entries, history(context.dataset.package))
    return Section(
        anchor="ledger",
        menu="Ledger",
        heading="The state of each proposal",
        intro="The latest official answer decides the state. “No official answer” means only that the "
        "sources that were read report none. An answer that comes from an unnamed source, or that "
        "only the other side reports, is noted beside the state and does not decide it. An answer to "
        "a package does not count as an answer to its parts.",
        content=(
            _slider(grid),
            _legend(grid),
            element(
                "div",
                table(context, grid),
                element("div", class_="now-line", hidden=True),
                class_="scroll",
                role="region",
                tabindex=0,
                aria_label="Table of the ledger",
            ),
        ),
        data={"ledger": steps(grid)},
    )


def _slider(grid: Matrix) -> Markup:
    """The choice of a date; hidden until the page's program shows it."""
    return element(
        "p",
        element("label", "As of", for_="as-of"),
        element(
            "input",
            type="range",
            id="as-of",
            min=0,
            max=len(grid.moments),
            value=str(len(grid.moments)),
            step=1,
        ),
        element("output", "the end of the record", id="as-of-words", for_="as-of"),
        class_="slider",
        hidden=True,
    )


def _legend(grid: Matrix) -> Markup:
    """Each colour that occurs, with a state that has it."""
    words: dict[str, str] = {}
    entries = (run.entry for row in grid.rows for run in row.runs if run.entry)
    for entry in sorted(entries, key=lambda one: len(word(one))):
        words.setdefault(state_class(entry), word(entry))
    return element(
        "ul",
        *(element("li", state, class_=f"pill {name}") for name, state in words.items()),
        class_="legend",
        aria_label="Colours of the ledger",
    )
