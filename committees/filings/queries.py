"""Named reads about calls, filings, drafts and figures."""

import json
from collections import Counter
from datetime import date

from django.db.models import Prefetch, QuerySet

from committees.filings.answers import Answer, Entry, Finding, Severity, entry_from
from committees.filings.kinds import kind_of
from committees.filings.models import (
    Call,
    Decision,
    DecisionItem,
    Draft,
    Filing,
    FilingVersion,
    RollUp,
)
from committees.filings.schema import Form
from committees.workflow.models import Trail
from tenants.models import School


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
            filing__school=filing.school, filing__call__kind=filing.call.kind, filing__call__period__lt=filing.call.period,
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
    found = kind_of(filing.call.kind).findings(answer)
    faults = [item for item in found if item.severity == Severity.FAULT]
    doubts = [item for item in found if item.severity == Severity.DOUBT and not _noted(answer, item.indicator)]
    return faults, doubts


def _noted(answer: Answer, indicator: str) -> bool:
    entry = answer.entries.get(indicator)
    return bool(entry and entry.note.strip())


def questions_of(filing: Filing) -> dict[str, str]:
    """What the committee asked at the last return, by indicator; empty when nothing is asked."""
    if filing.latest_id is None:
        return {}
    items = DecisionItem.objects.filter(decision__filing_version=filing.latest_id)
    return dict(items.values_list("indicator", "reason"))


def history_of(filing: Filing) -> QuerySet[Trail]:
    """All moves of a filing, oldest first."""
    return Trail.objects.filter(subject=filing.public_id).select_related("by").order_by("version")


def versions_of(filing: Filing) -> QuerySet[FilingVersion]:
    """Sealed versions with their decisions and questions, newest first."""
    decisions = Decision.objects.select_related("by").prefetch_related("items")
    return (
        filing.versions.select_related("form", "prepared_by", "approved_by")
        .prefetch_related(Prefetch("decisions", decisions), "evidence", "figures")
        .order_by("-version")
    )


def filings_of_call(call: Call) -> QuerySet[Filing]:
    """All filings of a call with school and duty, in pinyin order."""
    return call.filings.select_related("school", "duty", "latest").order_by("school__pinyin")


def state_counts(call: Call) -> Counter[str]:
    """How many filings stand in each state."""
    return Counter(call.filings.values_list("state", flat=True))


def totals_of(call: Call) -> dict[str, RollUp]:
    """The association's figures of a call, by indicator."""
    return {row.indicator: row for row in call.rollups.all()}


def calls_to(school: School, day: date) -> QuerySet[Filing]:
    """What a school has to do and has done, newest period first."""
    return (
        school.filings.exclude(call__state="drafted")
        .select_related("call__committee", "duty", "latest")
        .order_by("-call__period", "duty__due_on")
    )
