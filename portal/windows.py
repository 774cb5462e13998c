"""The windows: how far a thing has come. One symbol, one word and one tone for each state a page may show."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Window:
    """One state as the pages draw it.

    `symbol` is the id in the inline sprite, `word` stands beside it or is its accessible name,
    `tone` is one of grey (not come), blue (in hand), lamp (done), red (sent back, overdue, wrong).
    """

    key: str
    symbol: str
    word: str | Promise
    tone: str


_ALL = (
    Window("none", "w-none", pgettext_lazy("state", "Not due"), "grey"),
    Window("todo", "w-todo", pgettext_lazy("state", "To fill in"), "grey"),
    Window("draft", "w-draft", pgettext_lazy("state", "In progress"), "blue"),
    Window("appr", "w-appr", pgettext_lazy("state", "With the head"), "blue"),
    Window("sent", "w-sent", pgettext_lazy("state", "With the committee"), "blue"),
    Window("ok", "w-ok", pgettext_lazy("state", "Accepted"), "lamp"),
    Window("pub", "w-pub", pgettext_lazy("state", "Published"), "lamp"),
    Window("back", "w-back", pgettext_lazy("state", "Returned"), "red"),
    Window("late", "w-late", pgettext_lazy("state", "Overdue"), "red"),
    Window("fix", "w-fix", pgettext_lazy("state", "Being corrected"), "lamp"),
    Window("void", "w-void", pgettext_lazy("state", "Exempt"), "grey"),
    Window("ask", "w-ask", pgettext_lazy("state", "Please explain"), "blue"),
    Window("wrong", "w-wrong", pgettext_lazy("state", "Has errors"), "red"),
)
WINDOWS = {window.key: window for window in _ALL}

#: Participles that flow tables use, and the window each one shows.
STATES = {
    "planned": "none",
    "open": "todo",
    "opened": "todo",
    "started": "draft",
    "drafted": "draft",
    "preparing": "draft",
    "submitted": "appr",
    "approving": "appr",
    "filed": "sent",
    "checking": "sent",
    "taken_up": "sent",
    "accepted": "ok",
    "announced": "pub",
    "published": "pub",
    "returned": "back",
    "refused": "back",
    "overdue": "late",
    "correcting": "fix",
    "exempt": "void",
    "withdrawn": "draft",
    "addressed": "todo",
    "approval_requested": "appr",
    "closed": "ok",
    "proposed": "appr",
    "begun": "draft",
    "with_committee": "sent",
    "with_commission": "appr",
    "agreed": "todo",
    "cancelled": "void",
    "none_said": "ask",
    "waived": "void",
    "not_applicable": "void",
    "released": "void",
    "running": "ok",
    "paused": "none",
    "ended": "void",
    # The tones of the kernel's flow tables.
    "head": "appr",
    "fixing": "fix",
    "correction_asked": "ask",
}


def window_for(state: str) -> Window:
    """The window of a state, by its own key or by the participle a flow uses. KeyError for an unknown one."""
    return WINDOWS[STATES.get(state, state)]
