"""A visitor on the site: from the home page to one school's figure, and from an old regulation to the one in force."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import expect

from cms.models import HomePage, RegulationIndexPage, RegulationPage
from cms.setup import lay_foundation, published
from tests.ground.browser import Pages, axe, no_overflow
from tests.ground.cast import read_cast
from tests.ground.live import Live, running
from tests.journeys.ground import case_of, numbers, open_call

pytestmark = [pytest.mark.journey, pytest.mark.requirement("S9-43")]


@pytest.fixture(scope="module")
def site(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A portal with one accepted return, and with a regulation that took another's place."""
    with running(module_database, tmp_path_factory.mktemp("site")) as live:
        cast = read_cast()
        case_of(cast, open_call(cast, "2025"), cast.school_a).file(numbers()).accept()
        two_regulations(lay_foundation())
        yield live


def two_regulations(home: HomePage) -> None:
    """An old text and the new one that takes its place."""
    parent = published(
        home.add_child(
            instance=RegulationIndexPage(title="制度法规", slug="policies", locale=home.locale, show_in_menus=True)
        )
    )
    facts = {"issuer": "海津市高等学校后勤协会", "lead": "公寓怎么管。", "locale": home.locale}
    old = RegulationPage(title="学生公寓管理办法（试行）", slug="old", effective_on=date(2021, 9, 1), **facts)
    new = RegulationPage(title="学生公寓管理办法", slug="new", effective_on=date(2026, 1, 1), **facts)
    published(parent.add_child(instance=old))
    published(parent.add_child(instance=new))
    new.supersedes.set([old])
    published(new)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_the_home_page_to_a_schools_figure(site: Live, open_page: Pages, script: bool) -> None:
    page = open_page(script=script)
    page.goto(site.url)
    expect(page.locator(".hq-read .hq-tray")).to_be_visible()
    page.get_by_role("link", name="看整份公报").click()
    expect(page.locator("h1")).to_contain_text("2025")
    page.locator("tbody a.hq-trace").first.click()
    expect(page.locator("main")).to_contain_text("临港")


def test_from_an_old_regulation_to_the_one_in_force(site: Live, open_page: Pages) -> None:
    page = open_page(width=390)
    page.goto(f"{site.url}/policies/?state=superseded")
    page.get_by_role("link", name="学生公寓管理办法（试行）").click()
    expect(page.get_by_text("本文件已不再有效，现行文件是：")).to_be_visible()
    axe(page)
    no_overflow(page)
    page.locator(".site-warn").get_by_role("link", name="学生公寓管理办法").click()
    expect(page.locator("h1")).to_have_text("学生公寓管理办法")
    expect(page.locator(".hq-side").get_by_role("link", name="学生公寓管理办法（试行）")).to_be_visible()
    expect(page.locator("[data-print]")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".site-redhead")).to_be_visible()
    expect(page.locator(".hq-mast")).to_be_hidden()
