"""What a school prepares: its drafts by their notes and the names of their papers, found in its own space alone."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.filings.models import Draft, DraftEvidence, Filing
from search.declaring import declare
from search.readers import school_token
from search.registry import Document, Kind, Source
from tenants.models import SchoolState

DRAFT = Kind("draft", _("Drafts and papers"), "pencil")


def load_drafts(keys: list[str]) -> Iterator[Document]:
    """Drafts of the school in whose space this runs. Those of a filing that is gone are not found."""
    ids = [key.partition(":")[2] for key in keys]
    drafts = {str(draft.filing_id): draft for draft in Draft.objects.filter(filing_id__in=ids)}
    papers: dict[int, list[str]] = {}
    for draft_id, name in DraftEvidence.objects.filter(draft__in=drafts.values()).values_list("draft_id", "name"):
        papers.setdefault(draft_id, []).append(name)
    filings = Filing.objects.filter(public_id__in=drafts).exclude(call__state="cancelled")
    for filing in filings.select_related("call__committee", "school"):
        draft = drafts[str(filing.public_id)]
        if filing.school.state == SchoolState.OPEN:
            yield _document(filing, [*sorted(papers.get(draft.pk, [])), *_notes(draft.entries)])


def _document(filing: Filing, words: list[str]) -> Document:
    call, school = filing.call, filing.school
    return Document(
        f"draft:{filing.public_id}", DRAFT.slug, call.title_zh,
        reverse("filing_show", args=[filing.public_id], urlconf="portal.urls.school"), (school_token(school.pk),),
        "\n".join(words), host=school.code, day=call.opens_on, committee=call.committee.room, school_id=school.pk,
        space=school.pk,
    )  # fmt: skip


def _notes(entries: dict[str, Any]) -> list[str]:
    return [str(entry["note"]) for entry in entries.values() if isinstance(entry, dict) and entry.get("note")]


def _keys(ids: Any) -> list[str]:
    return [f"draft:{each}" for each in ids]


def all_drafts() -> list[str]:
    """The keys of all drafts of the school in whose space this runs."""
    return _keys(Draft.objects.values_list("filing_id", flat=True))


def declare_drafts() -> None:
    """Make drafts findable in their schools."""
    watched: dict[Any, Any] = {
        Draft: lambda draft: _keys([draft.filing_id]),
        DraftEvidence: lambda paper: _keys([paper.draft.filing_id]),
    }
    declare(Source("drafts", (DRAFT,), load_drafts, all_drafts, watched, in_schools=True))
