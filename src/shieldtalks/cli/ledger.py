"""`shieldtalks ledger`."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.findings import CannotRun
from ..tabular.terminal import style
from . import complete
from .common import announce, note, package_argument

if TYPE_CHECKING:
    from ..record.dataset import Dataset
    from ..record.ledger.entries import Answer, Entry

#: The width of the table where there is no terminal, and the most it takes of a wide one.
_USUAL, _WIDEST = 100, 150

_HEADS = ("id", "made", "proposal", "from, to", "what became of it")
_SHARES = (1, 2, 5, 3, 7)


@click.command(name="ledger")
@package_argument
@click.option("--as-of", metavar="DATE", help="What had been done by this day (event time).")
@click.option("--known-by", metavar="DATE", help="What had been published by this day.")
@click.option(
    "--actor",
    metavar="ID",
    help="Only where this actor (or name) has a part.",
    shell_complete=complete.actors,
)
@click.option(
    "--measure",
    metavar="CODE",
    help="Only proposals of this measure.",
    shell_complete=complete.measures,
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="How the result is written.",
)
def command(
    package: Path | None,
    as_of: str | None,
    known_by: str | None,
    actor: str | None,
    measure: str | None,
    form: str,
) -> None:
    """Say what became of each proposal, all told or on a day.

    DATE is a day, a month or a year (2008-11-05, 2008-11, 2008); of a month or year it is the last
    day. The latest official move decides; an anonymous one, or one told by the other side, is noted.

    \b
    Examples:
      shieldtalks ledger
      shieldtalks ledger --as-of 2008-12-01
      shieldtalks ledger --actor Poland --format csv
    """
    from ..record.dataset import load
    from ..record.installed import meant
    from ..record.ledger.entries import day
    from ..tabular.files import STDOUT, write_text

    first, second = day(as_of), day(known_by)
    dataset = load(meant(package))
    entries = dataset.ledger(first, second)
    names = {row.actor_id: row.name for row in dataset.actors}
    if measure is not None:
        _check_measure(measure, sorted({row.measure for row in dataset.proposals}))
        entries = tuple(entry for entry in entries if entry.measure == measure)
    if actor is not None:
        actor_id = _actor(actor, names)
        entries = tuple(entry for entry in entries if actor_id in _parts(entry))
    announce("reading", dataset.package)
    if form == "json":
        write_text([_json(dataset, first, second, entries, names)], STDOUT, force=False)
    elif form == "csv":
        write_text(_csv(entries, names), STDOUT, force=False)
    else:
        for line in _text(entries, names):
            click.echo(line)
        note(_summary(entries, first, second))


def _check_measure(measure: str, known: list[str]) -> None:
    """Raise CannotRun, with those that there are, where no proposal is of a measure."""
    if measure not in known:
        raise CannotRun(f'no proposal is of the measure "{measure}"', f"Known: {', '.join(known)}.")


def _actor(given: str, names: Mapping[str, str]) -> str:
    """The identifier of an actor given by it or by name. Raises CannotRun where there is none."""
    from difflib import get_close_matches

    wanted = given.strip().casefold()
    known: dict[str, list[str]] = {actor_id.casefold(): [actor_id] for actor_id in names}
    for actor_id, name in names.items():
        known.setdefault(name.casefold(), []).append(actor_id)
    meant = known.get(wanted, [])
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise CannotRun(f'several actors are called "{given}"', f"Name one of {', '.join(meant)}.")
    near = get_close_matches(wanted, known, n=3, cutoff=0.5)
    near += [name for name in known if wanted in name and name not in near][:3]
    listed = [f"{names[actor_id]} ({actor_id})" for name in near for actor_id in known[name]]
    raise CannotRun(
        f'there is no actor "{given}"',
        f"Did you mean {', '.join(listed)}?" if near else "The table of actors lists them.",
    )


def _parts(entry: Entry) -> set[str | None]:
    """The actors that have a part in a proposal or in its answers."""
    put = {entry.proposer_id, entry.voiced_by_id, entry.addressee_id}
    return put.union(*({answer.responder_id, answer.voiced_by_id} for answer in entry.answers))


def _json(
    dataset: Dataset,
    as_of: str | None,
    known_by: str | None,
    entries: Iterable[Entry],
    names: Mapping[str, str],
) -> str:
    from ..record.ledger.json import entry_object

    whole = {
        "package": {"name": dataset.package.name, "version": dataset.version},
        "as_of": as_of,
        "known_by": known_by,
        "proposals": [entry_object(entry, names) for entry in entries],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _csv(entries: Iterable[Entry], names: Mapping[str, str]) -> Iterator[str]:
    from ..record.ledger.json import FIELDS, cells, entry_object

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows(cells(entry_object(entry, names)) for entry in entries)
    yield out.getvalue()


def _text(entries: tuple[Entry, ...], names: Mapping[str, str]) -> Iterator[str]:
    """The entries in columns, the parts of a package beneath it."""
    from ..tabular.columns import GAP, columns

    if not entries:
        return
    width = min(shutil.get_terminal_size((_USUAL, 24)).columns, _WIDEST)
    rows = [_row(entry, depth, names) for entry, depth in _ordered(entries)]
    paint = style()
    for number, lines in enumerate(columns(_SHARES, [_HEADS, *rows], width)):
        for first, *cells in lines:
            kind = "place" if number else "hint"
            shown = [paint(kind, first), *(cells if number else [paint(kind, c) for c in cells])]
            yield GAP.join(shown).rstrip()


def _ordered(entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, int]]:
    """Each entry with its depth: 0, or beneath its package."""
    shown = {entry.proposal_id for entry in entries}
    beneath: dict[str | None, list[Entry]] = {}
    for entry in entries:
        parent = entry.part_of_id if entry.part_of_id in shown else None
        beneath.setdefault(parent, []).append(entry)

    def walk(parent: str | None, depth: int) -> Iterator[tuple[Entry, int]]:
        for entry in beneath.get(parent, []):
            yield entry, depth
            yield from walk(entry.proposal_id, depth + 1)

    return walk(None, 0)


def _row(entry: Entry, depth: int, names: Mapping[str, str]) -> list[str]:
    what = f"{entry.label}\n({entry.measure})"
    if entry.part_of_id and not depth:
        what += f"\npart of {entry.part_of_id}"
    if entry.restates_id:
        what += f"\nrestates {entry.restates_id}"
    parties = [names.get(party or "", "") for party in (entry.proposer_id, entry.addressee_id)]
    made = entry.date_edtf if entry.certain else f"possibly {entry.date_edtf}"
    told = [_who(answer, names) for answer in entry.answers if answer.weight != "overtaken"]
    return [
        "  " * depth + entry.proposal_id,
        made,
        what,
        f"{parties[0]}\nto {parties[1]}" if parties[1] else parties[0],
        "\n".join([entry.words, *told]),
    ]


def _who(answer: Answer, names: Mapping[str, str]) -> str:
    """Who made what move, through whom, on what authority and when."""
    party = names.get(answer.responder_id, answer.responder_id)
    voice = names.get(answer.voiced_by_id or "")
    through = f" ({voice})" if voice else ""
    when = answer.date_edtf or "undated"
    return f"- {party}{through}: {', '.join([answer.words, when, answer.response_id])}"


def _summary(entries: tuple[Entry, ...], as_of: str | None, known_by: str | None) -> str:
    days = [f"as of {as_of}"] if as_of else []
    days += [f"known by {known_by}"] if known_by else []
    return ", ".join([f"{len(entries)} proposal(s)", *days])
