"""Write the generated files of a checkout. Run it with `python -m shieldtalks.generate`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from .exports.jsonld.shapes import shapes
from .record import codebook, schemas, vocabulary
from .record.agreement import json as agreementform
from .record.description import json as output
from .record.ledger import json as ledgerform
from .record.ledger.flat import flat_schema
from .record.ledger.states import states
from .record.models import RECORDS
from .record.positions import json as positionsform
from .record.sheet.layout import schema as sheet_schema
from .tabular.describe import json as description
from .tabular.diff import json as document
from .tabular.diff import markdown
from .tabular.package import deposit, named, package
from .tabular.reports import json as report

#: The parts of the codebook that are written by hand (in docs/parts/), in their order.
PARTS = ("coding-rules", "ledger", "limits")


def generated(root: Path) -> dict[str, str]:
    """The text of each generated file of the checkout at `root`, by path."""
    vocabularies = vocabulary.read(root / "data" / "codes.csv")
    tables = [schemas.table_schema(record, vocabularies) for record in RECORDS]
    known_states = states(vocabularies)
    flat = flat_schema({table["name"]: table for table in tables}, known_states)
    parts = root / "docs" / "parts"
    files = {f"schemas/tables/{table['name']}.json": _json(table) for table in tables}
    files["schemas/json.schema.json"] = _json(schemas.json_download([*tables, flat]))
    files["schemas/jsonl.schema.json"] = _json(schemas.jsonl_line([*tables, flat]))
    descriptor = named.load_json(root / package.DESCRIPTOR)
    files["CITATION.cff"] = deposit.cff(descriptor)
    files[".zenodo.json"] = _json(deposit.zenodo(descriptor))
    files["schemas/show.schema.json"] = _json(output.schema())
    dialect = {"$schema": schemas.DIALECT_2020_12}
    files["schemas/report.schema.json"] = _json(dialect | report.schema())
    files["schemas/diff.schema.json"] = _json(dialect | document.schema())
    files["schemas/describe.schema.json"] = _json(dialect | description.schema())
    files["schemas/ledger.schema.json"] = _json(ledgerform.schema(known_states))
    files["schemas/agreement.schema.json"] = _json(agreementform.schema())
    files["schemas/positions.schema.json"] = _json(positionsform.schema())
    files["schemas/sheet.schema.json"] = _json(sheet_schema())
    files["schemas/profile.json"] = _json(schemas.profile([table["name"] for table in tables]))
    files["schemas/shapes.ttl"] = shapes(tables)
    files["docs/versions.md"] = (parts / "versions.md").read_text("utf-8") + markdown.policy()
    files["docs/codebook.md"] = codebook.codebook(
        tables,
        flat,
        vocabularies,
        [(parts / f"{name}.md").read_text(encoding="utf-8") for name in PARTS],
    )
    return files


def stale(root: Path) -> list[str]:
    """The paths of the generated files that are missing or out of date in the checkout at `root`."""
    return [path for path, text in generated(root).items() if _current(root / path) != text]


def _current(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8") if path.is_file() else None


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the generated files of the checkout in the current folder."""
    root = Path.cwd()
    if not (root / "data" / "codes.csv").is_file():
        sys.exit(
            "generate: run this in the root of a checkout (there is no data/codes.csv in this folder)"
        )
    files = generated(root)
    for path in stale(root):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(files[path].encode("utf-8"))
        print(f"wrote {path}")


if __name__ == "__main__":
    main()
