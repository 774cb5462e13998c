"""What both engines can do. They answer plain boolean questions; order is made above them, the same for both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from search.planning.plan import Group, Step
from search.planning.ranking import Candidate
from search.readers import Reader


class EngineDown(Exception):
    """The engine gave no answer in time, or none that can be used."""


@dataclass(frozen=True, kw_only=True)
class Row(Candidate):
    """A piece of a document as it stands in the index."""

    kind: str
    address: str
    host: str = ""
    language: str = ""
    committee: str = ""
    column: str = ""
    school_id: int | None = None
    parent: str = ""


@dataclass(frozen=True)
class Cell:
    """How many pieces share these facets."""

    kind: str
    column: str
    committee: str
    school_id: int | None
    year: int | None
    count: int


@dataclass(frozen=True)
class Chosen:
    """What a reader chose among the facets; empty chooses nothing."""

    kind: str = ""
    column: str = ""
    committee: str = ""
    school_id: int | None = None
    year: int | None = None

    def holds(self, kind: str, column: str, committee: str, school_id: int | None, day: date | None) -> bool:
        """Whether something with these facets was asked for."""
        return (
            self.kind in {"", kind}
            and self.column in {"", column}
            and self.committee in {"", committee}
            and self.school_id in {None, school_id}
            and self.year in {None, day.year if day else None}
        )

    def without(self, facet: str) -> "Chosen":
        """The same with one facet left open."""
        return Chosen(**{**self.__dict__, facet: None if facet in {"school_id", "year"} else ""})


@dataclass(frozen=True)
class Scope:
    """What stands on every question: who asks, and when (what has expired is not found)."""

    reader: Reader
    at: datetime


class Engine(Protocol):
    """Raises `EngineDown` from every method."""

    name: str

    def rows(
        self,
        step: Step,
        scope: Scope,
        *,
        limit: int,
        offset: int = 0,
        titles: bool = False,
        chosen: Chosen | None = None,
        without: Sequence[str] = (),
    ) -> list[Row]:
        """Pieces that match, newest first; with `titles` those whose title alone matches."""

    def cells(self, step: Step, scope: Scope) -> list[Cell]:
        """All that match, counted by facets."""

    def counts(self, groups: Sequence[Group], scope: Scope) -> list[int]:
        """For each group in how many pieces it stands."""

    def size(self, scope: Scope) -> int:
        """How many pieces the reader could find at all."""

    def suggestions(self, lead: str, scope: Scope, *, limit: int) -> list[Row]:
        """Documents with a title (or part of one) that begins so, newest first; without their texts."""
