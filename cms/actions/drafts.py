"""Making a draft from what was cleaned."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.html import strip_tags
from wagtail.models import Page

from cms.importing.blocks import body_of
from cms.importing.cleaning import Part
from cms.importing.pictures import keep_picture
from cms.importing.word import WordText
from cms.models import NewsPage, Picture
from tenants.models import User

LEAD = 300


@dataclass
class Drafted:
    """The page that was made, and what could not be taken (in words)."""

    page: NewsPage
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def draft_from_word(text: WordText, *, column: Page, room: str, title: str, by: User) -> Drafted:
    """A draft of news below `column`; pictures go into the library, their words are asked for before release."""
    left_out: list[str] = []
    kept: dict[str, Picture | None] = {}

    def find(source: str, words: str) -> Picture | None:
        if source not in kept:
            content, said = text.pictures.get(source, (b"", ""))
            found = keep_picture(f"{source}.png", content, words=words or said, by=by) if content else "?"
            kept[source] = None if isinstance(found, str) else found
            if isinstance(found, str):
                left_out.append(f"{source}: {found}")
        return kept[source]

    page = NewsPage(
        title=text.title or title, lead=lead_of(text.cleaned.parts), room=room, live=False, owner=by,
        locale=column.locale, body=body_of(text.cleaned.parts, find), has_unpublished_changes=True,
    )  # fmt: skip
    column.add_child(instance=page)
    page.save_revision(user=by, changed=False)
    return Drafted(page, left_out)


def lead_of(parts: list[Part]) -> str:
    """The first sentences of the first paragraph."""
    first: Any = next((part.value for part in parts if part.kind == "paragraph"), "")
    words = strip_tags(first.split("</p>")[0]).strip()
    return words if len(words) <= LEAD else f"{words[: LEAD - 1]}…"
