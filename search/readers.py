"""Who asks: the one place that turns a request into the filter that stands on every query, count and suggestion."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from search.models import ASSOCIATION_SPACE
from search.registry import PUBLIC


@dataclass(frozen=True)
class Reader:
    """`spaces`: whose documents may be looked at at all; `tokens`: the audiences the reader belongs to there.

    Two locks, either of which alone keeps a school's records from another: a record of a school stands in the school's
    space, and its audience names the school.
    """

    spaces: tuple[int, ...] = (ASSOCIATION_SPACE,)
    tokens: tuple[str, ...] = (PUBLIC,)

    @property
    def is_public(self) -> bool:
        """Whether this reader sees no more than everybody."""
        return self == Reader()


Tokens = Callable[[Any], Iterable[str]]
_offered: list[Tokens] = []


def offer_tokens(tokens: Tokens) -> None:
    """An upper room says which further audiences somebody on the association's host belongs to (seats, for example)."""
    _offered.append(tokens)


def school_token(school_id: int, role: str = "") -> str:
    """The audience of a school's members, or of those with a role."""
    return f"school:{school_id}:{role}" if role else f"school:{school_id}"


def reader_of(request: Any) -> Reader:
    """The reader behind a request: public matter everywhere; in a school's space its records, by post; at the
    association what posts and seats open."""
    school, roles = request.school, request.roles
    if school is not None:
        if not roles:
            return Reader()
        own = (school_token(school.pk), *(school_token(school.pk, str(role)) for role in sorted(roles)))
        return Reader((ASSOCIATION_SPACE, school.pk), (PUBLIC, *own))
    tokens = [f"association:{role}" for role in sorted(request.association_roles)]
    for offered in _offered:
        tokens += offered(request)
    return Reader(tokens=(PUBLIC, *tokens))
