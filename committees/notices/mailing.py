"""A person's waiting notices as one mail, in the person's language; the link that unsubscribes."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from committees.notices.addresses import address_in_mail
from committees.notices.models import MailChoice, Notice
from tenants.models import User
from tenants.signin.paths import localized

SALT = "notices.unsubscribe"
#: A mail lists no more than this; the rest is counted.
MOST_LINES = 30


def mail_of(notices: Sequence[Notice]) -> EmailMultiAlternatives:
    """One mail for notices of one person. It can be unsubscribed from by one click unless all of it are duties."""
    person = notices[0].person
    choice: MailChoice | None = getattr(person, "mail_choice", None)
    with override(choice.language if choice else settings.LANGUAGE_CODE):
        context = _context(person, notices)
        mail = EmailMultiAlternatives(
            context["subject"], render_to_string("notices/mails/told.txt", context), to=[person.email],
            headers=_headers(context["unsubscribe"]),
        )  # fmt: skip
        mail.attach_alternative(render_to_string("notices/mails/told.html", context), "text/html")
    return mail


def unsubscribe_address(person: User) -> str:
    """The signed link of a person; whoever holds it can only stop mails that are no duties."""
    token = signing.dumps(str(person.public_id), salt=SALT)
    return f"{settings.ASSOCIATION_URL}{localized(f'/notices/unsubscribe/{token}/')}"


def unsubscribing(token: str) -> User | None:
    """The person of a link; None for a wrong one and for a closed account."""
    try:
        public_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return User.objects.filter(public_id=public_id, is_active=True).first()


def _context(person: User, notices: Sequence[Notice]) -> dict[str, Any]:
    lines = [(notice, address_in_mail(notice.path, notice.school)) for notice in notices[:MOST_LINES]]
    only = notices[0] if len(notices) == 1 else None
    free = any(not notice.is_duty for notice in notices)
    return {
        "name": person.name, "lines": lines, "only": only, "more": len(notices) - len(lines), "subject": _subject(notices),
        "href": lines[0][1] if only else f"{settings.ASSOCIATION_URL}{localized('/desk/')}",
        "unsubscribe": unsubscribe_address(person) if free else "",
        "settings": f"{settings.ASSOCIATION_URL}{localized('/notices/settings/')}",
    }  # fmt: skip


def _subject(notices: Sequence[Notice]) -> str:
    if len(notices) == 1:
        return notices[0].title
    text = ngettext("%(n)s notice: %(first)s", "%(n)s notices: %(first)s and more", len(notices))
    return " ".join((text % {"n": len(notices), "first": notices[0].title}).split()) or _("News from the portal")


def _headers(unsubscribe: str) -> dict[str, str]:
    """RFC 8058: a mail programme's own button posts to the address, without a session."""
    if not unsubscribe:
        return {}
    return {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
