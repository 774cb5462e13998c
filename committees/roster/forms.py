"""Seats are given and ended by these forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.roster.models import SeatKind
from tenants.forms.contacts import day_field
from tenants.forms.people import PersonOrInvitation


class GrantSeat(PersonOrInvitation):
    """Somebody known or invited takes a seat for a term."""

    kind = forms.ChoiceField(label=_("Seat"), choices=SeatKind, initial=SeatKind.OFFICER)
    task = forms.CharField(label=_("Task"), max_length=100, required=False)
    starts_on = day_field(label=_("From"))
    ends_on = day_field(label=_("Until"), required=False)
    field_order = ("kind", "account", "name", "phone", "email", "task", "starts_on", "ends_on")

    def clean(self) -> dict[str, object]:
        """A term ends after it begins."""
        found = super().clean()
        first, last = found.get("starts_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        return found
