"""The window of a filing as an expression of the database: what windows_of.shown_state says, for filters and counts."""

from datetime import date

from django.db.models import Case, CharField, DateTimeField, Expression, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from committees.filings.flows import FILING_FLOW, UNFILED
from committees.filings.windows_of import shown_state

#: A version in which the school explained a doubt: an entry of the sealed payload has a note.
EXPLAINED = Q(latest__payload__regex=r'"note": ?"[^"]')


def shown_key(today: date, *, only_filed: bool = False) -> Expression:
    """The key of what each filing shows on `today` (windows_of.shown_state); asks for duty and call."""
    states = [state.name for state in FILING_FLOW.states]
    calm, counting = (
        {name: _calm(name, today, counts=counts, only_filed=only_filed) for name in states} for counts in (False, True)
    )
    of_days = [
        When(state__in=UNFILED, duty__due_on__lt=today, then=Value("late")),
        When(state="addressed", call__opens_on__gt=today, then=Value("none")),
    ]
    return Case(
        *(When(counted__isnull=False, state=s, then=Value(key)) for s, key in counting.items() if key != calm[s]),
        *([] if only_filed else of_days),
        *(When(state=state, then=Value(key)) for state, key in calm.items()),
        output_field=CharField(max_length=10),
    )


def standing_since(today: date, *, only_filed: bool = False) -> Combinable:
    """Since when a filing stands as it is shown: its due day when it is late, else its last move; `only_filed`: since it
    was filed last, so that no step inside a school is told."""
    if only_filed:
        return F("latest__sealed_at")
    late = When(state__in=UNFILED, duty__due_on__lt=today, then=Cast("duty__due_on", DateTimeField()))
    return Case(late, default=F("state_since"))


def _calm(state: str, today: date, *, counts: bool, only_filed: bool) -> str:
    return shown_state(state, date.min, date.max, today, counts=counts, only_filed=only_filed)
