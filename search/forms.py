"""The form of a line of the lexicon."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.actions import tidy_line
from search.models import LexiconLine, LineKind


class LineForm(forms.ModelForm[LexiconLine]):
    """A word, or near-equivalents parted by commas."""

    class Meta:
        model = LexiconLine
        fields = ("kind", "text")
        labels = {"text": pgettext_lazy("of the lexicon", "Words")}
        help_texts = {
            "text": _(
                "One word; near-equivalents parted by commas: words that readers take for each other, nothing wider."
            )
        }

    def clean(self) -> dict[str, Any]:
        """Tell what the action would refuse, before it does."""
        given = super().clean() or {}
        kind, text = given.get("kind"), given.get("text", "")
        if not kind or not text:
            return given
        tidy = tidy_line(LineKind(kind), text)
        if not tidy or (kind == LineKind.SYNONYMS and "," not in tidy):
            self.add_error("text", _("Near-equivalents need at least two words, parted by commas."))
        twins = LexiconLine.objects.filter(kind=kind, text=tidy).exclude(pk=self.instance.pk)
        if twins.exists():
            self.add_error("text", _("This line is there already."))
        given["text"] = tidy
        return given
