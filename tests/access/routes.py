"""All addresses of a URL configuration: own routes one by one, third-party includes as one each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

OWN = ("portal.", "cms.", "committees.", "search.", "tenants.", "tests.access.sample")
#: Addresses Django or packages need in every configuration and that carry nothing of ours.
WITHOUT_ROW = frozenset({"set_language"})


@dataclass(frozen=True)
class Route:
    """One own address. `parameters` maps each part of the address that varies to its converter's name."""

    host: str
    name: str
    pattern: URLPattern
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def callback(self) -> Any:
        """The view as the address knows it."""
        return self.pattern.callback


@dataclass(frozen=True)
class Include:
    """Addresses of a third party below a prefix."""

    host: str
    prefix: str

    @property
    def name(self) -> str:
        """What the matrix calls it."""
        return f"include:{self.prefix}"


def urlconfs() -> dict[str, str]:
    """Kind of host -> its URL configuration, as the settings say now."""
    return {"association": settings.PUBLIC_SCHEMA_URLCONF, "school": settings.SCHOOL_URLCONF}


def walk(host: str) -> Iterator[Route | Include]:
    """All own routes and third-party includes of a kind of host."""
    yield from _walk(get_resolver(urlconfs()[host]).url_patterns, host, "", "/", {})


def _walk(patterns: Any, host: str, space: str, prefix: str, outer: dict[str, str]) -> Iterator[Route | Include]:
    for item in patterns:
        inner = {**outer, **_parameters(item)}
        if isinstance(item, URLPattern):
            if item.name not in WITHOUT_ROW:
                yield Route(host, f"{space}{item.name or _described(item, prefix)}", item, inner)
        elif any(_is_own(leaf.callback) for leaf in _leaves(item)):
            deeper = f"{space}{item.namespace}:" if item.namespace else space
            yield from _walk(item.url_patterns, host, deeper, f"{prefix}{item.pattern}", inner)
        else:
            yield Include(host, f"{prefix}{item.pattern}")


def _leaves(resolver: URLResolver) -> Iterator[URLPattern]:
    for item in resolver.url_patterns:
        if isinstance(item, URLResolver):
            yield from _leaves(item)
        else:
            yield item


def _is_own(callback: Any) -> bool:
    kind = getattr(callback, "view_class", None) or getattr(callback, "cls", None)
    module = (kind or callback).__module__ if hasattr(kind or callback, "__module__") else type(callback).__module__
    return f"{module}.".startswith(OWN)


def is_own(route: Route) -> bool:
    """True when the view is ours."""
    return _is_own(route.callback)


def _parameters(item: URLPattern | URLResolver) -> dict[str, str]:
    converters = getattr(item.pattern, "converters", {})
    named = {name: type(converter).__name__ for name, converter in converters.items()}
    regex = getattr(item.pattern, "_regex", None)
    if isinstance(regex, str) and not named:
        named = dict.fromkeys(re.compile(regex).groupindex, "StringConverter")
    return named


def _described(item: URLPattern, prefix: str) -> str:
    return f"at:{prefix}{item.pattern}"
