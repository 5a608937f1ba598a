"""The encoding of a text file, found in its bytes. The file is read once, and nothing of it is kept."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..reading import open_regular
from .alphabets import SEVERAL_BYTES
from .guess import CERTAIN, LIKELY, UNCERTAIN, Certainty, quoted

_CHUNK = 1 << 20
#: Bytes that are decoded at once: so many fit into the caches of a processor.
_PIECE = 1 << 17

#: The marks at the start of a file, the longer ones first, with the encoding that each shows.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: Bytes that are control characters in Latin-1, and those of them that Windows-1252 does not have.
_UPPER_CONTROLS = frozenset(range(0x80, 0xA0))
_NOT_IN_1252 = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))

_ASCII = bytes(range(0x80))

#: The bytes of each chunk, and of all, that are looked at to find the encoding, and those of a long line.
_SAMPLE, _WHOLE_SAMPLE, _LINE = 1 << 13, 1 << 16, 1 << 11

#: So much more likely than the next one (as a logarithm) is an encoding that is no guess, and
#: so unlikely is a character on average in a text that is none.
_CLEAR, _NO_TEXT = 3.0, 9.0

#: Encodings with more characters than another, which they contain.
_LARGER = {"shift_jis": "cp932", "euc-kr": "cp949"}

_BEYOND = re.compile(rb"[\x80-\xff]")

#: Characters beyond ASCII as UTF-8 has them.
_PAIRED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file, as a descriptor names it."""

    name: str
    evidence: str
    certainty: Certainty = CERTAIN
    #: Whether the file starts with a byte order mark.
    has_mark: bool = False

    @property
    def codec(self) -> str:
        """The codec with which Python reads the file."""
        return "utf-8-sig" if self.name == "utf-8" else self.name


def encoding_of(file: Path) -> Encoding:
    """The encoding of a file. Raises OSError if the file cannot be read."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_ascii = True
    with open_regular(file) as stream:
        start = stream.read(4096)
        found = _by_mark(start) or _by_zeros(start)
        if found is not None:
            return found
        chunk = start + stream.read(_CHUNK)
        while chunk:
            is_ascii = is_ascii and chunk.isascii()
            if not _decodes(decoder, chunk):
                break
            chunk = stream.read(_CHUNK)
        if is_ascii:
            return Encoding("utf-8", "every byte is plain ASCII, which UTF-8 contains")
        if not chunk and _decodes(decoder, b"", final=True):
            return Encoding("utf-8", "all bytes are valid UTF-8")
        stream.seek(0)
        return _by_letters(stream)


def _by_letters(stream: IO[bytes]) -> Encoding:
    """The encoding of a file that is not UTF-8, by the bytes that it has."""
    high, paired, sample = [0] * 256, 0, bytearray()
    is_first = True
    while chunk := stream.read(_CHUNK):
        if not chunk.isascii():
            _count_high(chunk, high)
            paired += sum(map(len, _PAIRED.findall(chunk)))
            if len(sample) < _WHOLE_SAMPLE:
                sample += _lines_beyond(chunk, is_first=is_first)
        is_first = False
    return _mixed(high, paired) or _by_words(stream, bytes(sample), high)


def _lines_beyond(chunk: bytes, *, is_first: bool) -> bytes:
    """Some of the lines that have bytes beyond ASCII. A line that is cut is left out if there are others."""
    every = chunk.splitlines()
    whole = every[not is_first : len(every) if chunk.endswith((b"\n", b"\r")) else -1]
    lines = every if all(map(bytes.isascii, whole)) else whole
    found = bytearray()
    for line in lines:
        if len(found) >= _SAMPLE:
            break
        if not line.isascii() and (first := _BEYOND.search(line)) is not None:
            start = max(first.start() - _LINE // 2, 0)
            found += line[start : first.start() + _LINE] + b"\n"
    return bytes(found)


def _by_words(stream: IO[bytes], sample: bytes, high: list[int]) -> Encoding:
    """The encoding in which the words beyond ASCII are those of a language."""
    from .readings import differing, readings

    every = readings(sample)
    # Windows-1252 is the most usual one by far, so another must be clearly better.
    usual = next(one for one in every if one.encoding == "windows-1252")
    least = min(one.cost for one in every)
    best = usual if every[0].words != usual.words and usual.cost - least < _CLEAR else every[0]
    name, fault = _named(stream, best.encoding, high)
    words = quoted(best.example)
    evidence = f"it is not UTF-8; as {name}, it has words such as {words}"
    best_cost = min(one.cost for one in every if one.words == best.words)
    other = next(one for one in every if one.words != best.words)
    count = sum(not char.isascii() for word in best.words for char in word)
    if fault:
        advice = "perhaps it is another encoding; look at the words"
        return Encoding(name, f"{evidence}, but {fault}; {advice}", UNCERTAIN)
    if other.cost - best_cost < _CLEAR or best_cost > _NO_TEXT * max(count, 1):
        first, second = differing(best, other)
        words = f"as {name}, it has words such as {quoted(first)}"
        advice = f"{words}, and as {other.encoding}, {quoted(second)}; look which is right"
        return Encoding(name, f"it is not UTF-8; {advice}", UNCERTAIN)
    return Encoding(name, evidence, LIKELY)


def _named(stream: IO[bytes], name: str, high: list[int]) -> tuple[str, str]:
    """The encoding that has all bytes of a file, and what is wrong if it does not have all; else ""."""
    fault = "some bytes are no characters in it"
    if name in SEVERAL_BYTES:
        for one in filter(None, (name, _LARGER.get(name))):
            if _is_all(stream, one):
                return one, ""
        return name, fault
    used = {byte for byte in range(0x80, 0x100) if high[byte]}
    if name == "windows-1252" and not used & _UPPER_CONTROLS:
        return "iso-8859-1", ""
    if name == "windows-1252" and used & _NOT_IN_1252:
        return "iso-8859-1", "some bytes are no characters in Windows-1252 either"
    try:
        bytes(used).decode(name)
    except UnicodeDecodeError:
        return name, fault
    return name, ""


def _is_all(stream: IO[bytes], name: str) -> bool:
    """Whether a whole file can be decoded."""
    decoder = codecs.getincrementaldecoder(name)()
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        if not _decodes(decoder, chunk, final=False):
            return False
    return _decodes(decoder, b"", final=True)


def _by_mark(start: bytes) -> Encoding | None:
    for mark, name in _MARKS:
        if start.startswith(mark):
            shown = name.upper()
            return Encoding(
                name, f"the file starts with the byte order mark of {shown}", CERTAIN, True
            )
    return None


def _by_zeros(start: bytes) -> Encoding | None:
    """UTF-16 without a mark: in a text of mostly plain letters, every second byte is zero."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = max(len(start) // 2, 1)
    if odd > half * 0.6 and even < half * 0.1:
        return Encoding("utf-16-le", "nearly every second byte is zero", LIKELY)
    if even > half * 0.6 and odd < half * 0.1:
        return Encoding("utf-16-be", "nearly every second byte is zero", LIKELY)
    return None


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        for start in range(0, len(chunk), _PIECE):
            decoder.decode(chunk[start : start + _PIECE])
        decoder.decode(b"", final)
    except UnicodeDecodeError:
        return False
    return True


def _count_high(chunk: bytes, high: list[int]) -> None:
    """Count each byte beyond ASCII."""
    for byte, count in Counter(chunk.translate(None, _ASCII)).items():
        high[byte] += count


def _mixed(high: list[int], paired: int) -> Encoding | None:
    """UTF-8, if nearly all characters beyond ASCII are whole in it, but a few bytes are none."""
    total = sum(high)
    if paired < 0.8 * total:
        return None
    what = f"{paired} of {total} bytes beyond ASCII are UTF-8, and the others are not"
    why = "perhaps parts of the file have another encoding: `shieldtalks validate` shows the lines"
    return Encoding("utf-8", f"{what}; {why}", UNCERTAIN)
