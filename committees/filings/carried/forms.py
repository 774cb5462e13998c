"""Which form, and from which year to which."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.filings.carried.layout import MOST_YEARS
from committees.filings.models import FormVersion

USUAL_YEARS = 8
EARLIEST = 1990


class FormField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A form by its name in the reader's language."""

    def label_from_instance(self, obj: FormVersion) -> str:
        """The name."""
        return str(obj.form().name)


class SpanForm(forms.Form):
    """The form of the old returns and their years; the last year is over."""

    form = FormField(FormVersion.objects.none(), label=_("Form"), empty_label=None, to_field_name="code")
    first = forms.IntegerField(label=_("From year"), min_value=EARLIEST)
    last = forms.IntegerField(label=_("To year"), min_value=EARLIEST)

    def __init__(self, versions: Sequence[FormVersion], posted: Any = None, *, today: date) -> None:
        super().__init__(posted, initial={"first": today.year - USUAL_YEARS, "last": today.year - 1})
        field = self.fields["form"]
        assert isinstance(field, FormField)
        field.queryset = FormVersion.objects.filter(pk__in=[version.pk for version in versions])
        self.today = today

    def clean(self) -> dict[str, Any]:
        """The years are in order, not too many, and over."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first is None or last is None:
            return cleaned
        if last >= self.today.year:
            self.add_error("last", _("Only years that are over: at most %(year)s.") % {"year": self.today.year - 1})
        if first > last:
            self.add_error("first", _("The first year comes after the last."))
        elif last - first >= MOST_YEARS:
            self.add_error("first", _("At most %(most)s years in one workbook.") % {"most": MOST_YEARS})
        return cleaned

    def years(self) -> range:
        """The years asked for, once the form is valid."""
        return range(self.cleaned_data["first"], self.cleaned_data["last"] + 1)
