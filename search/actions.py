"""Writes of editors: lines of the lexicon. Every change holds for the next query, without a new index."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from search.models import LexiconLine, LexiconRevision, LineKind
from search.planning.normal import query_words
from tenants.models import User


class LineRefused(ValueError):
    """The line says nothing, or stands there already; the message tells which."""


def tidy_line(kind: LineKind, text: str) -> str:
    """A line in the form in which it is kept: normalised words, of synonyms parted by commas."""
    if kind != LineKind.SYNONYMS:
        return query_words(text).replace(" ", "")
    words = (
        query_words(word) for word in text.replace("，", ",").replace("、", ",").split(",")
    )  # Chinese text: commas
    return ",".join(dict.fromkeys(word for word in words if word))


@transaction.atomic
def save_line(*, line: LexiconLine | None, kind: LineKind, text: str, by: User, at: datetime) -> LexiconLine:
    """Add a line, or change one. Raises `LineRefused` for an empty line, a lone synonym, a line that is there already."""
    tidy = tidy_line(kind, text)
    if not tidy or (kind == LineKind.SYNONYMS and "," not in tidy):
        raise LineRefused("empty")
    twins = LexiconLine.objects.filter(kind=kind, text=tidy)
    if (twins.exclude(pk=line.pk) if line else twins).exists():
        raise LineRefused("twice")
    row = line or LexiconLine()
    row.kind, row.text, row.changed_by, row.changed_at = kind, tidy, by, at
    row.save()
    _raise_revision()
    return row


@transaction.atomic
def remove_line(*, line: LexiconLine, by: User, at: datetime) -> None:
    """Take a line out of the lexicon."""
    line.delete()
    _raise_revision()


def _raise_revision() -> None:
    LexiconRevision.objects.get_or_create(pk=1)
    LexiconRevision.objects.filter(pk=1).update(revision=F("revision") + 1)
