"""The officer's pages for duties, changes of a call and series; what the school sees of them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from committees.calendar.workdays import add_workdays
from committees.energy.forms import PRIMARY_2020
from committees.filings import actions, call_actions, duty_actions, series_actions
from committees.filings.models import Call, Draft, Series
from committees.filings.schema import Form, form_from
from committees.filings.school.reads import work_on
from committees.filings.wordings import difference, revisions_of
from tenants.clock import database_now, local_day
from tenants.context import school_scope
from tests.committees.filings.committee.ground import bring, filing_of, make_call
from tests.committees.filings.core.ground import AT, VALUES, Case
from tests.committees.filings.duties.test_series import WORDS
from tests.factories.people import make_school
from tests.ground.clients import association_client, client_on

pytestmark = pytest.mark.requirement("S9-56")


def at_call(name: str, call: Call) -> str:
    return reverse(name, kwargs={"code": call.committee.code, "public_id": call.public_id})


def posted(**more: str) -> dict[str, str]:
    return {"key": str(uuid4()), "reason": "有关情况说明", **more}


def open_today(cast) -> Call:
    """A call that is open now, so that days can be chosen that are still to come."""
    at = database_now()
    day = local_day(at)
    return make_call(cast, [cast.school_a], opens_on=day, due_on=day + timedelta(days=10), at=at)


def test_the_officer_extends_waives_and_reopens_on_the_page_of_a_return(cast):
    client, call = association_client(cast["officer"]), open_today(cast)
    filing = filing_of(call, cast.school_a)
    page = client.get(at_call("committee_filing", filing_in(call, filing))).content.decode()
    assert 'id="ask-extend"' in page
    day = page.split('id="extend-day"')[1].split('value="')[1][:10]
    for do, state in (("extend", "addressed"), ("waive", "waived"), ("reopen", "addressed")):
        filing.refresh_from_db()
        sent = posted(do=do, due_on=day, version=str(filing.version))
        assert client.post(at_call("committee_duty", filing_in(call, filing)), sent).status_code == 302
        filing.refresh_from_db()
        assert filing.state == state
    filing.duty.refresh_from_db()
    assert (filing.duty.due_on.isoformat(), filing.duty.reopened_on) == (day, local_day(database_now()))


def filing_in(call: Call, filing):
    """The filing as an address takes it."""
    filing.committee = call.committee
    return filing


@pytest.mark.parametrize("day", ["", "2020-01-01", "2099-10-01", "abc"])
def test_a_day_that_is_none_moves_nothing(cast, day):
    client, call = association_client(cast["officer"]), open_today(cast)
    filing = filing_of(call, cast.school_a)
    client.post(at_call("committee_duty", filing_in(call, filing)), posted(do="extend", due_on=day))
    filing.refresh_from_db()
    assert filing.version == 0


def test_a_type_of_schools_is_let_off_with_one_reason(cast):
    private = [make_school(type="private") for _number in range(3)]
    call, client = make_call(cast, [cast.school_a, *private]), association_client(cast["officer"])
    bring(cast, call, private[0], "filed")
    here = at_call("committee_call_waive", call)
    assert client.post(here, {"type": "private", "reason": " "}).status_code == 422
    assert client.post(here, {"reason": "x"}).status_code == 422
    assert client.post(here, {"type": "private", "reason": "民办高校本年度不报"}).status_code == 302
    states = sorted(call.filings.values_list("school__type", "state"))
    assert states == [
        ("private", "filed"),
        ("private", "waived"),
        ("private", "waived"),
        ("undergraduate", "addressed"),
    ]
    listed = client.get(reverse("committee_calls", args=[call.committee.code])).content.decode()
    assert '<td class="r">2</td>' in listed, "who owes nothing is not counted among those asked"


def test_a_changed_call_shows_the_school_what_is_new(cast):
    day = add_workdays(local_day(database_now()), 10)
    call = make_call(cast, [cast.school_a], text="含食堂用电。", due_on=day)
    later = add_workdays(day, 5)
    client = association_client(cast["officer"])
    words = {
        "title_zh": call.title_zh,
        "title_en": call.title_en,
        "text": "不含食堂用电。",
        "due_on": later.isoformat(),
    }
    here = at_call("committee_call_reword", call)
    assert client.post(here, {**words, "version": str(call.version), "key": str(uuid4())}).status_code == 422
    assert client.post(here, {**words, **posted(version=str(call.version), reason="口径更正")}).status_code == 302
    filing = filing_of(call, cast.school_a)
    page = client_on(cast.school_a.host, cast["clerk_a"]).get(f"/filings/{filing.public_id}/").content.decode()
    assert "<ins>不</ins>含食堂用电。" in page
    assert "口径更正" in page
    assert f"<del>{day}</del><ins>{later}</ins>" in page


def next_form() -> Form:
    """The form a year later: one item gone, one new."""
    definition = PRIMARY_2020.definition()
    section = definition["sections"][0]
    section["indicators"] = [*section["indicators"][1:], {**section["indicators"][0], "code": "brand_new"}]
    return form_from({**definition, "version": "2021"})


def test_a_changed_form_carries_the_draft_over_and_names_what_is_lost(case: Case):
    case.prepare()
    lost = next(iter(PRIMARY_2020.indicators()))
    with school_scope(case.filing.school):
        actions.request_approval(filing=case.filing, by=case.cast["clerk_a"], at=AT)
    form = actions.load_form(form=next_form(), at=AT)
    client = association_client(case.cast["officer"])
    here = at_call("committee_call_form", case.call)
    assert client.post(here, posted(form=str(form.pk), version=str(case.call.version))).status_code == 302
    case.filing.refresh_from_db()
    assert case.filing.state == "started", "what lay with the head goes back to the clerk"
    rows = case.call.filings.select_related("school", "call__committee", "call__form", "duty")
    filing = rows.get(school=case.cast.school_a)
    with school_scope(filing.school):
        work = work_on(filing)
        kept = [item.code for item in work.answer.form.indicators() if work.answer.value(item.code) is not None]
        assert len(kept) == len(VALUES) - 1
        assert Draft.objects.get(filing_id=filing.public_id).entries[lost.code]["value"] == "100"
    for path in ("", "prepare/"):
        page = (
            client_on(case.cast.school_a.host, case.cast["clerk_a"])
            .get(f"/filings/{filing.public_id}/{path}")
            .content.decode()
        )
        assert "新报表已不再要求" in page
        assert str(lost.name.zh) in page.split('id="h-lost"')[1]


def test_a_form_with_other_units_is_refused(case: Case):
    definition = PRIMARY_2020.definition()
    definition["sections"][0]["indicators"][0]["unit"] = "km²"
    form = actions.load_form(form=form_from({**definition, "version": "2022"}), at=AT)
    client = association_client(case.cast["officer"])
    answer = client.post(at_call("committee_call_form", case.call), posted(form=str(form.pk)))
    assert answer.status_code == 422
    case.call.refresh_from_db()
    assert case.call.form.version == "2020"


def test_a_cancelled_call_is_read_only_and_readable(case: Case):
    case.prepare()
    client = association_client(case.cast["officer"])
    client.post(at_call("committee_call_move", case.call), posted(do="cancel", version=str(case.call.version)))
    case.call.refresh_from_db()
    assert case.call.state == "cancelled"
    school = client_on(case.cast.school_a.host, case.cast["clerk_a"])
    page = school.get(f"/filings/{case.filing.public_id}/").content.decode()
    assert 'id="h-kept"' in page
    assert school.get(f"/filings/{case.filing.public_id}/prepare/").status_code == 302


def test_late_is_said_to_both_sides(case: Case):
    case.file(at=AT + timedelta(days=40))
    for client, path in (
        (association_client(case.cast["officer"]), f"/committees/energy/filings/{case.filing.public_id}/"),
        (client_on(case.cast.school_a.host, case.cast["clerk_a"]), f"/filings/{case.filing.public_id}/"),
        (client_on(case.cast.school_a.host, case.cast["clerk_a"]), "/filings/"),
    ):
        assert "迟报" in client.get(path).content.decode(), path


def test_the_school_says_none_and_the_officer_confirms_on_the_pages(case: Case):
    school = client_on(case.cast.school_a.host, case.cast["clerk_a"])
    here = f"/filings/{case.filing.public_id}/say_none/"
    assert "本校无此项" in school.get(here).content.decode()
    assert school.post(here, posted(version="0", reason="本校无供暖")).status_code == 302
    client = association_client(case.cast["officer"])
    page = client.get(f"/committees/energy/filings/{case.filing.public_id}/").content.decode()
    assert "本校无供暖" in page
    client.post(f"/committees/energy/filings/{case.filing.public_id}/duty/", posted(do="confirm_none", reason=""))
    case.filing.refresh_from_db()
    assert case.filing.state == "not_applicable"


def test_a_series_is_defined_previewed_paused_and_ended_by_page(cast):
    client = association_client(cast["officer"])
    new = reverse("committee_series_new", args=["energy"])
    page = client.get(new).content.decode()
    asks = page.split('value="energy-annual:')[1].split('"')[0]
    words = {
        "asks": f"energy-annual:{asks}", "title_zh": "{period}年报", "title_en": "Return {period}", "next_period": "2027",
        "opens": "after", "opens_workday": "1", "due_workdays": "10", "disclosure": "totals", "takes_late": "on",
    }  # fmt: skip
    assert client.post(new, {**words, "next_period": "2027-01"}).status_code == 422
    assert client.post(new, words).status_code == 302
    series = Series.objects.get()
    page = client.get(at_call("committee_series_show", series)).content.decode()
    assert page.count("2028年1月") >= 1
    assert client.post(at_call("committee_series_edit", series), {**words, "due_workdays": "5"}).status_code == 302
    for do, state in (("pause", "paused"), ("resume", "running"), ("end", "ended")):
        client.post(at_call("committee_series_move", series), posted(do=do))
        series.refresh_from_db()
        assert (series.state, series.due_workdays) == (state, 5)
    assert client.get(at_call("committee_series_edit", series)).status_code == 404


def test_the_list_of_series_costs_the_same_with_one_row_and_three(cast, queries):
    client, here = association_client(cast["officer"]), reverse("committee_series", args=["energy"])

    def define() -> None:
        series_actions.define_series(committee=cast.committee, words=WORDS, by=cast["officer"], at=AT)

    queries.at_1_and_3(7, define, lambda: client.get(here))


def test_waiving_costs_the_same_with_one_school_and_three(cast, queries):
    client, call = association_client(cast["officer"]), make_call(cast, [cast.school_a])

    def add() -> None:
        new = [make_school()]
        call_actions.add_schools(call=call, schools=new, due_on=call.due_on, by=cast["officer"], at=AT)

    duty_actions.waive(filing=filing_of(call, cast.school_a), reason="x", by=cast["officer"], at=AT)
    here = at_call("committee_call_waive", call)
    queries.at_1_and_3(7, add, lambda: client.get(here))


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("含食堂。", "不含食堂。", "+不+含食堂。"),
        ("报到3月31日", "报到4月15日", "报到-3-+4+月-31-+15+日"),
        ("", "新", "+新+"),
        ("旧", "", "-旧-"),
        ("same", "same", "same"),
    ],
)
def test_the_difference_marks_what_is_gone_and_what_is_new(before: str, after: str, marked: str) -> None:
    signs = {"same": "", "gone": "-", "new": "+"}
    assert "".join(f"{signs[p.how]}{p.words}{signs[p.how]}" for p in difference(before, after)) == marked
    assert "".join(piece.words for piece in difference(before, after) if piece.how != "gone") == after


def test_a_call_that_never_changed_has_no_revisions(cast) -> None:
    assert revisions_of(make_call(cast, [cast.school_a])) == []
