"""The article to copy into WeChat's official accounts: preview, and a button that takes it along with its dress."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.doors import newsroom_door
from cms.models.editing import Duty
from cms.rules import may_edit
from cms.wechat import wechat_html


@newsroom_door(Duty.EDIT, Duty.FINAL)
@require_safe
def wechat_show(request: HttpRequest, page: int) -> HttpResponse:
    """What is live, dressed for WeChat; drafts go through the reviews first."""
    row = get_object_or_404(Page.objects.live(), pk=page, depth__gte=3).specific
    if not may_edit(request.user, row) or not hasattr(row, "body") or not hasattr(row, "author"):
        raise Http404
    return render(
        request, "cms/newsroom/wechat.html",
        {"row": row, "html": wechat_html(row), "page_title": _("Copy for WeChat"), "page_subtitle": row.title,
         "header_title": row.title, "header_icon": "copy"},
    )  # fmt: skip
