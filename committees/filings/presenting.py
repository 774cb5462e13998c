"""How values and events of filings are shown to people: a value in the unit they use, a history in sentences."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from committees.filings.answers import Entry, plain
from committees.filings.flows import FILING_FLOW
from committees.filings.schema import Form, Indicator
from committees.workflow.models import Trail

Text = str | Promise

#: What a move is called once it has happened.
HAPPENED: dict[str, Text] = {
    "start": _("Filling in began"),
    "answer": _("Answering began"),
    "request_approval": _("Sent to the head"),
    "send_back": _("Given back to the clerk"),
    "recall": _("Taken back by the clerk"),
    "file": _("Approved and filed"),
    "withdraw": _("Withdrawn"),
    "take_up": _("Taken up by the committee"),
    "return_items": _("Returned by the committee"),
    "accept": _("Accepted by the committee"),
    "refuse": _("Refused by the committee"),
    "say_none": _("Said: no such item here"),
    "recall_none": _("Statement taken back"),
    "confirm_none": _("Confirmed: no such item here"),
    "decline_none": _("The committee asks for the return"),
    "extend": _("More time given"),
    "waive": _("Waived by the committee"),
    "reopen": _("Reopened by the committee"),
    "renew": _("Given back, the form has changed"),
    "release": _("No longer due"),
    "file_scan": _("Filed with the stamped scan"),
    "ask_correction": _("Correction asked for"),
    "unask_correction": _("Request for a correction taken back"),
    "grant_correction": _("Opened for correction by the committee"),
    "deny_correction": _("Correction declined by the committee"),
    "order_correction": _("The committee asks for a correction"),
    "drop_correction": _("Correction dropped"),
    "keep_old": _("Corrected version not accepted; the one before counts"),
}
ROLES: dict[str, Text] = FILING_FLOW.roles

#: Where a value came from, as an entry's `origin` names it.
ORIGINS: dict[str, Text] = {
    "typed": _("typed by hand"),
    "workbook": _("from the workbook"),
    "last": _("as last year"),
}


@dataclass(frozen=True)
class Quantity:
    """A value in the unit a person uses; `value` None: nothing there. `typed` is the text as it was typed."""

    value: Decimal | None
    unit: str
    typed: str = ""


@dataclass(frozen=True)
class HistoryLine:
    """One event of a case. `window` is the state it led to (portal/windows.py), `items` what was asked: (name, words)."""

    window: str
    label: Text
    who: str
    role: Text
    at: datetime
    reason: str
    items: tuple[tuple[str, str], ...] = ()
    version: int | None = None


def acted(trail: Trail) -> str:
    """Who made a move: the person, for whom a deputy acted, who signed the paper that a clerk brought."""
    name = str(trail.by) if trail.by else ""
    if head := trail.facts.get("for"):
        return gettext("%(deputy)s for %(head)s") % {"deputy": name, "head": head}
    if signer := trail.facts.get("signer"):
        return gettext("%(clerk)s, signed on paper by %(signer)s") % {"clerk": name, "signer": signer}
    return name


def factor_of(indicator: Indicator, unit: str) -> Decimal:
    """How many of the indicator's own unit one `unit` is; 1 for its own, and for one it does not know."""
    return Decimal(indicator.units.get(unit, "1"))


def units_of(indicator: Indicator) -> tuple[str, ...]:
    """The units a person may choose from, the indicator's own first."""
    return (indicator.unit, *indicator.units)


def in_unit(value: Decimal | None, indicator: Indicator, unit: str) -> Decimal | None:
    """A stored value in another unit of its indicator; exact as long as it has at most 28 digits."""
    return None if value is None else Decimal(plain(value / factor_of(indicator, unit)))


def unit_in(entry: Entry | None, indicator: Indicator) -> str:
    """The unit a person chose for a value, or the indicator's own."""
    chosen = entry.unit if entry else ""
    return chosen if chosen in indicator.units else indicator.unit


def quantity_of(entry: Entry | None, indicator: Indicator) -> Quantity:
    """A value as the person who gave it sees it."""
    unit = unit_in(entry, indicator)
    if entry is None:
        return Quantity(None, unit)
    return Quantity(in_unit(entry.value, indicator, unit), unit, entry.source)


def full_names(form: Form) -> dict[str, str]:
    """The names of a form's items by code, each told apart: a fee by its quantity, a name that repeats by its section."""
    names = {item.code: str(item.name) for item in form.indicators()}
    often = Counter(names.values())
    found: dict[str, str] = {}
    for section in form.sections:
        for item in section.indicators:
            told = names[item.code]
            if item.cost_of:
                told = f"{names[item.cost_of]}{between_names()}{told}"
            elif often[told] > 1:
                told = f"{section.name}{between_names('：')}{told}"
            found[item.code] = told
    return found


def between_names(chinese: str = "") -> str:
    """What stands between two names in one label."""
    return " – " if (get_language() or "").startswith("en") else chinese


def between_items() -> str:
    """What stands between the items of a list in one line."""
    return ", " if (get_language() or "").startswith("en") else "、"


def written(value: Decimal | None) -> str:
    """A number for an input field: thousands marked, no idle zeros; empty for None."""
    if value is None:
        return ""
    whole, _point, part = plain(value).partition(".")
    return f"{int(whole):,}.{part}" if part else f"{int(whole):,}"


def history_lines(trails: Iterable[Trail], form: Form | None = None) -> list[HistoryLine]:
    """A case's moves in sentences, in the order given. With a form, questions carry the names of their items."""
    names = full_names(form) if form else {}
    return [_line(trail, names) for trail in trails]


def _line(trail: Trail, names: dict[str, str]) -> HistoryLine:
    asked: dict[str, str] = trail.facts.get("items") or {}
    return HistoryLine(
        window=trail.target,
        label=HAPPENED.get(trail.move, trail.move),
        who=acted(trail),
        role=ROLES.get(trail.role, ""),
        at=trail.at,
        reason=trail.reason,
        items=tuple((names.get(code, code), words) for code, words in asked.items()),
        version=trail.facts.get("version"),
    )
