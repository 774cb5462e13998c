"""What pages about people write: the words of an offer, the facts of a log line."""

from typing import Any

from django import template
from django.utils.functional import Promise

from tenants.models import Invitation
from tenants.offers import offer_of

register = template.Library()


@register.simple_tag
def offer_role(invitation: Invitation) -> str | Promise:
    """What an invitation offers, in a word."""
    return offer_of(invitation).role


@register.filter
def facts(values: dict[str, Any]) -> str:
    """A log line's facts on one line."""
    return "; ".join(f"{name}: {value}" for name, value in sorted(values.items()))
