"""A return accepted after its day says so wherever it is shown: bulletin, files, card, receipt on paper and as a file."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from committees.filings import actions
from committees.filings.lateness import lateness_of
from committees.filings.models import Disclosure
from committees.filings.receipt import receipt_json, receipt_pdf
from committees.filings.slugs import slug_of
from tenants.context import school_scope
from tests.committees.filings.committee.ground import DUE, bring, filing_of, make_call
from tests.committees.filings.public.test_bulletin import page
from tests.committees.filings.public.test_bulletin_papers import words_in
from tests.committees.keys.ground import program
from tests.ground.clients import association_client, client_on

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]
AFTER = datetime(2026, 4, 3, 2, 0, tzinfo=UTC)
MARK = "is-late"


def late_and_in_time(cast, **changes):
    call = make_call(cast, [cast.school_a, cast.school_b], **changes)
    return call, bring(cast, call, cast.school_a, "accepted", at=AFTER), bring(cast, call, cast.school_b, "accepted")


def test_the_bulletin_and_its_files_mark_who_came_late(cast):
    call, late, _in_time = late_and_in_time(cast)
    assert page(call).content.decode().count(MARK) == 1
    rows = list(csv.DictReader(io.StringIO(page(call, name="bulletin_csv").content.decode("utf-8-sig"))))
    assert {row["school"]: row["late"] for row in rows[:2]} == {
        cast.school_a.name_zh: "yes", cast.school_b.name_zh: "no",
    }  # fmt: skip
    words = words_in(page(call, name="bulletin_pdf").content)
    assert f"{cast.school_a.name_zh}（迟报）" in words
    assert words.count("迟报") == 1
    told = program("portal.localhost").get(f"/api/v1/bulletins/{slug_of(call.number)}/schools/").json()
    assert {row["school"]: row["late"] for row in told["results"]} == {
        cast.school_a.name_zh: True, cast.school_b.name_zh: False,
    }  # fmt: skip
    assert MARK in association_client().get(f"/filings/{slug_of(late.number)}/").content.decode()


def test_without_names_nobody_is_marked(cast):
    call, _late, _in_time = late_and_in_time(cast, disclosure=Disclosure.ANONYMOUS)
    assert MARK not in page(call).content.decode()
    assert "late" not in page(call, name="bulletin_csv").content.decode()


def test_the_receipt_says_both_days(cast):
    _call, late, in_time = late_and_in_time(cast)
    told = json.loads(receipt_json(late, late.latest))
    assert (told["due_on"], told["came_on"], told["late"]) == (DUE.isoformat(), "2026-04-03", True)
    assert json.loads(receipt_json(in_time, in_time.latest))["late"] is False
    assert "2026年3月31日迟报，2026年4月3日收到" in words_in(receipt_pdf(late, late.latest))
    assert "迟报" not in words_in(receipt_pdf(in_time, in_time.latest))
    shown = client_on(cast.school_a.host, cast["clerk_a"]).get(f"/filings/{late.public_id}/").content.decode()
    assert shown.count(MARK) == 2  # beside the state, and on the receipt


def test_an_answer_to_questions_keeps_the_day_on_which_the_return_came(cast):
    call = make_call(cast, [cast.school_a])
    filing = bring(cast, call, cast.school_a, "returned")
    with school_scope(cast.school_a):
        for step, by in ((actions.answer, "clerk_a"), (actions.request_approval, "clerk_a"), (actions.file, "head_a")):
            step(filing=filing, by=cast[by], at=AFTER + timedelta(days=9))
    found = lateness_of(filing_of(call, cast.school_a))
    assert [(version, one.came_on.isoformat(), one.late) for version, one in found.items()] == [
        (1, "2026-03-02", False), (2, "2026-03-02", False),
    ]  # fmt: skip
