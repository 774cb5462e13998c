"""What a list is made of: facets to choose by, one page of rows, how many there are in all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import Promise

PER_PAGE = 20
Text = str | Promise


@dataclass(frozen=True)
class Choice:
    """One value a reader may choose by."""

    value: str
    label: Text


@dataclass(frozen=True)
class Facet:
    """One filter: its name in the address, its words, its values, and the one that is chosen (empty: all)."""

    name: str
    label: Text
    every: Text
    choices: tuple[Choice, ...]
    chosen: str = ""

    @property
    def asked(self) -> Choice | None:
        """The value that is chosen."""
        return next((choice for choice in self.choices if choice.value == self.chosen), None)


@dataclass(frozen=True)
class Listing:
    """One page of a list. `words`: what a reader typed, where the list takes words; `sort`: the column asked for."""

    rows: "PaginatorPage[Any]"
    facets: tuple[Facet, ...] = ()
    words: str | None = None
    sort: str = ""

    @property
    def total(self) -> int:
        """How many rows there are in all."""
        return int(self.rows.paginator.count)

    @property
    def every(self) -> Iterable[Any]:
        """The rows of all pages, in the order of the list."""
        paginator: Any = self.rows.paginator
        found: Iterable[Any] = paginator.object_list
        return found

    @property
    def is_asked(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.words) or any(facet.chosen for facet in self.facets)


def facet(
    query: Mapping[str, str], name: str, label: Text, every: Text, choices: Iterable[tuple[str, Text]]
) -> Facet:  # fmt: skip
    """A facet with what the reader chose; a value that is none of its choices chooses nothing."""
    listed = tuple(Choice(str(value), words) for value, words in choices)
    asked = query.get(name, "")
    return Facet(name, label, every, listed, asked if any(choice.value == asked for choice in listed) else "")


def years(values: Iterable[int | None]) -> list[tuple[str, str]]:
    """Years as choices, newest first."""
    return [(str(year), str(year)) for year in sorted({year for year in values if year}, reverse=True)]


def page_of(
    rows: "QuerySet[Any] | list[Any]", query: Mapping[str, str], per_page: int = PER_PAGE
) -> "PaginatorPage[Any]":
    """The page asked for; an unknown number gives the nearest."""
    return Paginator(rows, per_page).get_page(query.get("page"))
