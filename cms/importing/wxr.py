"""WordPress's export (WXR): its published posts and pages; read as a stream, entities and document types refused."""

import re
from dataclasses import dataclass, field
from datetime import date
from html import escape
from xml.parsers import expat

from django.utils.translation import gettext as _

from cms.importing.albums import SIZED
from cms.importing.articles import MOST_ARTICLES, Article, Export, Fault
from cms.importing.tables import day_of

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CAPTION = re.compile(r"\[caption[^\]]*\](.*?)\[/caption\]", re.DOTALL)
_SHORTCODE = re.compile(r"\[/?(?:gallery|embed|video|audio|playlist|vc_\w+|contact-form-7)\b[^\]]*\]")
_BLOCK = re.compile(r"<(?:p|div|table|ul|ol|h[1-6]|blockquote)\b|<!-- wp:", re.IGNORECASE)
_IMG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_SOURCE = re.compile(r"""\ssrc\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_SAID = re.compile(r"""\salt\s*=\s*["'][^"']*\S[^"']*["']""", re.IGNORECASE)
#: Kinds of items that are articles; menus, revisions and the like are not.
_KINDS = {"post", "page"}
_DEEPEST = 30


class NotTaken(ValueError):
    """The file is no export that may be read; the words say why."""


@dataclass
class _Item:
    """One <item>: texts by name, columns, and the values beside it (postmeta)."""

    texts: dict[str, str] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)


def read_wxr(text: str) -> Export:
    """The articles of an export. Raises NotTaken for what is no XML, or XML with entities of its own."""
    reader = _Reader()
    try:
        reader.parse(_DECLARATION.sub("", text))
    except expat.ExpatError as error:
        raise NotTaken(_("This is no whole export of WordPress (line %(line)s).") % {"line": error.lineno}) from error
    if not reader.is_wxr:
        raise NotTaken(_("This is no export of WordPress: it has no channel of articles."))
    return _export(reader.items)


def _export(items: list[_Item]) -> Export:
    export, words_of = Export(), _words_of(items)
    for number, item in enumerate(items, 1):
        kind, place = item.texts.get("post_type", "post"), _("item %(number)s") % {"number": number}
        if kind in _KINDS:
            if item.texts.get("status", "publish") != "publish" or item.texts.get("post_password", "").strip():
                words = _("“%(title)s” was not public on the old site; it is left out.")
                export.faults.append(Fault(place, words % {"title": item.texts.get("title", "")[:80]}))
            else:
                export.articles.append(_article(item, place, words_of))
    return export


def _words_of(items: list[_Item]) -> dict[str, str]:
    """By the address of a picture, in its own size: the words WordPress keeps for it beside the articles."""
    pictures = [item for item in items if item.texts.get("post_type") == "attachment"]
    found = ((item.texts.get("attachment_url", ""), item.meta.get("_wp_attachment_image_alt", "")) for item in pictures)
    return {address.strip(): words.strip() for address, words in found if words.strip()}


def _with_words(html: str, words_of: dict[str, str]) -> str:
    """Pictures without words get those WordPress keeps for them; of two `alt` on a picture a reader takes the first."""

    def mended(found: re.Match[str]) -> str:
        tag, source = found.group(0), _SOURCE.search(found.group(0))
        words = words_of.get(SIZED.sub("", source.group(1))) if source else None
        return f'<img alt="{escape(words)}"{tag[4:]}' if words and not _SAID.search(tag) else tag

    return _IMG.sub(mended, html) if words_of else html


def _article(item: _Item, place: str, words_of: dict[str, str]) -> Article:
    texts = item.texts
    html = _with_words(html_of(texts.get("encoded", "")), words_of)
    return Article(
        place, texts.get("title", "").strip(), _day(texts), item.columns[0] if item.columns else "",
        html, texts.get("link", "").strip(), texts.get("creator", "").strip(),
    )  # fmt: skip


def _day(texts: dict[str, str]) -> date | None:
    return day_of(texts.get("post_date", "")[:10]) or day_of(texts.get("post_date_gmt", "")[:10])


def html_of(text: str) -> str:
    """A post's text as HTML: captions keep their picture and words, other shortcodes go, bare lines become paragraphs."""
    text = _SHORTCODE.sub("", _CAPTION.sub(r"\1", text))
    if _BLOCK.search(text):
        return text
    return "".join(
        f"<p>{part.strip()}</p>" for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()
    )


class _Reader:
    """Gathers items while the file is parsed; what is not asked for is never kept."""

    _TEXTS = frozenset({
        "title", "link", "creator", "encoded", "post_type", "status", "post_date", "post_date_gmt", "post_password",
        "attachment_url", "meta_key", "meta_value", "category",
    })  # fmt: skip

    def __init__(self) -> None:
        self.items: list[_Item] = []
        self.is_wxr = False
        self._item: _Item | None = None
        self._text: list[str] | None = None
        self._is_column, self._key, self._depth = False, "", 0

    def parse(self, text: str) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler, parser.EndElementHandler = self._opens, self._closes
        parser.CharacterDataHandler = self._hears
        parser.buffer_text = True
        parser.Parse(text, True)

    def _refuse(self, *_given: object) -> None:
        raise NotTaken(_("The file declares a document type or entities of its own. Such files are not read."))

    def _opens(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotTaken(_("The file nests deeper than an export of WordPress does."))
        _space, _blank, local = name.rpartition(" ")
        self.is_wxr = self.is_wxr or local == "channel"
        if local == "item":
            self._item = _Item()
        elif self._item is not None and local in self._TEXTS:
            self._text = []
            self._is_column = local == "category" and attributes.get("domain") == "category"

    def _hears(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _closes(self, name: str) -> None:
        self._depth -= 1
        space, _blank, local = name.rpartition(" ")
        if local == "item" and self._item is not None:
            self._keep(self._item)
        elif self._item is not None and self._text is not None:
            self._take(self._item, space, local, "".join(self._text))
        self._text = None

    def _take(self, item: _Item, space: str, local: str, text: str) -> None:
        if local == "category":
            item.columns += [text.strip()] if self._is_column else []
        elif local == "meta_key":
            self._key = text
        elif local == "meta_value":
            item.meta[self._key] = text
        elif local != "encoded" or space == _CONTENT:
            item.texts[local] = text

    def _keep(self, item: _Item) -> None:
        self.items.append(item)
        self._item = None
        if len(self.items) > MOST_ARTICLES * 4:
            raise NotTaken(_("The export holds too many items. Export the years one by one."))
