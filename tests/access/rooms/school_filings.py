"""Places of a school's filings: a return being filled in, a sealed one, a file beside a draft."""

from typing import Any

from committees.files.inspection import Inspection, inspect_upload
from committees.filings.models import Evidence
from committees.filings.school.evidence import add_evidence
from tenants.context import school_scope
from tests.access.places import Place, place
from tests.committees.filings.school.ground import AT, VALUES, Case, make_case
from tests.ground.cast import Cast

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def _begun(cast: Cast) -> Case:
    case = make_case(cast)
    case.begin()
    case.write(VALUES)
    return case


def _of_case(case: Case, own: dict[str, Any] | None = None, data: dict[str, Any] | None = None) -> Place:
    """The case of school A; that of school B is foreign."""
    other = case.call.filings.get(school=case.cast.school_b)
    more = own or {}
    return Place(
        own={"public_id": case.filing.public_id, **more}, foreign={"public_id": other.public_id, **more},
        data=data or {},
    )  # fmt: skip


for _name in ("filing_show", "filing_prepare", "filing_guide", "filing_workbook", "filing_upload", "evidence_add"):
    place(_name, host="school")(lambda cast: _of_case(_begun(cast)))


@place("filing_save", host="school")
def _(cast: Cast) -> Place:
    return _of_case(_begun(cast), data={"revision": "1", "q-water": "5"})


@place("filing_move", host="school")
def _(cast: Cast) -> Place:
    return _of_case(_begun(cast), {"move": "request_approval"})


@place("filing_payload", host="school")
def _(cast: Cast) -> Place:
    case = make_case(cast)
    case.send()
    return _of_case(case, {"number": 1})


@place("evidence_send", host="school")
@place("evidence_remove", host="school")
def _(cast: Cast) -> Place:
    case = _begun(cast)
    with school_scope(case.filing.school):
        file = _attach(case)
    return _of_case(case, {"evidence_id": file.public_id})


@place("sealed_evidence", host="school")
def _(cast: Cast) -> Place:
    case = make_case(cast)
    case.begin()
    with school_scope(case.filing.school):
        _attach(case)
    case.write(VALUES)
    case.approve()
    case.filing.refresh_from_db()
    sealed = Evidence.objects.get(filing_version=case.filing.latest)
    return _of_case(case, {"number": 1, "sha256": sealed.sha256})


def _attach(case: Case) -> Any:
    inspected = inspect_upload("发票.pdf", PDF)
    assert isinstance(inspected, Inspection)
    return add_evidence(filing=case.filing, content=PDF, inspection=inspected, by=case.cast["clerk_a"], at=AT)
