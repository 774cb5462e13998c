"""Pasted and old HTML made into blocks of the body: headings, paragraphs, lists, tables, pictures; nothing else stays.

The dirt of Word and WPS (`o:p`, `mso-` styles, `font`, conditional comments, WPS's custom tags) and everything active
(script, style, event handlers, frames, forms, foreign schemes) goes; what went is counted in words for the report.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import nh3

#: Deep and long enough for any article; more is an attack or a mistake.
MOST_CHARACTERS = 1_000_000
#: Pages of old sites nest some thirty deep; what goes beyond this costs the square of its depth, and keeps its words alone.
DEEPEST = 100
_KEPT = {
    "p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "img",
    "table", "thead", "tbody", "tr", "th", "td", "blockquote", "hr", "div", "caption", "section", "figure", "figcaption",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_DROPPED_WHOLE = {"script", "style", "title", "xml", "head", "iframe", "object", "embed", "template", "noscript"}
_CONDITIONAL = re.compile(
    r"<!--\[if.*?<!\[endif\]-->|<!\[if[^>]*>|<!\[endif\]>|<\?xml[^>]*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^>]*?(/?)>")
#: Elements that hold nothing, and those whose end may be left out: they do not nest by themselves.
_FLAT = {
    "br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base", "source", "p", "li", "td", "th", "tr",
    "tbody", "thead", "tfoot", "dt", "dd", "option", "colgroup",
}  # fmt: skip
_HEADING = re.compile(r"h[1-6]\Z")
_FLOWING = {"p", "div", "section", "figure", "figcaption", "caption"}
_INLINE = {"b", "strong", "i", "em", "a", "br"}
_WORDS = {"strong": "b", "em": "i"}


@dataclass
class Part:
    """One block to be: `kind` heading, paragraph (HTML), list (HTML), table (rows of cells), picture (source, words),
    quote, rule."""

    kind: str
    value: Any


@dataclass
class Cleaned:
    """The parts of a text, and what was taken out of it (name: how often)."""

    parts: list[Part] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)


def clean_html(html: str) -> Cleaned:
    """The parts of an HTML text. Text is never lost; tags, attributes and addresses that are not wanted are counted."""
    result = Cleaned()
    if len(html) > MOST_CHARACTERS:
        result.removed["text beyond a million characters"] += 1
        html = html[:MOST_CHARACTERS]
    result.removed["conditional comment"] += len(_CONDITIONAL.findall(html))
    html = _CONDITIONAL.sub("", html)
    if _depth(html) > DEEPEST:
        result.removed["deep nesting"] += 1
        html = f"<p>{_TAG.sub(' ', html)}</p>"
    counter = _Counter(result.removed)
    counter.feed(html)
    safe = nh3.clean(
        html, tags=_KEPT, clean_content_tags=_DROPPED_WHOLE - {"head", "xml"} - _KEPT, attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"}, link_rel=None, strip_comments=True,
    )  # fmt: skip
    builder = _Builder()
    builder.feed(safe)
    builder.close()
    result.parts = list(_joined(builder.parts))
    result.removed = Counter({name: count for name, count in result.removed.items() if count})
    return result


def _depth(html: str) -> int:
    """How deep the elements of a text nest, at most."""
    deepest = depth = 0
    for closing, name, empty in _TAG.findall(html):
        if name.lower() not in _FLAT and not empty:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


class _Counter(HTMLParser):
    """Counts what will be taken out, so that the report can say so."""

    def __init__(self, removed: Counter[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.removed = removed

    def tag_opens(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KEPT and tag not in {"html", "body", "head", "meta", "tbody"}:
            self.removed[f"<{tag}>"] += 1
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    handle_starttag = tag_opens  # the parser's own name for it

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.removed[name] += 1
        elif name == "style":
            self.removed["mso style" if "mso-" in value else "style"] += 1
        elif name in {"href", "src"} and not _is_plain(value):
            self.removed[f"{name} {urlsplit_scheme(value)}:"] += 1
        elif name in {"class", "lang", "align", "width", "height", "color", "face", "size"} and tag in _KEPT:
            self.removed[name] += 1


def urlsplit_scheme(value: str) -> str:
    """The scheme of an address as a browser would read it."""
    tight = re.sub(r"[\x00-\x20]", "", value)
    try:
        return urlsplit(tight).scheme.lower()
    except ValueError:
        return "broken"


def _is_plain(value: str) -> bool:
    return urlsplit_scheme(value) in {"", "http", "https", "mailto", "tel"}


class _Builder(HTMLParser):
    """Turns safe HTML into parts; keeps its place in a stack of what is open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Part] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.lists: list[str] = []
        self.rows: list[list[str]] | None = None
        self.span = 1
        self.heading = ""
        self.quote = 0

    def tag_opens(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._picture(given)
        elif self.rows is not None or tag == "table":
            self._table_start(tag, given)
        elif tag in {"ul", "ol", "li"}:
            self._list_start(tag)
        elif _HEADING.match(tag):
            self._flush()
            self.heading = tag
        elif tag == "blockquote":
            self._flush()
            self.quote += 1
        elif tag in _FLOWING:
            self._break()
        elif tag == "hr":
            self._flush()
            self.parts.append(Part("rule", None))
        elif tag in _INLINE:
            self._inline(tag, given)

    def tag_closes(self, tag: str) -> None:
        if self.rows is not None:
            self._table_end(tag)
        elif tag in {"ul", "ol", "li"}:
            self._list_end(tag)
        elif _HEADING.match(tag):
            self._flush()
            self.heading = ""
        elif tag == "blockquote":
            self._flush()
            self.quote = max(0, self.quote - 1)
        elif tag in _FLOWING:
            self._break()
        elif tag in _INLINE and tag != "br":
            word = _WORDS.get(tag, tag)
            if word in self.open:
                self.open.remove(word)
                self.text.append(f"</{word}>")

    def text_comes(self, data: str) -> None:
        text = re.sub(r"[\s\u200b\ufeff]+", " ", data.replace("\xa0", " "))
        if self.rows is not None:
            if self.rows and self.rows[-1]:
                self.rows[-1][-1] += text
        else:
            self.text.append(escape(text, quote=False))

    # The parser's own names for the three.
    handle_starttag, handle_endtag, handle_data = tag_opens, tag_closes, text_comes

    def close(self) -> None:
        super().close()
        self._flush()

    def _inline(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self.text.append("<br/>")
            return
        word = _WORDS.get(tag, tag)
        if word == "a":
            if not given.get("href") or "a" in self.open:
                return
            self.text.append(f'<a href="{escape(given["href"])}">')
        elif word in self.open:
            return
        else:
            self.text.append(f"<{word}>")
        self.open.append(word)

    def _picture(self, given: dict[str, str]) -> None:
        if given.get("src"):
            if self.rows is None:
                self._flush()
            self.parts.append(Part("picture", {"source": given["src"], "words": given.get("alt", "").strip()}))

    def _list_start(self, tag: str) -> None:
        if tag == "li":
            if self.lists:
                self.text.append("<li>")
            return
        if not self.lists:
            self._flush()
        self.lists.append(tag)
        self.text.append(f"<{tag}>")

    def _list_end(self, tag: str) -> None:
        if not self.lists:
            return
        if tag == "li":
            self.text.append("</li>")
            return
        self.text.append(f"</{self.lists.pop()}>")
        if not self.lists:
            self._flush("list")

    def _table_start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            if self.rows is None:
                self._flush()
                self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
            width = given.get("colspan", "1")
            self.span = min(int(width), 30) if width.isascii() and width.isdigit() else 1

    def _table_end(self, tag: str) -> None:
        if tag in {"td", "th"} and self.rows and self.rows[-1]:
            self.rows[-1].extend([""] * (self.span - 1))
            self.span = 1
        elif tag == "table" and self.rows is not None:
            rows = [[cell.strip() for cell in row] for row in self.rows if any(cell.strip() for cell in row)]
            self.rows = None
            if rows:
                self.parts.append(Part("table", rows))

    def _break(self) -> None:
        if self.lists:
            self.text.append(" ")
        elif not self.heading:
            self._flush()

    def _flush(self, kind: str = "") -> None:
        while self.open:
            self.text.append(f"</{self.open.pop()}>")
        html = "".join(self.text).strip()
        self.text = []
        bare = re.sub(r"<[^>]*>", "", html).strip()
        if not bare:
            return
        if self.heading:
            self.parts.append(Part("heading", _unescaped(bare)))
        elif kind == "list" or self.lists:
            self.parts.append(Part("list", html))
            self.lists = []
        elif self.quote:
            self.parts.append(Part("quote", _unescaped(bare)))
        else:
            self.parts.append(Part("paragraph", f"<p>{html}</p>"))


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Paragraphs and lists that follow each other are one block, as an editor would write them."""
    waiting = ""
    for part in parts:
        if part.kind in {"paragraph", "list"}:
            waiting += part.value
            continue
        if waiting:
            yield Part("paragraph", waiting)
            waiting = ""
        if part.kind != "rule":
            yield part
    if waiting:
        yield Part("paragraph", waiting)
