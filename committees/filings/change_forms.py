"""Forms for what changes in an open call, and for the definition of a series."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.calendar.queries import load_overrides
from committees.calendar.workdays import add_workdays, is_workday
from committees.filings.call_forms import CallForm, DayInput
from committees.filings.kinds import kind_of
from committees.filings.models import Call, FormVersion
from committees.filings.periods import first_day, fits
from committees.filings.series_models import Opens
from committees.roster.models import Committee
from tenants.models import School, SchoolType


class WorkingDayField(forms.DateField):
    """A day on which people work."""

    widget = DayInput

    def clean(self, value: Any) -> date | None:
        """Refuses days off, and names the next working day."""
        day: date | None = super().clean(value)
        overrides = load_overrides()
        if day and not is_workday(day, overrides):
            text = _("%(day)s is no working day; the next one is %(after)s.")
            after = add_workdays(day, 0, overrides)
            raise forms.ValidationError(text, params={"day": day.isoformat(), "after": after.isoformat()})
        return day


class Reasoned(forms.Form):
    """Whatever changes is explained to those who read it before."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}), help_text=_("The schools read it.")
    )


class RewordForm(Reasoned):
    """The words of a call, and its day."""

    title_zh = forms.CharField(label=_("Chinese title"), max_length=120)
    title_en = forms.CharField(label=_("English title"), max_length=200)
    text = forms.CharField(
        label=_("What schools should know"), required=False, max_length=4000, widget=forms.Textarea({"rows": 6})
    )
    due_on = WorkingDayField(label=_("Due"), help_text=_("Only later than now; schools with an extension keep theirs."))
    attribution = forms.CharField(
        label=_("Source of the figures"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    field_order = ("title_zh", "title_en", "text", "due_on", "attribution", "reason")

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call


class NewFormForm(Reasoned):
    """Another version of the call's form."""

    form = forms.ModelChoiceField(FormVersion.objects.none(), label=_("Version of the form"), empty_label=None)
    field_order = ("form", "reason")

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = kind_of(call.kind).forms
        others = FormVersion.objects.filter(code__in=codes).exclude(pk=call.form_id).order_by("code", "-version")
        field: Any = self.fields["form"]
        field.queryset = others
        field.label_from_instance = lambda row: f"{row.form().name} {row.version}"


class AddForm(forms.Form):
    """Further schools, and the day that is theirs."""

    schools = forms.MultipleChoiceField(label=_("Which schools"), widget=forms.CheckboxSelectMultiple)
    due_on = WorkingDayField(label=_("Due"))

    def __init__(self, schools: Sequence[School], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["schools"].choices = [(school.code, school.name) for school in schools]  # type: ignore[attr-defined]


class SeriesForm(CallForm):
    """The definition of a series: as a call, with periods and working days instead of one period and two days."""

    school_types = forms.MultipleChoiceField(
        label=_("Types of schools"), required=False, widget=forms.CheckboxSelectMultiple, choices=SchoolType.choices,
        help_text=_("None ticked: every school."),
    )  # fmt: skip
    next_period = forms.CharField(
        label=_("First period"),
        max_length=10,
        help_text=_("2026 for a year, 2026Q1 for a quarter, 2026-03 for a month"),
    )
    last_period = forms.CharField(
        label=pgettext_lazy("of a series", "Last period"),
        max_length=10,
        required=False,
        help_text=_("Empty: without end."),
    )
    opens = forms.ChoiceField(label=pgettext_lazy("of a call", "Opens"), choices=Opens.choices, initial=Opens.AFTER)
    opens_workday = forms.IntegerField(
        label=_("On which working day"),
        min_value=1,
        max_value=20,
        initial=1,
        help_text=_("1 is the first working day."),
    )
    due_workdays = forms.IntegerField(label=_("Working days to fill in"), min_value=1, max_value=120, initial=7)
    field_order = (
        "asks", "title_zh", "title_en", "text", "school_types", "next_period", "last_period", "opens", "opens_workday",
        "due_workdays", "takes_late", "disclosure", "attribution",
    )  # fmt: skip

    def __init__(self, committee: Committee, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(committee, *args, **kwargs)
        for name in ("period", "opens_on", "due_on", "co_issued"):
            del self.fields[name]
        for name in ("title_zh", "title_en"):
            self.fields[name].help_text = _("{period} stands for the period.")
        if fixed:  # what calls were opened with is not changed behind them
            for name in ("asks", "next_period"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """Periods of the form's own length, the last not before the first."""
        cleaned = super().clean()
        asks = cleaned.get("asks")
        if not asks:
            return cleaned
        every, first, last = asks[1].form().period_kind, cleaned.get("next_period"), cleaned.get("last_period")
        for name, period in (("next_period", first), ("last_period", last)):
            if period and not fits(period, every):
                self.add_error(name, _("This form is for another length of period."))
        if first and last and not self.errors and first_day(last) < first_day(first):
            self.add_error("last_period", _("The last period lies before the first."))
        return cleaned

    def writing(self) -> dict[str, Any]:
        """The cleaned values as the actions take them."""
        words = super().writing()
        form = words.pop("form")
        return {**words, "form_code": form.code, "every": form.form().period_kind}
