"""Files that are no workbook of ours, sent by the page: each is refused in plain Chinese, and the draft stays."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from committees.filings.models import Draft
from tenants.context import school_scope
from tests.ground.browser import axe, no_overflow, shot, sign_in
from tests.ground.cast import SCHOOL_A, Cast
from tests.ground.live import Live
from tests.journeys.ground import case_of, download_workbook, numbers, open_call, upload

pytestmark = [pytest.mark.journey, pytest.mark.requirement("UPL")]


def locked(good: bytes) -> bytes:
    """The container that Excel writes round a workbook with a password."""
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + name + bytes(1024)


def with_macro(good: bytes) -> bytes:
    """A workbook that carries a program."""
    out = BytesIO(good)
    with ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"program")
    return out.getvalue()


#: Name of the file, how it is made from a good one, words of the refusal.
BAD: tuple[tuple[str, Callable[[bytes], bytes], str], ...] = (
    ("说明.pdf", lambda good: b"%PDF-1.7\n1 0 obj\n", "不是Excel工作簿"),
    ("数字.csv", lambda good: "项目,数值\n电,1\n".encode(), "文本"),
    ("断掉.xlsx", lambda good: good[: len(good) // 2], "坏了"),
    ("加密.xlsx", locked, "密码"),
    ("带宏.xlsm", with_macro, "宏"),
    ("空.xlsx", lambda good: b"", "空"),
)


def test_every_bad_file_is_refused_in_words(live: Live, open_page, cast: Cast):
    case = case_of(cast, open_call(cast, "2025"), cast.school_a).begin(numbers())
    before = read_draft(case)
    page = open_page()
    sign_in(page, live, "clerk_a")
    page.goto(f"{live.school_url(SCHOOL_A)}{case.path}upload/")
    good = download_workbook(page)
    told = {}
    for name, make, words in BAD:
        upload(page, make(good), name)
        refusal = page.get_by_role("alert")
        expect(refusal).to_contain_text(name)
        expect(refusal).to_contain_text("什么都没有存")
        told[name] = refusal.inner_text()
        assert words in told[name], told
        axe(page)
        no_overflow(page)
    assert len(set(told.values())) == len(BAD), told
    shot(page, "bad-workbook-zh-1280")
    assert read_draft(case) == before
    # The page still takes the good one.
    upload(page, good)
    expect(page.get_by_role("alert")).to_have_count(0)


def read_draft(case) -> tuple[int, dict[str, object]]:
    """Revision and entries of the draft."""
    with school_scope(case.filing.school):
        draft = Draft.objects.get(filing_id=case.filing.public_id)
        return draft.revision, draft.entries
