"""Finding accounts, and what is asked before one is changed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.forms.schools import WithReason
from tenants.models import User

STATES = [("open", pgettext_lazy("account", "open")), ("closed", pgettext_lazy("account", "closed"))]
PLACES = [
    ("school", _("with a post in a school")),
    ("association", _("with a post at the association")),
    ("none", _("without a post")),
]


class FindAccounts(forms.Form):
    """Search and filters of the list of accounts."""

    q = forms.CharField(label=_("Name, account, phone or e-mail"), max_length=60, required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *STATES])
    place = forms.ChoiceField(label=_("Where"), required=False, choices=[("", _("all")), *PLACES])


class MergeAccounts(WithReason):
    """Which account stays, and why the other one goes."""

    into = forms.CharField(
        label=_("Account name that stays"), max_length=64,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip
    field_order = ("into", "reason")

    def __init__(self, *args: Any, closed: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.closed = closed

    def clean_into(self) -> User:
        """The open account of this name; another one than the one that goes."""
        found = User.objects.filter(account=self.cleaned_data["into"].strip().lower(), is_active=True).first()
        if found is None:
            raise ValidationError(_("There is no open account of this name."))
        if found.pk == self.closed.pk:
            raise ValidationError(_("This is the same account. Give the other one."))
        return found
