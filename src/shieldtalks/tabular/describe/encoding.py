"""The encoding of a text file, found in its bytes. The file is read once, and nothing of it is kept."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..reading import open_regular
from .guess import CERTAIN, LIKELY, UNCERTAIN, Certainty

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
#: The letters of ASCII that are the most frequent ones.
_LETTERS = b"aeioutnrsAEIOUTNRS"


#: Bytes that are signs in Windows-1252, such as quotes, which are not in the middle of words
#: (an apostrophe and dashes may be), and the same between letters.
_SIGNS = frozenset(range(0x80, 0xA0)) - frozenset(
    (0x8A, 0x8C, 0x8E, 0x92, 0x96, 0x97, 0x9A, 0x9C, 0x9E, 0x9F)
)
_IN_WORDS = re.compile(
    rb"(?<=[A-Za-z\x80-\xff])[\x80-\x89\x8b\x8d\x8f-\x91\x93-\x95\x98\x99\x9b\x9d](?=[A-Za-z\x80-\xff])"
)

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
    high, letters, odd, paired = [0] * 256, 0, 0, 0
    while chunk := stream.read(_CHUNK):
        if not chunk.isascii():
            letters += _count_high(chunk, high)
            odd += len(_IN_WORDS.findall(chunk))
            paired += sum(map(len, _PAIRED.findall(chunk)))
    return _mixed(high, paired) or _one_byte(high, letters, odd)


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


def _count_high(chunk: bytes, high: list[int]) -> int:
    """Count each byte beyond ASCII, and return how many letters of ASCII there are."""
    for byte, count in Counter(chunk.translate(None, _ASCII)).items():
        high[byte] += count
    return len(chunk) - len(chunk.translate(None, _LETTERS))


def _mixed(high: list[int], paired: int) -> Encoding | None:
    """UTF-8, if nearly all characters beyond ASCII are whole in it, but a few bytes are none."""
    total = sum(high)
    if paired < 0.8 * total:
        return None
    what = f"{paired} of {total} bytes beyond ASCII are UTF-8, and the others are not"
    why = "perhaps parts of the file have another encoding: `shieldtalks validate` shows the lines"
    return Encoding("utf-8", f"{what}; {why}", UNCERTAIN)


def _one_byte(high: list[int], letters: int, odd: int) -> Encoding:
    """An encoding with one byte for each character, by the bytes that are used."""
    used = {byte for byte in range(0x80, 0x100) if high[byte]}
    foreign = sum(high[0xC0:])
    if foreign > 2 * letters:
        evidence = "it is not UTF-8, and most letters are beyond ASCII; look at the words to see if this fits"
        return Encoding("windows-1251", evidence, UNCERTAIN)
    if used & _UPPER_CONTROLS and not used & _NOT_IN_1252:
        example = bytes([min(used & _UPPER_CONTROLS)]).decode("windows-1252")
        if 2 * odd > sum(high[byte] for byte in _SIGNS):
            evidence = (
                f'it is not UTF-8, and as Windows-1252 it has signs such as "{example}" in words'
            )
            other = "perhaps it is another encoding, such as cp850 or shift_jis; look at the words"
            return Encoding("windows-1252", f"{evidence}; {other}", UNCERTAIN)
        evidence = (
            f'it is not UTF-8, and has characters such as "{example}", which Latin-1 does not have'
        )
        return Encoding("windows-1252", evidence, LIKELY)
    if used & _NOT_IN_1252:
        evidence = "it is not UTF-8, and some bytes are no characters in Windows-1252 either"
        return Encoding("iso-8859-1", evidence, UNCERTAIN)
    shown = bytes(sorted(used)[:5]).decode("iso-8859-1")
    evidence = (
        f'it is not UTF-8; as Latin-1, its characters beyond ASCII are letters such as "{shown}"'
    )
    return Encoding("iso-8859-1", evidence, LIKELY)
