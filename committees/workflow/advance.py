"""The single door through which a row moves."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from committees.workflow.binding import Asking, Binding, binding_of
from committees.workflow.chain import link
from committees.workflow.flow import SYSTEM, Move
from committees.workflow.models import DeskEntry, Trail
from tenants.models import User
from tenants.verdicts import Allowed, Refused, Verdict

Row = TypeVar("Row", bound=Model)
Effect = Callable[[Any, Trail], Mapping[str, Any] | None]


class MoveRefused(Exception):
    """The move is not made; `reason` says why in the reader's language, `last` is the move that came before, if any."""

    def __init__(self, reason: Any, last: Trail | None = None, code: str = "refused") -> None:
        super().__init__(str(reason))
        self.reason, self.last, self.code = reason, last, code


def advance(
    row: Row,
    move: str,
    *,
    by: User | None,
    at: datetime,
    version: int | None = None,
    key: UUID | None = None,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    effect: Effect | None = None,
) -> Trail:
    """Move `row` by `move`: lock, check, take effect, write one trail event and the desk, all or nothing.

    `by` None is the portal itself (jobs, consequences of another move): it holds the role "system" and no other.
    `version` is the version the person saw (None: whatever it is now). `key` makes a request that the same person
    repeats with the same words return the first one's trail; anything else under a used key is refused. `effect` runs
    inside the transaction on the locked row, after the checks; what it returns is kept with the event. Raises
    `MoveRefused` with a reason; the caller's `row` is refreshed on success.
    """
    binding = binding_of(type(row))
    with transaction.atomic():
        locked: Any = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
        step = binding.flow.move(move)
        asking = Asking(row=locked, move=step, by=by, at=at, reason=reason.strip(), facts=facts or {})
        if repeated := _repeated(asking, key):
            return repeated
        role = _check(binding, asking, version)
        trail = _trail(binding, asking, role, key)
        locked.state, locked.version = trail.target, trail.version
        if effect is not None:
            trail.facts = {**trail.facts, **(effect(locked, trail) or {})}
        locked.save()
        before = Trail.objects.filter(subject=trail.subject, version=trail.version - 1).values_list("chain", flat=True)
        trail.chain = link(before.first() or "", trail)
        trail.save(force_insert=True)
        _rewrite_desk(binding, locked, trail)
        for tell in binding.told:
            tell(locked, trail)
        for heard in binding.heard:
            transaction.on_commit(partial(heard, locked, trail), robust=True)
    row.refresh_from_db()
    return trail


def may_move(row: Any, move: Move, *, by: User | None, at: datetime) -> Verdict:
    """Whether the person could make the move now, without making it (for buttons): role and guard, no reason needed."""
    binding = binding_of(type(row))
    roles = _roles(binding, row, by, at)
    if not roles.intersection(move.who):
        return Refused(_("This is not yours to do."))
    return _guard(binding, Asking(row=row, move=move, by=by, at=at, reason="-"))


def open_moves(row: Any, *, by: User | None, at: datetime) -> list[Move]:
    """The moves this person could make on this row now, roles only (guards speak when asked)."""
    binding = binding_of(type(row))
    roles = _roles(binding, row, by, at)
    return [move for move in binding.flow.moves_from(row.state) if roles.intersection(move.who)]


def moved_on(row: Any) -> MoveRefused:
    """What to raise when a row's state no longer allows a write: who moved it, when, and what it became."""
    return _too_late(binding_of(type(row)), row)


def _repeated(asking: Asking, key: UUID | None) -> Trail | None:
    """The trail of the first request under this key. Another move, person, reason or fact is no repetition."""
    first = Trail.objects.filter(subject=asking.row.subject, key=key).first() if key else None
    if first and not _is_same(first, asking):
        raise MoveRefused(_("This page was already used for another step. Reload it."), last=first, code="key")
    return first


def _is_same(first: Trail, asking: Asking) -> bool:
    person = asking.by.pk if asking.by else None
    told = all(first.facts.get(name) == fact for name, fact in asking.facts.items())
    return told and (first.move, first.by_id, first.reason) == (asking.move.name, person, asking.reason)


def _check(binding: Binding, asking: Asking, version: int | None) -> str:
    """The role that allows the move; raises MoveRefused otherwise. A stranger learns nothing about the row's state."""
    roles = _roles(binding, asking.row, asking.by, asking.at)
    role = next((role for role in asking.move.who if role in roles), None)
    if role is None:
        raise MoveRefused(_("This is not yours to do."), code="role")
    stale = version is not None and version != asking.row.version
    if stale or asking.row.state not in asking.move.sources:
        raise _too_late(binding, asking.row)
    if asking.move.needs_reason and not asking.reason:
        raise MoveRefused(_("Give a reason, so that the other side knows what to do."), code="reason")
    verdict = _guard(binding, asking)
    if isinstance(verdict, Refused):
        raise MoveRefused(verdict.reason, code="guard")
    return role


def _roles(binding: Binding, row: Any, by: User | None, at: datetime) -> frozenset[str]:
    return frozenset({SYSTEM}) if by is None else binding.roles(row, by, at)


def _guard(binding: Binding, asking: Asking) -> Verdict:
    return binding.guards[asking.move.guard](asking) if asking.move.guard else Allowed()


def _too_late(binding: Binding, row: Any) -> MoveRefused:
    last = Trail.objects.filter(subject=row.subject).select_related("by").order_by("-version").first()
    if last is None:
        return MoveRefused(_("The state has changed. Reload the page."), code="stale")
    when = date_format(timezone.localtime(last.at), "m-d H:i")
    who = str(last.by) if last.by else _("the system")
    done = binding.flow.state(last.target).label
    text = _("%(who)s was faster: at %(when)s this became “%(state)s”. Reload to see it.")
    return MoveRefused(text % {"who": who, "when": when, "state": done}, last=last, code="stale")


def _trail(binding: Binding, asking: Asking, role: str, key: UUID | None) -> Trail:
    return Trail(
        flow=binding.flow.name, subject=asking.row.subject, move=asking.move.name, source=asking.row.state,
        target=asking.move.lead(asking.row.state), version=asking.row.version + 1, by=asking.by, role=role, at=asking.at,
        reason=asking.reason, facts=dict(asking.facts), key=key,
    )  # fmt: skip


def _rewrite_desk(binding: Binding, row: Any, trail: Trail) -> None:
    """Close what was open for this row and write what is open now, in the move's transaction."""
    DeskEntry.objects.filter(subject=row.subject, done_at__isnull=True).update(done_at=trail.at)
    DeskEntry.objects.bulk_create(binding.desk(row, trail))
