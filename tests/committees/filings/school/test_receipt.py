"""The receipt: paper and file for the school, the public check that tells nothing but what the receipt says."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from committees.filings import actions
from committees.filings.approval_actions import name_deputy
from committees.filings.receipt import check_address
from committees.filings.root_actions import close_days
from committees.filings.sealing import approval_line
from committees.filings.slugs import slug_of
from tenants.clock import local_day
from tenants.context import school_scope
from tenants.models import SchoolRole
from tests.committees.filings.school.ground import AT, VALUES, Case
from tests.factories.people import make_user, member
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-33")]


def words_in(content: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_paper_and_file_say_the_same(case: Case):
    case.send()
    version = case.filing.versions.get()
    case.filing.refresh_from_db()
    paper = case.client().get(f"{case.path}versions/1/receipt.pdf")
    assert paper["Content-Type"] == "application/pdf"
    words = words_in(paper.content)
    for one in (version.number, version.seal, version.payload_sha256, case.cast.school_a.name_zh, "2026"):
        assert "".join(one.split()) in words
    assert case.client().get(f"{case.path}versions/1/receipt.pdf").content == paper.content
    told = json.loads(case.client().get(f"{case.path}versions/1/receipt.json").content)
    assert (told["seal"], told["number"], told["version"]) == (version.seal, version.number, 1)
    assert told["check"] == check_address(version)
    assert told["root_of_day"] is None
    root = next(r for r in close_days(at=AT + timedelta(days=9)) if r.seals)
    assert root.root in words_in(case.client().get(f"{case.path}versions/1/receipt.pdf").content)
    assert (
        json.loads(case.client().get(f"{case.path}versions/1/receipt.json").content)["root_of_day"]["root"] == root.root
    )


def by_deputy(case: Case) -> None:
    """The second clerk stands in for the head on these days, and files."""
    deputy = member(case.cast.school_a, SchoolRole.CLERK, user=make_user("standing-in", name="代行"))
    name_deputy(
        school=case.cast.school_a, deputy=deputy, starts_on=local_day(AT), ends_on=local_day(AT), reason="出差",
        by=case.cast["head_a"], at=AT,
    )  # fmt: skip
    case.begin()
    case.write(VALUES)
    with school_scope(case.filing.school):
        actions.request_approval(filing=case.filing, by=case.cast["clerk_a"], at=AT)
        actions.file(filing=case.filing, by=deputy, at=AT + timedelta(hours=1))


@pytest.mark.requirement("S9-75")
def test_the_receipt_says_who_approved_for_whom(case: Case):
    by_deputy(case)
    head = case.cast["head_a"].name
    words = words_in(case.client().get(f"{case.path}versions/1/receipt.pdf").content)
    assert "审批人代行" in words
    assert f"审批方式代{head}，登录审定" in words
    told = json.loads(case.client().get(f"{case.path}versions/1/receipt.json").content)
    assert told["approval"] == approval_line(case.filing.versions.get())
    assert "deputy" in told["approval"]
    page = case.client().get(case.path).content.decode()
    assert "代行" in page
    assert f"代{head}，登录审定" in page


def test_a_receipt_of_the_head_has_no_such_row(case: Case):
    case.send()
    words = words_in(case.client().get(f"{case.path}versions/1/receipt.pdf").content)
    assert f"代{case.cast['head_a'].name}" not in words
    assert case.cast["head_a"].name in words


def test_an_unknown_version_has_no_receipt(case: Case):
    case.begin()
    for ending in ("pdf", "json"):
        assert case.client().get(f"{case.path}versions/1/receipt.{ending}").status_code == 404


def test_the_public_check_knows_the_pair_and_tells_no_more(case: Case):
    case.send()
    version = case.filing.versions.get()
    visitor = association_client()
    path = check_address(version).split("localhost", 1)[1].split("/", 1)[1]
    text = visitor.get(f"/{path}").content.decode()
    assert "该编号下有此封印" in text
    assert version.number in text
    for secret in (case.cast.school_a.name_zh, case.cast.school_a.code, "51023000", "51,023,000"):
        assert secret not in text
    wrong = {"number": slug_of(version.number), "seal": "0" * 64}
    other = {"number": "能备-2026-9999", "seal": version.seal}
    for asked in (wrong, other, {"number": "x\0", "seal": "zz"}, {"seal": version.seal[:63], "number": version.number}):
        answer = visitor.get("/check/", asked).content.decode()
        assert "没有此封印" in answer
        assert "hq-seal" not in answer
    by_number = visitor.get("/check/", {"number": version.number, "seal": version.seal.upper()})
    assert "该编号下有此封印" in by_number.content.decode()
