"""Texts that were written as UTF-8, read in another encoding by mistake, and written as UTF-8 again."""

from __future__ import annotations

import re

#: Two characters that are the two bytes of one in UTF-8, as Windows-1252 has them.
_PAIR = re.compile(r"[ÃÂÄÅ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]")
_BEFORE, _AFTER = re.compile(r"\w*\Z"), re.compile(r"\w*")
#: The most characters before and after them that are shown.
_MOST = 20


def twice_encoded(text: str) -> tuple[str, str] | None:
    """The first word that was encoded twice, and the word that was meant; None if there is none."""
    for found in _PAIR.finditer(text):
        before = _BEFORE.search(text, max(0, found.start() - _MOST), found.start())
        after = _AFTER.match(text, found.end(), found.end() + _MOST)
        word = (before[0] if before else "") + found[0] + (after[0] if after else "")
        try:
            meant = word.encode("windows-1252").decode("utf-8")
        except UnicodeError:
            continue
        if meant.isprintable() and any(char.isalpha() and not char.isascii() for char in meant):
            return word, meant
    return None
