"""What a rule of reading is: an object with id, name, advice and example rows, its reference page is made from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Text: TypeAlias = "str | StrPromise"
"""A text for people; lazy ones are translated when the page is made."""


@dataclass(frozen=True, slots=True)
class Example:
    """One row of the reference page: what was typed and what comes of it (None: refused without a proposal)."""

    typed: str
    becomes: str | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule. `id` is stable and never used twice; `advice` says in one sentence what to do instead."""

    id: str
    name: Text
    advice: Text
    examples: tuple[Example, ...] = ()


AnyRule = TypeVar("AnyRule", bound=Rule)


def index_rules(rules: Iterable[AnyRule]) -> dict[str, AnyRule]:
    """Rules by id. Raises ValueError when an id is used twice."""
    found: dict[str, AnyRule] = {}
    for rule in rules:
        if rule.id in found:
            raise ValueError(f"rule id {rule.id!r} is used twice")
        found[rule.id] = rule
    return found
