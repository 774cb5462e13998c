"""Every kind of public page as a picture: wide by day and narrow by night; nothing stands out, axe finds nothing."""

from collections.abc import Iterator

import pytest

from tests.ground.browser import Pages, axe, no_overflow, shot
from tests.ground.cast import read_cast
from tests.ground.live import Live
from tests.ground.site import SiteTemplate, running_site
from tests.journeys.ground import case_of, numbers, open_call
from tests.journeys.site_kinds import KINDS, OTHERS, address_of, lay_blocks

pytestmark = [pytest.mark.journey, pytest.mark.requirement("S9-43")]
LOOKS = {"1280-day": (1280, "light"), "390-night": (390, "dark")}


@pytest.fixture(scope="module")
def site(site_database: str, site_template: SiteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The demo's pages, and one accepted return, so that the home page has its strip and a member its figures."""
    with running_site(site_template, site_database, tmp_path_factory.mktemp("pages")) as live:
        cast = read_cast()
        case_of(cast, open_call(cast, "2025"), cast.school_a).file(numbers()).accept()
        lay_blocks()
        yield live


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", [*KINDS, *OTHERS])
def test_a_page_of_every_kind(site: Live, open_page: Pages, name: str, look: str) -> None:
    width, scheme = LOOKS[look]
    page = open_page(width=width, color_scheme=scheme)
    answer = page.goto(f"{site.url}{address_of(name)}")
    assert answer is not None
    assert answer.status == (404 if name == "missing" else 200)
    page.wait_for_load_state("networkidle")
    shot(page, f"site-{name}-{look}")
    no_overflow(page)
    axe(page)
    # The picture above is for people; this is what it must not lack: one heading, and no picture that did not come.
    assert page.locator("h1").count() == 1
    broken = page.evaluate("[...document.images].filter(one => one.complete && !one.naturalWidth).map(one => one.src)")
    assert broken == []
