"""What opens files that are not delimited text, by the ending of their names."""

from __future__ import annotations

from .collect import Opener

#: The openers, each by its ending in small letters.
OPENERS: dict[str, Opener] = {}
