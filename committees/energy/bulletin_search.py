"""Bulletins that the public finds."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.energy.calls import published_calls
from committees.filings.models import Call, Filing
from committees.filings.slugs import slug_of
from search.declaring import declare
from search.registry import PUBLIC, Document, Kind, Source

BULLETIN = Kind("bulletin", _("Bulletins"), "chart-bar")


def load_bulletins(keys: list[str]) -> Iterator[Document]:
    """Bulletins of calls with something accepted."""
    for call in published_calls().filter(public_id__in=[key.split(":")[1] for key in keys]):
        text = "\n".join(filter(None, [call.number, call.period, call.committee.name_zh, call.title_en, call.text]))
        yield Document(
            _key(call), BULLETIN.slug, call.title_zh,
            reverse("bulletin", args=[slug_of(call.number)], urlconf="portal.urls.association"), (PUBLIC,), text,
            day=call.opens_on, committee=call.committee.room,
        )  # fmt: skip


def _key(call: Call) -> str:
    return f"bulletin:{call.public_id}"


def all_bulletins() -> list[str]:
    """The keys of all bulletins."""
    return [_key(call) for call in published_calls()]


def declare_bulletins() -> None:
    """Make bulletins findable."""
    watched: dict[Any, Any] = {Call: lambda call: [_key(call)], Filing: lambda filing: [_key(filing.call)]}
    declare(Source("bulletins", (BULLETIN,), load_bulletins, all_bulletins, watched))
