"""How days and times are written on a page, in the language of the page."""

# Chinese text: how days are written in Chinese.

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import get_language

#: Django date formats by language. Nobody types a space between Han and figures.
FORMATS = {
    "zh": {
        "day": "n月j日",
        "full": "Y年n月j日",
        "month": "Y年n月",
        "moment": "n月j日 H:i",
        "full_moment": "Y年n月j日 H:i",
        "short": "m-d",
        "clock": "H:i",
    },
    "en": {
        "day": "j F",
        "full": "j F Y",
        "month": "F Y",
        "moment": "j F, H:i",
        "full_moment": "j F Y, H:i",
        "short": "m-d",
        "clock": "H:i",
    },
}
_HAN = "一二三四五六日"


def language() -> str:
    """Which set of words the page uses: "zh" or "en"."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def written(moment: date | datetime | None, style: str = "day") -> str:
    """`moment` in one of FORMATS' styles, in local time; an empty text for None."""
    return "" if moment is None else formatted(local(moment), FORMATS[language()][style])


def weekday(moment: date | datetime, short: bool = False) -> str:
    """星期一 or Monday; short: 周一 or Mon."""
    day = local(moment)
    if language() == "zh":
        return ("周" if short else "星期") + _HAN[day.weekday()]
    return formatted(day, "D" if short else "l")


def machine(moment: date | datetime) -> str:
    """The value of a time element's datetime attribute."""
    there = local(moment)
    return there.strftime("%Y-%m-%dT%H:%M") if isinstance(there, datetime) else there.isoformat()


def local(moment: date | datetime) -> date | datetime:
    """`moment` in the portal's time zone; a day stays the day it is."""
    return timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment
