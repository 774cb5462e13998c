"""Blocks of a text that bring files: rows of pictures, films, attachments, figures from the roll-ups."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from cms import figures
from cms.figures import FigureShelf, StripFigure, TextFigure
from cms.models import SiteDocument
from tests.cms.conftest import make_picture


@pytest.fixture
def document(db):
    """`document("灯.mp4", b"…")`: a file for download."""

    def make(name, content=b"content"):
        row = SiteDocument(title=name.split(".")[0], file_size=len(content))
        row.file.save(name, ContentFile(content))
        row.save()
        return row

    return make


@pytest.fixture
def shelf(monkeypatch):
    """A room that offers one figure."""
    monkeypatch.setattr(figures, "_shelves", {})
    one = StripFigure(title="用电", value=Decimal("1234567.5"), unit="kWh", places=1)
    read = lambda key: TextFigure(figure=one, href="/bulletins/", trace="61份备案") if key == "power" else None  # noqa: E731
    figures.offer_figures(FigureShelf(prefix="test", choices=lambda: [("power", "用电")], read=read))


@pytest.mark.requirement("S9-38")
def test_a_row_of_pictures_is_sized_and_worded(make_news, association_client):
    pictures = [{"picture": make_picture(f"第{n}张"), "caption": f"说明{n}"} for n in (1, 2, 3)]
    page = make_news(body=[("gallery", {"title": "一组", "pictures": pictures})])
    html = association_client.get(page.url).content.decode()
    part = html[html.index('class="site-gallery"') :]
    part = part[: part.index("</section>")]
    assert part.count("<picture>") == part.count('type="image/avif"') == part.count('type="image/webp"') == 3
    assert part.count('alt="蓝底的灶台"') == 3
    assert all(f"<figcaption>说明{n}</figcaption>" in part for n in (1, 2, 3))
    assert part.count(' width="360"') == part.count(' height="270"') == 3, "images are sized"


def test_a_film_has_its_still_its_words_and_a_way_without_a_player(make_news, document, association_client):
    film, words = document("点灯.mp4"), document("点灯.vtt", b"WEBVTT\n")
    value = {
        "film": film,
        "still": make_picture(),
        "title": "点灯",
        "subtitles": words,
        "transcript": "灯亮了。\n人来了。",
    }
    page = make_news(body=[("film", value)])
    html = association_client.get(page.url).content.decode()
    for part in (
        f'<source src="{film.url}" type="video/mp4">', 'poster="/media/images/', f'<a href="{film.url}">点灯</a>',
        f'<track kind="captions" src="{words.url}"', "灯亮了。<br>人来了。",
    ):  # fmt: skip
        assert part in html, part
    sent = association_client.get(film.url)
    assert b"".join(sent.streaming_content) == b"content"
    sent.close()


def test_an_attachment_says_what_it_is_and_goes_with_its_page(make_news, document, association_client):
    row = document("登记表.xlsx", b"x" * 2048)
    page = make_news(body=[("attachment", row)])
    html = association_client.get(page.url).content.decode()
    assert f'<a href="{row.url}">登记表.xlsx</a>' in html
    assert "2.0" in html[html.index("登记表.xlsx") :][:80]
    page.unpublish()
    assert association_client.get(row.url).status_code == 404


def test_a_figure_leads_to_what_stands_behind_it_or_says_that_it_is_gone(make_news, shelf, association_client):
    both = [
        ("figure", {"figure": "test:power", "note": "比上年少。"}),
        ("figure", {"figure": "test:gone", "note": "没有了"}),
    ]
    html = association_client.get(make_news(body=both).url).content.decode()
    assert html.count("site-figure") == 2
    assert html.count("目前没有公布") == 1
    for part in ("1,234,567.5", "kWh", "比上年少。", '<a class="hq-trace" href="/bulletins/"', "61份备案"):
        assert part in html, part
    assert "没有了" not in html


@pytest.mark.requirement("S9-75")
def test_a_piece_says_when_its_bulletin_is_gone_or_moves(make_news, association_client, monkeypatch):
    rows = [figures.PieceRow(name=name, value=Decimal(n)) for n, name in enumerate("甲乙丙", 1)]
    piece = figures.TextPiece(
        kind="ranking", title="单位面积能耗", measure="年报 · GJ/m²", unit="GJ/m²", rows=rows, href="/bulletins/x/",
        link="年报", average=Decimal(2), note="征集还在进行",
    )  # fmt: skip
    monkeypatch.setattr(figures, "_shelves", {})
    figures.offer_figures(
        FigureShelf(
            prefix="test", choices=list, read=lambda key: None, pieces=lambda: [("2025", [("a", "排序")])],
            read_piece=lambda key: piece if key == "a" else None,
        )
    )  # fmt: skip
    assert figures.piece_choices() == [("2025", [("test:a", "排序")])]
    page = make_news(body=[("bulletin", {"piece": "test:a", "note": "编者按"}), ("bulletin", {"piece": "test:gone"})])
    html = association_client.get(page.url).content.decode()
    for words in ("单位面积能耗", "hq-plot", "征集还在进行", "编者按", 'href="/bulletins/x/"', "目前没有公布"):
        assert words in html
    assert html.count("site-bulletin") == 2
