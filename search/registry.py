"""What can be found: rooms and page types declare their documents here; the index knows nothing of their tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from search.models import ASSOCIATION_SPACE

PUBLIC = "public"


@dataclass(frozen=True)
class Kind:
    """A kind of document as readers know it."""

    slug: str
    label: str | Promise
    icon: str = "file-text"


@dataclass(frozen=True)
class Document:
    """One thing that can be found, as its room tells it. `address` is a path on `host` (a school's code; empty: the
    association's host). `space` is the school in whose space alone it stands; `school_id` the one it is about."""

    key: str
    kind: str
    title: str
    address: str
    audience: tuple[str, ...]
    text: str = ""
    host: str = ""
    language: str = ""
    day: date | None = None
    committee: str = ""
    column: str = ""
    school_id: int | None = None
    space: int = ASSOCIATION_SPACE
    expires_at: datetime | None = None
    parent: str = ""


#: From keys to those documents that may be found now (missing: gone); from nothing to all keys; from a changed row to keys.
Load = Callable[[list[str]], Iterable[Document]]
AllKeys = Callable[[], Iterable[str]]
KeysOf = Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class Source:
    """Where documents come from. `watched`: rows whose saving or deleting changes documents. `in_schools`: its tables
    stand in each school's own schema, so loading happens inside each school."""

    name: str
    kinds: tuple[Kind, ...]
    load: Load
    all_keys: AllKeys
    watched: Mapping[type[Model], KeysOf] = field(default_factory=dict)
    in_schools: bool = False
    #: What takes long (reading files), done by the worker before it loads; never while somebody waits for a page.
    prepare: Callable[[list[str]], None] | None = None


_sources: dict[str, Source] = {}
_kinds: dict[str, Kind] = {}
_columns: list[Callable[[], Mapping[str, str | Promise]]] = []
_committee_names: list[Callable[[], Mapping[str, str]]] = []


class TwiceDeclared(ValueError):
    """Two sources of one name, or two meanings of one kind."""


def register(source: Source) -> None:
    """Remember a source (rooms call `search.declaring.declare`, which also watches its rows). Raises `TwiceDeclared`."""
    known = _sources.get(source.name)
    if known is not None and known.load is not source.load:  # the same one again: an app that starts anew
        raise TwiceDeclared(source.name)
    for kind in source.kinds:
        if _kinds.setdefault(kind.slug, kind) != kind:
            raise TwiceDeclared(kind.slug)
    _sources[source.name] = source


def declare_columns(columns: Callable[[], Mapping[str, str | Promise]]) -> None:
    """Say how columns are called: a function from nothing to words by slug, in the reader's language."""
    _columns.append(columns)


def declare_committees(names: Callable[[], Mapping[str, str]]) -> None:
    """Say how committees are called: a function from nothing to names by code, in the reader's language."""
    _committee_names.append(names)


def sources() -> list[Source]:
    """All sources, in the order of their declaration."""
    return list(_sources.values())


def source_of(name: str) -> Source | None:
    """The source with a name; None when its room is gone."""
    return _sources.get(name)


def kinds() -> Mapping[str, Kind]:
    """All kinds by slug, in the order in which results are grouped."""
    return _kinds


def column_names() -> dict[str, str | Promise]:
    """The words of columns by slug."""
    return {slug: word for words in _columns for slug, word in words().items()}


def committee_names() -> dict[str, str]:
    """Names of committees by code."""
    return {code: name for names in _committee_names for code, name in names().items()}
