"""Start a coding sheet: the sentences of an article as comments, with what can be recognised in them."""

from __future__ import annotations

import re
from calendar import day_abbr, day_name, month_abbr, month_name
from collections import Counter
from collections.abc import Iterator
from datetime import date

from ...tabular.findings import CannotRun
from ...tabular.terminal import one_line
from ..evidence import canon
from ..evidence.anchors import LONGEST, SHORTEST, Copy
from .relative_dates import Found, dates_in
from .short_words import named
from .spans import Article
from .tables import Row, Tables
from .writing import text_value

#: The longest copy for which a sheet is started, in canonical characters.
LONGEST_ARTICLE = 200_000

#: What a sheet with words of an article says at its top.
WARNING = (
    "It contains words of the article, which may be in copyright. It is for your own desk:",
    "do not publish it.",
)

_HOW = (
    "How to fill it in: read each sentence. If it gives a row, remove the # before the keys and fill",
    'them in. Delete what you do not need. Then run "shieldtalks code" with this file.',
    "",
    "  [[event]]              what happened, is planned or is threatened; an occasion of speech",
    "  [[event.proposal]]     what was put forward in it    [[event.proposal.part]]  a measure in it",
    "  [[event.answer]]       a move on a proposal          [[event.claim]]          a view",
    "  [[answer]], [[claim]]  without an occasion: the article's own voice, and standing positions",
)

#: The capital letters of the alphabets that have some.
_CAPITALS = "".join(char for char in map(chr, range(0x2000)) if char.isupper())
_CAPITAL = f"[{_CAPITALS}]"
_BIG = rf"{_CAPITAL}[\w’'-]*"
#: What can begin a sentence, and is no part of the name after it.
_NO_NAME = r"(?!(?:An?|By|In|On|At|From|But|And|If|When|As|After|Before) )"
_MORE = rf"{_CAPITAL}\.|(?:of|the|for|de|da|e|van|von) {_BIG}|{_BIG}"
_NAME = re.compile(rf"\b{_NO_NAME}{_BIG}(?: (?:{_MORE}))+")

#: A capitalised word, and one that does not begin a sentence: it follows a small letter, a digit or a
#: comma.
_ONE = rf"{_CAPITAL}[^\W\d_{_CAPITALS}]{{2,}}\b"
_WORD = re.compile(rf"(?<=[^\W_{_CAPITALS}] |, ){_ONE}(?![’'-]?\w*{_CAPITAL})")
_ANY_WORD = re.compile(rf"\b{_ONE}")
_POSSESSIVE = re.compile(r"[’']s?$")
#: How often a name of one word must be in an article to be offered.
_OFTEN = 2
_CALENDAR = frozenset((*day_name, *day_abbr, *month_name, *month_abbr, "Mrs", "Prof", "Gen"))
_WHEN = _CALENDAR | {"Last", "Next", "This", "On", "In", "Early", "Late"}


def started(tables: Tables, copy: Copy, source_id: str, published: str | None) -> str:
    """The text of a new sheet for an article. `published` is the day of publication, if it is known."""
    if len(copy.canon) > LONGEST_ARTICLE:
        message = f"the copy has {len(copy.canon)} letters and digits: that is no article"
        raise CannotRun(message, "Name the text of one article.")
    article = Article(copy)
    old = _known(tables, copy)
    published = published or (old["published_edtf"] if old else None)
    day = _day(published)
    actors = _Actors(tables)
    lines = [
        f"# {line}".rstrip()
        for line in (f"A coding sheet for {source_id or 'an article'}.", *WARNING)
    ]
    lines += ["", *(f"# {line}".rstrip() for line in _HOW), ""]
    lines += _source(old, source_id, published, copy, _codes(tables, "source-kind"))
    lines += ["", *_new_actors(actors, article, _codes(tables, "actor-kind"))]
    if day is None:
        lines += ["", "# Dates are not worked out: give the day of publication with --published."]
    for number, (text, start, end) in enumerate(article.parts, 1):
        lines += [
            "",
            *_sentence(f"{number}. {' '.join(text.split())}", start, end, copy, actors, day),
        ]
    return "\n".join(lines) + "\n"


def _known(tables: Tables, copy: Copy) -> Row | None:
    """The row of the article, if it is in the collection already."""
    digest = canon.sha256(copy.canon)
    rows = tables.old.get("sources", [])
    return next((row for row in rows if row["canon_sha256"] == digest), None)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published or "")
    except ValueError:
        return None


def _source(
    old: Row | None, source_id: str, published: str | None, copy: Copy, kinds: str
) -> list[str]:
    if old is not None:
        return ["[source]", f"id = {text_value(old['source_id'])}"]
    first = " ".join(copy.text.strip().partition("\n")[0].split())
    return [
        "[source]",
        *([f"id = {text_value(source_id)}"] if source_id else []),
        f'# kind = ""   # {kinds}',
        f"# title = {text_value(first[:300])}",
        '# publisher = ""',
        f"published = {text_value(published)}" if published else "# published = 2031-05-06",
    ]


def _codes(tables: Tables, scheme: str) -> str:
    """The codes of a vocabulary, for a comment."""
    codes = [row["code"] for row in tables.where("codes", "scheme", scheme)]
    return one_line(", ".join(codes)) or f"any text (vocabulary {scheme})"


class _Actors:
    """The actors of a collection, to be recognised by name or alias."""

    def __init__(self, tables: Tables) -> None:
        self.by_name: dict[str, str] = {}
        names = {row["actor_id"]: row["name"] for row in tables.old.get("actors", [])}
        for name in names.values():
            self.by_name.setdefault(name, name)
        self.persons = {
            row["name"]
            for row in tables.old.get("actors", [])
            if row["kind"] in ("person", "unnamed-source")
        }
        for row in tables.old.get("aliases", []):
            self.by_name.setdefault(row["alias"], names.get(row["actor_id"], row["alias"]))
        longest = sorted(filter(None, self.by_name), key=len, reverse=True)
        words = "|".join(map(re.escape, longest))
        self.pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)") if longest else None

    def within(self, text: str) -> list[str]:
        """The actors that a text names, each once. A name within a longer one does not count."""
        found = self.pattern.findall(text) if self.pattern else []
        return list(dict.fromkeys(self.by_name[name] for name in found))


def _new_actors(actors: _Actors, article: Article, kinds: str) -> Iterator[str]:
    """Names that are no actors yet, as entries to be filled in: of several words, or often there."""
    names: dict[str, None] = {}
    single: dict[str, None] = {}
    for text, _, _ in article.parts:
        if text.rstrip("\"'”’»)").endswith((".", "!", "?", "…", ",")):  # a headline is all capitals
            words = " ".join(text.split())
            found = [_POSSESSIVE.sub("", match.group()) for match in _NAME.finditer(words)]
            names |= dict.fromkeys(one for one in found if not _WHEN.issuperset(one.split()))
            single |= dict.fromkeys(match.group() for match in _WORD.finditer(words))
    # A state can begin the name of its newspaper, but a surname alone is the person named before.
    parts = {part for name in names for part in name.split()[1:]} | _CALENDAR
    there = Counter(_ANY_WORD.findall(_NAME.sub(" ", article.copy.text)))
    names |= dict.fromkeys(one for one in single if one not in parts and there[one] >= _OFTEN)
    new = [name for name in names if not actors.within(name)]
    if new:
        yield f"# Names that may be new actors. Their kind: {kinds}"
    for name in new:
        yield from ("# [[actor]]", f"# name = {text_value(name)}", '# kind = ""')


def _told(found: Found) -> str:
    coming = f" (if it is to come: {found.coming})" if found.coming else ""
    return f"{found.words.rstrip('.')} = {found.edtf}{coming}"


def _sentence(
    text: str, start: int, end: int, copy: Copy, actors: _Actors, day: date | None
) -> Iterator[str]:
    length = end - start
    yield f"# {one_line(text)}"
    who = actors.within(text)
    if who:
        yield f"#    actors: {one_line(', '.join(who))}"
    when = dates_in(text, day) if day else []
    if when:
        yield f"#    dates: {', '.join(map(_told, when))}"
    if length < SHORTEST:
        yield "#    This is too short for a passage of its own: take in words beside it."
        return
    yield "# [[event]]"
    yield '# label = ""'
    if len(when) == 1:
        yield f"# date = {text_value(when[0].edtf)}"
    if who:
        role = "speaker" if who[0] in actors.persons else "actor"
        yield f"# participants = {{ {role} = {text_value(who[0])} }}"
    if length > LONGEST:
        yield "#    This is too long for one passage: choose a part of it."
        yield f"# from = {text_value(' '.join(text.split()[:3]))}"
        yield '# to = ""'
        return
    span = named(copy.anchor(start, length), copy)
    if span.first is None or span.last is None:
        yield f"# at = [{start}, {length}]"
        return
    yield f"# from = {text_value(span.first)}"
    yield f"# to = {text_value(span.last)}"
