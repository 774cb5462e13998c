"""One public page of every kind that the demo holds, and the other addresses at which a visitor meets the site."""

from django.conf import settings
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms import models
from cms.figures import figure_choices
from cms.models import (
    EventIndexPage,
    GalleryPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    Picture,
    RegulationIndexPage,
    SiteDocument,
)
from cms.setup import published

#: Kinds of pages, by name.
KINDS = {name: kind for name in models.__all__ if issubclass(kind := getattr(models, name), Page)}
#: Address part of the page that `lay_blocks` makes.
BLOCKS = "blocks"
#: Addresses beside those of the kinds: a photograph, sifted and empty lists, English, what is not there, the style page.
OTHERS = ("blocks", "photograph", "sifted", "past-events", "english", "english-article", "missing", "style")


def address_of(name: str) -> str:
    """Where a visitor meets it. Raises LookupError for a kind of which the demo has no live page."""
    if name in KINDS:
        return _first(KINDS[name])
    return {
        "blocks": lambda: f"/news/{BLOCKS}/",
        "photograph": lambda: f"{_first(GalleryPage)}?photo=1",
        "sifted": lambda: f"{_first(RegulationIndexPage)}?year=2021&state=ahead",
        "past-events": lambda: f"{_first(EventIndexPage)}?when=past",
        "english": lambda: _first(HomePage, "en"),
        "english-article": lambda: _first(NewsPage, "en"),
        "missing": lambda: "/no-such-page/",
        "style": lambda: "/style/",
    }[name]()


def _first(kind: type[Page], language: str = settings.LANGUAGE_CODE) -> str:
    page = kind.objects.live().filter(locale__language_code=language).order_by("path").first()
    if page is None:
        raise LookupError(f"the demo has no live {kind.__name__}")
    return str(page.url)


def lay_blocks() -> None:
    """A story with a long title, without a cover, that holds the blocks which bring files or figures."""
    index = NewsIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")[0]
    pictures = [{"picture": row, "caption": f"第{row.pk}幅"} for row in Picture.objects.order_by("pk")[:3]]
    film = SiteDocument.objects.create(title="点灯", file="documents/lamp.mp4", file_size=1024)
    words = SiteDocument.objects.create(title="点灯字幕", file="documents/lamp.vtt", file_size=64)
    still, attached = pictures[0]["picture"], SiteDocument.objects.order_by("pk")[0]
    figure = next((key for key, _name in figure_choices()), "")
    body = [
        ("table", _wide_table()),
        ("paragraph", RichText(f"<p>见 https://example.test/{'a' * 160} 一文。</p>")),
        ("gallery", {"title": "一组画", "pictures": pictures}),
        ("film", {"film": film, "still": still, "title": "点灯", "subtitles": words, "transcript": "灯亮了。"}),
        *([("figure", {"figure": figure, "note": "比上年少。"})] if figure else []),
        ("attachment", attached),
        (
            "people",
            {"title": "问谁", "people": [{"name": "办公室", "post": "", "school": "", "portrait": still, "words": ""}]},
        ),
    ]
    title = "关于进一步做好冬季供暖期间学生公寓、食堂、能源站房和校园商业网点安全检查与值班值守有关工作的情况说明"
    story = NewsPage(title=title, slug=BLOCKS, lead="各种部件。", locale=index.locale, body=body)
    published(index.add_child(instance=story))


def _wide_table() -> object:
    """A table of fourteen columns: a telephone scrolls it, the page stays where it is."""
    columns = [
        {"type": "text", "heading": "学校"},
        *({"type": "figure", "heading": f"{n}月用电量"} for n in range(1, 14)),
    ]
    rows = [{"values": [name, *["1,234.5"] * 13]} for name in ("临港理工大学", "海津师范大学")]
    table = NewsPage.body.field.stream_block.child_blocks["table"]
    return table.to_python({"columns": columns, "rows": rows, "caption": "逐月用电量（万千瓦时）"})
