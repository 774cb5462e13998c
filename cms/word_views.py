"""A page of news from a document of Word or WPS."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from cms.actions.drafts import draft_from_word
from cms.doors import newsroom_door
from cms.importing.word import WordText, read_word
from cms.models import NewsIndexPage
from cms.models.editing import Duty
from cms.pictures import wordless_on
from cms.rooms import Room
from cms.standing import standing_of
from tenants.doors import person


class WordForm(forms.Form):
    """The document, and where its page goes."""

    document = forms.FileField(label=gettext_lazy("Document (.docx, from Word or WPS)"))
    column = forms.ModelChoiceField(NewsIndexPage.objects.none(), label=gettext_lazy("Column"))
    room = forms.ChoiceField(label=gettext_lazy("Section"))
    text: WordText

    def __init__(self, *args: Any, rooms: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns: Any = self.fields["column"]
        columns.queryset = NewsIndexPage.objects.live().order_by("path")
        columns.initial = columns.queryset.first()
        sections: Any = self.fields["room"]
        sections.choices = [choice for choice in Room.choices if choice[0] in rooms]

    def clean_document(self) -> Any:
        """Read it at once: what is no document is said here."""
        given = self.cleaned_data["document"]
        text = read_word(given.name, given.read())
        if isinstance(text, str):
            raise ValidationError(text)
        self.text = text
        return given


@newsroom_door(Duty.DRAFT, Duty.EDIT)
@require_http_methods(["GET", "POST"])
def word_new(request: HttpRequest) -> HttpResponse:
    """Choose a document; its text opens in the editor as a clean draft."""
    rooms = standing_of(request.user).rooms
    form = WordForm(request.POST or None, request.FILES or None, rooms=rooms)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = draft_from_word(
            form.text, column=given["column"], room=given["room"], title=given["document"].name.rsplit(".", 1)[0],
            by=person(request),
        )  # fmt: skip
        for line in made.left_out:
            messages.warning(request, line)
        if wordless_on(made.page):
            messages.warning(request, _("The text is here as a draft. Its pictures need words before it is reviewed."))
            return redirect("site_words", made.page.pk)
        messages.success(request, _("The text is here as a draft."))
        return redirect("wagtailadmin_pages:edit", made.page.pk)
    return render(
        request, "cms/newsroom/word.html",
        {"form": form, "page_title": _("From a document"), "header_title": _("From a document"), "header_icon": "doc-full"},
    )  # fmt: skip
