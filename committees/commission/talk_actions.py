"""Writes of comments between the commission and a committee: begun, answered, closed. Nothing of them is ever changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from committees.commission.models import About, Talk
from committees.commission.queries import digest_of_table
from committees.commission.rules import side_of
from committees.filings.models import Call
from committees.filings.rules import roles_at_call
from committees.workflow.advance import MoveRefused, advance
from committees.workflow.models import Trail
from tenants.models import User

MOST_WORDS = 2000


def begin_talk(
    *, call: Call, about: str, title: str, words: str, by: User, at: datetime, key: UUID | None = None
) -> Talk:
    """Ask the other side about a call or its table; the figures that stood then are written down beside the words.
    Repeating it with the same key makes nothing new. Raises MoveRefused."""
    with transaction.atomic():
        locked = Call.objects.select_for_update(of=("self",)).select_related("committee").get(pk=call.pk)
        side = side_of(roles_at_call(locked, by, at))
        if not side or (side == "commission" and locked.state in ("drafted", "cancelled")):
            raise MoveRefused(_("This is not yours to do."), code="role")
        if not title.strip():
            raise MoveRefused(_("Say what it is about."), code="guard")
        if key and (known := Trail.objects.filter(flow="talk", key=key, by=by).first()):
            return Talk.objects.select_related("call__committee").get(public_id=known.subject)
        talk = Talk.objects.create(
            call=locked, about=About(about), title=title.strip()[:120], begun_by=side, begun_at=at
        )
        write_talk(talk=talk, words=words, by=by, at=at, key=key)
    return talk


def write_talk(
    *, talk: Talk, words: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """Add words to a comment, on the side where the person stands. Raises MoveRefused once it is closed."""
    move = "ask" if side_of(roles_at_call(talk.call, by, at)) == "commission" else "answer"
    words = words.strip()[:MOST_WORDS]
    return advance(talk, move, by=by, at=at, version=version, key=key, reason=words, effect=_figures)


def close_talk(*, talk: Talk, by: User, at: datetime, version: int | None = None, key: UUID | None = None) -> Trail:
    """Settled: the side that began it closes it. Raises MoveRefused."""
    return advance(talk, "close", by=by, at=at, version=version, key=key)


def _figures(locked: Talk, trail: Trail) -> Mapping[str, Any]:
    return {"figures": digest_of_table(locked.call)[0]} if locked.about == About.TABLE else {}
