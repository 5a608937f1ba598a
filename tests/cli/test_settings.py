"""Warnings, and the level of each rule: by option, by a settings file, and in every command and format."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from tests.support import MakePackage, Run

#: A table with a fault of each rule that the standard does not have.
EXTRA = {
    "blanks": "name\nAtlantis \n",
    "bom": "\ufeffname\nAtlantis\n",
    "blank-row": "name\n\nAtlantis\n",
    "line-end": "name\nAtlantis\nMu\r\n",
    "control-character": "name\nAtlantis\x00\n",
}


@pytest.fixture
def padded(make_package: MakePackage) -> Path:
    """A package that is valid by the standard, with a cell that ends in a blank."""
    return make_package("name\nAtlantis \n", [{"name": "name", "type": "string"}])


@pytest.mark.sample(3)
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("rule", EXTRA)
def test_a_rule_that_the_standard_does_not_have_is_a_warning(
    rule: str, engine: str, make_package: MakePackage, run: Run
) -> None:
    folder = make_package(EXTRA[rule], [{"name": "name", "type": "string"}])
    options = ("--engine", engine, "--format", "json")

    def severities(*more: str, code: int) -> set[tuple[str, str]]:
        document = json.loads(run("validate", folder, *options, *more, code=code).stdout)
        assert document["totals"]["findings"] == len(document["findings"])
        return {(found["rule"], found["severity"]) for found in document["findings"]}

    assert severities(code=0) == {(rule, "warning")}
    assert severities("--strict", code=1) == {(rule, "warning")}
    assert severities("--set", f"{rule}=error", code=1) == {(rule, "error")}
    assert severities("--set", f"{rule}=off", code=0) == set()


@pytest.mark.parametrize(
    ("text", "field", "rules"),
    [
        (" 12\n12\n", {"type": "integer"}, {"type"}),
        (" b\nb\n", {"constraints": {"enum": ["b"]}}, {"enum"}),
        (" b\n b\n", {"constraints": {"unique": True}}, {"blanks", "unique"}),
        ("1\x07\n2\n", {"type": "integer"}, {"control-character", "type"}),
        ("b\x07\nb\x07\n", {"constraints": {"unique": True}}, {"control-character", "unique"}),
    ],
)
def test_a_warning_hides_no_error(
    text: str, field: dict[str, object], rules: set[str], make_package: MakePackage, run: Run
) -> None:
    folder = make_package(f"a\n{text}", [{"name": "a", **field}])
    for engine in ("sqlite", "duckdb"):
        out = run("validate", folder, "--engine", engine, "--format", "json", code=1).stdout
        assert {found["rule"] for found in json.loads(out)["findings"]} == rules


def test_in_a_package_of_the_profile_they_are_errors(package: Path, run: Run) -> None:
    claims = package / "data" / "claims.csv"
    claims.write_bytes(b"\xef\xbb\xbf" + claims.read_bytes())
    assert "claims.csv:1: bom: " in run("validate", package, "--only", "bom", code=1).stdout


def test_every_format_shows_the_level(padded: Path, run: Run) -> None:
    def shown(form: str) -> str:
        return run("validate", padded, "--format", form, code=0).stdout

    assert "things.csv:2: warning: blanks: " in shown("text")
    assert shown("github").startswith("::warning file=")
    (log,) = json.loads(shown("sarif"))["runs"]
    assert [result["level"] for result in log["results"]] == ["warning"]
    assert json.loads(shown("json"))["totals"]["warnings"] == 1
    suite = fromstring(shown("junit"))[0]  # noqa: S314 (our own text)
    assert suite.get("failures") == "0"
    assert "warning: " in (suite.findtext("testcase/system-out") or "")


def test_the_summary_counts_in_words(padded: Path, run: Run) -> None:
    assert "valid: 1 table, 1 row, 1 warning\n" in run("validate", padded, code=0).stderr
    strict = run("validate", padded, "--strict", code=1).stderr
    assert "not accepted, because of --strict: 1 warning in 1 table, 1 row\n" in strict


def test_export_and_diff_take_a_package_with_warnings(
    padded: Path, tmp_path: Path, run: Run
) -> None:
    assert "1 warning" in run("export", "csv", padded, "-o", tmp_path / "out", code=0).stderr
    run("diff", padded, padded, code=0)
    (padded / "shieldtalks.toml").write_text('blanks = "error"\n', "utf-8")
    run("export", "csv", padded, "-o", tmp_path / "more", code=1)
    assert "1 finding" in run("diff", padded, padded, code=0).stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("shieldtalks.toml", 'blanks = "off"\n'),
        ("shieldtalks.toml", '[rules]\nblanks = "off"\n'),
        ("pyproject.toml", '[tool.shieldtalks]\nblanks = "off"\n'),
    ],
)
@pytest.mark.parametrize("place", ["beside", "here"])
def test_a_settings_file_is_used_and_named(
    name: str,
    content: str,
    place: str,
    padded: Path,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (padded if place == "beside" else tmp_path).joinpath(name).write_text(content, "utf-8")
    result = run("validate", padded, "--format", "json", code=0)
    document = json.loads(result.stdout)
    assert document["findings"] == []
    (skip,) = document["skipped"]
    assert skip["rule"] == "blanks"
    assert name in skip["reason"]
    assert "with the settings in " in result.stderr
    assert f"skipped blanks: switched off ({document['skipped'][0]['reason'][14:-1]})" in (
        result.stderr
    )
    assert "blanks" in run("validate", padded, "--set", "blanks=error", code=1).stdout


def test_the_file_beside_the_package_counts_more(
    padded: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shieldtalks.toml").write_text('blanks = "off"\n', "utf-8")
    (padded / "shieldtalks.toml").write_text("strict = true\n", "utf-8")
    assert "warning: blanks" in run("validate", padded, code=1).stdout


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("blank=off", 'there is no rule "blank"'),
        ("blanks=of", 'there is no level "of"'),
        ("blanks", "takes RULE=LEVEL"),
        ("=off", "takes RULE=LEVEL"),
        ("type=off", "is always an error"),
        ("hash=warning", "is always an error"),
    ],
)
def test_a_slip_in_a_setting_is_bad_use(pair: str, words: str, padded: Path, run: Run) -> None:
    result = run("validate", padded, "--set", pair, code=2)
    assert words in result.stderr
    assert result.stdout == ""
    if pair in ("blank=off", "blanks=of"):
        assert "Did you mean" in result.stderr
    rule, _, level = pair.partition("=")
    if rule and level:
        (padded / "shieldtalks.toml").write_text(f'{rule} = "{level}"\n', "utf-8")
        assert words in run("validate", padded, code=2).stderr


def test_a_settings_file_may_name_a_rule_of_another_command(
    padded: Path, tmp_path: Path, run: Run
) -> None:
    (padded / "shieldtalks.toml").write_text('shouting = "warning"\n', "utf-8")
    note = 'the level of "shouting" has no effect without --rules'
    assert note in run("validate", padded, code=0).stderr
    sql = "SELECT 'things', _row, 'name', name FROM things"
    (tmp_path / "shouting.sql").write_text(f"-- A rule.\n-- tables: things\n{sql}\n", "utf-8")
    given = run("validate", padded, "--rules", tmp_path, code=0)
    assert "warning: shouting" in given.stdout
    assert note not in given.stderr
    (tmp_path / "shouting.sql").rename(tmp_path / "other.sql")
    run("validate", padded, "--rules", tmp_path, code=2)
    assert 'no rule "shouting"' in run("validate", padded, "--set", "shouting=off", code=2).stderr


@pytest.mark.parametrize(
    "content", [b"blanks = off", b"\xff", b"blanks = 1", b"rules = 3", b"strict = 1"]
)
def test_a_broken_settings_file_is_one_clear_refusal(
    content: bytes, padded: Path, tmp_path: Path, run: Run
) -> None:
    (padded / "shieldtalks.toml").write_bytes(content)
    for command in (("validate", padded), ("export", "csv", padded, "-o", tmp_path / "out")):
        assert "shieldtalks.toml" in run(*command, code=2).stderr


def test_a_rule_of_sql_can_be_a_warning(padded: Path, tmp_path: Path, run: Run) -> None:
    sql = "SELECT 'things', _row, 'name', name FROM things"
    text = f"-- Never.\n-- tables: things\n-- hint: None.\n-- severity: warning\n{sql}\n"
    (tmp_path / "never.sql").write_text(text, "utf-8")
    options = ("--rules", tmp_path, "--set", "blanks=off")
    assert "warning: never: name" in run("validate", padded, *options, code=0).stdout
    run("validate", padded, *options, "--strict", code=1)
    run("validate", padded, *options, "--set", "never=error", code=1)
    assert run("validate", padded, *options, "--set", "never=off", code=0).stdout == ""


def test_only_never_hides_that_a_rule_was_not_checked(padded: Path, run: Run) -> None:
    said = run("validate", padded, "--only", "unused", code=2).stderr
    assert "belongs to a profile that" in said


def test_fmt_knows_the_levels_of_validate(make_package: MakePackage, run: Run) -> None:
    folder = make_package("name\r\nAtlantis\x07\r\n", [{"name": "name", "type": "string"}])
    table, settings = folder / "things.csv", folder / "shieldtalks.toml"
    before = table.read_bytes()
    result = run("fmt", folder, "--check", code=0)
    assert ":2: warning: control-character:" in result.stdout
    settings.write_text('control-character = "error"\n')
    assert ":2: control-character:" in run("fmt", folder, code=1).stdout
    settings.write_text('control-character = "off"\n')
    result = run("fmt", folder, code=0)
    assert result.stdout == ""
    assert "skipped control-character: switched off" in result.stderr
    assert table.read_bytes() == before
    settings.write_text("strict = true\n")
    run("fmt", folder, "--check", code=1)
    settings.write_text('control-caracter = "off"\n')
    assert 'there is no rule "control-caracter"' in run("fmt", folder, code=2).stderr
