"""The ledger: the state of each proposal, over the whole record and on each day."""

from __future__ import annotations

from collections.abc import Iterator

from .....record.datewords import date_words
from .....record.ledger.entries import history, ledger
from ...markup import Markup, element
from ...section import Inputs, Section
from .axis import Axis
from .bars import WIDTH
from .matrix import Matrix, matrix, state_class, word
from .table import Known, steps, table

#: With more days of publication or more proposals than this, the page has no "known by".
_MOST_KNOWN, _MOST_ROWS = 24, 400


def section(inputs: Inputs) -> Section:
    """The section: a slider for the date, the colours, the table."""
    context = inputs.context
    grid = matrix(inputs.entries, history(context.dataset.package))
    published = _published(inputs)
    axis = Axis.over((*grid.moments, *published), WIDTH)
    return Section(
        anchor="ledger",
        menu="Ledger",
        heading="The state of each proposal",
        intro="The latest official answer decides the state. “No official answer” means only that the "
        "sources that were read report none. An answer that comes from an unnamed source, or that "
        "only the other side reports, is noted beside the state and does not decide it. An answer to "
        "a package does not count as an answer to its parts.",
        content=(
            _controls(published),
            _legend(grid),
            element(
                "div",
                table(context, grid, axis, _slider(axis)),
                element("div", class_="now-line", hidden=True),
                class_="scroll",
                role="region",
                tabindex=0,
                aria_label="Table of the ledger",
            ),
        ),
        data={"ledger": steps(context, grid, axis, _known(inputs, published))},
    )


def _published(inputs: Inputs) -> tuple[str, ...]:
    """The days on which a source was published, if there are not too many of them."""
    days = {row.published_latest for row in inputs.context.dataset.sources if row.published_latest}
    few = len(days) <= _MOST_KNOWN and len(inputs.entries) <= _MOST_ROWS
    return tuple(sorted(day.isoformat() for day in days)) if few else ()


def _known(inputs: Inputs, published: tuple[str, ...]) -> Iterator[Known]:
    """What was known on each day of publication but the last, when everything was known."""
    package = inputs.context.dataset.package
    for day in published:
        yield day, ledger(package, known_by=day), history(package, known_by=day)


def _slider(axis: Axis) -> Markup:
    """The choice of a date, over the axis of time; hidden until the page's program shows it."""
    return element(
        "span",
        element("small", "Drag to see the states on an earlier day"),
        element(
            "input",
            type="range",
            id="as-of",
            min=0,
            max=axis.days + 1,
            value=str(axis.days + 1),
            step=1,
            aria_label="Date of the states",
        ),
        class_="slider",
        hidden=True,
    )


#: A field for a day. Browsers show an empty date field in their own way, such as mm/dd/yyyy.
_DAY = element(
    "input",
    type="text",
    id="as-of-day",
    inputmode="numeric",
    autocomplete="off",
    maxlength=10,
    size=10,
    pattern=r"\d{4}-\d{2}-\d{2}",
    placeholder="YYYY-MM-DD",
    title="A day, such as 2008-11-05",
)


def _controls(published: tuple[str, ...]) -> Markup:
    """The date that is chosen, and the day by which the sources were published."""
    return element(
        "p",
        element("label", "States on ", _DAY, for_="as-of-day"),
        element("output", "the end of the record", id="as-of-words", for_="as-of"),
        element(
            "label",
            "Sources ",
            element(
                "select",
                element("option", "all", value=""),
                *(
                    element("option", f"only those published by {date_words(day)}", value=day)
                    for day in published
                ),
                id="known-by",
            ),
            for_="known-by",
        )
        if published
        else None,
        class_="moment-controls",
        hidden=True,
    )


def _legend(grid: Matrix) -> Markup:
    """Each colour that occurs, with a state that has it."""
    words: dict[str, str] = {}
    entries = (run.entry for row in grid.rows for run in row.runs)
    for entry in sorted(entries, key=lambda one: len(word(one))):
        words.setdefault(state_class(entry), word(entry))
    return element(
        "ul",
        *(element("li", state, class_=f"pill {name}") for name, state in words.items()),
        class_="legend",
        aria_label="Colours and marks of the ledger",
    )
