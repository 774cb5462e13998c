"""The root of a day: one hash over all seals and all moves of that day, chained to the root before. No writes.

The root is SHA-256 over this text, which anyone may download:

    houqin-day-1
    <day>
    <root of the closed day before, or ->
    seal <seal of a version>            one line each, sorted
    move <hash of a move>               one line each, sorted

The lines are hashes: they tell nothing, but whoever holds a receipt finds its seal among them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from committees.filings.models import DailyRoot, FilingVersion
from committees.filings.sealing import digest
from committees.workflow.models import Trail
from tenants.clock import local_day

#: A day is closed when it is over for this long: what began before midnight has been committed by then.
SETTLED = timedelta(minutes=10)


@dataclass(frozen=True)
class Day:
    """What stands under a day's root."""

    day: date
    previous: str
    seals: tuple[str, ...]
    moves: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text whose SHA-256 is the root."""
        lines = [f"seal {one}" for one in self.seals] + [f"move {one}" for one in self.moves]
        return "\n".join(["houqin-day-1", self.day.isoformat(), self.previous or "-", *lines]) + "\n"

    @property
    def root(self) -> str:
        """64 hexadecimal digits."""
        return digest(self.text)


def read_day(day: date, previous: str) -> Day:
    """What was sealed and moved on a day of the association's time zone."""
    start = datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
    span = (start, start + timedelta(days=1))
    seals = FilingVersion.objects.filter(sealed_at__gte=span[0], sealed_at__lt=span[1]).values_list("seal", flat=True)
    moves = Trail.objects.filter(at__gte=span[0], at__lt=span[1]).values_list("chain", flat=True)
    return Day(day, previous, tuple(sorted(seals)), tuple(sorted(moves)))


def days_to_close(at: datetime) -> list[date]:
    """Days with seals or moves that are over and come after the last closed one, in order."""
    last = DailyRoot.objects.aggregate(last=Max("day"))["last"]
    times = (
        [*FilingVersion.objects.values_list("sealed_at", flat=True), *Trail.objects.values_list("at", flat=True)]
        if last is None
        else _times_after(last)
    )
    today = local_day(at - SETTLED)
    return sorted({day for day in map(local_day, times) if day < today and (last is None or day > last)})


def _times_after(day: date) -> list[datetime]:
    start = datetime.combine(day + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())
    seals = FilingVersion.objects.filter(sealed_at__gte=start).values_list("sealed_at", flat=True)
    return [*seals, *Trail.objects.filter(at__gte=start).values_list("at", flat=True)]


def broken_roots() -> Iterator[str]:
    """Closed days whose root no longer follows from what stands there, days out of the chain, days left out."""
    previous, closed = "", list(DailyRoot.objects.order_by("day"))
    for row in closed:
        day = read_day(row.day, row.previous)
        if row.previous != previous:
            yield f"day {row.day}: the chain of roots is broken"
        if day.root != row.root:
            yield f"day {row.day}: root and contents differ"
        if (len(day.seals), len(day.moves)) != (row.seals, row.moves):
            yield f"day {row.day}: {len(day.seals)} seals and {len(day.moves)} moves, closed with {row.seals} and {row.moves}"
        previous = row.root
    yield from _left_out({row.day for row in closed})


def _left_out(closed: set[date]) -> Iterator[str]:
    if not closed:
        return
    times = [*FilingVersion.objects.values_list("sealed_at", flat=True), *Trail.objects.values_list("at", flat=True)]
    for day in sorted({local_day(at) for at in times} - closed):
        if day < max(closed):
            yield f"day {day}: has seals or moves, but no root"


def root_of(day: date) -> DailyRoot | None:
    """The root of a day, when it is closed."""
    return DailyRoot.objects.filter(day=day).first()
