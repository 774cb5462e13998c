"""Six thousand pages: the home page and the lists cost the queries they cost with sixty."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.models import (
    EventIndexPage,
    EventPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    NoticeIndexPage,
    PublicNoticePage,
)
from cms.rooms import Room
from cms.setup import lay_foundation, published
from tests.cms.conftest import make_picture
from tests.ground.cast import Cast
from tests.journeys.ground import case_of, numbers, open_call

pytestmark = pytest.mark.prove
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: At most so many queries, uncached: the home page with all it can show, and a column.
MOST = {"/": 12, "/news/": 12}


def place_name(number: int) -> str:
    """A step of a tree path: four digits of base 36."""
    digits = ""
    for _ in range(Page.steplen):
        number, rest = divmod(number, len(DIGITS))
        digits = DIGITS[rest] + digits
    return digits


def grow(index: NewsIndexPage, pattern: NewsPage, count: int) -> None:
    """Add `count` published stories like `pattern`: the tree's rows at once, their own columns by one statement."""
    first = index.numchild + 1
    shared = {"depth": index.depth + 1, "locale": index.locale, "content_type": pattern.content_type, "live": True}
    Page.objects.bulk_create(
        Page(
            title=f"第{number}条", draft_title=f"第{number}条", slug=f"n-{number}", path=index.path + place_name(number),
            url_path=f"{index.url_path}n-{number}/", **shared,
        )
        for number in range(first, first + count)
    )  # fmt: skip
    names = [f.column for f in NewsPage._meta.local_fields if f.column not in ("page_ptr_id", "date", "room")]
    columns = ", ".join(f'"{name}"' for name in names)
    rooms = ", ".join(f"'{room}'" for room in Room.values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cms_newspage (page_ptr_id, date, room, {columns}) "
            f"SELECT p.id, %s::date - (p.id %% 900)::int, (ARRAY[{rooms}])[1 + p.id %% {len(Room.values)}], {columns} "
            "FROM wagtailcore_page p, (SELECT * FROM cms_newspage WHERE page_ptr_id = %s) AS pattern "
            "WHERE p.slug LIKE 'n-%%' AND NOT EXISTS (SELECT 1 FROM cms_newspage n WHERE n.page_ptr_id = p.id)",
            [date(2026, 11, 20), pattern.pk],
        )
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + count)
    index.refresh_from_db()


@pytest.fixture
def busy_home(db: Any, cast: Cast) -> HomePage:
    """A home page with all it can show: strip, lead with a picture, open public notice, next event."""
    case_of(cast, open_call(cast, "2025"), cast.school_a).file(numbers()).accept()
    home = lay_foundation()
    today = timezone.localdate()
    notices = NoticeIndexPage.objects.child_of(home).get()
    days = {"starts_on": today - timedelta(days=2), "ends_on": today + timedelta(days=5)}
    asked = {"contact_name": "办公室", "contact_phone": "022-0000 0421"}
    notice = PublicNoticePage(title="公示", lead="公示。", locale=home.locale, **days, **asked)
    published(notices.add_child(instance=notice))
    events = published(home.add_child(instance=EventIndexPage(title="活动", slug="events", locale=home.locale)))
    soon = timezone.now() + timedelta(days=3)
    event = EventPage(title="班", lead="班。", starts_at=soon, ends_at=soon, place="礼堂", locale=home.locale)
    published(events.add_child(instance=event))
    return home


@pytest.mark.requirement("S9-43")
def test_home_and_column_cost_the_same_at_60_and_at_6000(busy_home: HomePage, association_client: Any) -> None:
    index = NewsIndexPage.objects.child_of(busy_home).get()
    day = date(2026, 11, 20) - timedelta(days=1000)
    story = NewsPage(title="样", lead="导语。", date=day, locale=index.locale, cover=make_picture())
    pattern = published(index.add_child(instance=story))
    index.refresh_from_db()
    seen: dict[str, list[int]] = {path: [] for path in MOST}
    for count in (59, 5940):
        grow(index, pattern, count)
        for path, costs in seen.items():
            html = association_client.get(path).content.decode()
            with CaptureQueriesContext(connection) as found:
                association_client.get(path)
            costs.append(len(found))
            assert path != "/" or all(part in html for part in ("hq-tray", "hq-pub", "h-next", "hq-lead"))
    assert NewsPage.objects.live().count() == 6000
    print(seen)
    for path, (few, many) in seen.items():
        assert few == many, path
        assert many <= MOST[path], path
