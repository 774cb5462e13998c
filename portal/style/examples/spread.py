"""Example of a spread: where the middle half of each type of school stands, and one's own school."""

from decimal import Decimal

from portal.charts import SpreadRow, Spreads, spreads
from portal.style.examples.words import both

_ROWS = (
    # names, count; quarters with the median between; the outermost; one's own
    ("本科高校", "Universities", 28, "10.80 12.10 13.60", "8.20 17.90", "13.09"),
    ("高职院校", "Colleges", 20, "9.10 10.40 11.80", "6.90 14.20", ""),
)


def spread() -> Spreads:
    """Two types of schools, with a mark of one's own in the first."""
    says = both("本科高校中位数12.10，高职院校10.40，本校13.09", "Median 12.10 and 10.40; yours 13.09")
    return spreads([_row(*row) for row in _ROWS], unit="kgce/m²", says=str(says))


def _row(chinese: str, english: str, count: int, quarters: str, ends: str, mine: str) -> SpreadRow:
    lower, median, upper = map(Decimal, quarters.split())
    least, most = map(Decimal, ends.split())
    return SpreadRow(
        str(both(chinese, english)), count, lower, median, upper, least, most, Decimal(mine) if mine else None
    )
