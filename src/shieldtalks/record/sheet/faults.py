"""The faults of a coding sheet: each is a finding with the line of the sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...tabular.findings import Finding, shortened
from .lines import Lines, Path

#: The name of the rule in the findings of a sheet.
RULE = "sheet"

#: From this number of faults on, a fault has no "did you mean".
MANY = 200


@dataclass(slots=True)
class Faults:
    """The faults of one sheet, collected while it is read."""

    lines: Lines
    found: list[Finding] = field(default_factory=list)
    _seen: set[Finding] = field(default_factory=set)

    @property
    def are_many(self) -> bool:
        """Whether there are so many that looking for the name that was meant takes too long."""
        return len(self.found) >= MANY

    def add(
        self, path: Path, message: str, hint: str | None = None, value: str | None = None
    ) -> None:
        """Add a fault of the value at a path."""
        finding = Finding(
            rule=RULE,
            message=message,
            hint=hint,
            file=self.lines.file,
            line=self.lines.at(path),
            field=next((key for key in reversed(path) if isinstance(key, str)), None),
            value=shortened(value),
        )
        if finding not in self._seen:
            self._seen.add(finding)
            self.found.append(finding)
