"""Posts and the people who hold them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.forms.contacts import AccountField, MailField, PersonFields, PhoneField, day_field
from tenants.models import AssociationRole, SchoolRole


class InviteMember(PersonFields):
    """A person invited to a post in a school."""

    role = forms.ChoiceField(label=_("Role"), choices=SchoolRole, initial=SchoolRole.CLERK)
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    starts_on = day_field(label=_("From"))


class InviteHead(PersonFields):
    """The first head of a school."""

    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    starts_on = day_field(label=_("From"))


class ChangeMember(forms.Form):
    """What a person's post is called."""

    post = forms.CharField(label=_("Post"), max_length=60, required=False)


class LastDay(forms.Form):
    """The last day of a post."""

    ends_on = day_field(label=_("Last day"))


class OwnContacts(forms.Form):
    """A person's own name, phone, e-mail."""

    name = forms.CharField(label=_("Name"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneField(required=False)
    email = MailField(required=False)


class PersonOrInvitation(PersonFields):
    """Somebody with an account (by its exact name), or somebody new, who is invited."""

    account = AccountField(required=False)
    field_order: tuple[str, ...] = ("account", "name", "phone", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].help_text = _("For somebody who has an account. Leave empty to invite somebody new.")
        self.fields["account"].widget.attrs["autocomplete"] = "off"
        self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        found = super().clean() or {}
        if not self.errors and not found.get("account") and not found.get("name"):
            self.add_error("name", _("Give the account name of somebody known, or the name of somebody to invite."))
        return found


class GrantPost(PersonOrInvitation):
    """A role at the association."""

    role = forms.ChoiceField(label=_("Role"), choices=AssociationRole)
    starts_on = day_field(label=_("From"))
    field_order = ("role", "account", "name", "phone", "email", "starts_on")
