"""Which contents of the file store filings name: sealed evidence, and files beside every school's drafts."""

from committees.filings.models import DraftEvidence, Evidence
from tenants.context import school_scope
from tenants.models import School, SchoolState


def evidence_hashes() -> set[str]:
    """Hashes that must never be swept; one query for the association and one a school."""
    known = set(Evidence.objects.values_list("sha256", flat=True))
    for school in School.objects.exclude(state=SchoolState.OPENING):
        with school_scope(school):
            known |= set(DraftEvidence.objects.values_list("sha256", flat=True))
    return known
