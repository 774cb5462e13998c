"""Which window a filing shows on a given day: the flow's state, and "overdue", which no row carries. Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.filings.flows import UNFILED

Text = str | Promise

_SHOWN = {
    "addressed": "todo",
    "started": "draft",
    "approval_requested": "appr",
    "filed": "sent",
    "taken_up": "sent",
    "returned": "back",
    "accepted": "ok",
    "correction_asked": "asked",
    "refused": "refused",
    "none_said": "said",
    "waived": "waived",
    "not_applicable": "nil",
    "released": "off",
}


@dataclass(frozen=True)
class Shown:
    """A state as the board shows it: its key in addresses, the window drawn, the word in the legend."""

    key: str
    window: str
    word: Text


#: In the order of the legend.
LEGEND = (
    Shown("ok", "ok", pgettext_lazy("board", "accepted")),
    Shown("sent", "sent", pgettext_lazy("board", "to be checked")),
    Shown("appr", "appr", pgettext_lazy("board", "with the head")),
    Shown("draft", "draft", pgettext_lazy("board", "being filled in")),
    Shown("todo", "todo", pgettext_lazy("board", "to fill in")),
    Shown("back", "back", pgettext_lazy("board", "returned")),
    Shown("fixing", "fix", pgettext_lazy("board", "being corrected")),
    Shown("asked", "ask", pgettext_lazy("board", "correction asked for")),
    Shown("late", "late", pgettext_lazy("board", "overdue")),
    Shown("refused", "back", pgettext_lazy("board", "refused")),
    Shown("said", "ask", pgettext_lazy("board", "“none here”, to be confirmed")),
    Shown("nil", "void", pgettext_lazy("board", "none here")),
    Shown("waived", "void", pgettext_lazy("board", "waived")),
    Shown("off", "void", pgettext_lazy("board", "no longer due")),
    Shown("none", "none", pgettext_lazy("board", "not due")),
)
SHOWN = {shown.key: shown for shown in LEGEND}
RED = ("late", "back")
#: Nothing is owed: such schools are not missing.
EXEMPT_KEYS = ("nil", "waived", "off")

#: The word on the next step's link, by who has to move.
NEXT = {
    "check": _("Check"),
    "school": _("School to file"),
    "answer": _("School to answer"),
    "look": pgettext_lazy("link", "Open"),
    "": pgettext_lazy("next step", "none"),
}


#: States of a correction before the committee has it; what was accepted still counts, so nothing is late.
_IN_CORRECTION = ("started", "approval_requested", "returned")


def shown_state(
    state: str, opens_on: date, due_on: date, today: date, *, counts: bool = False, only_filed: bool = False
) -> str:
    """The key of what a filing in `state` shows on `today`. Late: the day has passed and nothing is filed. That what
    is filed came late is no state but a mark beside it (`Filing.late`). `counts`: a version was accepted already, so
    that another state means a correction. `only_filed`: for a reader who knows of nothing but what was filed; how far
    a school has come with what it has not filed is not told: what went back to it shows as returned."""
    if only_filed and state in UNFILED:
        state = "returned"
    if counts and state in _IN_CORRECTION:
        return "fixing"
    if state in UNFILED and due_on < today:
        return "late"
    if state == "addressed" and today < opens_on:
        return "none"
    return _SHOWN[state]
