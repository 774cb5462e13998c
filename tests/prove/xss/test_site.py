"""The public site: payloads in every block, title, file and rich text, on the page, in lists, feed, sitemap, WeChat, admin."""

import json
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from cms.blocks import BodyBlock
from cms.blocks.text import PARAGRAPH_FEATURES
from cms.importing.cleaning import clean_html
from cms.models import NewsIndexPage, NewsPage, SiteDocument
from cms.setup import published
from cms.wechat import wechat_html
from tests.cms.conftest import make_picture
from tests.cms.conftest import site as site
from tests.ground.clients import association_client
from tests.prove.xss.gathering import Gathered
from tests.prove.xss.payloads import PAYLOADS
from tests.prove.xss.test_xss import find_live as find_live

pytestmark = [pytest.mark.prove, pytest.mark.requirement("G22")]
HREFS = (
    "javascript:hqx()", "JaVaScRiPt:hqx()", " javascript:hqx()", "java\tscript:hqx()", "\x01javascript:hqx()",
    "data:text/html,<b hqx>", "vbscript:hqx()", '"><b hqx>',
)  # fmt: skip


class Filler:
    """A value for any block, with the next payloads in its texts."""

    def __init__(self, picture: Any, document: Any, page: Any) -> None:
        self.picture, self.document, self.page, self.number = picture, document, page, 0
        self.kinds: set[str] = set()

    def text(self, most: int | None = None) -> str:
        """The next payload that fits."""
        for _try in PAYLOADS:
            self.number += 1
            found = PAYLOADS[self.number % len(PAYLOADS)]
            if most is None or len(found) <= most:
                return found
        raise AssertionError("no payload fits")

    def value(self, block: Any) -> Any:
        """A value as the block would have it from the editor."""
        self.kinds.add(type(block).__name__)
        if isinstance(block, blocks.StructBlock):
            return {name: self.value(child) for name, child in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            return [self.value(block.child_block) for _number in range(3)]
        if isinstance(block, blocks.ChoiceBlock):
            choices = [key for key, label in block.field.choices if key and not isinstance(label, list | tuple)]
            return choices[0] if choices else ""
        makers = {
            ImageChooserBlock: lambda: self.picture, DocumentChooserBlock: lambda: self.document,
            blocks.PageChooserBlock: lambda: self.page, blocks.DecimalBlock: lambda: self.number,
            blocks.StaticBlock: lambda: None, blocks.RichTextBlock: self.rich_text,
            blocks.CharBlock: lambda: self.text(block.field.max_length),
            blocks.TextBlock: lambda: self.text(block.field.max_length),
        }  # fmt: skip
        return next(make for kind, make in makers.items() if isinstance(block, kind))()

    def rich_text(self) -> RichText:
        """A paragraph of payloads with a link, saved as the editor saves it."""
        return RichText(editor_text("".join(self.text() for _n in range(5)), HREFS[self.number % len(HREFS)]))


def editor_text(text: str, href: str) -> str:
    """What Draftail's own way of saving makes of a paragraph, a link and unknown kinds, as a forged request sends them."""
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": href}}
    more = {"type": "EMBED", "mutability": "IMMUTABLE", "data": {"url": href, "embedType": "video"}}
    state = {
        "blocks": [
            {"key": "a", "type": kind, "text": text, "depth": 0, "inlineStyleRanges": [
                {"offset": 0, "length": 2, "style": style}], "entityRanges": [{"offset": 0, "length": 3, "key": key}]}
            for kind, style, key in (("unstyled", "BOLD", 0), ("header-two", "SCRIPT", 0), ("script", "ITALIC", 0),
                                     ("unordered-list-item", "BOLD", 1))
        ],
        "entityMap": {"0": entity, "1": more},
    }  # fmt: skip
    return str(ContentstateConverter(features=PARAGRAPH_FEATURES).to_database_format(json.dumps(state)))


@pytest.fixture
def laid(site, cast):
    """A news page for every three payloads, each with all blocks, and files of hostile titles and names."""
    index = NewsIndexPage.objects.child_of(site).get()
    made = []
    for number in range(0, len(PAYLOADS), 3):
        title, words, lead = (PAYLOADS[(number + step) % len(PAYLOADS)] for step in range(3))
        picture = make_picture(title)
        type(picture).objects.filter(pk=picture.pk).update(alt_text=words[:100], credit=lead[:60])
        document = SiteDocument(title=title, file_size=4)
        document.file.save(f"{words}.pdf", ContentFile(b"%PDF"))
        document.save()
        filler = Filler(picture, document, index)
        filler.number = number
        body = [(name, filler.value(block)) for name, block in BodyBlock().child_blocks.items() if name not in LEFT_OUT]
        page = NewsPage(
            title=title, lead=lead, date=date(2026, 11, 20), room="food", locale=index.locale, source=words[:60],
            author=title[:40], seo_title=words, search_description=lead, cover=picture, body=body, slug=f"poison-{number}",
        )  # fmt: skip
        made.append(published(index.add_child(instance=page)))
    return index, made, filler.kinds


#: Blocks that hold none of an editor's words.
LEFT_OUT = {"table", "rule"}


def test_no_block_title_or_file_of_the_site_lives(laid, cast, find_live):
    index, made, kinds = laid
    out, visitor, editor = Gathered(), association_client(), association_client(cast["editor"])
    for page in made:
        out.add(visitor.get(page.url), page.url)
        out.pages.append((f"mail wechat {page.pk}", str(wechat_html(page))))
        out.add(editor.get(f"/cms/pages/{page.pk}/edit/"), "editor")
    out.walk(visitor, "/", index.url, f"{index.url}?q=hqx", "/sitemap.xml")
    for path in (f"/cms/pages/{index.pk}/", "/cms/images/", "/cms/documents/", "/cms/reports/site-history/", "/cms/"):
        out.add(editor.get(path), path)
    ours = [(where, text) for where, text in out.pages if not where.startswith("/cms/") and where != "editor"]
    admin = [(f"mail {where}", text) for where, text in out.pages if where.startswith("/cms/") or where == "editor"]
    live = find_live(ours) + [fault for fault in find_live(admin) if "hqx" in fault]
    assert not live, f"{len(live)} live: {live[:8]}"
    assert sum("hqx" in text for _where, text in ours) >= len(made)
    assert {
        "QuoteBlock",
        "CalloutBlock",
        "TimelineBlock",
        "PeopleBlock",
        "FilmBlock",
        "GalleryBlock",
        "ChartBlock",
    } <= kinds
    print(f"\n{len(ours)} pages of the site, {len(admin)} of the editor, {len(kinds)} kinds of blocks")


@pytest.mark.parametrize("path", ["feed/", "feed/atom/"])
def test_a_feed_is_well_formed_whatever_the_titles_are(laid, path):
    index, made, _kinds = laid
    tree = ET.fromstring(association_client().get(f"{index.url}{path}").content)
    assert len([node for node in tree.iter() if node.tag.endswith(("item", "entry"))]) >= min(len(made), 10)
    assert [node.text for node in tree.iter() if node.tag.endswith("title")]
    assert not [node for node in tree.iter() if "hqx" in node.tag]


@pytest.mark.parametrize("href", HREFS)
def test_a_forged_save_of_the_editor_makes_no_live_link(href, find_live):
    text = editor_text("".join(PAYLOADS), href)
    assert not find_live([("saved", f"<!doctype html><title>x</title>{text}")])
    assert not find_live([("shown", f"<!doctype html><title>x</title>{RichText(text)}")])


def test_pasted_and_imported_html_makes_none_either(find_live):
    for text in (*PAYLOADS, *(f'<a href="{href}">hqx</a>' for href in HREFS), "".join(PAYLOADS)):
        shown = [str(part.value) for part in clean_html(f"<p>x</p>{text}").parts if part.kind in {"paragraph", "list"}]
        assert not find_live([(text, f"<!doctype html><title>x</title>{''.join(shown)}")])
