"""Answers: those in a school's draft, those inside sealed versions, and what is found in them."""

import json
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from committees.filings.answers import Answer, Finding, Severity, entries_from
from committees.filings.carried.queries import carried_before
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Call, Draft, Filing, FilingVersion
from committees.filings.schema import Form
from committees.filings.typed_values import unread_findings

MISSING = "F02"
"""Rule of the filing room itself: something is needed and not there."""


def form_of(call: Call) -> Form:
    """The form a call asks for, in the version it was opened with."""
    return call.form.form()


def draft_of(filing: Filing) -> Draft | None:
    """The school's draft of a filing; only inside the school."""
    return Draft.objects.filter(filing_id=filing.public_id).first()


def answer_in(version: FilingVersion, form: Form, *, papers: bool = True) -> Answer:
    """The answer inside a sealed version; `papers` False: without the names of its files, and without asking for them."""
    payload = json.loads(version.payload)
    return Answer(form, entries_from(payload["entries"]), files=_files(form, version if papers else None))


def answer_of_draft(filing: Filing, draft: Draft | None) -> Answer:
    """The answer as it stands in the draft, beside last period's accepted one."""
    entries = entries_from(draft.entries) if draft is not None else {}
    form = form_of(filing.call)
    return Answer(form, entries, previous_answer(filing), _files(form, draft))


def previous_answer(filing: Filing) -> Answer | None:
    """The school's counted answer to the call of the same kind and form of the period before; where there is none, what
    was carried over from an old return, marked so."""
    before = (
        FilingVersion.objects.filter(
            filing__school=filing.school, filing__call__kind=filing.call.kind,
            filing__call__period__lt=filing.call.period,
            filing__call__form__code=filing.call.form.code, filing__counted__isnull=False,
        )
        .filter(pk__in=Filing.objects.filter(school=filing.school).values("counted"))
        .select_related("form")
        .order_by("-filing__call__period")
        .first()
    )  # fmt: skip
    if before:
        return answer_in(before, before.form.form(), papers=False)
    carried = carried_before(filing)
    return Answer(carried.form.form(), entries_from(carried.entries), carried=True) if carried else None


def findings_of_draft(filing: Filing) -> tuple[list[Finding], list[Finding]]:
    """(faults, doubts without a note) of the draft as it stands."""
    answer = answer_of_draft(filing, draft_of(filing))
    found = findings_in(answer, kind_of(filing.call.kind))
    faults = [item for item in found if item.severity == Severity.FAULT]
    doubts = [item for item in found if item.severity == Severity.DOUBT and not _noted(answer, item.indicator)]
    return faults, doubts


def findings_in(answer: Answer, kind: Kind) -> list[Finding]:
    """Everything found in an answer: what could not be read first, then what the kind's own rules see."""
    unread = list(unread_findings(answer))
    codes = {item.indicator for item in unread}
    found = [*unread, *(item for item in kind.findings(answer) if item.indicator not in codes)]
    codes |= {item.indicator for item in found if item.severity == Severity.FAULT}
    return [*found, *(item for item in missing_findings(answer) if item.indicator not in codes)]


def missing_findings(answer: Answer) -> Iterator[Finding]:
    """A fault for every needed item that nobody answered."""
    for item in answer.form.indicators():
        if item.required and not answer.is_given(item):
            words = _("Attach the file.") if item.is_file else _("Fill this in.")
            yield Finding(MISSING, Severity.FAULT, item.code, words)


def _files(form: Form, papers: Draft | FilingVersion | None) -> dict[str, tuple[str, ...]]:
    """The names of the files at each item that takes one; no query for a form without such items."""
    if papers is None or not any(item.is_file for item in form.indicators()):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for one in papers.evidence.all():
        found[one.indicator] = (*found.get(one.indicator, ()), one.name)
    return found


def _noted(answer: Answer, indicator: str) -> bool:
    entry = answer.entries.get(indicator)
    return bool(entry and entry.note.strip())
