"""Reading one date as people type it: year, month, day in this order, and nothing else."""
# Chinese text: how dates are typed in Chinese

import re
from datetime import date, datetime

from committees.workbooks.number_text import clean_text

_WRITTEN = re.compile(
    r"([0-9]{4})\s*(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年\s*([0-9]{1,2})月\s*([0-9]{1,2})[日号]?)", re.ASCII
)
EARLIEST, LATEST = 1900, 2200


def read_date(typed: str) -> date | None:
    """The date a text writes (`2026-03-01`, `2026/3/1`, `2026年3月1日`, full-width too), or None.

    A two-digit year, month before year and days that do not exist are None: nothing is guessed.
    """
    match = _WRITTEN.fullmatch(clean_text(typed).text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])
    try:
        return date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None


def read_date_cell(iso: str) -> date | None:
    """The date of a cell that the workbook itself holds as a date; None for a time, a duration or a day with a time."""
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return found.date() if len(iso) == 10 and EARLIEST <= found.year <= LATEST else None
