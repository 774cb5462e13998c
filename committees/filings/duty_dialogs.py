"""The questions before a step in the life of a duty, as the page of a filing asks them. No writes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from committees.calendar.queries import load_overrides
from committees.calendar.workdays import add_workdays
from committees.filings.flows import EXEMPT
from committees.filings.models import Filing
from committees.workflow.models import Trail

Text = str | Promise
#: A proposal for a new day: so many working days from the later of today and the day that holds.
PROPOSED_WORKDAYS = 5
#: move -> (what its button says, what follows from it, whether it asks for a day).
DIALOGS: dict[str, tuple[Text, Text, bool]] = {
    "confirm_none": (_("Confirm: none here"), _("Nothing is due from this school; it is not counted as missing."), False),
    "decline_none": (_("Ask for the return"), _("The return is due as before. The school reads your reason."), False),
    "extend": (_("Extend"), _("Only this school gets the new day, and reads your reason."), True),
    "waive": (_("Waive"), _("Nothing is due from this school; it is not counted as missing. It reads your reason."), False),
    "reopen": (_("Reopen"), _("The return is due again on the new day. What was filled in is still there."), True),
}  # fmt: skip


def duty_parts(filing: Filing, may: Sequence[str], today: date) -> dict[str, Any]:
    """What the page needs: the moves open to the person with their dialogs, a day to propose, the school's own words."""
    names = [name for name in DIALOGS if name in may]
    return {
        "duty_may": names, "duty_dialogs": [(name, *DIALOGS[name]) for name in names],
        "duty_open": filing.state not in EXEMPT,
        "duty_day": add_workdays(max(today, filing.duty.due_on), PROPOSED_WORKDAYS, load_overrides()) if names else None,
        "none_reason": _none_reason(filing) if filing.state == "none_said" else "",
    }  # fmt: skip


def _none_reason(filing: Filing) -> str:
    said = Trail.objects.filter(subject=filing.public_id, move="say_none").order_by("-version")
    return str(said.values_list("reason", flat=True).first() or "")
