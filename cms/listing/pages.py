"""Reads that all lists of pages share."""

from typing import TypeVar

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from cms.models.base import DatedPage, ListPage

AnyPage = TypeVar("AnyPage", bound=DatedPage)


def below(kind: type[AnyPage], index: ListPage) -> QuerySet[AnyPage]:
    """Live pages of a kind anywhere below a list, newest first, without their bodies, with the sizes of their covers."""
    found = kind.objects.live().filter(path__startswith=index.path, depth__gt=index.depth).select_related("cover")
    return found.order_by("-date", "-pk").defer_streamfields().prefetch_related("cover__renditions")


def years_below(kind: type[AnyPage], index: ListPage) -> list[int]:
    """Years that hold pages of a kind below a list."""
    found = kind.objects.live().filter(path__startswith=index.path).order_by().annotate(year=ExtractYear("date"))
    return list(found.values_list("year", flat=True).distinct())
