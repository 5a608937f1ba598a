"""DataCite: the record is valid by the schema that the package datacite ships."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.client


def test_the_record_is_valid(exported: Callable[..., Path]) -> None:
    """The newest JSON Schema of PyPI is that of 4.5; a record of 4.5 is one of 4.6."""
    from datacite import schema45

    record = json.loads(exported("datacite", "datacite.json").read_text("utf-8"))
    schema45.validator.validate(record)
    assert "kernel-4" in schema45.tostring(record)
    del record["creators"]
    assert not schema45.validate(record)
