"""Calls, filings and steps that several journeys share: prepared through the actions, walked through the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
from playwright.sync_api import Page, expect

from committees.calendar.workdays import add_workdays
from committees.filings import actions
from committees.filings.answers import Entry, plain
from committees.filings.models import Call, Disclosure, Filing, FormVersion
from tenants.clock import local_day
from tenants.context import school_scope
from tenants.models import School
from tests.ground.cast import Cast
from tests.ground.live import Live

#: One school's return on the primary-energy form in which no rule finds anything: m², GJ, t.
VALUES = {
    "area_buildings": "24318", "area_dormitories": "6120", "electricity_buildings": "13876",
    "electricity_dormitories": "2411", "fossil_buildings": "3402", "fossil_dormitories": "655", "new_energy": "120",
    "co2_electricity_buildings": "702", "co2_electricity_dormitories": "122", "co2_fossil_buildings": "169",
    "co2_fossil_dormitories": "33",
}  # fmt: skip
ENERGY = ("electricity_buildings", "electricity_dormitories", "fossil_buildings", "fossil_dormitories")
AREA = ("area_buildings", "area_dormitories")
#: The value's column in a workbook; its first column holds the hidden codes.
CODE, VALUE = 0, 4


def numbers(**changes: str) -> dict[str, Decimal]:
    """The return with some values changed."""
    return {code: Decimal(text) for code, text in {**VALUES, **changes}.items()}


def now() -> datetime:
    """The moment of a step that a test takes by an action."""
    return datetime.now(UTC)


def open_call(cast: Cast, period: str, *schools: School, disclosure: str = Disclosure.NAMED, days_ago: int = 4) -> Call:
    """A call on the primary-energy form, open to the schools (or to both of the cast)."""
    at = now() - timedelta(days=days_ago)
    call = actions.draft_call(
        committee=cast.committee, kind="energy-primary", form=FormVersion.objects.get(code="energy-primary"),
        period=period, title_zh=f"{period}年度一次能源口径年报", title_en=f"Primary energy return {period}",
        opens_on=local_day(at), due_on=add_workdays(local_day(now()), 20), disclosure=disclosure,
        text="没有的项填0，数字按账单填写。", by=cast["officer"], at=at,
    )  # fmt: skip
    actions.open_call(call=call, schools=schools or (cast.school_a, cast.school_b), by=cast["officer"], at=at)
    return call


@dataclass
class Case:
    """One school's filing, moved by the actions."""

    cast: Cast
    filing: Filing

    @property
    def path(self) -> str:
        """The case page on the school's host."""
        return f"/filings/{self.filing.public_id}/"

    @property
    def check_path(self) -> str:
        """The committee's page of it, on the association's host."""
        return f"/committees/{self.cast.committee.code}/filings/{self.filing.public_id}/"

    def _letter(self) -> str:
        return "a" if self.filing.school_id == self.cast.school_a.pk else "b"

    def begin(self, values: Mapping[str, Decimal] | None = None) -> "Case":
        """The clerk begins and fills in `values` (nothing: none)."""
        clerk = self.cast[f"clerk_{self._letter()}"]
        entries = {code: Entry(value, source=plain(value)) for code, value in (values or {}).items()}
        with school_scope(self.filing.school):
            actions.start(filing=self.filing, by=clerk, at=now())
            if entries:
                actions.save_draft(filing=self.filing, entries=entries, revision=None, by=clerk, at=now())
        return self

    def ask_head(self) -> "Case":
        """The clerk sends it to the head."""
        with school_scope(self.filing.school):
            actions.request_approval(filing=self.filing, by=self.cast[f"clerk_{self._letter()}"], at=now())
        return self

    def file(self, values: Mapping[str, Decimal] | None = None) -> "Case":
        """From nothing to the committee."""
        self.begin(values or numbers()).ask_head()
        with school_scope(self.filing.school):
            actions.file(filing=self.filing, by=self.cast[f"head_{self._letter()}"], at=now())
        return self

    def accept(self) -> "Case":
        """The officer accepts it."""
        actions.accept(filing=self.filing, by=self.cast["officer"], at=now())
        return self


def case_of(cast: Cast, call: Call, school: School) -> Case:
    """The school's filing under a call."""
    rows = call.filings.select_related("school", "call__committee", "call__form", "duty")
    return Case(cast, rows.get(school=school))


def fill_workbook(content: bytes, values: Mapping[str, Any]) -> bytes:
    """The workbook with `values` typed into the cells of their items."""
    book = openpyxl.load_workbook(BytesIO(content))
    rows = {row[CODE].value: row for sheet in book.worksheets for row in sheet.iter_rows(min_row=5)}
    for code, value in values.items():
        rows[code][VALUE - 1].value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def download_workbook(page: Page) -> bytes:
    """Press the download on the workbook page."""
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载工作簿").click()
    return coming.value.path().read_bytes()


def upload(page: Page, content: bytes, name: str = "年报.xlsx") -> None:
    """Choose a file on the workbook page and send it."""
    page.locator("#workbook").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )  # fmt: skip
    with page.expect_navigation():
        page.locator("form:has(#workbook) [type=submit]").click()


def total(page: Page, live: Live, call: Call, title: str) -> Decimal:
    """A total on the public bulletin, as a visitor reads it."""
    page.goto(f"{live.url}/bulletins/{slug(call.number)}/")
    figure = page.locator(".hq-totals .hq-fig").filter(has=page.get_by_text(title, exact=True))
    text = figure.locator(".v").evaluate("one => one.firstChild.textContent")
    return Decimal(text.strip().replace(",", ""))


def slug(number: str | None) -> str:
    """A number of a paper as it stands in addresses."""
    from committees.filings.slugs import slug_of

    assert number
    return slug_of(number)


def said(page: Page, words: str) -> None:
    """The page tells the outcome of the last step in these words."""
    expect(page.locator("#messages").filter(has_text=words)).to_be_visible()
