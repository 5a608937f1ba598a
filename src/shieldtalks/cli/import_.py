"""The command `shieldtalks import`."""

from __future__ import annotations

from pathlib import Path

import click

from ..tabular.findings import counted
from .common import PATH, note


@click.command(name="import")
@click.argument("file", metavar="FILE", type=PATH)
@click.option(
    "--article", "copy", type=PATH, metavar="COPY", required=True, help="A copy of the article."
)
@click.option(
    "--source", "source_id", metavar="ID", help="The article, if it is in the collection already."
)
@click.option("-o", "--output", type=PATH, required=True, help="The sheet to write; - prints it.")
@click.option("--force", is_flag=True, help="Overwrite the sheet if it exists.")
def command(file: Path, copy: Path, source_id: str | None, output: Path, force: bool) -> None:
    """Start a coding sheet from passages that another tool marked.

    FILE is a JSONL file of LangExtract, or W3C Web Annotations (JSON) with a TextQuoteSelector or a
    TextPositionSelector. A passage is imported if its exact words are in the copy exactly once. Case,
    spaces and punctuation make no difference. The passage must be part of one sentence, with 40 to
    300 letters and digits. The command refuses every other passage and shows the reason.

    The sheet names each passage by its first and last words. Complete its entries, then run
    `shieldtalks code`. The sheet contains words of the article, so keep it for yourself if the article is
    in copyright.

    Exit codes: 0 all passages were imported, 1 some were refused, 2 could not run.

    \b
    Examples:
      shieldtalks import extractions.jsonl --article src-0004.txt -o sheet.toml
      shieldtalks import annotations.json --article src-0002.txt --source src-0002 -o sheet.toml
    """
    from ..record.evidence.anchors import read_article
    from ..record.imported.drafting import placed, sheet_text
    from ..record.imported.reading import read_marked
    from ..tabular.files import STDOUT, check_file_target, refuse_sources, write_text

    if output != STDOUT:
        check_file_target(output, force=force)
        refuse_sources(output, [file, copy])
    article = read_article(copy)
    found, refused = placed(read_marked(file), article)
    for one in refused:
        note(f"refused {one.where}: {one.reason}")
    note(f"{counted(len(found), 'passage')} imported, {len(refused)} refused")
    if found:
        write_text([sheet_text(found, source_id, article)], output, force)
    else:
        note("no sheet was written")
    if refused:
        raise SystemExit(1)
