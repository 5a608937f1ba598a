"""The type `string`: any text, or a text of one of the named formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .base import FieldType, Form

_ATOM = r"""[^][@ \t\n"(),.:;<>\\]+"""
_LABEL = "[A-Za-z0-9\u00a1-\uffff]([A-Za-z0-9\u00a1-\uffff-]*[A-Za-z0-9\u00a1-\uffff])?"
#: An e-mail address.
EMAIL = rf"{_ATOM}(\.{_ATOM})*@({_LABEL}\.)+[A-Za-z]{{2,63}}"
#: An address with its scheme.
URI = r"[A-Za-z][A-Za-z0-9+.-]*:[^ ]+"
_BASE64 = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


class String(FieldType):
    """Texts."""

    name = "string"
    forms: ClassVar[Mapping[str, Form]] = {
        "default": Form("", "a string"),
        "email": Form(EMAIL, "an email"),
        "uri": Form(URI, "a uri"),
        "uuid": Form(_UUID, "a uuid"),
        "binary": Form(_BASE64, "a text in base64"),
    }
    allows_blanks = True

    @property
    def is_plain(self) -> bool:
        """True: a text is its own value, whatever its format."""
        return True


TYPE = String
