"""The figures of a return while it is being filled in, and how far the case has come, for the school's pages."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from committees.filings.answers import Answer, FigureDraft
from committees.filings.flows import EXEMPT
from committees.filings.kinds import Kind
from committees.filings.models import Filing
from committees.filings.school.reads import Work
from committees.filings.sheets import Sheet

Text = str | Promise

#: The five steps of a case as the school sees them, and the states in which each of them is the current one.
STEPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (pgettext_lazy("step", "Fill in"), ("addressed", "started", "returned")),
    (pgettext_lazy("step", "Approval in the school"), ("approval_requested",)),
    (pgettext_lazy("step", "File"), ()),
    (pgettext_lazy("step", "Committee checks"), ("filed", "taken_up", "none_said", "refused")),
    (pgettext_lazy("step", "Publish"), ("accepted", "correction_asked")),
)


@dataclass(frozen=True)
class RunningFigure:
    """A figure on the draft so far; `value` None: not defined. `last` is last year's."""

    code: str
    name: str
    unit: str
    value: Decimal | None
    last: Decimal | None
    places: int


@dataclass(frozen=True)
class Step:
    """One step of a case: its window, whether it is behind us, whether it is where the case stands."""

    label: Text
    state: str
    note: str
    done: bool
    current: bool


def running_figures(work: Work) -> list[RunningFigure]:
    """Sums and ratios of the kind on the draft, beside last year's with the same coefficients.

    Before the first value nothing is defined: a sum of nothing is not zero.
    """
    begun = any(entry.value is not None for entry in work.answer.entries.values())
    now = _figures(work, work.answer) if begun else {}
    last = _figures(work, work.answer.previous) if work.answer.previous else {}
    return [_figure(work.kind, code, now.get(code), last.get(code), work.answer) for code in _codes(work.kind)]


def _codes(kind: Kind) -> list[str]:
    """What is worth showing: what the ratios divide, where it is computed, then the ratios themselves."""
    sums = [numerator for numerator, *_rest in kind.ratios.values() if numerator in kind.figure_names]
    return [*dict.fromkeys(sums), *kind.ratios]


def _figures(work: Work, answer: Answer) -> dict[str, FigureDraft]:
    try:
        coefficients = work.kind.coefficients_for(work.filing.call.period)
    except LookupError:
        # No coefficients hold for this period yet: nothing is defined, and the page still opens.
        return {}
    return {draft.indicator: draft for draft in work.kind.figures(answer, coefficients)}


def _figure(kind: Kind, code: str, now: FigureDraft | None, last: FigureDraft | None, answer: Answer) -> RunningFigure:
    name = kind.figure_names.get(code)
    unit = now.unit if now else kind.ratios[code][2] if code in kind.ratios else ""
    return RunningFigure(
        code=code, name=str(name) if name else code, unit=unit, value=now.value if now else None,
        last=last.value if last else None, places=2 if code in kind.ratios else 0,
    )  # fmt: skip


def steps_of(filing: Filing, note: str = "") -> list[Step]:
    """The case's steps; `note` is said at the current one. None where nothing is owed."""
    if filing.state in EXEMPT:
        return []
    at = next(number for number, (_label, states) in enumerate(STEPS) if filing.state in states)
    notes = [_("the clerk"), _("the head"), _("sealed and numbered"), filing.call.committee.short, _bulletin(filing)]
    return [
        Step(
            label=label, state=_window(filing, number, at), done=number < at or filing.state == "accepted",
            current=number == at and filing.state != "accepted", note=note if number == at and note else notes[number],
        )
        for number, (label, _states) in enumerate(STEPS)
    ]  # fmt: skip


def left_words(sheet: Sheet) -> str:
    """What is still in the way of filing, in one sentence."""
    if sheet.is_complete:
        return _("Everything is in order: it can go to the head.")
    counted = (
        (sheet.missing, ngettext("%(count)s item empty", "%(count)s items empty", sheet.missing)),
        (sheet.faults, ngettext("%(count)s error", "%(count)s errors", sheet.faults)),
        (sheet.open_asks, ngettext("%(count)s to explain", "%(count)s to explain", sheet.open_asks)),
    )
    parts = [words % {"count": count} for count, words in counted if count]
    return _("Left: %(parts)s") % {"parts": pgettext("between names", ", ").join(parts)}


def _bulletin(filing: Filing) -> str:
    return _("in the bulletin of %(period)s") % {"period": filing.call.period}


def _window(filing: Filing, number: int, at: int) -> str:
    if filing.state == "accepted":
        return "pub" if number == len(STEPS) - 1 else "ok"
    if number < at:
        return "ok"
    return filing.state if number == at else "none"
