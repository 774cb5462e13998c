"""Every page that the commission may open by the access matrix, read for what is not filed."""

import re
from typing import Any

import pytest
from django.urls import reverse

from committees.filings.joint_actions import make_list
from committees.filings.models import Call, Filing
from committees.filings.root_actions import close_days
from committees.filings.slugs import slug_of
from search.outbox import apply_changes
from tenants.clock import database_now
from tests.access.matrix import read
from tests.committees.commission.ground import DRAFT_TITLE, SECRETS, Ground, stages_of_unfiled
from tests.committees.filings.committee.ground import AT, seat
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-13")]
#: Routes with an address of their own that lead to nothing of the filing room (mails, invitations, files of the site).
ELSEWHERE = {
    "site_column_feed", "site_list_csv", "site_calendar",
    "wagtail_serve", "mail_confirm", "invitation_show", "reset_use", "mail", "mail_html",
    "calendar_feed", "mail_unsubscribe", "account_reset_password_from_key", "at:/favicon.ico", "include:/accounts/2fa/",
    "bulletin_pdf",
}  # fmt: skip
#: Words inside a school, which no page tells the commission even of a filing that it may read.
INSIDE = ("宽限事由丁", "免报事由戊", "待负责人审定", "校内审批", "答复疑问", "送负责人审定")
#: The word of a filing that is being filled in; an open call is called so too, on the pages of calls.
BEING_FILLED_IN, OF_FILINGS = "填报中", {
    "committee_board", "committee_board_csv", "committee_filing", "committee_school", "committee_talk", "commission_filed",
    "commission_filed_csv", "filing_card",
}  # fmt: skip


def opened_to_the_commission() -> list[str]:
    """Routes of the association's host that the matrix opens to the commission."""
    return sorted({
        row.route for row in read()
        if (row.host, row.method) == ("association", "GET") and row.outcomes["commission"] in {"200", "302"}
    })  # fmt: skip


def addresses(ground: Ground, extra: dict[str, Any]) -> dict[str, list[str]]:
    """Each of those routes with the addresses under which something of the ground stands."""
    call, filed = ground.call, [ground.filed, ground.accepted, *ground.again.values()]
    code, call_id = {"code": "energy"}, {"code": "energy", "public_id": call.public_id}
    of_filings = [{"code": "energy", "public_id": one.public_id} for one in filed]
    cards = [{"slug": slug_of(one.number or "")} for one in filed]
    bulletin = [{"slug": slug_of(call.number)}]
    given: dict[str, list[dict[str, Any]]] = {
        "committee_call": [call_id],
        "commission_call": [call_id],
        "committee_series_show": [{**code, "public_id": ground.series_id}],
        "committee_school": [{**code, "public_id": one.school.public_id} for one in filed],
        "committee_joint": [],
        "committee_minutes": [],
        "committee_evidence": [],
        "bulletin_figure": [{**bulletin[0], "indicator": "electricity_buildings"}],
        "daily_root_text": [{"day": extra["day"]}],
        "api_card": [{"id": slug_of(ground.accepted.number or "")}],
    }  # fmt: skip
    for names, places in (
        (("committee_room", "committee_board", "committee_board_csv", "committee_board_xlsx", "committee_calls",
          "committee_series", "committee_joints"), [code]),
        (("committee_filing", "committee_talk", "committee_compare"), of_filings),
        (("filing_card", "filing_payload", "filing_seal", "filing_recompute"), cards),
        (("bulletin", "bulletin_csv", "bulletin_xlsx", "bulletin_dictionary", "bulletin_years", "bulletin_years_csv",
          "bulletin_years_xlsx"), bulletin),
        (("api_bulletin", "api_bulletin_schools"), [{"id": slug_of(call.number)}]),
    ):  # fmt: skip
        given |= dict.fromkeys(names, places)
    found = {}
    for route in opened_to_the_commission():
        if route in ELSEWHERE or route.startswith("style:"):
            continue
        found[route] = [reverse(route, kwargs=kwargs) for kwargs in given.get(route, [{}])]
    found["search"] = [f"/search/?q={words}" for words in ("试验大学", DRAFT_TITLE, call.title_zh)]
    found["search_suggest"] = [f"/search/suggest/?q={words}" for words in ("试验", DRAFT_TITLE)]
    return found


@pytest.fixture
def ground(cast) -> Ground:
    return stages_of_unfiled(cast)


def text_of(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    if response.headers.get("Content-Type", "").startswith("application/vnd.openxml"):
        return _cells(body)
    return re.sub(r"</?mark>", "", body.decode("utf-8", "replace"))


def _cells(body: bytes) -> str:
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(body))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_no_page_of_the_commission_tells_what_is_not_filed(cast, ground):
    apply_changes()
    client = association_client(cast["commission"])
    extra = {"day": close_days(at=database_now())[-1].day.isoformat()}
    pages, told = 0, []
    for route, paths in addresses(ground, extra).items():
        for path in paths:
            response = client.get(path)
            assert response.status_code in {200, 302, 404}, (path, response.status_code)
            text, pages = text_of(response), pages + 1
            secrets = [*ground.secrets(), *INSIDE, *([BEING_FILLED_IN] if route in OF_FILINGS else [])]
            told += [(route, path, secret) for secret in secrets if secret in text and secret not in path]
    assert told == []
    assert pages > 60


def test_control_the_officer_reads_all_of_it(cast, ground):
    """The canaries sing where they may: else the test above would prove nothing."""
    client = association_client(cast["officer"])
    pages = ["/committees/energy/board/", "/committees/energy/board/?all=1", "/committees/energy/calls/",
             f"/committees/energy/calls/{ground.call.public_id}/"]  # fmt: skip
    text = "\n".join(text_of(client.get(path)) for path in pages)
    silent = [s for s in (*ground.secrets(), "填报中") if s not in text and s not in SECRETS]
    assert [s for s in silent if s not in {str(one.public_id) for one in ground.unfiled}] == []


def test_counts_speak_of_filed_returns_only(cast, ground):
    client = association_client(cast["commission"])
    call = client.get(f"/committees/energy/calls/{ground.call.public_id}/").content.decode()
    assert "5份已报送" in call
    assert "所学校" not in re.findall(r'id="h-far">.*?</h2>', call)[0]
    board = client.get("/committees/energy/board/?all=1").content.decode()
    assert board.count('rowheader" class="sch" scope="row">') - board.count("tfoot") // 2 >= 5
    listed = client.get("/committees/energy/calls/").content.decode()
    assert re.search(r'<td class="r">5</td><td class="r">1</td>', listed)


@pytest.mark.parametrize("which", ["answered", "with_head", "withdrawn"])
def test_what_went_back_shows_alike_however_far_the_school_has_come(cast, ground, which):
    """One page of a filing in three stages of the next version: but for names and numbers nothing tells them apart."""
    client = association_client(cast["commission"])
    filing = ground.again[which]
    text = client.get(f"/committees/energy/filings/{filing.public_id}/").content.decode()
    assert "hq-pane w-back" in text or "已退回" in text or "退回" in text
    assert not [word for word in (*INSIDE, BEING_FILLED_IN) if word in text]


def test_a_case_never_filed_answers_like_an_unknown_one(cast, ground):
    client = association_client(cast["commission"])
    for one in ground.unfiled:
        for page in ("", "talk/", "compare/"):
            assert client.get(f"/committees/energy/filings/{one.public_id}/{page}").status_code == 404
        assert client.get(f"/committees/energy/board/schools/{one.school.public_id}/").status_code == 404
    assert client.get(f"/committees/energy/calls/{ground.draft.public_id}/").status_code == 404


def test_lists_in_preparation_are_the_committees_own(cast, ground):
    made = make_list(
        call=ground.call, title="会审草稿己", held_on=AT.date(), filings=[ground.filed], by=cast["officer"], at=AT
    )  # fmt: skip
    client = association_client(cast["commission"])
    assert "会审草稿己" not in client.get("/committees/energy/joint/").content.decode()
    assert client.get(f"/committees/energy/joint/{made.public_id}/").status_code == 404
    officer = association_client(cast["officer"])
    assert "会审草稿己" in officer.get("/committees/energy/joint/").content.decode()


def test_who_also_sits_on_the_committee_sees_what_the_seat_sees(cast, ground):
    seat(cast.committee, "expert", cast["commission"])
    text = association_client(cast["commission"]).get("/committees/energy/board/?all=1").content.decode()
    assert ground.unfiled[0].school.name_zh in text
    assert Filing.objects.count() == 10
    assert Call.objects.count() == 2
