"""What pages about people write: the words of an offer, the facts of a log line."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from tenants.models import AssociationRole, Invitation, SchoolRole
from tenants.offers import offer_of

register = template.Library()

#: What the facts of a log line are called; a name that is missing here stands as it was written.
FACTS = {
    "known": _("account known"), "nonce": _("from this browser"), "role": _("role"), "code": _("code"),
    "count": _("how many"),
}  # fmt: skip
ROLES = {**{role.value: role.label for role in SchoolRole}, **{role.value: role.label for role in AssociationRole}}


@register.simple_tag
def offer_role(invitation: Invitation) -> str | Promise:
    """What an invitation offers, in a word."""
    return offer_of(invitation).role


@register.filter
def facts(values: dict[str, Any]) -> str:
    """A log line's facts on one line, in the reader's words."""
    between, told = pgettext("between facts", "; "), pgettext("between a label and its fault", ": ")
    return between.join(f"{FACTS.get(name, name)}{told}{_told(name, value)}" for name, value in sorted(values.items()))


def _told(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return ROLES.get(value, value) if name == "role" else value
