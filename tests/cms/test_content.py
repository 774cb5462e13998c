"""The demo's texts: whole, Chinese without typed gaps, laid down once."""

import re
import tomllib

import pytest
from django.conf import settings
from wagtail.models import Page

from cms import figures
from cms.content import fill_site
from cms.figures import FigureStrip, StripFigure
from cms.models import NewsPage, NoticePage, Picture, StandardPage
from cms.rooms import STREET, Room

FOLDER = settings.ROOT / "portal" / "demo" / "site"
#: Lists that the foundation lays before any text is read.
LAID = ("news", "announcements")
GAP = re.compile(r"[\u4e00-\u9fff] +\d|\d +[\u4e00-\u9fff]")


@pytest.fixture
def filled(site_database, site_template, db, settings):
    """The filled site; how many pages the filling made."""
    site_template.lay_files(settings.MEDIA_ROOT)
    return site_template.made


def test_the_demo_fills_a_site_once(filled, association_client):
    texts = [path for path in FOLDER.rglob("*.md") if path.parent.name not in LAID or path.stem != "_page"]
    assert filled == len(texts) == Page.objects.filter(depth__gt=2).count() - 2 * len(LAID)
    assert fill_site(FOLDER) == 0
    assert Picture.objects.exclude(alt_text="").count() == Picture.objects.count() == 23
    for page in Page.objects.live().filter(depth__gte=2):
        answer = association_client.get(page.url)
        assert answer.status_code == 200, page.url
        assert "None" not in answer.content.decode(), page.url
        assert f"<h1>{page.title}</h1>" in answer.content.decode() or page.slug.startswith("home"), page.url


def test_every_committee_has_news(filled):
    rooms = [set(kind.objects.values_list("room", flat=True)) for kind in (NewsPage, NoticePage)]
    assert rooms[0] | rooms[1] == set(Room.values)
    assert len(STREET) == 6


def test_pages_are_tied_to_their_translation(filled):
    for page in [*NewsPage.objects.filter(locale__language_code="en"), *StandardPage.objects.filter(locale=2)]:
        assert page.get_translations().count() == 1, page.slug


def test_no_gap_is_typed_between_han_and_figures():
    for path in (FOLDER / "zh").rglob("*.md"):
        assert not GAP.findall(path.read_text()), path


def test_pictures_are_small_and_all_there():
    rows = tomllib.loads((FOLDER / "pictures.toml").read_text())["picture"]
    sizes = {row["name"]: (FOLDER / "pictures" / f"{row['name']}.png").stat().st_size for row in rows}
    assert max(sizes.values()) < 150_000


def test_a_strip_of_figures_shows_what_an_upper_room_offers(filled, association_client, monkeypatch):
    one = StripFigure(title="用电", value="663941", unit="GJ")
    strip = FigureStrip(title="用电最多", figures=[one], href="/bulletins/", link="看整份公报", origin="由备案汇总")
    monkeypatch.setattr(figures, "_sources", [])
    figures.offer_strip(lambda: None)
    figures.offer_strip(lambda: strip)
    html = association_client.get("/").content.decode()
    assert "663,941" in html
    assert html.count("hq-tray") == 1
