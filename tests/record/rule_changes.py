"""For each rule of `validators/`, a change of the shipped record that it, and no other rule, catches."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.tables import Row, Tables


def first(rows: list[Row], **wanted: str | Callable[[str], bool]) -> Row:
    """The first row with these values (a callable decides for itself)."""
    for row in rows:
        if all(want(row[f]) if callable(want) else row[f] == want for f, want in wanted.items()):
            return row
    raise LookupError(wanted)


def filled(value: str) -> bool:
    return value != ""


def evidence_row_of(tables: Tables, column: str) -> list[Row]:
    """All row-level evidence of the first target of this column that has exactly one."""
    by_target: dict[str, list[Row]] = {}
    for row in tables["evidence"]:
        if row[column] and not row["field"]:
            by_target.setdefault(row[column], []).append(row)
    return next(rows for rows in by_target.values() if len(rows) == 1)


CHANGES: dict[str, Callable[[Tables], None]] = {}


def change(rule: str) -> Callable[[Callable[[Tables], None]], Callable[[Tables], None]]:
    def keep(function: Callable[[Tables], None]) -> Callable[[Tables], None]:
        CHANGES[rule] = function
        return function

    return keep


@change("answer-before-proposal")
def _(tables: Tables) -> None:
    row = first(tables["responses"], event_id="", date_edtf=filled)
    row["date_edtf"] = "2000"
    made = {p["proposal_id"]: p["made_in_event_id"] for p in tables["proposals"]}
    event = first(tables["events"], event_id=made[row["proposal_id"]])
    event["date_edtf"] = "2007-04"


@change("answer-to-own-proposal")
def _(tables: Tables) -> None:
    row = first(tables["responses"], voiced_by_id="")
    row["responder_id"] = first(tables["proposals"], proposal_id=row["proposal_id"])["proposer_id"]


@change("event-after-publication")
def _(tables: Tables) -> None:
    ids = {"date_basis": "stated-relative", "status": "occurred"}
    answered = {r["event_id"] for r in tables["responses"]}
    made = {p["made_in_event_id"] for p in tables["proposals"]}
    row = first(tables["events"], event_id=lambda e: e not in answered | made, **ids)
    row["date_edtf"] = "2031-01-01"


@change("corroboration-twice")
def _(tables: Tables) -> None:
    row = tables["corroborations"][0]
    tables["corroborations"].append(row | {"corroboration_id": "cor-9999"})


@change("coders-complete")
def _(tables: Tables) -> None:
    tables["coders"].remove(first(tables["coders"], settled_by="agreement"))


@change("coders-settled")
def _(tables: Tables) -> None:
    first(tables["coders"], settled_by="agreement")["settled_by"] = "adjudication"


@change("one-target")
def _(tables: Tables) -> None:
    row = first(tables["evidence"], event_id=filled, field="date_edtf")
    row["claim_id"] = tables["claims"][0]["claim_id"]


@change("no-evidence")
def _(tables: Tables) -> None:
    (row,) = evidence_row_of(tables, "claim_id")
    row["field"] = "text"


@change("evidence-outside-source")
def _(tables: Tables) -> None:
    tables["evidence"][0]["start"] = "999999"


@change("evidence-twice")
def _(tables: Tables) -> None:
    row = tables["evidence"][0]
    tables["evidence"].append(row | {"evidence_id": "evd-9999"})
    for hop in [h for h in tables["attributions"] if h["evidence_id"] == row["evidence_id"]]:
        tables["attributions"].append(hop | {"evidence_id": "evd-9999"})


@change("evidence-field")
def _(tables: Tables) -> None:
    first(tables["evidence"], field="date_edtf")["field"] = "move"


@change("hop-gap")
def _(tables: Tables) -> None:
    row = max(tables["attributions"], key=lambda row: int(row["hop"]))
    row["hop"] = "7"


@change("last-hop")
def _(tables: Tables) -> None:
    outlets = {source["publisher_id"] for source in tables["sources"]}
    single = first(tables["evidence"], field="date_edtf")["evidence_id"]
    row = [hop for hop in tables["attributions"] if hop["evidence_id"] == single][-1]
    row["actor_id"] = first(tables["actors"], actor_id=lambda a: a not in outlets)["actor_id"]


@change("voice-not-first-hop")
def _(tables: Tables) -> None:
    (evidence,) = evidence_row_of(tables, "proposal_id")
    row = first(tables["proposals"], proposal_id=evidence["proposal_id"])
    row["voiced_by_id"] = first(tables["actors"], name="Sergei Lavrov")["actor_id"]


@change("voice-not-present")
def _(tables: Tables) -> None:
    row = first(tables["claims"], voiced_by_id=filled, said_in_event_id=filled)
    speaker = first(
        tables["participants"], event_id=row["said_in_event_id"], actor_id=row["voiced_by_id"]
    )
    speaker["actor_id"] = first(tables["actors"], name="Sergei Lavrov")["actor_id"]


@change("anonymous-authority")
def _(tables: Tables) -> None:
    first(tables["responses"], authority="anonymous")["authority"] = "official"


@change("unnamed-party")
def _(tables: Tables) -> None:
    source = first(tables["actors"], kind="unnamed-source")["actor_id"]
    row = first(tables["proposals"], voiced_by_id="", part_of_id="", combination="")
    row["proposer_id"] = source


@change("unnamed-claim")
def _(tables: Tables) -> None:
    unnamed = {row["actor_id"] for row in tables["actors"] if row["kind"] == "unnamed-source"}
    row = first(tables["claims"], voiced_by_id=lambda voice: voice in unnamed)
    row["claimant_id"] = first(tables["actors"], name="Russia")["actor_id"]


@change("parent-cycle")
def _(tables: Tables) -> None:
    later = first(tables["proposals"], restates_id=filled)
    earlier = first(tables["proposals"], proposal_id=later["restates_id"])
    earlier["restates_id"] = later["proposal_id"]


@change("cross-source-reference")
def _(tables: Tables) -> None:
    first(tables["events"], date_basis="cross-source")["date_basis"] = "inferred"


@change("occasion-or-date")
def _(tables: Tables) -> None:
    row = first(tables["claims"], said_in_event_id=filled)
    row["date_edtf"], row["date_basis"] = "2008-11-12", "stated"


@change("retired-in-use")
def _(tables: Tables) -> None:
    for used in (tables["claims"][0]["claim_id"], tables["propositions"][0]["proposition_id"]):
        tables["retired"].append({"record_id": used, "retired_in": "0.1.0", "reason": "A slip."})


@change("code-identifier")
def _(tables: Tables) -> None:
    first(tables["codes"], code_id="cameo:010")["code"] = "011x"
    first(tables["codes"], code_id="measure:joint-radar-use")["definition"] = "measure:radar"


@change("move-outcome")
def _(tables: Tables) -> None:
    first(tables["codes"], code_id="move:accept")["decides"] = ""
    first(tables["codes"], code_id="form:offer")["outcome"] = "offered"


@change("code-of-other-scheme")
def _(tables: Tables) -> None:
    first(tables["codings"], rank="2")["code_id"] = "move:accept"


@change("main-code")
def _(tables: Tables) -> None:
    first(tables["codings"], rank="2")["rank"] = "1"


@change("unused")
def _(tables: Tables) -> None:
    tables["actors"].append({"actor_id": "act-9999", "name": "Nobody", "kind": "person"})


@change("combination")
def _(tables: Tables) -> None:
    first(tables["proposals"], combination=filled)["combination"] = ""


@change("disputed-without-contradiction")
def _(tables: Tables) -> None:
    first(tables["claims"], standing="as-reported")["standing"] = "disputed"


@change("claim-sign")
def _(tables: Tables) -> None:
    first(tables["claims"], factuality="CT-", standing="as-reported")["factuality"] = "CT+"


@change("claim-caution")
def _(tables: Tables) -> None:
    first(tables["claims"], factuality="PS+", speech_act="hope")["factuality"] = "CT+"


@change("claim-belief")
def _(tables: Tables) -> None:
    row = first(tables["claims"], text=lambda text: "believes" in text)
    row["factuality"] = "PS+"


@change("claim-twice")
def _(tables: Tables) -> None:
    row = first(tables["claims"], claim_id="clm-0044")
    row["proposition_id"] = first(tables["claims"], claim_id="clm-0043")["proposition_id"]
    (unused,) = [row for row in tables["propositions"] if row["proposition_id"] == "pos-0008"]
    tables["propositions"].remove(unused)
    tables["relations"][:] = [r for r in tables["relations"] if r["proposition_id"] != "pos-0008"]


@change("proposition-negative")
def _(tables: Tables) -> None:
    tables["propositions"][0]["text"] = "The planned system is no threat to Russia."


@change("relation-pair")
def _(tables: Tables) -> None:
    row = first(tables["relations"], kind="supports")
    turned = {"proposition_id": row["other_id"], "other_id": row["proposition_id"]}
    tables["relations"].append({**row, **turned})


@change("relation-cycle")
def _(tables: Tables) -> None:
    for one, two in (("pos-0030", "pos-0029"), ("pos-0029", "pos-0027"), ("pos-0027", "pos-0030")):
        tables["relations"].append({"proposition_id": one, "other_id": two, "kind": "supports"})


@change("indirect-speech")
def _(tables: Tables) -> None:
    row = first(tables["evidence"], quotation="narration", claim_id="clm-0009")
    row["quotation"] = "indirect"
    first(tables["claims"], claim_id="clm-0009")["claimant_id"] = "act-0002"


@change("person-with-body")
def _(tables: Tables) -> None:
    body = first(tables["actors"], kind="organisation")["actor_id"]
    first(tables["actors"], kind="person")["member_of_id"] = body


@change("part-of-package")
def _(tables: Tables) -> None:
    part = first(tables["proposals"], measure="radar-in-russia")
    part["made_in_event_id"] = first(tables["proposals"], form="suggestion")["made_in_event_id"]


@change("voice-missing")
def _(tables: Tables) -> None:
    first(tables["claims"], voiced_by_id=filled, speech_act="hope")["voiced_by_id"] = ""


@change("announced")
def _(tables: Tables) -> None:
    first(tables["events"], status="threatened")["announced_in_id"] = ""


@change("alias-of-two")
def _(tables: Tables) -> None:
    alias = first(tables["aliases"], alias="Washington")
    tables["aliases"].append(
        alias | {"actor_id": first(tables["actors"], name="Poland")["actor_id"]}
    )


@change("answer-of-another-party")
def _(tables: Tables) -> None:
    row = first(tables["responses"], move="decline", authority="official")
    row["responder_id"] = first(tables["actors"], name="Poland")["actor_id"]


@change("threat-target")
def _(tables: Tables) -> None:
    tables["participants"].remove(first(tables["participants"], role="target"))


@change("proposer-missing")
def _(tables: Tables) -> None:
    first(tables["proposals"], form="suggestion", part_of_id="")["proposer_id"] = ""


@change("plan-certain")
def _(tables: Tables) -> None:
    first(tables["events"], status="planned")["factuality"] = "CT+"
