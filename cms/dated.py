"""How dated things stand on a day: a public notice in its working days, a regulation among those around it."""

from dataclasses import dataclass
from datetime import date, timedelta

from cms.models import PublicNoticePage, RegulationPage
from cms.models.regulations import RegulationState
from committees.calendar.workdays import Overrides, workdays_between


@dataclass(frozen=True)
class NoticeDays:
    """`state`: ahead, open, closed or settled. `passed` and `total` in working days; `left` working days after today."""

    state: str
    passed: int
    total: int

    @property
    def left(self) -> int:
        """Working days that are left, today not counted."""
        return self.total - self.passed


def days_of(notice: PublicNoticePage, day: date, overrides: Overrides) -> NoticeDays:
    """How a public notice stands on a day. A working day has passed when the day after it has come."""
    before = notice.starts_on - timedelta(days=1)
    total = workdays_between(before, notice.ends_on, overrides)
    yesterday = min(day - timedelta(days=1), notice.ends_on)
    passed = max(0, workdays_between(before, yesterday, overrides))
    return NoticeDays(notice.state_on(day), min(passed, total), total)


@dataclass(frozen=True)
class Regulations:
    """A regulation among others: its state on a day, what it replaces, what replaces it (published texts only)."""

    state: RegulationState
    older: list[RegulationPage]
    newer: list[RegulationPage]


def regulations_around(page: RegulationPage, day: date) -> Regulations:
    """Both ways of "takes the place of", and the state that follows from them."""
    live = RegulationPage.objects.live().defer_streamfields().order_by("-effective_on")
    newer = list(live.filter(supersedes=page))
    older = list(live.filter(superseded_by=page))
    in_force = any(other.effective_on <= day for other in newer)
    return Regulations(page.state_on(day, has_successor=in_force), older, newer)
