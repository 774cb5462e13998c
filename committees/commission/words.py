"""A countersignature in a sentence, for the bulletin and its paper."""

from django.utils.translation import gettext as _

from committees.commission.queries import standing_of
from committees.filings.models import Call
from committees.papers.writing import day


def signed_words(call: Call) -> str:
    """Who stands behind the figures since when, and that they have changed since; empty without a countersignature."""
    standing = standing_of(call)
    if standing.last is None:
        return ""
    said = _("Countersigned by the education commission on %(day)s.") % {"day": day(standing.last.at)}
    return f"{said} {_('The figures have changed since.')}" if standing.changed else said
