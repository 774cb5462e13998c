"""Short mails when a return changes hands: to those who have it now. Told after commit; they decide nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from committees.filings.models import Filing
from committees.roster.models import Seat, SeatKind
from committees.workflow.models import Trail
from tenants.clock import local_day
from tenants.models import SchoolRole, User
from tenants.queries import people_in

Text = str | Promise

#: move -> (who is told, subject, sentence). Schools: head, clerk; committee: officer.
MAILS: dict[str, tuple[tuple[str, ...], Text, Text]] = {
    "request_approval": (
        ("head",), gettext_lazy("Waits for your approval: %(title)s"),
        gettext_lazy("%(who)s has filled in the return and sent it to you. Read it, then file it or give it back."),
    ),
    "send_back": (
        ("clerk",), gettext_lazy("Given back to you: %(title)s"),
        gettext_lazy("%(who)s has read the return and gives it back to you."),
    ),
    "file": (
        ("officer", "clerk"), gettext_lazy("Filed: %(school)s, %(title)s"),
        gettext_lazy("%(school)s has filed its return under the number %(number)s."),
    ),
    "return_items": (
        ("clerk", "head"), gettext_lazy("Sent back with questions: %(title)s"),
        gettext_lazy("%(committee)s has questions about your return %(number)s. Mend or confirm the items, then file."),
    ),
    "accept": (
        ("clerk", "head"), gettext_lazy("Accepted: %(title)s"),
        gettext_lazy("%(committee)s has accepted your return %(number)s. There is nothing more to do."),
    ),
    "refuse": (
        ("clerk", "head"), gettext_lazy("Refused: %(title)s"),
        gettext_lazy("%(committee)s has refused your return %(number)s."),
    ),
    "say_none": (
        ("officer", "head"), gettext_lazy("“No such item here”: %(school)s, %(title)s"),
        gettext_lazy("%(who)s says for %(school)s that there is nothing to report. The committee confirms it, or asks."),
    ),
    "confirm_none": (
        ("clerk", "head"), gettext_lazy("Confirmed, nothing to report: %(title)s"),
        gettext_lazy("%(committee)s has confirmed that you have no such item. There is nothing more to do."),
    ),
    "decline_none": (
        ("clerk", "head"), gettext_lazy("The return is asked for: %(title)s"),
        gettext_lazy("%(committee)s does not agree that there is nothing to report. Please fill in by %(due)s."),
    ),
    "extend": (
        ("clerk", "head"), gettext_lazy("More time: %(title)s"),
        gettext_lazy("%(committee)s gives you until %(due)s."),
    ),
    "waive": (
        ("clerk", "head"), gettext_lazy("Waived: %(title)s"),
        gettext_lazy("%(committee)s does not need this return from you. There is nothing more to do."),
    ),
    "reopen": (
        ("clerk", "head"), gettext_lazy("Opened again: %(title)s"),
        gettext_lazy("%(committee)s has opened this return again. It is due on %(due)s."),
    ),
    "renew": (
        ("clerk", "head"), gettext_lazy("The form has changed: %(title)s"),
        gettext_lazy("%(committee)s has changed the form. What you filled in is carried over; read it and send it again."),
    ),
    "release": (
        ("clerk", "head"), gettext_lazy("No longer due: %(title)s"),
        gettext_lazy("This return is no longer due. What you prepared stays readable in your own books."),
    ),
}  # fmt: skip
_quiet: ContextVar[bool] = ContextVar("filing_mails_quiet", default=False)


@contextmanager
def no_mails() -> Iterator[None]:
    """Inside, moves tell nobody (demo content, imports of earlier years)."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def filing_moved(filing: Filing, trail: Trail) -> None:
    """Tell the people concerned by mail; who has no address, or made the move, gets none."""
    if trail.move not in MAILS or _quiet.get():
        return
    groups, subject, words = MAILS[trail.move]
    row = Filing.objects.select_related("school", "call__committee", "duty").get(pk=filing.pk)
    with get_connection() as connection:
        for group in groups:
            for person in _people(row, group, trail):
                _mail(row, trail, person, (subject, words), _address(row, group), connection).send()


def _people(filing: Filing, group: str, trail: Trail) -> Iterable[User]:
    day = local_day(trail.at)
    if group == "officer":
        seats = Seat.objects.filter(committee=filing.call.committee, kind__in=[SeatKind.OFFICER, SeatKind.CHAIR])
        held = seats.filter(starts_on__lte=day).exclude(ends_on__lt=day).values("user")
        found = User.objects.filter(pk__in=held, is_active=True)
    else:
        found = people_in(filing.school, SchoolRole(group), day)
    return found.exclude(email="").exclude(pk=trail.by_id or 0)


def _address(filing: Filing, group: str) -> str:
    if group == "officer":
        return f"{settings.ASSOCIATION_URL}/committees/{filing.call.committee.code}/filings/{filing.public_id}/"
    return f"{filing.school.url}/filings/{filing.public_id}/"


def _mail(
    filing: Filing, trail: Trail, person: User, texts: tuple[Text, Text], href: str, connection: Any
) -> EmailMultiAlternatives:
    """One mail, in Chinese: a person's language is not known outside a page."""
    with override(settings.LANGUAGE_CODE):
        named = {
            "title": filing.call.title, "school": filing.school.name, "number": filing.number or "",
            "committee": filing.call.committee.name, "who": str(trail.by) if trail.by else _("the system"),
            "due": date_format(filing.duty.due_on, "Y-m-d"),
        }  # fmt: skip
        subject, words = (str(text) % named for text in texts)
        context = {"name": person.name, "href": href, "subject": subject, "words": words, "reason": trail.reason}
        mail = EmailMultiAlternatives(
            subject, render_to_string("filings/mails/moved.txt", context), to=[person.email], connection=connection
        )
        mail.attach_alternative(render_to_string("filings/mails/moved.html", context), "text/html")
        return mail
