"""A site to test on: both languages laid, and a maker of news."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.images import ImageFile
from PIL import Image


@pytest.fixture
def site(db):
    """The Chinese home page of a site with nothing on it."""
    from cms.setup import lay_foundation

    return lay_foundation()


@pytest.fixture
def no_strip(monkeypatch):
    """No room offers figures: what the strip costs is its source's business."""
    from cms import figures

    monkeypatch.setattr(figures, "_sources", [])


@pytest.fixture
def picture(db):
    """A picture of 1600 x 900 with words and a source."""

    return make_picture()


def make_picture(title="灶台"):
    from cms.models import Picture

    drawn = io.BytesIO()
    Image.new("RGB", (1600, 900), "#1a4490").save(drawn, "PNG")
    drawn.seek(0)
    row = Picture(title=title, alt_text="蓝底的灶台", credit="秘书处绘图组")
    row.file = ImageFile(drawn, name="stove.png")
    row._set_image_file_metadata()
    row.save()
    return row


@pytest.fixture
def make_news(site):
    """`make_news("标题", room="food")`: a published page of news, each a day older than the one before."""
    from cms.models import NewsIndexPage, NewsPage
    from cms.setup import published

    index = NewsIndexPage.objects.child_of(site).get()
    made = []

    def make(title="校园里的灯", **fields):
        parent = fields.pop("parent", index)
        given = {"date": date(2026, 11, 20) - timedelta(days=len(made)), "lead": "导语。", "room": "food", **fields}
        page = published(parent.add_child(instance=NewsPage(title=title, locale=parent.locale, **given)))
        made.append(page)
        return page

    return make
