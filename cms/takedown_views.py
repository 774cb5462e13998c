"""Taking a page down with a reason, the log of what was taken down, and the way back."""

from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from cms.actions.takedowns import bring_back, take_down
from cms.doors import newsroom_door
from cms.models.editing import Duty
from cms.models.takedowns import TakeDown
from cms.rules import may_take_down
from tenants.clock import request_time
from tenants.doors import person

ROWS = 30
_TAKERS = (Duty.EDIT, Duty.FINAL)


class TakeDownForm(forms.Form):
    """Why, and whether the other languages go too."""

    reason = forms.CharField(
        label=gettext_lazy("Reason (kept in the log, not shown to readers)"), widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )  # fmt: skip
    with_translations = forms.BooleanField(label=gettext_lazy("its other languages too"), required=False, initial=True)


@newsroom_door(*_TAKERS)
@require_http_methods(["GET", "POST"])
def page_take_down(request: HttpRequest, page: int) -> HttpResponse:
    """One click: the page leaves the site, its lists, feeds, the map and its files at once."""
    row = get_object_or_404(Page, pk=page, depth__gte=3).specific
    if not may_take_down(request.user, row):
        raise Http404
    form = TakeDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        gone = take_down(row, **given, by=person(request), at=request_time(request))
        said = ngettext("%(count)d page is off the site.", "%(count)d pages are off the site.", len(gone))
        messages.success(request, said % {"count": len(gone)})
        return redirect("site_take_downs")
    below = row.get_descendants().live().count()
    return render(
        request, "cms/newsroom/take_down.html",
        {"row": row, "form": form, "below": below, "page_title": _("Take down"), "page_subtitle": row.title,
         "header_title": row.title, "header_icon": "warning"},
    )  # fmt: skip


@newsroom_door(*_TAKERS)
@require_safe
def take_down_list(request: HttpRequest) -> HttpResponse:
    """What was taken down, newest first."""
    rows = TakeDown.objects.select_related("taken_by", "undone_by", "page").order_by("-taken_at")
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(
        request, "cms/newsroom/take_downs.html",
        {"rows": shown, "page_title": _("Taken down"), "header_title": _("Taken down"), "header_icon": "warning"},
    )  # fmt: skip


@newsroom_door(*_TAKERS)
@require_POST
def take_down_undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Bring a page back as it was released."""
    row = get_object_or_404(TakeDown.objects.select_related("page"), public_id=public_id)
    if row.page is None or not may_take_down(request.user, row.page.specific):
        raise Http404
    if bring_back(row, by=person(request), at=request_time(request)):
        messages.success(request, _("“%(title)s” is on the site again.") % {"title": row.title})
    else:
        messages.warning(request, _("“%(title)s” is not down any more.") % {"title": row.title})
    return redirect("site_take_downs")
