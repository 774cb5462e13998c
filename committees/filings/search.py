"""What of calls and filings can be found, where: in the committee's room, in the school's own space, on public cards."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.filings.flows import EXEMPT, UNSENT
from committees.filings.models import Call, Disclosure, Duty, Filing
from committees.filings.slugs import slug_of
from committees.roster.search import COMMISSION, committee_token
from search.declaring import declare
from search.readers import school_token
from search.registry import PUBLIC, Document, Kind, Source
from tenants.models import School, SchoolState

CALL = Kind("call", _("Calls"), "send")
FILING = Kind("filing", _("Filings"), "file-text")
CARD = Kind("card", _("Public filing cards"), "id-badge-2")
ASSOCIATION, SCHOOL = "portal.urls.association", "portal.urls.school"
#: Where one filing is found: in the school's space, in the committee's room, on its public card.
PLACES = ("school", "committee", "card")


def load_calls(keys: list[str]) -> Iterator[Document]:
    """Calls in their committee's room, drafts by the committee alone; cancelled ones are not found."""
    calls = Call.objects.filter(public_id__in=_ids(keys)).exclude(state="cancelled").select_related("committee")
    for call in calls:
        code = call.committee.code
        yield Document(
            f"call:{call.public_id}", CALL.slug, call.title_zh,
            reverse("committee_call", args=[code, call.public_id], urlconf=ASSOCIATION),
            (committee_token(code), *((COMMISSION,) if call.state not in UNSENT else ())), _words(call),
            day=call.opens_on, committee=call.committee.room,
        )  # fmt: skip


def load_filings(keys: list[str]) -> Iterator[Document]:
    """Each filing at the places where it may be read."""
    wanted = set(keys)
    filings = Filing.objects.filter(public_id__in=_ids(keys)).exclude(call__state__in=(*UNSENT, "cancelled"))
    for filing in filings.select_related("call__committee", "school", "duty"):
        for document in _filing_documents(filing):
            if document.key in wanted:
                yield document


def _filing_documents(filing: Filing) -> Iterator[Document]:
    call, school = filing.call, filing.school
    facts: dict[str, Any] = {
        "day": call.opens_on, "committee": call.committee.room, "school_id": school.pk,
        "text": "\n".join([filing.number or "", school.name_zh, school.name_en, _words(call)]),
    }  # fmt: skip
    here = {"kind": FILING.slug, "title": call.title_zh, **facts}
    if school.state == SchoolState.OPEN:
        yield Document(
            key=f"filing:{filing.public_id}:school", host=school.code, space=school.pk,
            audience=(school_token(school.pk),),
            address=reverse("filing_show", args=[filing.public_id], urlconf=SCHOOL), **here,
        )  # fmt: skip
    title = f"{school.name_zh}：{call.title_zh}"
    code = call.committee.code
    # Also while a school prepares the next version: that it does is not told by being no longer found.
    if filing.latest_id is not None and filing.state not in EXEMPT:
        yield Document(
            key=f"filing:{filing.public_id}:committee", audience=(committee_token(code), COMMISSION),
            address=reverse("committee_filing", args=[code, filing.public_id], urlconf=ASSOCIATION),
            **{**here, "title": title},
        )  # fmt: skip
    if filing.counted_id is not None and filing.number and call.disclosure == Disclosure.NAMED:
        yield Document(
            key=f"filing:{filing.public_id}:card", kind=CARD.slug, title=title, audience=(PUBLIC,),
            address=reverse("filing_card", args=[slug_of(filing.number)], urlconf=ASSOCIATION), **facts,
        )  # fmt: skip


def _words(call: Call) -> str:
    named = [call.number, call.period, call.committee.name_zh, call.committee.name_en, call.title_en, call.text]
    return "\n".join(filter(None, named))


def _ids(keys: list[str]) -> list[str]:
    return [key.split(":")[1] for key in keys]


def _filing_keys(filings: Any) -> list[str]:
    ids = filings.values_list("public_id", flat=True)
    return [f"filing:{public_id}:{place}" for public_id in ids for place in PLACES]


def all_calls() -> list[str]:
    """The keys of all calls."""
    return [f"call:{public_id}" for public_id in Call.objects.values_list("public_id", flat=True)]


def all_filings() -> list[str]:
    """The keys of all filings, at each place."""
    return _filing_keys(Filing.objects.all())


def declare_filings() -> None:
    """Make calls and filings findable."""
    declare(Source("calls", (CALL,), load_calls, all_calls, {Call: lambda call: [f"call:{call.public_id}"]}))
    watched: dict[Any, Any] = {
        Filing: lambda filing: _filing_keys(Filing.objects.filter(pk=filing.pk)) or _own_keys(filing),
        Call: lambda call: _filing_keys(Filing.objects.filter(call=call.pk)),
        Duty: lambda duty: _filing_keys(Filing.objects.filter(duty=duty.pk)),
        School: lambda school: _filing_keys(Filing.objects.filter(school=school.pk)),
    }
    declare(Source("filings", (FILING, CARD), load_filings, all_filings, watched))


def _own_keys(filing: Filing) -> list[str]:
    return [f"filing:{filing.public_id}:{place}" for place in PLACES]
