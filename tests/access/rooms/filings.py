"""Places of calls, filings and bulletins: a call to schools a and b, with the filing of each."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from committees.files.store import FileStore
from committees.filings import actions
from committees.filings.approval_actions import name_deputy
from committees.filings.checking_actions import draw_sample
from committees.filings.joint_actions import decide_lines, hold_list, make_list
from committees.filings.models import Call, CarriedImport, Draft, DraftEvidence, Evidence, Filing, JointList
from committees.filings.root_actions import close_days
from committees.filings.series_actions import define_series
from committees.filings.slugs import slug_of
from tenants.clock import database_now, local_day
from tenants.context import association_scope, school_scope
from tests.access.places import Place, place
from tests.committees.filings.core.ground import AT, Case, make_case
from tests.ground.cast import Cast


def _case(cast: Cast, *, filed: bool = False, accepted: bool = False) -> Case:
    """Both schools' filings prepared, with one file of evidence each; sent and accepted on demand."""
    with association_scope():
        case = make_case(cast)
        Call.objects.filter(pk=case.call.pk).update(disclosure="named")
        case.prepare()
        _evidence(case.filing, cast)
        if filed or accepted:
            case.send()
        if accepted:
            case.filing.refresh_from_db()
            actions.accept(filing=case.filing, by=cast["officer"], at=AT + timedelta(days=1))
        case.filing.refresh_from_db()
    return case


def _evidence(filing: Filing, cast: Cast) -> None:
    kept = FileStore().keep(b"%PDF-1.4 evidence")
    with school_scope(filing.school):
        DraftEvidence.objects.create(
            draft=Draft.objects.get(filing_id=filing.public_id), name="a.pdf", sha256=kept.sha256, size=kept.size,
            media_type="application/pdf", added_at=AT, added_by=cast["clerk_a"],
        )  # fmt: skip


def _other(case: Case) -> Filing:
    return case.call.filings.get(school=case.cast.school_b)


def _of_school(cast: Cast, *, filed: bool = False, data: dict[str, Any] | None = None, **more: Any) -> Place:
    case = _case(cast, filed=filed)
    own, foreign = {"public_id": case.filing.public_id}, {"public_id": _other(case).public_id}
    return Place(own={**own, **more}, foreign={**foreign, **more}, data=data or {})


# ---------------------------------------------------------------- a school's own filings


@place("filing_show", host="school")
@place("filing_prepare", host="school")
@place("filing_save", host="school")
@place("filing_guide", host="school")
@place("filing_workbook", host="school")
@place("filing_upload", host="school")
@place("evidence_add", host="school")
def _(cast: Cast) -> Place:
    return _of_school(cast)


@place("filing_payload", host="school")
def _(cast: Cast) -> Place:
    return _of_school(cast, filed=True, number=1)


@place("sealed_evidence", host="school")
def _(cast: Cast) -> Place:
    return _of_school(cast, filed=True, number=1, sha256=FileStore().keep(b"%PDF-1.4 evidence").sha256)


@place("filing_move", host="school")
def _(cast: Cast) -> Place:
    return _of_school(cast, move="request_approval")


@place("evidence_send", host="school")
@place("evidence_remove", host="school")
def _(cast: Cast) -> Place:
    case = _case(cast)
    with school_scope(cast.school_a):
        row = DraftEvidence.objects.get()
    own = {"public_id": case.filing.public_id, "evidence_id": row.public_id}
    return Place(own=own, foreign={**own, "public_id": _other(case).public_id})


@place("school_deputies", host="school")
def _(cast: Cast) -> Place:
    today = database_now().date()
    data = {
        "deputy": "clerk_a",
        "starts_on": str(today + timedelta(days=2)),
        "ends_on": str(today + timedelta(days=3)),
        "reason": "x",
    }
    return Place(data=data)


@place("school_deputy_end", host="school")
def _(cast: Cast) -> Place:
    today = database_now()
    rows = [
        name_deputy(
            school=getattr(cast, f"school_{one}"), deputy=cast[f"clerk_{one}"], starts_on=local_day(today),
            ends_on=local_day(today), reason="x", by=cast[f"head_{one}"], at=today,
        )
        for one in "ab"
    ]  # fmt: skip
    return Place(own={"public_id": rows[0].public_id}, foreign={"public_id": rows[1].public_id})


# ---------------------------------------------------------------- a committee's room


@place("committee_room")
@place("committee_board")
@place("committee_board_csv")
@place("committee_board_xlsx")
@place("committee_calls")
@place("committee_call_new")
@place("committee_carried")
@place("committee_carried_template")
@place("committee_series")
@place("committee_series_new")
def _(cast: Cast) -> Place:
    return Place(own={"code": cast.committee.code}, foreign={"code": cast.other_committee.code}, foreign_to=SEATED)


#: Whoever holds a seat on the cast's committee and none on the other; the commission looks into every committee.
SEATED = ("officer", "expert1", "expert2", "expert3", "head_a", "stranger", "editor")


def _at_committee(cast: Cast, row: Any, data: dict[str, Any] | None = None, **more: Any) -> Place:
    """The same row under the other committee's address is unknown there."""
    own = {"code": cast.committee.code, "public_id": row.public_id, **more}
    return Place(own=own, foreign={**own, "code": cast.other_committee.code}, foreign_to=SEATED, data=data or {})


@place("committee_call_reword")
@place("committee_call_form")
@place("committee_call_add")
@place("committee_call_waive")
@place("committee_call")
def _(cast: Cast) -> Place:
    return _at_committee(cast, _case(cast).call)


@place("committee_series_show")
@place("committee_series_edit")
@place("committee_series_move")
def _(cast: Cast) -> Place:
    words = {
        "kind": "energy-annual", "form_code": "energy-annual", "every": "year", "title_zh": "{period}", "title_en": "{period}",
        "disclosure": "totals", "next_period": "2027",
    }  # fmt: skip
    with association_scope():
        series = define_series(committee=cast.committee, words=words, by=cast["officer"], at=database_now())
    return _at_committee(cast, series, data={"do": "pause", "reason": "x"})


@place("committee_duty")
def _(cast: Cast) -> Place:
    return _at_committee(cast, _case(cast).filing, data={"do": "waive", "reason": "x"})


@place("committee_call_move")
def _(cast: Cast) -> Place:
    return _at_committee(cast, _case(cast).call, data={"do": "close"})


@place("committee_call_edit")
@place("committee_call_open")
def _(cast: Cast) -> Place:
    opened = _case(cast).call
    call = actions.draft_call(
        committee=cast.committee, kind=opened.kind, form=opened.form, period="2024", title_zh="x", title_en="x",
        opens_on=opened.opens_on, due_on=opened.due_on, by=cast["officer"], at=AT,
    )  # fmt: skip
    return _at_committee(cast, call)


def _carried(cast: Cast, faults: list[dict[str, Any]]) -> CarriedImport:
    return CarriedImport.objects.create(
        committee=cast.committee, form=_case(cast).call.form, first_year=2019, last_year=2020, name="旧报表.xlsx",
        sha256="0" * 64, faults=faults, read_at=AT, read_by=cast["officer"],
    )  # fmt: skip


@place("committee_carried_import")
def _(cast: Cast) -> Place:
    return _at_committee(cast, _carried(cast, []), data={"do": "discard"})


@place("committee_carried_errors")
def _(cast: Cast) -> Place:
    fault = dict.fromkeys(("sheet", "cell", "label", "column", "typed", "code", "why", "repair"), "x")
    return _at_committee(cast, _carried(cast, [{**fault, "place": None}]))


@place("committee_filing")
@place("committee_filing_decide")
def _(cast: Cast) -> Place:
    return _at_committee(cast, _case(cast, filed=True).filing, data={"do": "accept"})


@place("committee_evidence")
def _(cast: Cast) -> Place:
    case = _case(cast, filed=True)
    return _at_committee(cast, case.filing, sha256=Evidence.objects.get().sha256)


def _twice(cast: Cast) -> Case:
    """Filed, returned and filed again: two versions."""
    case = _case(cast, filed=True)
    with association_scope():
        actions.return_items(
            filing=case.filing, items={"new_energy": "x"}, by=cast["officer"], at=AT + timedelta(hours=2)
        )
        with school_scope(case.filing.school):
            actions.answer(filing=case.filing, by=cast["clerk_a"], at=AT + timedelta(hours=3))
        case.send(AT + timedelta(hours=4))
    return case


@place("school_compare", host="school")
def _(cast: Cast) -> Place:
    case = _twice(cast)
    return Place(own={"public_id": case.filing.public_id}, foreign={"public_id": _other(case).public_id})


@place("school_talk", host="school")
def _(cast: Cast) -> Place:
    return _of_school(cast, filed=True, data={"text": "请问含家属区吗？"})


@place("committee_compare")
def _(cast: Cast) -> Place:
    return _at_committee(cast, _twice(cast).filing)


@place("committee_talk")
@place("committee_say")
@place("committee_notes")
def _(cast: Cast) -> Place:
    return _at_committee(cast, _case(cast, filed=True).filing, data={"text": "请说明", "ask-new_energy": "x"})


@place("committee_sample")
def _(cast: Cast) -> Place:
    return _at_committee(cast, _case(cast, filed=True).call, data={"do": "draw", "percent": "5"})


@place("committee_by_item")
def _(cast: Cast) -> Place:
    case = _case(cast, filed=True)
    draw_sample(call=case.call, percent=Decimal(5), by=cast["officer"], at=AT + timedelta(days=1))
    return _at_committee(cast, case.filing)


def _joint(cast: Cast) -> JointList:
    case = _case(cast, filed=True)
    return make_list(
        call=case.call, title="会审", held_on=AT.date(), filings=[case.filing], by=cast["officer"], at=database_now()
    )  # fmt: skip


@place("committee_joints")
def _(cast: Cast) -> Place:
    call = _case(cast, filed=True).call
    data = {"call": str(call.public_id), "title": "会审", "held_on": "2026-03-09"}
    return Place(
        own={"code": cast.committee.code}, foreign={"code": cast.other_committee.code}, foreign_to=SEATED, data=data
    )  # fmt: skip


@place("committee_joint")
def _(cast: Cast) -> Place:
    return _at_committee(cast, _joint(cast), data={"do": "keep", "present": "穆清"})


@place("committee_minutes")
def _(cast: Cast) -> Place:
    """Carried out: the commission reads minutes, not what is still being prepared."""
    made, told = _joint(cast), {"by": cast["officer"], "at": database_now()}
    with association_scope():
        lines = {made.lines.get().pk: {"decision": "put_off"}}
        decide_lines(joint_list=made, present="穆清", lines=lines, **told)
        hold_list(joint_list=made, **told)
    return _at_committee(cast, made)


# ---------------------------------------------------------------- what is published


@place("filing_card")
@place("filing_payload")
@place("filing_seal")
@place("filing_recompute")
def _(cast: Cast) -> Place:
    number = _case(cast, accepted=True).filing.number
    return Place(own={"slug": slug_of(number or "")}, no_foreign="a call that names its schools opens every card")


@place("bulletin")
@place("bulletin_csv")
@place("bulletin_years")
@place("bulletin_years_csv")
@place("bulletin_years_xlsx")
@place("bulletin_xlsx")
@place("bulletin_pdf")
@place("bulletin_dictionary")
def _(cast: Cast) -> Place:
    case = _case(cast, accepted=True)
    return Place(own={"slug": slug_of(case.call.number)}, no_foreign="a bulletin is everybody's")


@place("bulletin_figure")
def _(cast: Cast) -> Place:
    case = _case(cast, accepted=True)
    own = {"slug": slug_of(case.call.number), "indicator": "electricity_buildings"}
    return Place(own=own, no_foreign="a bulletin is everybody's")


@place("daily_root_text")
def _(cast: Cast) -> Place:
    _case(cast, accepted=True)
    root = close_days(at=database_now() + timedelta(days=2))[-1]
    return Place(own={"day": root.day.isoformat()}, no_foreign="roots are published")
