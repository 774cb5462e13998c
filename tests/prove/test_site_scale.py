"""Six thousand pages: the home page and the lists cost the queries they cost with sixty."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from cms.models import NewsIndexPage, NewsPage
from cms.rooms import Room
from cms.setup import lay_foundation, published

pytestmark = pytest.mark.prove
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: The home page without its strip of figures, whose room counts its own; and a column. No story has a picture.
COSTS = {"/": 6, "/news/": 11}


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


@pytest.mark.requirement("S9-43")
def test_home_and_column_cost_the_same_at_60_and_at_6000(
    db: Any, association_client: Any, queries: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("cms.figures._sources", [])
    index = NewsIndexPage.objects.child_of(lay_foundation()).get()
    pattern = published(
        index.add_child(
            instance=NewsPage(
                title="样", lead="导语。", date=date(2026, 11, 20) - timedelta(days=1000), locale=index.locale
            )
        )
    )
    index.refresh_from_db()
    for count in (59, 5940):
        grow(index, pattern, count)
        for path, cost in COSTS.items():
            assert association_client.get(path).status_code == 200
            with queries(cost):
                association_client.get(path)
    assert NewsPage.objects.live().count() == 6000
