"""Numbers of papers: calls and filings. A pattern per series and year; never used twice, gaps allowed."""

from django.db.models import F

from committees.filings.models import NumberSeries
from committees.roster.models import Committee


def next_filing_number(committee: Committee, year: int) -> str:
    """The next number of a filing, as 能备〔2026〕0137号: the committee's mark, year, serial.

    Must run inside the transaction that uses it: the row of the series stays locked until then.
    """
    return f"{committee.mark}备〔{year}〕{_next(f'filing-{committee.code}', year):04d}号"


def next_call_number(committee: Committee, year: int) -> str:
    """The next number of a call, as 能函〔2026〕3号."""
    return f"{committee.mark}函〔{year}〕{_next(f'call-{committee.code}', year)}号"


def _next(series: str, year: int) -> int:
    NumberSeries.objects.bulk_create([NumberSeries(series=series, year=year)], ignore_conflicts=True)
    row = NumberSeries.objects.select_for_update().get(series=series, year=year)
    NumberSeries.objects.filter(pk=row.pk).update(last=F("last") + 1)
    return row.last + 1
