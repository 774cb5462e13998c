"""Poison: hostile texts in every column of words in the database, whatever form or import they would have come through."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import DatabaseError, models, transaction

from tenants.context import school_scope
from tenants.floors import SCHOOL, floor_of
from tenants.models import School
from tests.prove.xss.payloads import PAYLOADS

#: Columns in which somebody's words stand. Codes, addresses, hashes and words of a list are none.
WORDS = frozenset({
    "name", "name_zh", "name_en", "short_zh", "short_en", "title", "title_zh", "title_en", "text", "text_zh", "text_en",
    "post", "task", "reason", "note", "label", "attribution", "question", "answer", "body", "words", "district", "role_text",
    "alt_text", "credit", "caption", "source", "author", "lead", "subtitle", "seo_title", "search_description", "phone",
    "device", "agent", "signer", "place", "comment", "remark", "subject", "content", "summary", "description",
})  # fmt: skip
Fill = Callable[[int | None, int], str]


def payloads(most: int | None, turn: int) -> str:
    """As many payloads as fit, beginning with another one at each turn."""
    turned = [*PAYLOADS[turn % len(PAYLOADS) :], *PAYLOADS[: turn % len(PAYLOADS)]]
    if most is None:
        return " ".join(turned)[:1900]
    text = ""
    for one in turned:
        if len(text) + len(one) + 1 <= most:
            text += f" {one}" if text else one
    return text


def columns() -> Iterator[tuple[type[models.Model], "models.Field[str, str]"]]:
    """Every column of words, of our own tables and Wagtail's."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            plain = isinstance(field, models.CharField | models.TextField) and field.name in WORDS
            if plain and not field.choices and not field.unique:
                yield model, field


def poison(school: School, fill: Fill, turn: int) -> int:
    """Write it into all rows that may be written; how many columns took it. What is sealed stays as it is."""
    taken = 0
    for number, (model, field) in enumerate(columns()):
        text = fill(getattr(field, "max_length", None), turn + number)
        try:
            with transaction.atomic():
                if floor_of(model) == SCHOOL:
                    with school_scope(school):
                        taken += bool(model._base_manager.update(**{field.name: text}))
                else:
                    taken += bool(model._base_manager.update(**{field.name: text}))
        except DatabaseError:
            continue
    return taken
