"""Signing in, coming back, coming in for the first time."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.forms.contacts import AccountField, NewPassword
from tenants.models import User
from tenants.signin.codes import LENGTH, plain_code


class SignInForm(LoginForm):
    """Account name, phone or e-mail in one field, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Account name, mobile phone or e-mail"), _("Password")
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""


class ResetByMailForm(ResetPasswordForm):
    """The e-mail address to which the way back is sent; the answer is the same for every address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget.attrs = {"autocomplete": "email"}


class TypedCode(forms.Form):
    """A code from a printed sheet."""

    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("Twelve letters and digits; dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        """The plain code; its length is checked so that a slip is told at once."""
        code = plain_code(self.cleaned_data["code"])
        if len(code) != LENGTH:
            raise forms.ValidationError(
                _("A code has twelve letters and digits; this one has %(count)s.") % {"count": len(code)}
            )
        return code


class NewAccount(NewPassword):
    """Account name, own name and password of somebody who is invited."""

    account = AccountField()
    name = forms.CharField(label=_("Name"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ("account", "name", "password1", "password2")

    def password_owner(self) -> User:
        """The account that is about to be made."""
        return User(account=self.cleaned_data.get("account", ""), name=self.cleaned_data.get("name", ""))
