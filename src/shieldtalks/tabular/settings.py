"""The level of each rule: `error`, `warning` or `off`, from options and from a settings file."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from .findings import CannotRun
from .nearest import nearest
from .reading import TooLong, read_bytes

#: The levels of a rule.
LEVELS = ("error", "warning", "off")

#: The rules that the standard does not have. They are warnings, unless the profile says otherwise.
EXTRA = frozenset({"blanks", "bom", "blank-row", "line-end", "control-character"})

#: The source of a level that was chosen on the command line.
_OPTION = "--set"

#: The largest settings file, in bytes.
_LARGEST = 1 << 20


class Settings(NamedTuple):
    """The levels that somebody chose, each with its source, and whether warnings count as errors."""

    levels: Mapping[str, str] = MappingProxyType({})
    #: The source of each level: a file, or the option.
    sources: Mapping[str, str] = MappingProxyType({})
    strict: bool = False
    #: The file that was used; None if there is none.
    file: Path | None = None

    def with_options(self, given: Iterable[str], *, strict: bool) -> Settings:
        """The settings with `RULE=LEVEL` options, which count more. Raises CannotRun for a slip."""
        levels, sources = dict(self.levels), dict(self.sources)
        for pair in given:
            rule, equals, level = pair.partition("=")
            if not equals or not rule:
                raise CannotRun(f'--set takes RULE=LEVEL, such as blanks=off, not "{pair}"')
            levels[rule], sources[rule] = _level(rule, level, _OPTION), _OPTION
        return Settings(levels, sources, self.strict or strict, self.file)

    def check(
        self, known: Collection[str], fixed: Collection[str], *, complete: bool = True
    ) -> list[str]:
        """Raise CannotRun if a rule does not exist, or is `fixed`, so that it is always an error.

        Unless `known` is complete, a settings file may name other rules: one file serves several
        commands, with and without --rules. Returns one sentence about each of them.
        """
        unused = []
        for rule, level in self.levels.items():
            where = self.sources[rule]
            is_slip = nearest(rule, known, alike=0.85) is not None
            if rule not in known and not (complete or is_slip or where == _OPTION):
                unused.append(f'{where}: the level of "{rule}" has no effect without --rules')
                continue
            if rule not in known:
                raise CannotRun(f'{where}: there is no rule "{rule}"', _hint(rule, known))
            if rule in fixed and level != "error":
                others = ", ".join(sorted(set(known) - set(fixed)))
                raise CannotRun(
                    f'{where}: "{rule}" is a rule of the standard, so it is always an error',
                    f"You can set these rules: {others}.",
                )
        return unused


def find(folders: Iterable[Path]) -> Settings:
    """The settings of the first folder that has some: in shieldtalks.toml or in pyproject.toml.

    Raises CannotRun if the file cannot be read, or if a level in it does not exist.
    """
    for folder in folders:
        own, project = folder / "shieldtalks.toml", folder / "pyproject.toml"
        if os.path.lexists(own):
            return _settings(_read(own), own)
        if os.path.lexists(project):
            tools = _read(project).get("tool")
            table = tools.get("shieldtalks") if isinstance(tools, dict) else None
            if isinstance(table, dict):
                return _settings(table, project)
    return Settings()


def _read(file: Path) -> dict[str, Any]:
    import tomllib  # few packages have a settings file

    from . import toml

    text = ""
    try:
        text = read_bytes(file, _LARGEST).decode("utf-8")
        return toml.loads(text)
    except OSError as error:
        message = f"the settings in {file} cannot be read ({error.strerror or error})"
        raise CannotRun(message, "Put a regular file there, or remove it.") from error
    except TooLong as error:
        raise CannotRun(f"{file} is larger than {_LARGEST >> 20} MiB") from error
    except tomllib.TOMLDecodeError as error:
        from .parser_words import toml_words

        told = toml_words(error, text)
        message = f"{file}:{told.line}: {told.with_column}"
        raise CannotRun(message, told.hint or "Correct the line.") from error
    except (ValueError, RecursionError) as error:
        raise CannotRun(f"{file} is not valid TOML ({error})") from error


def _settings(table: Mapping[str, Any], file: Path) -> Settings:
    """The settings in a table: one key per rule, and `strict`. The rules can be in a table `rules`."""
    strict = table.get("strict", False)
    if not isinstance(strict, bool):
        raise CannotRun(f"{file}: strict must be true or false")
    inner = table.get("rules", {})
    pairs = {name: value for name, value in table.items() if name not in ("strict", "rules")}
    pairs |= inner if isinstance(inner, dict) else {"rules": inner}
    levels = {rule: _level(rule, level, str(file)) for rule, level in pairs.items()}
    return Settings(levels, dict.fromkeys(levels, str(file)), strict, file)


def _level(rule: str, level: Any, where: str) -> str:
    if level not in LEVELS:
        message = f'{where}: there is no level "{level}" (for the rule "{rule}")'
        raise CannotRun(message, _hint(str(level), LEVELS))
    return str(level)


def _hint(name: str, known: Collection[str]) -> str:
    near = nearest(name, known)
    return f'Did you mean "{near}"?' if near else f"Known: {', '.join(sorted(known))}."
