"""The form in which a person says how to be told."""

from typing import ClassVar

from django import forms

from committees.notices.models import MailChoice


class MailChoiceForm(forms.ModelForm[MailChoice]):
    """Rhythm, language, and whether only duties are mailed."""

    class Meta:
        model = MailChoice
        fields: ClassVar = ["rhythm", "language", "only_duties"]
        widgets: ClassVar = {"rhythm": forms.RadioSelect, "language": forms.RadioSelect}
