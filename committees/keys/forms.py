"""The form for a new key."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.keys.models import Scope

DAYS = (("30", _("30 days")), ("90", _("90 days")), ("365", _("one year")))


class KeyForm(forms.Form):
    """What the key is for, what it opens, how long."""

    name = forms.CharField(label=_("What it is for"), max_length=60)
    scopes = forms.MultipleChoiceField(label=_("What it opens"), choices=Scope, widget=forms.CheckboxSelectMultiple)
    days = forms.ChoiceField(label=_("How long"), choices=DAYS, initial="90")

    def writing(self, today: date) -> dict[str, Any]:
        """The action's arguments."""
        cleaned = self.cleaned_data
        expires_on = today + timedelta(days=int(cleaned["days"]))
        return {"name": cleaned["name"], "scopes": cleaned["scopes"], "expires_on": expires_on}
