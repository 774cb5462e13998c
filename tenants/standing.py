"""Where in the house a page stands: which door of the rail is lit, and the way here. Views say it, the frame shows it."""

from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest
from django.utils.functional import Promise

Text = str | Promise


class Plated(Protocol):
    """A body with a door plate of its own (a committee): its address code, its hue, its name."""

    code: str
    room: str

    @property
    def name(self) -> str:
        """The name on the plate, in the reader's language."""
        ...


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`door` is the key of a door in portal/navigation.py; each crumb is (label, address), the last one without."""

    door: str = ""
    crumbs: tuple[tuple[Text, str], ...] = ()
    committee: Plated | None = None


def stand(
    request: HttpRequest, door: str, *crumbs: tuple[Text, str], committee: Plated | None = None
) -> None:
    """Say where a page stands, before it is rendered; `committee` puts its plate and doors into the frame."""
    request.standing = Standing(door=door, crumbs=crumbs, committee=committee)  # type: ignore[attr-defined]


def standing_of(request: HttpRequest) -> Standing:
    """Where the page stands; nowhere in particular when its view did not say."""
    return getattr(request, "standing", None) or Standing()
