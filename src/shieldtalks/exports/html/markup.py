"""HTML and SVG as values: text from the data stays text and never becomes markup."""

from __future__ import annotations

import re
from html import escape

#: What HTML does not allow, even escaped: control characters, surrogates, noncharacters.
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

#: Words of Hebrew, Arabic and other scripts that are written from right to left, with what is between them
#: and the marks at their end. A number after such a name would otherwise go to the left of it.
_R = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_RIGHT_TO_LEFT = re.compile(f"{_R}(?:[^A-Za-z]*{_R})*[.!?]?")
_LATIN = re.compile("[A-Za-z]")

#: Elements without content.
_VOID = frozenset({"br", "col", "hr", "input", "link", "meta"})

#: Elements that end where the next one, or their parent, says so. Their many end tags are left out.
_ENDLESS = frozenset({"dd", "dt", "li", "option", "tbody", "td", "th", "thead", "tr"})


class Markup(str):
    """Finished HTML or SVG. Any other string is text and is escaped when it is put into an element."""

    __slots__ = ()


#: What an element can contain: text, markup, nothing.
Child = str | None


def text(value: str) -> Markup:
    """A string as text of a document. What HTML does not allow becomes U+FFFD."""
    return _escaped(isolated(value))


def _escaped(value: str) -> Markup:
    return Markup(escape(_FORBIDDEN.sub("\ufffd", value), quote=False))


def isolated(value: str) -> str:
    """A string in which words that are written from right to left do not move what is beside them."""
    if not _LATIN.search(value):  # a whole label, with its numbers
        return f"\u2068{value}\u2069" if _RIGHT_TO_LEFT.search(value) else value
    return _RIGHT_TO_LEFT.sub("\u2068\\g<0>\u2069", value)


def join(*children: Child) -> Markup:
    """The children, one after the other."""
    return Markup(
        "".join(child if isinstance(child, Markup) else text(child) for child in children if child)
    )


def element(name: str, /, *children: Child, **attributes: str | float | bool | None) -> Markup:
    """An element. `class_` means `class`, `aria_label` means `aria-label`; None and False are left out."""
    attribute_text = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{_value(value)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Markup(f"<{name}{attribute_text}>")
    if name in _ENDLESS:
        return Markup(f"<{name}{attribute_text}>{join(*children)}")
    return Markup(f"<{name}{attribute_text}>{join(*children)}</{name}>")


def _value(value: str | float) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return Markup(_escaped(str(value)).replace('"', "&quot;"))


def link(record_id: str, *children: Child, **attributes: str | None) -> Markup:
    """A link to a record of this page."""
    return element("a", *(children or (record_id,)), href=f"#{record_id}", **attributes)


def outward(address: str | None, *children: Child) -> Markup:
    """A link to another page. An address that is not http(s) stays text."""
    if address is None or not re.match(r"https?://", address):
        return join(*(children or (address,)))
    return element("a", *(children or (address,)), href=address, rel="noreferrer")


def data_block(kind: str, content: str, name: str | None = None) -> Markup:
    """Data for a program, escaped so that it cannot end its element."""
    safe = content.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return element("script", Markup(safe), type=kind, id=name)
