"""Which contents of the file store filings name: sealed evidence, and files beside every school's drafts."""

from committees.filings.models import DraftEvidence, Evidence, Scan
from tenants.context import school_scope
from tenants.models import School, SchoolState


def evidence_hashes() -> set[str]:
    """Hashes that must never be swept; one query a school and one for the association.

    Drafts are read before what is sealed: a file that is sealed and taken from its draft between the two reads is then
    seen at least once. The other way round it would be seen nowhere.
    """
    known: set[str] = set()
    for school in School.objects.exclude(state=SchoolState.OPENING):
        with school_scope(school):
            known |= set(DraftEvidence.objects.values_list("sha256", flat=True))
    known |= set(Scan.objects.values_list("sha256", flat=True))
    return known | set(Evidence.objects.values_list("sha256", flat=True))
