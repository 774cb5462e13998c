"""What is told, before it is written down: a title and a sentence in both languages, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import override

from tenants.models import School, User

Text = str | Promise


@dataclass(frozen=True)
class Both:
    """A text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Message:
    """One thing to tell. `path` on the host of `school` (None: the association's); `quoted`: somebody's own words."""

    topic: str
    title: Both
    words: Both
    path: str
    is_duty: bool
    school: School | None = None
    subject: UUID | None = None
    quoted: str = ""


@dataclass(frozen=True)
class Letter:
    """A message for one person."""

    person: User
    message: Message


def both(text: Text, values: Mapping[str, Any] | None = None) -> Both:
    """A lazy text in both languages, its `%(name)s` filled from `values`; a value with `name_zh` and `name_en`
    (a school, a committee) or `title_zh` and `title_en` (a call) speaks the language of the text."""
    return Both(_filled(text, values or {}, "zh-hans"), _filled(text, values or {}, "en"))


def _filled(text: Text, values: Mapping[str, Any], language: str) -> str:
    with override(language):
        return str(text) % {key: _spoken(value, language) for key, value in values.items()} if values else str(text)


def _spoken(value: Any, language: str) -> str:
    side = "en" if language == "en" else "zh"
    for part in ("name", "title"):
        if hasattr(value, f"{part}_{side}"):
            return str(getattr(value, f"{part}_{side}"))
    return str(getattr(value, side)) if isinstance(value, Both) else str(value)
