"""The page on which an editor gives the pictures of a text their words, all of them at once."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from cms.actions.pictures import say_words
from cms.doors import newsroom_door
from cms.models import Picture
from cms.pictures import wordless_on
from cms.rules import may_edit
from tenants.clock import request_time
from tenants.doors import person


class WordsForm(forms.Form):
    """What one picture shows."""

    words = forms.CharField(label=gettext_lazy("What is to be seen, in one sentence"), max_length=200, required=False)
    is_decorative = forms.BooleanField(label=gettext_lazy("It only decorates"), required=False)

    def __init__(self, picture: Picture, given: Any = None) -> None:
        super().__init__(given, prefix=f"picture-{picture.pk}")
        self.picture = picture


@newsroom_door()
@require_http_methods(["GET", "POST"])
def words_edit(request: HttpRequest, page: int) -> HttpResponse:
    """The pictures of a text that lack words; for whoever edits the section, and whoever wrote the text."""
    row = get_object_or_404(Page, pk=page, depth__gte=3).specific
    if not (may_edit(request.user, row) or row.owner_id == person(request).pk):
        raise Http404
    pictures = wordless_on(row.get_latest_revision_as_object())
    forms_of = [WordsForm(picture, request.POST or None) for picture in pictures]
    if request.method == "POST" and all(form.is_valid() for form in forms_of):
        said = sum(
            say_words(picture=form.picture, **form.cleaned_data, by=person(request), at=request_time(request))
            for form in forms_of
        )  # fmt: skip
        words = ngettext("%(count)d picture has its words.", "%(count)d pictures have their words.", said)
        messages.success(request, words % {"count": said})
        left = len(pictures) - said
        return redirect("site_words" if left else "wagtailadmin_pages:edit", row.pk)
    return render(
        request, "cms/newsroom/words.html",
        {"row": row, "forms": forms_of, "page_title": _("Words for pictures"), "page_subtitle": row.draft_title,
         "header_title": row.draft_title, "header_icon": "image"},
    )  # fmt: skip
