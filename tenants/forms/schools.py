"""Opening and finding schools, reading the security log."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tenants.codes import validate_code
from tenants.forms.contacts import day_field
from tenants.models import RetiredCode, School, SchoolState, SchoolType, SecurityAction


def code_fault(code: str) -> str:
    """Why a code cannot be a new school's, or an empty text."""
    try:
        validate_code(code)
    except ValidationError as error:
        return str(error.messages[0])
    if School.objects.filter(code=code).exists() or RetiredCode.objects.filter(code=code).exists():
        return str(_("Another school has, or had, this code."))
    return ""


def _district() -> forms.CharField:
    return forms.CharField(
        label=_("District"), max_length=40, required=False, help_text=_("As the directory of members shows it.")
    )


def _joined_on() -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=_("Member since"), required=False, widget=widget)


class OpenSchool(forms.Form):
    """What the register needs to know of a new school."""

    name_zh = forms.CharField(label=_("Chinese name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=200)
    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("The first part of its address: small letters and digits."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip
    type = forms.ChoiceField(label=_("Type"), choices=SchoolType)
    district = _district()
    joined_on = _joined_on()

    def clean_code(self) -> str:
        """A code of the right form that nobody has or had."""
        code: str = self.cleaned_data["code"].strip().lower()
        if fault := code_fault(code):
            raise ValidationError(fault)
        return code

    def clean_name_zh(self) -> str:
        """A name that no other school has."""
        name: str = self.cleaned_data["name_zh"].strip()
        if School.objects.filter(name_zh=name).exists():
            raise ValidationError(_("Another school has this name."))
        return name


class RenameSchool(forms.Form):
    """Other names, or another code, of a school."""

    name_zh = forms.CharField(label=_("Chinese name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=200)
    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("The old address will lead to the new one, and nobody else gets it."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip
    district = _district()
    joined_on = _joined_on()

    def clean_code(self) -> str:
        """Small letters, as they stand in an address."""
        return str(self.cleaned_data["code"]).strip().lower()


class WithReason(forms.Form):
    """Why a school is reopened."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class CloseSchool(WithReason):
    """Why a school is closed, and whether it goes on in another one."""

    into = forms.ModelChoiceField(
        School.objects.none(), label=_("Merged into"), required=False, to_field_name="code",
        empty_label=_("no other school"), help_text=_("Its address then leads to that school."),
    )  # fmt: skip

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = School.objects.filter(state=SchoolState.OPEN).exclude(pk=school.pk)
        cast("forms.ModelChoiceField[School]", self.fields["into"]).queryset = others


class FindSchools(forms.Form):
    """Search and filters of the list of schools."""

    q = forms.CharField(label=_("Name, pinyin or code"), max_length=60, required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *SchoolState.choices])
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("all")), *SchoolType.choices])


class FindEvents(forms.Form):
    """Search and filters of the security log."""

    q = forms.CharField(label=_("Account, name or address"), max_length=60, required=False)
    action = forms.ChoiceField(label=_("Event"), required=False, choices=[("", _("all")), *SecurityAction.choices])
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("all")), ("done", _("done")), ("refused", _("refused"))]
    )
    since = day_field(label=_("From"), required=False)
    until = day_field(label=_("Until"), required=False)
