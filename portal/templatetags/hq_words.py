"""Tags that speak: deadlines, public notices, when a page was updated. The due components use them."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import days

register = template.Library()


def when(moment: date | datetime, style: str = "day") -> SafeString:
    """A day or moment in a time element that machines read."""
    return format_html('<time datetime="{}">{}</time>', days.machine(moment), days.written(moment, style))


@register.simple_tag
def due_words(left: int, by: str = "") -> SafeString:
    """12 working days left; today, before 17:30; 3 working days overdue. The bold part of a deadline."""
    if left < 0:
        words = ngettext("%(days)s working day overdue", "%(days)s working days overdue", -left)
    elif left == 0:
        words = _("Today, before %(time)s") if by else _("Today")
    else:
        words = ngettext("%(days)s working day left", "%(days)s working days left", left)
    return format_html("<b>{}</b>", _numbered(words, days=str(abs(left)), time=by))


@register.simple_tag
def due_tail(on: date | datetime) -> SafeString:
    """, due 31 March: what follows the bold part."""
    return _marked(_(", due %(day)s"), day=when(on))


@register.simple_tag
def updated_words(at: date | datetime) -> SafeString:
    """Updated 15 March, 14:30."""
    return _marked(_("Updated %(day)s"), day=when(at, "moment"))


@register.simple_tag
def notice_words(passed: int, total: int, until: date | datetime | None = None) -> SafeString:
    """4 days passed, 3 working days left, until 18 March."""
    passed_words = _numbered(ngettext("%(days)s day passed", "%(days)s days passed", passed), days=str(passed))
    left = max(total - passed, 0)
    left_words = _numbered(ngettext("%(days)s working day left", "%(days)s working days left", left), days=str(left))
    if until is None:
        return _marked(_("%(passed)s, <b>%(left)s</b>"), passed=passed_words, left=left_words)
    return _marked(
        _("%(passed)s, <b>%(left)s</b>, until %(day)s"), passed=passed_words, left=left_words, day=when(until)
    )


def _numbered(words: str, **numbers: str) -> SafeString:
    spans = {name: format_html('<span class="num">{}</span>', number) for name, number in numbers.items()}
    return _marked(words, **spans)


def _marked(words: str, **parts: SafeString) -> SafeString:
    # Our own sentence; every part is escaped already.
    return mark_safe(words % parts)
