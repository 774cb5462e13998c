"""Writes on a series of calls: defined, changed, paused, resumed, ended; and what the job worker does with it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.calendar.queries import load_overrides
from committees.calendar.workdays import Overrides, add_workdays, is_workday
from committees.filings.actions import draft_call, open_call
from committees.filings.call_actions import add_schools
from committees.filings.kinds import kind_of
from committees.filings.models import Call, Disclosure, FormVersion, Series
from committees.filings.periods import after, first_day, fits
from committees.filings.rules import call_roles
from committees.filings.series_reads import planned
from committees.roster.models import Committee
from committees.workflow.advance import MoveRefused, advance
from committees.workflow.models import Trail
from tenants.clock import local_day
from tenants.models import School, User
from tenants.queries import open_schools

#: Nobody's desk is filled at night: calls are opened from this hour of the day on.
OPENING_HOUR = 8
#: Most calls of one series that are opened in one go after the worker stood still.
MOST_AT_ONCE = 24


def define_series(*, committee: Committee, words: Mapping[str, Any], by: User, at: datetime) -> Series:
    """A new series, running at once. `words` are the fields of the form; its first period may lie in the past: then its
    calls are opened at the worker's next turn. Raises MoveRefused for people without a deciding seat."""
    series = Series(committee=committee, created_at=at, created_by=by, **words)
    if not call_roles(series, by, at) & {"chair", "officer"}:
        raise MoveRefused(_("This is not yours to do."), code="role")
    _check(series)
    series.save(force_insert=True)
    return series


def redefine_series(
    *, series: Series, words: Mapping[str, Any], by: User, at: datetime, version: int | None = None,
    key: UUID | None = None,
) -> Trail:  # fmt: skip
    """Change what later calls will say; calls that were opened stay as they are. The kind and the first period stay."""
    fixed = {"kind", "form_code", "every", "next_period"}
    changed = {name: value for name, value in words.items() if name not in fixed}

    def effect(locked: Series, trail: Trail) -> Mapping[str, Any]:
        before = {name: getattr(locked, name) for name in changed}
        for name, value in changed.items():
            setattr(locked, name, value)
        _check(locked)
        return {"before": {name: value for name, value in before.items() if value != changed[name]}}

    facts = {"after": changed}
    return advance(series, "redefine", by=by, at=at, version=version, key=key, facts=facts, effect=effect)


def pause_series(
    *, series: Series, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """Open no further calls until it goes on."""
    return advance(series, "pause", by=by, at=at, version=version, key=key, reason=reason)


def resume_series(
    *, series: Series, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """Go on with the first period whose day is still to come; what fell into the pause is left out, and named."""

    def effect(locked: Series, trail: Trail) -> Mapping[str, Any]:
        overrides, left_out = load_overrides(), []
        while planned(locked, locked.next_period, overrides).opens_on < local_day(at):
            left_out.append(locked.next_period)
            locked.next_period = after(locked.next_period, locked.every)
        return {"left_out": left_out}

    return advance(series, "resume", by=by, at=at, version=version, key=key, effect=effect)


def end_series(
    *, series: Series, reason: str, by: User | None, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """End it for good; its calls stay."""
    return advance(series, "end", by=by, at=at, version=version, key=key, reason=reason)


def open_due_calls(*, at: datetime) -> int:
    """Open the calls of all running series whose day has come; returns how many. Called every hour: repeating it does
    nothing, and after a standstill it makes up for every period that was missed, each due its full days from now."""
    overrides = load_overrides()
    if not is_workday(local_day(at), overrides) or timezone.localtime(at).hour < OPENING_HOUR:
        return 0
    running = Series.objects.filter(state="running").order_by("pk").values_list("pk", flat=True)
    return sum(_open_calls_of(pk, at, overrides) for pk in running)


def address_joined_schools(*, at: datetime) -> int:
    """Address schools that opened after a call of a running series did, while it is open; returns how many duties were
    made. Each is due its full days from now, or with the others where that is later. Repeating it does nothing."""
    overrides, today, made = load_overrides(), local_day(at), 0
    calls = Call.objects.filter(state="opened", series__state="running", due_on__gte=today)
    for call in calls.select_related("series", "committee").prefetch_related("filings").order_by("pk"):
        assert call.series is not None
        known = {filing.school_id for filing in call.filings.all()}
        new = [school for school in schools_of_series(call.series) if school.pk not in known]
        since = [school for school in new if school.opened_at and school.opened_at >= call.created_at]
        if since:
            due = max(call.due_on, add_workdays(today, call.series.due_workdays, overrides))
            add_schools(call=call, schools=since, due_on=due, by=None, at=at)
            made += len(since)
    return made


def schools_of_series(series: Series) -> list[School]:
    """The schools that a series asks now, in pinyin order."""
    schools = open_schools().order_by("pinyin", "pk")
    return list(schools.filter(type__in=series.school_types) if series.school_types else schools)


def _open_calls_of(pk: int, at: datetime, overrides: Overrides) -> int:
    """Open what is due of one series; one that another worker has in hand is left to it."""
    with transaction.atomic():
        series = Series.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, state="running").first()
        if series is None:
            return 0
        opened = 0
        while opened < MOST_AT_ONCE and not _is_over(series):
            dates = planned(series, series.next_period, overrides)
            if dates.opens_on > local_day(at) or not (schools := schools_of_series(series)):
                break
            due = max(dates.due_on, add_workdays(local_day(at), series.due_workdays, overrides))
            _open_one(series, schools, due, at)
            series.next_period = after(series.next_period, series.every)
            series.save(update_fields=["next_period"])
            opened += 1
        if _is_over(series):
            end_series(series=series, reason=_("The last period is opened."), by=None, at=at)
        return opened


def _open_one(series: Series, schools: Sequence[School], due: date, at: datetime) -> None:
    period = series.next_period
    form = FormVersion.objects.filter(code=series.form_code).order_by("-version")[0]
    call = draft_call(
        committee=series.committee, kind=series.kind, form=form, period=period,
        title_zh=series.title_zh.replace("{period}", period)[:120],
        title_en=series.title_en.replace("{period}", period)[:200],
        opens_on=local_day(at), due_on=due, disclosure=series.disclosure, text=series.text,
        attribution=series.attribution, takes_late=series.takes_late, series=series, by=None, at=at,
    )  # fmt: skip
    open_call(call=call, schools=schools, by=None, at=at)


def _is_over(series: Series) -> bool:
    return bool(series.last_period) and first_day(series.next_period) > first_day(series.last_period)


def _check(series: Series) -> None:
    """What a form says in fields, for those who come without one."""
    kind = kind_of(series.kind)
    if kind.personal and series.disclosure != Disclosure.TOTALS:
        raise MoveRefused(_("This form holds names and numbers of people: only totals are published."), code="guard")
    if not all(fits(period, series.every) for period in (series.next_period, series.last_period) if period):
        raise MoveRefused(_("This form is for another length of period."), code="guard")
