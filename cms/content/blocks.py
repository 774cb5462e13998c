"""Turns the blocks of a text file into those of a page: names become pictures, files and pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from cms.content.texts import BadText, Block, Record, rich
from cms.models import Picture, SiteDocument


@dataclass
class Shelf:
    """What texts name: pictures, files, and pages by language and address part. Pages grow as they are made."""

    pictures: Mapping[str, Picture]
    files: Mapping[str, SiteDocument]
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)

    def picture(self, name: str) -> Picture:
        """A picture by its name."""
        return _named(self.pictures, name, "picture")

    def file(self, name: str) -> SiteDocument:
        """A file by its name."""
        return _named(self.files, name, "file")

    def page(self, language: str, slug: str) -> Page:
        """A page by its address part."""
        return _named(self.pages, (language, slug), "page")


def _named(shelf: Mapping[Any, Any], name: Any, kind: str) -> Any:
    if name not in shelf:
        raise BadText(f"no {kind} is called {name!r}")
    return shelf[name]


def body_of(blocks: list[Block], shelf: Shelf, language: str) -> list[dict[str, Any]]:
    """The body of a page as raw stream data."""
    return [{"type": kind, "value": _value(kind, value, shelf, language)} for kind, value in blocks]


def names_pages(blocks: list[Block]) -> bool:
    """Whether any block names a page: it is filled in when all pages are there."""
    return any(kind == "pages" for kind, _value in blocks)


def _value(kind: str, value: Any, shelf: Shelf, language: str) -> Any:
    maker = _MAKERS.get(kind)
    if maker:
        return maker(value, shelf, language)
    if kind in ("heading", "paragraph", "quote", "chart", "figure"):
        return _plain(value)
    raise BadText(f"no block is called {kind!r}")


def _plain(value: Any) -> Any:
    """Raw data as a stream keeps it: rows of a chart may be written as pairs, numbers as text."""
    if isinstance(value, dict) and "rows" in value:
        rows = [{"name": row[0], "value": str(row[1])} if isinstance(row, list) else row for row in value["rows"]]
        return {**value, "rows": rows}
    return value


def _table(value: Record, _shelf: Shelf, _language: str) -> Any:
    figures = value.get("figures") or [False] * len(value["columns"])
    columns = [
        {"type": "figure" if is_figure else "text", "heading": heading}
        for heading, is_figure in zip(value["columns"], figures, strict=True)
    ]
    rows = [{"values": [str(cell) for cell in cells]} for cells in value["rows"]]
    return {"columns": columns, "rows": rows, "caption": value.get("caption", "")}


def _picture(value: Record, shelf: Shelf, _language: str) -> Any:
    return {**value, "picture": shelf.picture(value["picture"]).pk}


def _gallery(value: Record, shelf: Shelf, language: str) -> Any:
    return {**value, "pictures": [_picture(one, shelf, language) for one in value["pictures"]]}


def _callout(value: Record, _shelf: Shelf, _language: str) -> Any:
    return {"kind": "note", "title": "", **value, "text": rich(value["text"])}


def _timeline(value: Record, _shelf: Shelf, _language: str) -> Any:
    moments = [{"text": "", "stage": "done", **one} for one in value["moments"]]
    return {"title": value.get("title", ""), "moments": moments}


def _people(value: Record, shelf: Shelf, _language: str) -> Any:
    people = [
        {
            "post": "",
            "school": "",
            "words": "",
            **one,
            "portrait": shelf.picture(one["portrait"]).pk if "portrait" in one else None,
        }
        for one in value["people"]
    ]
    return {"title": value.get("title", ""), "people": people}


def _pages(value: Record, shelf: Shelf, language: str) -> Any:
    return {
        "title": value.get("title", ""),
        "pages": [shelf.page(language, name).pk for name in value["pages"]],
    }


def _file(value: Record, shelf: Shelf, _language: str) -> Any:
    return shelf.file(value["file"]).pk


def _film(value: Record, shelf: Shelf, _language: str) -> Any:
    return {
        **value,
        "film": shelf.file(value["film"]).pk,
        "still": shelf.picture(value["still"]).pk if "still" in value else None,
        "subtitles": shelf.file(value["subtitles"]).pk if "subtitles" in value else None,
    }


_MAKERS: dict[str, Callable[[Any, Shelf, str], Any]] = {
    "table": _table, "picture": _picture, "gallery": _gallery, "callout": _callout, "timeline": _timeline,
    "people": _people, "pages": _pages, "attachment": _file, "film": _film,
}  # fmt: skip
