"""Named reads about calls, filings, drafts and figures."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet

from committees.filings.corrections import was_ordered
from committees.filings.drafts import answer_in as answer_in
from committees.filings.drafts import answer_of_draft as answer_of_draft
from committees.filings.drafts import draft_of as draft_of
from committees.filings.drafts import findings_of_draft as findings_of_draft
from committees.filings.drafts import form_of as form_of
from committees.filings.drafts import previous_answer as previous_answer
from committees.filings.models import (
    Call,
    Decision,
    DecisionItem,
    Disclosure,
    Filing,
    FilingVersion,
    OfficerNote,
    RollUp,
)
from committees.workflow.models import Trail
from tenants.models import School


def questions_of(filing: Filing) -> dict[str, str]:
    """What the committee asked at the last return, by indicator; empty when nothing is asked."""
    if filing.latest_id is None:
        return {}
    if was_ordered(filing):
        ordered = Trail.objects.filter(subject=filing.public_id, move="order_correction").order_by("-version").first()
        return dict(ordered.facts["items"]) if ordered else {}
    items = DecisionItem.objects.filter(decision__filing_version=filing.latest_id)
    return dict(items.values_list("indicator", "reason"))


def notes_at(filing: Filing) -> list[OfficerNote]:
    """The officers' notes at the items of the latest version; the school never reads them. One query."""
    if filing.latest_id is None:
        return []
    return list(OfficerNote.objects.filter(filing_version=filing.latest_id).select_related("by"))


def history_of(filing: Filing) -> QuerySet[Trail]:
    """All moves of a filing, oldest first."""
    return Trail.objects.filter(subject=filing.public_id).select_related("by").order_by("version")


def versions_of(filing: Filing) -> QuerySet[FilingVersion]:
    """Sealed versions with their decisions and questions, newest first."""
    decisions = Decision.objects.select_related("by").prefetch_related("items")
    return (
        filing.versions.select_related("form", "prepared_by", "approved_by", "approved_for", "scan")
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


def public_cards(schools: Iterable[School]) -> dict[int, Filing]:
    """The newest filing of each school that the public may read one by one, by the school's key: one query."""
    found = Filing.objects.filter(school__in=schools, counted__isnull=False, call__disclosure=Disclosure.NAMED)
    newest = found.select_related("call").order_by("school_id", "-call__period", "-pk").distinct("school_id")
    return {filing.school_id: filing for filing in newest}
