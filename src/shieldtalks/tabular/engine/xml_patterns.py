r"""Patterns of Table Schema, which are regular expressions of XML Schema, for Python and RE2.

XML Schema's `\w`, `\d`, `\s` and `.` mean other characters than Python's or RE2's, and it has
classes that they lack (`\i`, `\c`, `[a-z-[aeiou]]`). `translated` writes such a pattern with plain
sets of characters, so that it means the same on every engine.

What XML Schema does not have, but people write, is read as long as it can mean only one thing: `^` and
`$` at the ends, `(?:...)`, named groups, lazy repetitions, `(?i)` at the start, `\x41`, `\u0041`,
comments. Everything else is refused, because Python, RE2 and XML Schema read it in different ways.
"""

from __future__ import annotations

import re
from functools import lru_cache

from . import characters
from .characters import Ranges
from .patterns import MOST_TIMES, PatternError


class NotAPattern(PatternError):
    """A text that neither XML Schema nor Python can read as a regular expression."""


_QUANTITY = re.compile(r"\{([0-9]{1,9})(,([0-9]{0,9}))?\}")
_NAMED = re.compile(r"\?P?<[A-Za-z_]\w*>")
_CODE = re.compile(r"x\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "a": "\a"}
_STARTS, _ENDS = {"^", r"\A"}, {"$", r"\Z", r"\z"}

#: The deepest nesting of groups. RE2 allows 1,000.
_DEEPEST = 200


@lru_cache(maxsize=4096)
def translated(pattern: str) -> str:
    """A pattern as both Python and RE2 read it, for a match of a whole value.

    Raises NotAPattern if it is no regular expression, PatternError if it is not supported.
    """
    return _Translator(pattern).run()


class _Translator:
    """Reads one pattern from left to right, and writes it anew."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._depth = 0
        #: The most repetitions of a part of the current group, those inside it included.
        self._times = 1

    def run(self) -> str:
        flags = self._flags()
        result, _ = self._alternatives(first=True)
        if self._at < len(self._text):
            raise NotAPattern("a parenthesis is closed that was never opened")
        return flags + result

    def _flags(self) -> str:
        if self._text.startswith("(?i)"):
            self._at = 4
            return "(?i)"
        return ""

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _alternatives(self, *, first: bool) -> tuple[str, bool]:
        """The alternatives up to a closing parenthesis, and whether one ends with an end anchor."""
        branches, ends = [], False
        while True:
            branch, ended = self._branch(first=first)
            branches.append(branch)
            ends = ends or ended
            if self._next() != "|":
                return "|".join(branches), ends
            self._at += 1

    def _branch(self, *, first: bool) -> tuple[str, bool]:
        parts: list[str] = []
        ended = False
        while self._at < len(self._text) and self._next() not in "|)":
            anchor = self._anchor()
            if anchor in _STARTS and not (first and not parts):
                raise _unclear(anchor)
            if anchor:
                ended = ended or anchor in _ENDS
                continue
            if self._text.startswith("(?#", self._at):
                self._comment()
                continue
            piece, closes = self._piece(first=first and not parts)
            if ended:
                raise _unclear("$")
            ended = closes
            parts.append(piece)
        return "".join(parts), ended

    def _anchor(self) -> str:
        """The anchor at this place, which is then read; "" if there is none."""
        for anchor in _STARTS | _ENDS:
            if self._text.startswith(anchor, self._at):
                self._at += len(anchor)
                if self._next() and self._next() in "?*+":
                    raise _unclear(anchor)
                return anchor
        return ""

    def _comment(self) -> None:
        end = self._text.find(")", self._at)
        if end < 0:
            raise NotAPattern("a comment is never closed")
        self._at = end + 1

    def _piece(self, *, first: bool) -> tuple[str, bool]:
        start, char = self._at, self._next()
        ends, before, self._times = False, self._times, 1
        if char == "(":
            atom, ends = self._group(first=first)
        elif char in "?*+" or _QUANTITY.match(self._text, self._at):
            raise NotAPattern(f"there is nothing to repeat at character {start + 1}")
        else:
            atom = self._atom()
        anchored = ends or (first and char == "(" and self._begins_with_anchor(start))
        quantifier = self._quantifier()
        if quantifier and anchored:
            raise _unclear("^")
        self._times = max(before, self._times)
        return atom + quantifier, ends

    def _begins_with_anchor(self, start: int) -> bool:
        group = self._text[start : self._at]
        return re.search(r"(?:^|[^\\])[(|](?:\?:)?(?:\^|\\A)", group) is not None

    def _group(self, *, first: bool) -> tuple[str, bool]:
        self._at += 1
        named = _NAMED.match(self._text, self._at)
        opening = "("
        if named:
            self._at = named.end()
        elif self._text.startswith("?:", self._at):
            self._at += 2
            opening = "(?:"
        elif self._next() == "?":
            raise PatternError(f'XML Schema has no "({self._text[self._at : self._at + 2]}"')
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PatternError(f"more than {_DEEPEST} groups inside each other")
        inner, ends = self._alternatives(first=first)
        if self._next() != ")":
            raise NotAPattern("a parenthesis is never closed")
        self._at += 1
        self._depth -= 1
        return f"{opening}{inner})", ends

    def _quantifier(self) -> str:
        char = self._next()
        if char and char in "?*+":
            found = char
        elif self._text.startswith("{,", self._at):
            raise PatternError('"{,n}" means different things to different programs; write "{0,n}"')
        else:
            quantity = _QUANTITY.match(self._text, self._at)
            if quantity is None:
                return ""
            found = quantity.group()
            self._check_quantity(int(quantity[1]), int(quantity[3] or quantity[1]))
        self._at += len(found)
        if self._next() == "?":  # lazy, which makes no difference to a match of the whole value
            self._at += 1
        following = self._next()
        if following == "+":
            raise PatternError("possessive repetitions are not part of XML Schema")
        if (following and following in "?*") or _QUANTITY.match(self._text, self._at):
            raise NotAPattern(f"two repetitions follow each other at character {self._at + 1}")
        return found

    def _check_quantity(self, low: int, high: int) -> None:
        if high < low:
            raise NotAPattern(f"{{{low},{high}}}: the first number is greater than the second")
        self._times *= max(high, 1)
        if self._times > MOST_TIMES:
            raise PatternError(f"more than {MOST_TIMES} repetitions")

    def _atom(self) -> str:
        char = self._next()
        if char == "[":
            return self._set()
        if char == "\\":
            ranges = self._escape()
            is_char = len(ranges) == 1 and ranges[0][0] == ranges[0][1]
            return _literal(chr(ranges[0][0])) if is_char else characters.written(ranges)
        self._at += 1
        if char == ".":
            return "[^\\n\\r]"
        return _literal(char)

    def _escape(self) -> Ranges:
        """The characters of the escape at this place."""
        letter = self._text[self._at + 1 : self._at + 2]
        self._at += 2
        if not letter:
            raise NotAPattern("it ends with a backslash")
        if letter in "pP":
            return self._category(letter)
        code = _CODE.match(self._text, self._at - 1)
        if code:
            self._at = code.end()
            return self._code(int(next(filter(None, code.groups())), 16))
        if letter in _CONTROLS:
            return self._code(ord(_CONTROLS[letter]))
        known = characters.escape(letter) if letter in "sdwicSDWIC" else None
        if known is not None:
            return known
        if letter.isascii() and letter.isalnum():
            raise PatternError(f'XML Schema has no "\\{letter}"')
        return self._code(ord(letter))

    @staticmethod
    def _code(code: int) -> Ranges:
        if code == 0 or code > characters.LAST or 0xD800 <= code <= 0xDFFF:
            raise PatternError(f"U+{code:04X} is not a character of a text")
        return ((code, code),)

    def _category(self, letter: str) -> Ranges:
        match = re.compile(r"\{([^{}]*)\}").match(self._text, self._at)
        if match is None:
            raise PatternError(f'XML Schema has no "\\{letter}" without braces')
        self._at = match.end()
        known = characters.category(match[1])
        if known is None:
            what = "block" if match[1].startswith("Is") else "class"
            raise PatternError(f'the {what} of characters "{match[1]}" is not supported')
        return known if letter == "p" else characters.complement(known)

    def _set(self) -> str:
        """The set of characters at this place: as it is written if that is plain, else as ranges."""
        start = self._at
        ranges = self._ranges()
        source = self._text[start : self._at]
        return source if _PLAIN_SET.fullmatch(source) else characters.written(ranges)

    def _ranges(self) -> Ranges:
        self._at += 1
        negated = self._next() == "^"
        self._at += negated
        found: list[tuple[int, int]] = []
        removed: Ranges = ()
        is_first = True
        while self._next() != "]" or is_first:
            if not self._next():
                raise NotAPattern("a set of characters is never closed")
            if self._text.startswith("-[", self._at) and not is_first:
                self._at += 1
                removed = self._ranges()
                if self._next() != "]":
                    raise PatternError('a set that is subtracted must be the last: "[a-z-[aeiou]]"')
                break
            found += self._member()
            is_first = False
        self._at += 1
        ranges = characters.merged(found)
        ranges = characters.complement(ranges) if negated else ranges
        return characters.without(ranges, removed) if removed else ranges

    def _member(self) -> Ranges:
        """One character, range or class inside a set."""
        low = self._one()
        is_range = self._next() == "-" and self._text[self._at + 1 : self._at + 2] not in ("]", "[")
        if not is_range:
            return low
        if len(low) != 1 or low[0][0] != low[0][1]:
            raise PatternError('write "\\-" for a hyphen after a class of characters')
        self._at += 1
        high = self._one()
        if len(high) != 1 or high[0][0] != high[0][1]:
            raise NotAPattern("a range of characters ends with a class")
        if high[0][0] < low[0][0]:
            said = f"{chr(low[0][0])}-{chr(high[0][0])}"
            raise NotAPattern(f"the range {said} has its ends in the wrong order")
        return ((low[0][0], high[0][0]),)

    def _one(self) -> Ranges:
        char = self._next()
        if char == "\\":
            return self._escape()
        if char == "[" and self._text[self._at + 1 : self._at + 2] in (":", ".", "="):
            raise PatternError('XML Schema has no "[:...:]"; write the characters, or "\\p{L}"')
        if not char:
            raise NotAPattern("a set of characters is never closed")
        self._at += 1
        return ((ord(char), ord(char)),)


#: Sets that Python, RE2 and XML Schema read alike.
_PLAIN_SET = re.compile(
    r"(?!.*~~)\[\^?(?:[A-Za-z0-9](?:-[A-Za-z0-9])?|[ _:/#,;.=+@%!?*~'\"<>(){}$])+-?\]"
)


def _literal(char: str) -> str:
    """A single character outside a set."""
    if char in "\\.?*+()|[]{}^$":
        return "\\" + char
    return f"\\x{ord(char):02x}" if ord(char) < 0x20 or ord(char) == 0x7F else char


def _unclear(anchor: str) -> PatternError:
    return PatternError(
        f'"{anchor}" inside a pattern means different things to different programs; '
        "a pattern always matches the whole value"
    )
