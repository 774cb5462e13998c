"""Fills the site from a folder of texts and pictures (the demo's), through Wagtail's own doors. Safe to repeat."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.html import format_html, format_html_join
from wagtail.models import Locale, Page

from cms.models import HomePage, NewsIndexPage, NewsPage, Picture, StandardPage
from cms.setup import lay_foundation, published

#: File names carry a language, Django's code stands in the row.
LANGUAGES = {"zh": "zh-hans", "en": "en"}
Record = dict[str, Any]


@dataclass(frozen=True)
class Shelf:
    """Where the texts are, and the pictures that pages name."""

    folder: Path
    pictures: dict[str, Picture]

    def records(self, name: str) -> list[Record]:
        """The pages of one file."""
        return list(tomllib.loads((self.folder / name).read_text(encoding="utf-8"))["page"])


@transaction.atomic
def fill_site(folder: Path) -> int:
    """Make the pages of `folder` that are not there yet; returns how many. What editors have changed is left alone."""
    lay_foundation()
    shelf = Shelf(folder, dict(_pictures(folder)))
    return sum(_fill_language(shelf, short, code) for short, code in LANGUAGES.items())


def _pictures(folder: Path) -> Iterator[tuple[str, Picture]]:
    rows = tomllib.loads((folder / "pictures.toml").read_text(encoding="utf-8"))["picture"]
    for row in rows:
        found = Picture.objects.filter(title=row["title"]).first()
        yield row["name"], found or _picture(folder / "pictures" / f"{row['name']}.png", row)


def _picture(path: Path, row: Record) -> Picture:
    with path.open("rb") as file:
        picture = Picture(title=row["title"], alt_text=row["alt"], credit=row.get("credit", "秘书处绘图组"))
        picture.file = ImageFile(file, name=path.name)
        picture._set_image_file_metadata()
        picture.save()
    return picture


def _fill_language(shelf: Shelf, short: str, code: str) -> int:
    locale = Locale.objects.get(language_code=code)
    home = HomePage.objects.get(locale=locale)
    index = NewsIndexPage.objects.child_of(home).get()
    standing = [_place(home, _standing(row), row, locale) for row in shelf.records(f"pages.{short}.toml")]
    # Oldest first, so that the newest also has the highest key.
    rows = sorted(shelf.records(f"news.{short}.toml"), key=lambda row: row["date"])
    news = [_place(index, _news(row, shelf), row, locale) for row in rows]
    return sum([*standing, *news])


def _place(parent: Page, page: Page, row: Record, locale: Locale) -> bool:
    """Put a page below its parent, tied to the page of the same address in the other language; False if it is there."""
    if Page.objects.child_of(parent).filter(slug=row["slug"]).exists():
        return False
    page.slug, page.locale = row["slug"], locale
    twin = Page.objects.filter(slug=row["slug"]).exclude(locale=locale).type(type(page)).first()
    if twin is not None:
        page.translation_key = twin.translation_key
    published(parent.add_child(instance=page))
    return True


def _standing(row: Record) -> StandardPage:
    return StandardPage(
        title=row["title"], lead=row.get("lead", ""), body=_body(row), show_in_menus=row.get("menu", False)
    )


def _news(row: Record, shelf: Shelf) -> NewsPage:
    day: date = row["date"]
    return NewsPage(
        title=row["title"], subtitle=row.get("subtitle", ""), date=day, room=row["room"], lead=row["lead"],
        source=row.get("source", ""), author=row.get("author", ""),
        cover=shelf.pictures[row["cover"]] if "cover" in row else None, cover_caption=row.get("caption", ""),
        cover_alt=row.get("alt", ""),
        body=_body(row),
    )  # fmt: skip


def _body(row: Record) -> list[tuple[str, Any]]:
    return [_block(part) for part in row.get("body", [])]


def _block(part: Record) -> tuple[str, Any]:
    """One block of the body from one line of the file."""
    if "heading" in part:
        return "heading", part["heading"]
    if "quote" in part:
        return "quote", {"text": part["quote"], "speaker": part.get("speaker", "")}
    if "table" in part:
        return "table", _table(part["table"])
    return "paragraph", _rich(part)


def _rich(part: Record) -> Any:
    block = NewsPage.body.field.stream_block.child_blocks["paragraph"]
    if "items" in part:
        lines = format_html_join("", "<li>{}</li>", ((line,) for line in part["items"]))
        return block.to_python(format_html("<ul>{}</ul>", lines))
    return block.to_python(format_html("<p>{}</p>", part["text"]))


def _table(table: Record) -> Any:
    block = NewsPage.body.field.stream_block.child_blocks["table"]
    columns = [{"type": "text", "heading": heading} for heading in table["columns"]]
    rows = [{"values": cells} for cells in table["rows"]]
    return block.to_python({"columns": columns, "rows": rows, "caption": table.get("caption", "")})
