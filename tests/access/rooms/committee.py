"""Places of the committees' workspaces, of public filings and bulletins."""

from committees.files.store import file_store
from committees.filings.models import Disclosure, Evidence, Filing
from committees.filings.slugs import slug_of
from tests.access.matrix import ACTORS
from tests.access.places import Place, place
from tests.committees.filings.committee.ground import bring, make_call
from tests.ground.cast import COMMITTEE, OTHER_COMMITTEE, Cast

#: The commission reads every committee, so nothing of another committee is foreign to it.
BOUND = tuple(actor for actor in ACTORS if actor != "commission")
#: Whoever belongs to school b, to the committee or to the commission opens what is closed to the public.
INSIDE = ("officer", "expert1", "expert2", "expert3", "commission", "head_b", "clerk_b", "correspondent")


@place("committee_room")
@place("committee_board")
@place("committee_board_csv")
@place("committee_board_xlsx")
@place("committee_calls")
@place("committee_call_new")
def _(cast: Cast) -> Place:
    return Place(own={"code": COMMITTEE}, foreign={"code": OTHER_COMMITTEE}, foreign_to=BOUND)


def _call(cast: Cast, *, opened: bool, **data: str) -> Place:
    own = make_call(cast, [cast.school_a] if opened else [])
    other = make_call(cast, [], committee=cast.other_committee)
    return Place(
        own={"code": COMMITTEE, "public_id": own.public_id}, foreign={"code": COMMITTEE, "public_id": other.public_id},
        data=data,
    )  # fmt: skip


@place("committee_call")
def _(cast: Cast) -> Place:
    return _call(cast, opened=True)


@place("committee_call_edit")
@place("committee_call_open")
def _(cast: Cast) -> Place:
    return _call(cast, opened=False)


@place("committee_call_move")
def _(cast: Cast) -> Place:
    return _call(cast, opened=True, do="close")


def _filed(cast: Cast) -> tuple[Filing, Filing]:
    """A filing of this committee, and one of another."""
    own = bring(cast, make_call(cast, [cast.school_a]), cast.school_a, "filed")
    other = bring(cast, make_call(cast, [cast.school_b]), cast.school_b, "filed")
    call = other.call
    call.committee = cast.other_committee
    call.save()
    return own, other


@place("committee_filing")
@place("committee_filing_decide")
def _(cast: Cast) -> Place:
    own, other = _filed(cast)
    return Place(
        own={"code": COMMITTEE, "public_id": own.public_id}, foreign={"code": COMMITTEE, "public_id": other.public_id},
        data={"do": "take_up"},
    )  # fmt: skip


@place("committee_evidence")
def _(cast: Cast) -> Place:
    own, other = _filed(cast)
    sha256 = file_store().keep(b"%PDF-1.4 readings").sha256
    for filing in (own, other):
        Evidence.objects.create(
            filing_version=filing.latest, name="x.pdf", sha256=sha256, size=17, media_type="application/pdf"
        )  # fmt: skip
    same = {"code": COMMITTEE, "sha256": sha256}
    return Place(own={**same, "public_id": own.public_id}, foreign={**same, "public_id": other.public_id})


@place("filing_card")
@place("filing_payload")
@place("filing_seal")
@place("filing_recompute")
def _(cast: Cast) -> Place:
    own = bring(cast, make_call(cast, [cast.school_a]), cast.school_a, "accepted")
    closed = make_call(cast, [cast.school_b], disclosure=Disclosure.TOTALS)
    other = bring(cast, closed, cast.school_b, "accepted")
    return Place(
        own={"slug": slug_of(own.number or "")}, foreign={"slug": slug_of(other.number or "")},
        foreign_to=tuple(actor for actor in ACTORS if actor not in INSIDE),
    )  # fmt: skip


@place("bulletin")
@place("bulletin_csv")
@place("bulletin_dictionary")
def _(cast: Cast) -> Place:
    call = make_call(cast, [cast.school_a])
    bring(cast, call, cast.school_a, "accepted")
    return Place(own={"slug": slug_of(call.number)}, foreign={"slug": slug_of(make_call(cast, []).number)})


@place("bulletin_figure")
def _(cast: Cast) -> Place:
    call = make_call(cast, [cast.school_a])
    bring(cast, call, cast.school_a, "accepted")
    draft = slug_of(make_call(cast, []).number)
    return Place(
        own={"slug": slug_of(call.number), "indicator": "energy_total"},
        foreign={"slug": draft, "indicator": "energy_total"},
    )
