"""Forms for a call: what is asked of whom, until when, and what the public will see."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from committees.calendar.workdays import add_workdays, is_workday
from committees.filings.disclosures import MEANINGS
from committees.filings.kinds import Kind, all_kinds
from committees.filings.models import Call, Disclosure, FormVersion
from committees.filings.periods import fits
from committees.roster.models import Committee


class DayInput(forms.DateInput):
    """A day as browsers pick it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CallForm(forms.Form):
    """A call before it is opened. `asks` joins kind and form version, so that no wrong pair can be chosen."""

    asks = forms.ChoiceField(label=_("Asks for"))
    period = forms.CharField(
        label=_("Period"), max_length=10, help_text=_("2026 for a year, 2026Q1 for a quarter, 2026-03 for a month")
    )
    title_zh = forms.CharField(label=_("Chinese title"), max_length=120)
    title_en = forms.CharField(label=_("English title"), max_length=200)
    text = forms.CharField(
        label=_("What schools should know"), required=False, max_length=4000, widget=forms.Textarea({"rows": 5})
    )
    opens_on = forms.DateField(label=_("Filling in begins"), widget=DayInput)
    due_on = forms.DateField(label=_("Due"), widget=DayInput, help_text=_("The last day; it must be a working day."))
    takes_late = forms.BooleanField(
        label=_("Late returns are taken after closing, and marked as late"), required=False, initial=True
    )
    co_issued = forms.BooleanField(
        label=_("Issued together with the education commission"), required=False,
        help_text=_("The commission agrees to it before it opens; both names stand on it."),
    )  # fmt: skip
    disclosure = forms.ChoiceField(
        label=_("What the public will see"), widget=forms.RadioSelect, initial=Disclosure.TOTALS
    )
    attribution = forms.CharField(
        label=_("Source of the figures"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Shown under every table made from them, where the source asks for it."),
    )  # fmt: skip

    def __init__(self, committee: Committee, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = dict(_asks_of(committee))
        fields = self.fields
        fields["asks"].choices = [(key, label) for key, (_kind, _form, label) in self.asked.items()]  # type: ignore[attr-defined]
        fields["disclosure"].choices = [(code, _explained(code)) for code in MEANINGS]  # type: ignore[attr-defined]

    def clean_asks(self) -> tuple[Kind, FormVersion]:
        """Kind and form version behind the choice."""
        kind, form, _label = self.asked[self.cleaned_data["asks"]]
        return kind, form

    def clean_due_on(self) -> date:
        """A working day."""
        due: date = self.cleaned_data["due_on"]
        if not is_workday(due):
            after = add_workdays(due, 0)
            text = _("%(day)s is no working day; the next one is %(after)s.")
            raise forms.ValidationError(text, params={"day": due.isoformat(), "after": after.isoformat()})
        return due

    def clean(self) -> dict[str, Any]:
        """The days in order, the period of the form's own kind."""
        super().clean()
        cleaned = self.cleaned_data
        opens, due, asks = cleaned.get("opens_on"), cleaned.get("due_on"), cleaned.get("asks")
        if opens and due and due < opens:
            self.add_error("due_on", _("The last day lies before the first."))
        if asks and asks[0].personal and cleaned.get("disclosure") != Disclosure.TOTALS:
            self.add_error("disclosure", _("This form holds names and numbers of people: only totals are published."))
        if asks and cleaned.get("period") and not fits(cleaned["period"], asks[1].form().period_kind):
            self.add_error("period", _("This form is for another length of period."))
        return cleaned

    def writing(self) -> dict[str, Any]:
        """The cleaned values as the actions take them."""
        rest = {name: value for name, value in self.cleaned_data.items() if name != "asks"}
        kind, form = self.cleaned_data["asks"]
        return {**rest, "kind": kind.code, "form": form}


def initial_of(call: Call) -> dict[str, Any]:
    """A call as the form shows it."""
    same = (
        "period",
        "title_zh",
        "title_en",
        "text",
        "opens_on",
        "due_on",
        "disclosure",
        "attribution",
        "takes_late",
        "co_issued",
    )
    return {"asks": f"{call.kind}:{call.form_id}", **{name: getattr(call, name) for name in same}}


def _asks_of(committee: Committee) -> Iterable[tuple[str, tuple[Kind, FormVersion, str]]]:
    kinds = [kind for kind in all_kinds() if kind.committee == committee.code]
    codes = [code for kind in kinds for code in kind.forms]
    versions = list(FormVersion.objects.filter(code__in=codes).order_by("code", "-version"))
    for kind in kinds:
        for version in versions:
            if version.code in kind.forms:
                label = _("%(kind)s, form %(form)s of %(version)s") % {
                    "kind": kind.name, "form": version.form().name, "version": version.version,
                }  # fmt: skip
                yield f"{kind.code}:{version.pk}", (kind, version, label)


def _explained(code: str) -> SafeString:
    meaning = MEANINGS[Disclosure(code)]
    return format_html("<b>{}</b> <small>{}</small>", meaning.name, meaning.sentence)
