"""Writing views: one statement for a bunch, adding to the day's rows."""

from collections.abc import Mapping
from datetime import date

from django.db import connection

from cms.models.counts import PageViews

# In the order of the pages, so that two processes never wait for each other crosswise; pages deleted meanwhile are left out.
_ADD = """
INSERT INTO {table} (page_id, day, views)
SELECT page.id, given.day, given.views
FROM unnest(%s::integer[], %s::date[], %s::integer[]) AS given (page, day, views)
JOIN public.wagtailcore_page AS page ON page.id = given.page
ORDER BY page.id, given.day
ON CONFLICT (page_id, day) DO UPDATE SET views = {table}.views + EXCLUDED.views
"""


def add_views(bunch: Mapping[tuple[int, date], int]) -> None:
    """Add views by (page, day)."""
    if not bunch:
        return
    pages, days = zip(*bunch, strict=True)
    with connection.cursor() as cursor:
        table = f"public.{PageViews._meta.db_table}"
        cursor.execute(_ADD.format(table=table), [list(pages), list(days), list(bunch.values())])
