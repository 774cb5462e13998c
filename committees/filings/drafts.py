"""Answers: those in a school's draft, those inside sealed versions, and what is found in them."""

import json

from committees.filings.answers import Answer, Entry, Finding, Severity, entry_from
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Call, Draft, Filing, FilingVersion
from committees.filings.schema import Form
from committees.filings.typed_values import unread_findings


def form_of(call: Call) -> Form:
    """The form a call asks for, in the version it was opened with."""
    return call.form.form()


def draft_of(filing: Filing) -> Draft | None:
    """The school's draft of a filing; only inside the school."""
    return Draft.objects.filter(filing_id=filing.public_id).first()


def answer_in(version: FilingVersion, form: Form) -> Answer:
    """The answer inside a sealed version."""
    payload = json.loads(version.payload)
    return Answer(form, {code: entry_from(raw) for code, raw in payload["entries"].items()})


def answer_of_draft(filing: Filing, draft: Draft | None) -> Answer:
    """The answer as it stands in the draft, beside last period's accepted one."""
    entries: dict[str, Entry] = {}
    if draft is not None:
        entries = {code: entry_from(raw) for code, raw in draft.entries.items()}
    return Answer(form_of(filing.call), entries, previous_answer(filing))


def previous_answer(filing: Filing) -> Answer | None:
    """The school's counted answer to the call of the same kind and form of the period before, if there is one."""
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
    return answer_in(before, before.form.form()) if before else None


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
    return [*unread, *(item for item in kind.findings(answer) if item.indicator not in codes)]


def _noted(answer: Answer, indicator: str) -> bool:
    entry = answer.entries.get(indicator)
    return bool(entry and entry.note.strip())
