"""What pages about people write: the words of an offer, the facts of a log line."""

from django import template
from django.conf import settings
from django.utils.functional import Promise

from tenants.models import Invitation, SecurityEvent
from tenants.offers import offer_of
from tenants.security_words import in_words

register = template.Library()


@register.simple_tag
def offer_role(invitation: Invitation) -> str | Promise:
    """What an invitation offers, in a word."""
    return offer_of(invitation).role


@register.simple_tag
def facts_in_words(row: SecurityEvent, named: dict[str, str]) -> str:
    """A log line's facts on one line, as a person reads them."""
    return in_words(row.facts, named)


@register.simple_tag
def second_step_waived() -> bool:
    """True where nobody must use the second step (a demo)."""
    return not settings.SECOND_STEP_REQUIRED_FOR
