"""Lays the pages of a folder down: pictures and files first, then page by page, at last what pages say of each other."""

# Chinese text: who is named as the source of a drawing without one of its own.

import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import File
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from cms.content.blocks import Shelf, body_of, names_pages
from cms.content.pages import page_of
from cms.content.texts import Record, Text, read_text
from cms.gathering import followed_once
from cms.models import HomePage, Picture, RegulationPage, SiteDocument
from cms.models.base import ListPage
from cms.setup import lay_foundation, published
from committees.roster.models import Committee

#: Folders carry a language, Django's code stands in the row.
LANGUAGES = {"zh": "zh-hans", "en": "en"}
Made = tuple[Page, Text]


@transaction.atomic
@followed_once()
def fill_site(folder: Path, day: dt.date | None = None) -> int:
    """Make the pages of `folder` that are not there yet; returns how many. What editors have changed is left alone.

    `day`: the day from which relative days in the texts count; today where none is given.
    """
    lay_foundation()
    shelf = Shelf(dict(_pictures(folder)), dict(_files(folder)))
    made: list[Made] = []
    for short, code in LANGUAGES.items():
        home = HomePage.objects.get(locale__language_code=code)
        made += _fill(folder / short, home, shelf, home.locale, day or timezone.localdate())
    for page, text in made:
        _tie(page, text, shelf)
    return len(made)


def _fill(folder: Path, parent: Page, shelf: Shelf, locale: Locale, day: dt.date) -> Iterator[Made]:
    """The pages of a folder below `parent`, then those of the folders in it."""
    texts = [text for path in folder.glob("*.md") if path.stem != "_page" and _has_ground(text := read_text(path))]
    for text in sorted(texts, key=lambda text: _order(text, day)):
        page, is_new = _place(text, parent, shelf, locale, day)
        if is_new:
            yield page, text
    for below in sorted((path for path in folder.iterdir() if path.is_dir()), key=_place_of_folder):
        page, is_new = _place(read_text(below / "_page.md"), parent, shelf, locale, day)
        if is_new:
            yield page, read_text(below / "_page.md")
        yield from _fill(below, page, shelf, locale, day)


def _has_ground(text: Text) -> bool:
    """A committee's page is made only where that committee is on the roster."""
    return "committee" not in text.head or Committee.objects.filter(code=text.head["committee"]).exists()


def _order(text: Text, day: dt.date) -> tuple[int, dt.date, str]:
    """Standing pages as their head orders them; dated ones oldest first, so that the newest has the highest key."""
    date = text.head.get("date", dt.date.min)
    return text.head.get("position", 0), day + dt.timedelta(days=date) if isinstance(date, int) else date, text.slug


def _place_of_folder(folder: Path) -> tuple[int, str]:
    return read_text(folder / "_page.md").head.get("position", 0), folder.name


def _place(text: Text, parent: Page, shelf: Shelf, locale: Locale, day: dt.date) -> tuple[Page, bool]:
    """The page of a file below its parent, tied to the page of the same address in the other language."""
    key = (locale.language_code, text.slug)
    found = Page.objects.child_of(parent).filter(slug=text.slug).first()
    if found is not None:
        shelf.pages[key] = _completed(found.specific, text)
        return shelf.pages[key], False
    late = names_pages(text.body)
    page = page_of(Text(text.path, text.head, []) if late else text, parent, shelf, locale, day)
    twin = Page.objects.filter(slug=text.slug).exclude(locale=locale).type(type(page)).first()
    if twin is not None:
        page.translation_key = twin.translation_key
    parent.add_child(instance=page)
    shelf.pages[key] = published(page)
    return page, True


def _completed(page: Page, text: Text) -> Page:
    """A list that the foundation has laid without words gets those of the folder; words of editors stay."""
    if not isinstance(page, ListPage) or page.lead or "lead" not in text.head:
        return page
    for key in ("title", "lead", "show_in_menus"):
        if key in text.head:
            setattr(page, key, text.head[key])
    return published(page)


def _tie(page: Page, text: Text, shelf: Shelf) -> None:
    """Fill in what names other pages, now that all are there."""
    language, changed = page.locale.language_code, False
    if names_pages(text.body):
        page.body, changed = body_of(text.body, shelf, language), True
    if isinstance(page, RegulationPage) and "supersedes" in text.head:
        older = [shelf.page(language, slug) for slug in text.head["supersedes"]]
        page.supersedes.set(older)
        changed = True
    if changed:
        published(page)


def _rows(path: Path, key: str) -> list[Record]:
    return list(tomllib.loads(path.read_text(encoding="utf-8"))[key]) if path.exists() else []


def _pictures(folder: Path) -> Iterator[tuple[str, Picture]]:
    for row in _rows(folder / "pictures.toml", "picture"):
        found = Picture.objects.filter(title=row["title"]).first()
        file = row.get("file", f"{row['name']}.png")
        yield row["name"], found or _picture(folder / "pictures" / file, row)


def _picture(path: Path, row: Record) -> Picture:
    with path.open("rb") as file:
        picture = Picture(title=row["title"], alt_text=row["alt"], credit=row.get("credit", "秘书处绘图组"))
        picture.file = ImageFile(file, name=path.name)
        picture._set_image_file_metadata()
        picture.save()
    return picture


def _files(folder: Path) -> Iterator[tuple[str, SiteDocument]]:
    for row in _rows(folder / "files.toml", "file"):
        found = SiteDocument.objects.filter(title=row["title"]).first()
        yield row["name"], found or _document(folder / "files" / row["name"], row["title"])


def _document(path: Path, title: str) -> SiteDocument:
    with path.open("rb") as file:
        document = SiteDocument(title=title)
        document.file = File(file, name=path.name)
        document.file_size = path.stat().st_size
        document.save()
    return document
