"""Fields about people that several forms share: names, phones, account names, passwords."""

import re
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tenants.models import User
from tenants.signin.backend import plain_account, plain_phone

_PHONE = re.compile(r"1\d{10}|\+?\d{6,15}")
_ACCOUNT = re.compile(r"[a-z][a-z0-9._-]{2,31}")


class PhoneField(forms.CharField):
    """A mobile number in its plain form: `138 0000 0000`, `+86…` and full-width digits are understood."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
        super().__init__(label=_("Mobile phone"), max_length=30, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        """The digits; refuses what is no number."""
        phone = plain_phone(super().clean(value))
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError(_("This is not a mobile number."))
        return phone


class MailField(forms.EmailField):
    """An e-mail address in small letters: capitals would make two addresses of one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("E-mail"), max_length=254, **kwargs)

    def clean(self, value: Any) -> str:
        """The address, small."""
        return str(super().clean(value)).lower()


class AccountField(forms.CharField):
    """An account name: small Latin letters, digits, point, dash; so that no two look alike (AUT-10)."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        hint = _("3 to 32 small letters, digits, points or dashes, a letter first.")
        super().__init__(
            label=_("Account name"), max_length=64, widget=forms.TextInput(attrs=attrs), help_text=hint, **kwargs
        )

    def clean(self, value: Any) -> str:
        """The plain form; refuses other scripts."""
        account = plain_account(super().clean(value))
        if account and not _ACCOUNT.fullmatch(account):
            raise ValidationError(_("3 to 32 small letters, digits, points or dashes, a letter first."))
        return account


class PersonFields(forms.Form):
    """Name, phone, e-mail of a person who is invited."""

    name = forms.CharField(label=_("Name"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = PhoneField(required=False)
    email = MailField(required=False)


class NewPassword(forms.Form):
    """A password typed twice, judged by the rules of the settings."""

    password1 = forms.CharField(
        label=_("Password"), strip=False, max_length=256, help_text=_("At least 10 characters, not only digits."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    password2 = forms.CharField(
        label=_("The same again"), strip=False, max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def password_owner(self) -> User:
        """For whom the password is: their name must not be in it."""
        return User()

    def clean(self) -> dict[str, Any]:
        """Both the same, and good enough."""
        found = super().clean() or {}
        first, second = found.get("password1"), found.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        elif first and second:
            try:
                password_validation.validate_password(first, self.password_owner())
            except ValidationError as error:
                self.add_error("password1", error)
        return found


def day_field(**kwargs: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)
