"""How figures, days and sizes stand on a paper, in the language of the paper. Pure."""

# Chinese text: how days are written in Chinese.

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import get_language

DASH = "—"
_DAYS = {"zh": ("Y年n月j日", "Y年n月j日 H:i"), "en": ("j F Y", "j F Y, H:i")}


def number(value: Decimal | int | None, places: int | None = None) -> str:
    """1,148,600 or 12.34, halves away from zero; a dash for None. Without `places`: all decimals there are."""
    if value is None:
        return DASH
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    else:
        exact = exact.normalize()
    text = f"{abs(exact):,f}"
    return f"\N{MINUS SIGN}{text}" if exact < 0 else text


def day(moment: date | datetime) -> str:
    """2026年3月2日 or 2 March 2026, a moment in the association's time zone."""
    return _written(moment, 0)


def moment(at: datetime) -> str:
    """The day with the time of day."""
    return _written(at, 1)


def size(count: int) -> str:
    """Bytes as people read them: 12 KB, 3.4 MB."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{number(Decimal(count) / 1024, 0)} KB"
    return f"{number(Decimal(count) / 1048576, 1)} MB"


def _written(at: date | datetime, place: int) -> str:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    there = timezone.localtime(at) if isinstance(at, datetime) else at
    return formatted(there, _DAYS[language][place])
