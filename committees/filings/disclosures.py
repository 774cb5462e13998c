"""What a call's disclosure means, in a sentence for each reader. Pure."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from committees.filings.models import Disclosure

Text = str | Promise


@dataclass(frozen=True)
class Meaning:
    """A disclosure: its name, what it means to the committee that chooses, and what the bulletin says of it."""

    code: str
    name: Text
    sentence: Text
    told: Text


MEANINGS = {
    Disclosure.TOTALS: Meaning(
        Disclosure.TOTALS, _("Totals only"),
        _("The bulletin shows sums and averages. No single school can be seen, not even without a name."),
        _("Only totals are published; single schools are not."),
    ),
    Disclosure.ANONYMOUS: Meaning(
        Disclosure.ANONYMOUS, _("Without names"),
        _("The bulletin also shows each school’s intensity in order, without name, type, size or number."),
        _("Single values are published in order, without names."),
    ),
    Disclosure.NAMED: Meaning(
        Disclosure.NAMED, _("By name"),
        _("The bulletin names the schools with their figures, and the public card of each accepted filing is open."),
        _("Schools are named; each figure leads to its filing."),
    ),
}  # fmt: skip


def meaning_of(disclosure: str) -> Meaning:
    """The meaning of a stored disclosure."""
    return MEANINGS[Disclosure(disclosure)]
