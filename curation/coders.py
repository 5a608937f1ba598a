"""Compare each row of the record with the two raw codings, and write data/coders.csv.

`python curation/coders.py` writes the table; then run `shieldtalks fmt`. With `--check`, it only checks
whether the table is up to date. With `--corrected`, it first writes `curation/corrected.csv` anew: the rows
that are new, or changed in a compared field, since the release in which the two codings were settled.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parent))

from agreement import FIELDS, ROOT, Coding, Row, Unit, match, read, units

TABLE = ROOT / "data" / "coders.csv"
CORRECTED = ROOT / "curation" / "corrected.csv"

#: The release in which the two codings were settled.
SETTLED = ROOT / "releases" / "shieldtalks-1.0.0.zip"

HEADER = ("record_id", "coding_a", "coding_b", "settled_by", "fields")

#: A partner of a row in one of the codings; None if the coding does not have the row.
Partner = Unit | None


def compared(record: Coding, first: Coding, second: Coding, corrected: set[str]) -> list[Row]:
    """The rows of `coders` for a record and its two codings."""
    found = []
    for table in FIELDS:
        rows = units(record, table)
        partners = _partners(rows, units(first, table), units(second, table))
        for row, (one, other) in zip(rows, partners, strict=True):
            found.append(_compared(row, one, other, corrected))
    return sorted(found, key=lambda row: row["record_id"])


def with_topics(record: Coding) -> Coding:
    """The record, with the topic of each proposition in the rows of its claims."""
    topics = {row["proposition_id"]: row["topic"] for row in record.get("propositions", [])}
    claims = [
        {"topic": topics.get(row.get("proposition_id", ""), "")} | row for row in record["claims"]
    ]
    return record | {"claims": claims}


def changed(record: Coding, settled: Coding) -> Iterator[str]:
    """The rows of a record that are new, or of which a compared field differs from the settled record.

    Wordings are not compared, so a row that only says the same in other words is not changed.
    """
    for table in FIELDS:
        before = {unit.unit_id: unit.coded for unit in units(settled, table)}
        for unit in units(record, table):
            if before.get(unit.unit_id) != unit.coded:
                yield unit.unit_id


def table() -> str:
    """The text of data/coders.csv."""
    with CORRECTED.open(encoding="utf-8", newline="") as lines:
        corrected = {row["record_id"] for row in csv.DictReader(lines)}
    codings = [read(ROOT / "curation" / f"coding-{name}") for name in ("a", "b")]
    return _written(HEADER, compared(_record(), codings[0], codings[1], corrected))


@click.command()
@click.option("--check", is_flag=True, help="Write nothing. Exit with 1 if the table is stale.")
@click.option("--corrected", is_flag=True, help="First write the list of corrected rows anew.")
def main(check: bool, corrected: bool) -> None:
    """Write data/coders.csv from the record and the two codings."""
    if corrected:
        ids = [{"record_id": name} for name in sorted(changed(_record(), _settled()))]
        CORRECTED.write_bytes(_written(("record_id",), ids).encode("utf-8"))
    text = table().encode("utf-8")
    if not check:
        TABLE.write_bytes(text)
        click.echo("Now run `shieldtalks fmt`.")
    elif not TABLE.is_file() or TABLE.read_bytes() != text:
        sys.exit(f"{TABLE.name} is out of date. Run `make coders`.")


def _record() -> Coding:
    return with_topics(read(ROOT / "data"))


def _settled() -> Coding:
    with zipfile.ZipFile(SETTLED) as archive:
        return {
            Path(name).stem: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"))))
            for name in archive.namelist()
            if name.startswith("data/")
        }


def _partners(
    rows: Sequence[Unit], first: Sequence[Unit], second: Sequence[Unit]
) -> list[tuple[Partner, Partner]]:
    """For each row its partners in the two codings. The two codings are paired with each other first."""
    pairs = {one.unit_id: other for one, other in match(first, second)}
    taken = {other.unit_id for other in pairs.values()}
    in_first = {row.unit_id: one for row, one in match(rows, first)}
    alone = [other for other in second if other.unit_id not in taken]
    rest = [row for row in rows if not _paired(in_first.get(row.unit_id), pairs)]
    in_second = {row.unit_id: other for row, other in match(rest, alone)}
    found: list[tuple[Partner, Partner]] = []
    for row in rows:
        one = in_first.get(row.unit_id)
        other = pairs.get(one.unit_id) if one else None
        found.append((one, other or in_second.get(row.unit_id)))
    return found


def _paired(one: Partner, pairs: dict[str, Unit]) -> bool:
    return one is not None and one.unit_id in pairs


def _compared(row: Unit, one: Partner, other: Partner, corrected: set[str]) -> Row:
    differing = [_differing(row, partner) for partner in (one, other)]
    words = [
        "absent" if partner is None else "differs" if fields else "same"
        for partner, fields in zip((one, other), differing, strict=True)
    ]
    settled_by = "agreement" if words == ["same", "same"] else "adjudication"
    fields = [_plain(name) for name in row.coded if any(name in found for found in differing)]
    return {
        "record_id": row.unit_id,
        "coding_a": words[0],
        "coding_b": words[1],
        "settled_by": "correction" if row.unit_id in corrected else settled_by,
        "fields": " ".join(fields),
    }


def _differing(row: Unit, partner: Partner) -> set[str]:
    if partner is None:
        return set()
    return {name for name, value in row.coded.items() if partner.coded[name] != value}


def _plain(name: str) -> str:
    """The name of a compared field: "main CAMEO code" becomes "cameo"."""
    return name.removeprefix("main ").removesuffix(" code").lower()


def _written(header: Sequence[str], rows: Sequence[Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(header), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


if __name__ == "__main__":
    main()
