"""A filing with evidence, a return, a second version and an acceptance; and every single value that must not change."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from committees.files.inspection import Inspection, inspect_upload
from committees.filings import actions, correction_actions
from committees.filings.approval_actions import file_scan, name_deputy
from committees.filings.approvals import StampedPaper
from committees.filings.models import Draft, DraftEvidence, FilingVersion, FormVersion
from committees.workflow.models import Trail
from tenants.context import school_scope
from tenants.models import SchoolRole
from tests.committees.filings.core.ground import AT, VALUES, Case, make_case
from tests.factories.people import member
from tests.ground.cast import Cast

LATER = AT + timedelta(days=3)
#: Table, and the columns of which each single value is proved by something else.
COVERED: dict[str, str] = {
    "filings_filingversion": "version number payload payload_sha256 predecessor seal sealed_at coefficients "
    "prepared_by_id approved_by_id form_id filing_id way approved_for_id",
    "filings_scan": "sha256 size name media_type signer signed_on filing_version_id",
    "filings_evidence": "indicator name sha256 size media_type filing_version_id",
    "filings_figure": "indicator value unit basis adds_up call_id filing_version_id",
    "filings_rollup": "indicator unit basis total schools call_id",
    "filings_typesum": "school_type indicator unit basis total schools call_id",
    "filings_spread": "school_type indicator unit schools least lower median upper most call_id",
    "filings_decision": "kind reason by_id at filing_version_id",
    "filings_decisionitem": "indicator reason decision_id",
    "filings_filing": "number state state_since latest_id counted_id version call_id school_id",
    "filings_call": "number kind period state version form_id title_zh title_en text attribution opens_on due_on "
    "disclosure takes_late",
    "filings_duty": "due_on extended_from reopened_on",
    "filings_formversion": "code version definition digest",
    "filings_dailyroot": "day seals moves previous root",
    "workflow_trail": "flow subject move source target version by_id role at reason facts key chain",
}
#: What the database itself lets nobody write: every version has its one decision already.
REFUSED = {("filings_decision", "filing_version_id")}
PLACES = [(table, column) for table, columns in COVERED.items() for column in columns.split()]


def full_case(cast: Cast) -> Case:
    """Filed with a file, returned, filed again, accepted; the other school filed too; the days are closed."""
    case = make_case(cast)
    case.prepare(VALUES)
    with school_scope(cast.school_a):
        DraftEvidence.objects.create(
            draft=Draft.objects.get(filing_id=case.filing.public_id), indicator="area_buildings", name="面积.pdf",
            sha256="ab" * 32, size=1234, media_type="application/pdf", added_at=AT, added_by=cast["clerk_a"],
        )  # fmt: skip
    case.send()
    officer = cast["officer"]
    actions.return_items(
        filing=case.filing, items={"area_buildings": "含宿舍吗？"}, reason="请核", by=officer, at=LATER
    )
    with school_scope(cast.school_a):
        actions.answer(filing=case.filing, by=cast["clerk_a"], at=LATER)
    case.send(LATER)
    actions.accept(filing=case.filing, reason="可", by=officer, at=LATER + timedelta(hours=2))
    other = case.call.filings.select_related("school", "call__committee", "call__form", "duty").get(
        school=cast.school_b
    )
    second = Case(OtherCast(cast), case.call, other)  # type: ignore[arg-type]
    second.prepare()
    with school_scope(cast.school_b):
        actions.request_approval(filing=other, by=cast["clerk_b"], at=AT)
        file_scan(filing=other, paper=stamped(AT.date()), by=cast["clerk_b"], at=AT)
    actions.accept(filing=other, by=officer, at=LATER)
    correct(case)
    elsewhere(cast, case)
    return case


def elsewhere(cast: Cast, case: Case) -> None:
    """Another call, and another version of the form, to point at instead."""
    form = case.call.form
    definition = {**form.definition, "version": "other"}
    other = FormVersion(code=form.code, version="other", definition=definition, loaded_at=AT)
    other.digest = other.form().digest()
    other.save()
    actions.draft_call(
        committee=cast.committee, kind=case.call.kind, form=form, period="2024", title_zh="另一份", title_en="Another",
        opens_on=case.call.opens_on, due_on=case.call.due_on, by=cast["officer"], at=AT,
    )  # fmt: skip


def stamped(signed_on: date) -> StampedPaper:
    """A stamped paper as it comes in."""
    content = b"%PDF-1.7 stamped"
    inspected = inspect_upload("盖章件.pdf", content)
    assert isinstance(inspected, Inspection)
    return StampedPaper(content, inspected, "容止", signed_on)


def correct(case: Case) -> None:
    """The accepted filing is corrected: a third version, and the figures of the second are kept. A deputy files it."""
    cast, at = case.cast, LATER + timedelta(hours=4)
    with school_scope(cast.school_a):
        correction_actions.ask_correction(filing=case.filing, reason="倍率", by=cast["clerk_a"], at=at)
    correction_actions.grant_correction(filing=case.filing, by=cast["officer"], at=at)
    deputy = member(cast.school_a, SchoolRole.CLERK)
    name_deputy(
        school=cast.school_a, deputy=deputy, starts_on=at.date(), ends_on=at.date(), reason="出差", by=cast["head_a"], at=at
    )  # fmt: skip
    with school_scope(cast.school_a):
        case.write({"electricity_buildings": VALUES["electricity_buildings"] + 7}, at)
        actions.request_approval(filing=case.filing, by=cast["clerk_a"], at=at)
        actions.file(filing=case.filing, by=deputy, at=at)
    actions.accept(filing=case.filing, by=cast["officer"], at=at + timedelta(hours=1))


class OtherCast:
    """School b's people under school a's names."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def __getitem__(self, key: str) -> Any:
        return self.cast[key.replace("_a", "_b")]


def columns_of(table: str) -> dict[str, str]:
    """Type of each column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND table_schema = %s",
            [table, "public"],
        )
        return dict(cursor.fetchall())


def other_value(kind: str, value: Any, pick: random.Random) -> str:
    """SQL for another value of the same type."""
    if kind in {"integer", "bigint", "smallint"}:
        return str((value or 0) + pick.randint(1, 3))
    if kind == "numeric":
        return "NULL" if value is not None and pick.random() < 0.1 else str((value or 0) + 1)
    if kind == "boolean":
        return str(not value)
    if kind == "uuid":
        return "gen_random_uuid()"
    if kind == "date":
        return f"'{(value or date(2026, 1, 1)) + timedelta(days=pick.choice([-400, -1, 1, 400]))}'"
    if kind.startswith("timestamp"):
        moved: datetime = value + timedelta(microseconds=pick.choice([1, 1000, 86_400_000_000]))
        return f"'{moved.isoformat()}'"
    if kind == "jsonb":
        return """'{"planted": 1}'"""
    return text_of(str(value or ""), pick)


def text_of(value: str, pick: random.Random) -> str:
    """The text with one character changed, or one where there was none."""
    if not value:
        return "'x'"
    place = pick.randrange(len(value))
    new = "1" if value[place] != "1" else "2"
    return "'" + (value[:place] + new + value[place + 1 :]).replace("'", "''") + "'"


@dataclass
class Tampered:
    """One value of one row, changed: what was done, and the words by which the row was and is known."""

    done: str
    names: set[str]

    def is_named_in(self, found: list[str]) -> bool:
        """Whether one of the lines names the row."""
        return any(name in line for line in found for name in self.names)


def tamper(table: str, column: str, pick: random.Random) -> Tampered | None:
    """Change one value of one row, as the owner does; None where the table has no row or nothing else to point at."""
    kind = columns_of(table)[column]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {column} FROM {table} {only(table)} ORDER BY id")
        rows = cursor.fetchall()
        if not rows:
            return None
        pk, value = pick.choice(rows)
        new = foreign(cursor, table, column, value, pick) if column.endswith("_id") else other_value(kind, value, pick)
        if new is None:
            return None
        before = names_of(cursor, table, pk)
        cursor.execute(f"UPDATE {table} SET {column} = {new} WHERE id = {pk}")
        after = names_of(cursor, table, pk)
        return Tampered(f"{table} {pk}: {column} {str(value)[:40]} -> {new[:40]}", before | after)


_VERSION = "SELECT 'filing ' || number || ' version ' || version FROM filings_filingversion WHERE id = "
#: How a line of `broken_invariants` names the row: by itself, or by the paper it belongs to.
_NAMES = {
    "filings_filingversion": _VERSION + "{pk}",
    "filings_filing": "SELECT 'filing ' || coalesce(number, public_id::text) FROM filings_filing WHERE id = {pk}",
    "filings_duty": "SELECT 'filing ' || coalesce(number, public_id::text) FROM filings_filing WHERE duty_id = {pk}",
    "filings_decisionitem": _VERSION
    + "(SELECT d.filing_version_id FROM filings_decision d JOIN filings_decisionitem i "
    "ON i.decision_id = d.id WHERE i.id = {pk})",
    "filings_rollup": "SELECT 'call ' || c.number FROM filings_rollup r JOIN filings_call c ON c.id = r.call_id "
    "WHERE r.id = {pk}",
    "filings_typesum": "SELECT 'call ' || c.number FROM filings_typesum r JOIN filings_call c ON c.id = r.call_id "
    "WHERE r.id = {pk}",
    "filings_spread": "SELECT 'call ' || c.number FROM filings_spread r JOIN filings_call c ON c.id = r.call_id "
    "WHERE r.id = {pk}",
    "filings_call": "SELECT 'call ' || number FROM filings_call WHERE id = {pk}",
    "filings_formversion": "SELECT 'form ' || code || ' ' || version FROM filings_formversion WHERE id = {pk}",
    "filings_dailyroot": "SELECT 'day ' || day FROM filings_dailyroot WHERE id = {pk}",
    "workflow_trail": "SELECT 'move ' || version || ' of ' || subject FROM workflow_trail WHERE id = {pk}",
}


def names_of(cursor: Any, table: str, pk: int) -> set[str]:
    """The words by which a line names this row now."""
    of_a_version = _VERSION + f"(SELECT filing_version_id FROM {table} WHERE id = {{pk}})"
    cursor.execute(_NAMES.get(table, of_a_version).format(pk=pk))
    return {str(name) for (name,) in cursor.fetchall()}


def only(table: str) -> str:
    """Rows that were asked or filed: other forms are reference, and a call that is no more than a draft may change."""
    if table == "filings_call":
        return "WHERE state <> 'drafted'"
    if table == "filings_formversion":
        return "WHERE id IN (SELECT form_id FROM filings_filingversion)"
    return ""


_TARGETS = {"by_id": "tenants_user", "prepared_by_id": "tenants_user", "approved_by_id": "tenants_user",
            "approved_for_id": "tenants_user",
            "form_id": "filings_formversion", "filing_id": "filings_filing", "call_id": "filings_call",
            "school_id": "tenants_school", "decision_id": "filings_decision", "latest_id": "filings_filingversion",
            "counted_id": "filings_filingversion", "filing_version_id": "filings_filingversion"}  # fmt: skip


def foreign(cursor: Any, table: str, column: str, value: Any, pick: random.Random) -> str | None:
    """Another row to point at."""
    cursor.execute(f"SELECT id FROM {_TARGETS[column]} WHERE id IS DISTINCT FROM %s ORDER BY id DESC", [value])
    rows = cursor.fetchall()
    return str(pick.choice(rows)[0]) if rows else None


def rewrite_consistently(version: FilingVersion) -> None:
    """What an owner can do who knows the source: new payload, hash, seal, and the whole chain of moves after it."""
    from committees.filings.invariants import sealing_of
    from committees.filings.sealing import digest, seal
    from committees.workflow.chain import link

    payload = version.payload.replace('"value":"100"', '"value":"999"')
    assert payload != version.payload
    sha = digest(payload)
    new = seal(sha, sealing_of(version))
    FilingVersion.objects.filter(pk=version.pk).update(payload=payload, payload_sha256=sha, seal=new)
    before = ""
    for trail in Trail.objects.filter(subject=version.filing.public_id).order_by("version"):
        if trail.facts.get("version") == version.version and trail.move == "file":
            trail.facts["seal"] = new
        trail.chain = before = link(before, trail)
        trail.save()
