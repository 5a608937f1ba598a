"""The commands of docs/questions.md are run in an empty folder, and their output compared."""

from __future__ import annotations

from pathlib import Path

from tests.support.sessions import check, session


def test_each_question_has_one_command_with_this_answer(
    root: Path, tmp_path: Path, program: Path
) -> None:
    page = (root / "docs" / "questions.md").read_text("utf-8")
    questions = page.split("\n## ")[1:]
    assert [len(session(part)) for part in questions] == [1, 1, 1]
    for command, shown in session(page):
        check(command, shown, tmp_path, program)
