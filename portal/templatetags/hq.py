"""Tags and filters of the design: windows, icons, figures, days. What is bigger than one element is a component."""

# Chinese text: the name of the language in itself.

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal import days, figures
from portal.charts.house import House, house
from portal.charts.seal import Seal, seal
from portal.frames import Association, association
from portal.templatetags import hq_words
from portal.windows import Window, window_for

register = template.Library()

Number = Decimal | int | str | None
_GLYPH = (
    '<span class="hq-glyph" data-room="{0}"><svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
    '<use href="#g-{0}"/></svg></span>'
)
_ICON = '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
_PANE_MUTE = '<svg class="hq-pane{}" aria-hidden="true" focusable="false"><use href="#{}"/></svg>'
_PANE_SAID = '<svg class="hq-pane{}" role="img" aria-label="{}" focusable="false"><use href="#{}"/></svg>'


# --- files -----------------------------------------------------------------------------------------------------------


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file; the plain one where the manifest lacks it, so that an error page still shows."""
    try:
        return staticfiles_storage.url(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def the_association() -> Association:
    """The association, for pages and mails: `{% the_association as association %}`. base.html has it already."""
    return association()


@register.simple_tag(takes_context=True)
def htmx_headers(context: Context) -> SafeString:
    """The attribute by which every htmx request of a page carries the token against forged forms."""
    return format_html('hx-headers=\'{{"X-CSRFToken": "{}"}}\'', context.get("csrf_token", ""))


# --- drawings --------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, css: str = "hq-i") -> SafeString:
    """An icon of icons.svg, mute: the word stands beside it or on the link around it."""
    return format_html(_ICON, css, asset("portal/icons/icons.svg"), name)


@register.simple_tag
def glyph(room: str) -> SafeString:
    """The small plate of a committee: dorm, food, energy, shop, house, estate."""
    return format_html(_GLYPH, room)


@register.simple_tag
def mark() -> SafeString:
    """The association's mark."""
    return mark_safe('<svg viewBox="0 0 48 48" aria-hidden="true" focusable="false"><use href="#logo"/></svg>')


@register.simple_tag
def pane(state: str, label: object = "", tone: str = "") -> SafeString:
    """A window alone. With `label` it speaks ("Haihe, February: returned"), without one the word must stand beside it.

    `tone` "calm" dims an accepted window in a mass, "new" keeps the full lamp for what was lit since the last visit.
    """
    css = f" is-{tone}" if tone else ""
    symbol = window_for(state).symbol
    return format_html(_PANE_SAID, css, label, symbol) if label else format_html(_PANE_MUTE, css, symbol)


@register.filter
def window_state(state: str) -> Window:
    """The window of a state: its symbol, word and tone."""
    return window_for(state)


@register.simple_tag
def error_house(code: int, dark: bool = False) -> House:
    """The picture of an error page: `{% error_house 404 as house %}`."""
    return house(code, dark=dark)


@register.simple_tag
def seal_of(digest: str) -> Seal:
    """The drawing of a seal: `{% seal_of digest as drawn %}`."""
    return seal(digest)


@register.simple_tag
def cell(state: str, label: object = "", href: str = "", tone: str = "", now: bool = False) -> SafeString:
    """One cell of a board: a window, with a link where there is something to open; red states get the red ground.

    `label` stands before the window's word in the accessible name (Haihe February returned).
    """
    window = window_for(state)
    css = "m" + (" now" if now else "") + (" bad" if window.key in ("back", "late") else "")
    drawn = pane(state, format_html("{}{}", label, window.word) if label else window.word, tone)
    if href:
        drawn = format_html('<a href="{}" title="{}">{}</a>', href, window.word, drawn)
    return format_html('<td class="{}" role="cell">{}</td>', css, drawn)


@register.filter
def windows_of(count: int, least: int = 0) -> range:
    """Numbers to draw small windows by: at most twelve, and at least `least`."""
    return range(1, min(max(int(count), least), 12) + 1)


@register.filter
def add_px(place: str, pixels: str) -> str:
    """A coordinate moved by so many pixels."""
    return f"{Decimal(place) + Decimal(pixels):f}"


@register.simple_tag
def option_script(chart_id: str, option: object) -> SafeString:
    """A chart's option as data that charts.js reads."""
    return json_script(option, f"{chart_id}-option")


# --- figures ---------------------------------------------------------------------------------------------------------


@register.filter
def figure(value: Number, places: int | None = None) -> str:
    """1148600 as 1,148,600; with an argument, exactly so many decimals. Never a float."""
    return figures.figure(value, places)


@register.filter
def percent(share: Number, places: int = 1) -> str:
    """A share of one as a percentage."""
    return figures.percent(share, places)


@register.filter
def signed_percent(share: Number, places: int = 1) -> str:
    """The same with its sign."""
    return figures.signed_percent(share, places)


@register.simple_tag
def change_words(now: Number, before: Number, against: str = "year") -> SafeString:
    """1.8% less than last year, 比上年少1.8%; the amount is bold. `against`: year, month, average."""
    moved = figures.change(_exact(now), _exact(before))
    head, amount, tail = figures.change_words(moved, against)
    return format_html('{}<b class="num">{}</b>{}', head, amount, tail) if amount else format_html("{}", head)


@register.simple_tag
def change_percent(now: Number, before: Number) -> str:
    """The change in a narrow column: +2.6%, −3.4%, or a dash where nothing can be compared."""
    return figures.signed_percent(figures.change(_exact(now), _exact(before)).share)


def _exact(value: Number) -> Decimal | None:
    return None if value is None or value == "" else figures.exact(value)


# --- days ------------------------------------------------------------------------------------------------------------


@register.filter
def day(moment: date | datetime | None, style: str = "day") -> str:
    """3月15日 or 15 March; styles: day, full, month, moment, full_moment, short, clock."""
    return days.written(moment, style)


@register.filter
def weekday(moment: date | datetime, style: str = "") -> str:
    """星期一 or Monday; `short`: 周一 or Mon."""
    return days.weekday(moment, short=style == "short")


@register.simple_tag
def when(moment: date | datetime | None, style: str = "day") -> SafeString:
    """The same as `day`, in a time element that machines read."""
    return SafeString("") if moment is None else hq_words.when(moment, style)


# The sentences of deadlines stand in hq_words; a page that loads hq has them too.
for _sentence in (hq_words.due_words, hq_words.due_tail, hq_words.notice_words, hq_words.updated_words):
    register.simple_tag(_sentence)


@register.simple_tag
def today() -> date:
    """The day it is in the portal's time zone, for the line over the masthead."""
    return timezone.localdate()


# --- lists -----------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def sort_link(context: Context, key: str, current: str, param: str) -> str:
    """The query that sorts by `key`, or turns the order round where the list is sorted by it already."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[param] = f"-{key}" if current == key else key
    query.pop("page", None)
    return f"?{query.urlencode()}"


@register.simple_tag
def page_numbers(page: Page[object]) -> list[int]:
    """Numbers of the pages to offer; nought stands for the gap."""
    offered = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in offered]


# --- language --------------------------------------------------------------------------------------------------------


@register.simple_tag
def page_language() -> str:
    """The value of the page's lang attribute: zh-Hans or en."""
    return "zh-Hans" if days.language() == "zh" else get_language() or "en"


@dataclass(frozen=True)
class OtherLanguage:
    """The language the page is not in, and the address of the same page in it ("" where both share one address)."""

    code: str
    tag: str
    name: str
    path: str


@register.simple_tag
def other_language(here: str) -> OtherLanguage:
    """What the language switch offers: `{% other_language here as other %}`."""
    code, tag, name = ("en", "en", "English") if days.language() == "zh" else ("zh-hans", "zh-Hans", "中文")
    path = translate_url(here, code)
    return OtherLanguage(code, tag, name, "" if path == here else path)
