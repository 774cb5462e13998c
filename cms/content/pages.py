"""Turns a text file into a page: the fields of its head are the fields of its kind."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page

from cms.content.blocks import Shelf, body_of
from cms.content.texts import BadText, Text, rich
from cms.models import HomePage, NoticeIndexPage, StandardPage
from committees.roster.models import Committee

#: What a file below such a page is when its head does not say it by `type`.
_USUAL = {HomePage: "StandardPage", NoticeIndexPage: "NoticePage", StandardPage: "StandardPage"}
#: Keys of a head that are no fields, or are filled in when all pages are there.
LATER = frozenset({"type", "position", "supersedes"})


def kind_below(parent: Page, text: Text) -> type[Page]:
    """The kind of the page that this file makes."""
    kind = type(parent)
    name = (
        text.head.get("type")
        or _USUAL.get(kind)
        or next((child.__name__ for child in kind.allowed_subpage_models() if child is not kind), "")
    )
    try:
        return apps.get_model("cms", name)
    except (LookupError, ValueError):
        raise BadText(f"{text.path}: no kind of page is called {name!r}") from None


def page_of(text: Text, parent: Page, shelf: Shelf, locale: Locale, day: dt.date) -> Page:
    """The page, not saved. Day fields may be a number: that many days from `day`, so that the demo is never stale."""
    kind, language = kind_below(parent, text), locale.language_code
    names = {field.name: field for field in kind._meta.get_fields()}
    fields: dict[str, Any] = {"locale": locale, "slug": text.slug}
    for key, value in text.head.items():
        if key in LATER:
            continue
        if key not in names:
            raise BadText(f"{text.path}: {kind.__name__} has no field {key!r}")
        fields[key] = _field(names[key], value, shelf, day)
    page = kind(**fields)
    if text.body:
        page.body = body_of(text.body, shelf, language)
    return page


def _field(field: Any, value: Any, shelf: Shelf, day: dt.date) -> Any:
    """One value of a head as its field takes it."""
    if field.name in _STREAMS:
        return _STREAMS[field.name](value, shelf)
    if field.name in ("cover", "committee"):
        return shelf.picture(value) if field.name == "cover" else Committee.objects.get(code=value)
    if isinstance(field, RichTextField):
        return rich(value)
    if isinstance(field, models.DateTimeField):
        return _moment(value, day)
    if isinstance(field, models.DateField):
        return day + dt.timedelta(days=value) if isinstance(value, int) else value
    if isinstance(field, StreamField):
        raise BadText(f"the stream {field.name!r} cannot be written in a head")
    return value


def _moment(value: Any, day: dt.date) -> dt.datetime:
    """A moment: a TOML date and time, or "+12 09:00", so many days from `day`."""
    if isinstance(value, str):
        days, clock = value.split()
        value = dt.datetime.combine(day + dt.timedelta(days=int(days)), dt.time.fromisoformat(clock))
    return timezone.make_aware(value) if value.tzinfo is None else value


def _attachments(value: list[str], shelf: Shelf) -> list[dict[str, Any]]:
    return [{"type": "attachment", "value": shelf.file(name).pk} for name in value]


def _photos(value: list[dict[str, Any]], shelf: Shelf) -> list[dict[str, Any]]:
    return [{"type": "photo", "value": {**one, "picture": shelf.picture(one["picture"]).pk}} for one in value]


def _shelves(value: list[dict[str, Any]], shelf: Shelf) -> list[dict[str, Any]]:
    return [{"type": "shelf", "value": {"title": one["title"], "files": _files(one["files"], shelf)}} for one in value]


def _files(value: list[dict[str, Any]], shelf: Shelf) -> list[dict[str, Any]]:
    return [{"document": shelf.file(one["file"]).pk, "note": one.get("note", "")} for one in value]


_STREAMS: dict[str, Callable[[Any, Shelf], list[dict[str, Any]]]] = {
    "attachments": _attachments,
    "photos": _photos,
    "shelves": _shelves,
    "winners": lambda value, _shelf: [{"type": "winner", "value": one} for one in value],
    "counters": lambda value, _shelf: [{"type": "counter", "value": one} for one in value],
}
