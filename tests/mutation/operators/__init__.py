"""The mutation operators: each a way in which a curator errs, and what the checks must make of it."""

# isort: off
from .base import OPERATORS, Operator
from . import codes, links, gaps, dates, numbers, text, places, rows, headers, files
# isort: on

__all__ = [
    "OPERATORS",
    "Operator",
    "codes",
    "dates",
    "files",
    "gaps",
    "headers",
    "links",
    "numbers",
    "places",
    "rows",
    "text",
]
