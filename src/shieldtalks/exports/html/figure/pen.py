"""A pen: it draws shapes that state their own colours."""

from __future__ import annotations

from dataclasses import dataclass

from ..markup import Child, Markup, element
from .colours import colours


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in the colours of one scheme; on the page, also with classes for the style sheet."""

    scheme: str = "light"
    on_page: bool = True

    def paint(self, fill: str | None, stroke: str | None = None) -> dict[str, str]:
        """The attributes of a colour to fill with and a colour of the line, by name.

        On the page, what every reader of SVG assumes, and what the style sheet says, is left out.
        """
        known = colours(self.scheme)
        names = [f"f-{fill}"] * bool(fill) + [f"s-{stroke}"] * bool(stroke)
        painted = {
            "fill": known[fill] if fill else "none",
            "stroke": known[stroke] if stroke else "none",
        }
        if not self.on_page:
            return painted
        if not stroke:
            del painted["stroke"]
        return painted | ({"class_": " ".join(names)} if names else {})

    def text(
        self,
        content: Child,
        x: float,
        y: float,
        colour: str = "ink",
        *,
        size: float = 13,
        end: str | None = None,
        bold: bool = False,
    ) -> Markup:
        """A line of text. `end` is the text-anchor: middle or end."""
        return element(
            "text",
            content,
            x=float(x),
            y=float(y),
            font_family=None if self.on_page else "sans-serif",
            font_size=size,
            font_weight="bold" if bold else None,
            text_anchor=end,
            **self.paint(colour),
        )

    def path(
        self,
        outline: str,
        stroke: str | None = None,
        *,
        fill: str | None = None,
        width: float = 1.5,
        dashes: str | None = None,
    ) -> Markup:
        """A line or a shape."""
        return element(
            "path",
            d=outline,
            stroke_width=width if stroke else None,
            stroke_dasharray=dashes,
            stroke_linejoin="round" if stroke and not self.on_page else None,
            **self.paint(fill, stroke),
        )

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        stroke: str | None = None,
        round_: float = 0,
        dashes: str | None = None,
    ) -> Markup:
        """A rectangle."""
        return element(
            "rect",
            x=float(x),
            y=float(y),
            width=float(width),
            height=float(height),
            rx=round_ or None,
            stroke_dasharray=dashes,
            **self.paint(fill, stroke),
        )
