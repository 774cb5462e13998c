"""Reading the demo's mails. There is no such page outside a demo."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from portal.mailbox.models import Mail
from tenants.doors import public_door

ROWS = 30
#: A mail's own inline styles may show; nothing runs, nothing is fetched, nothing is sent.
FRAME_POLICY = {
    "default-src": [NONE],
    "script-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups"],
}


def _demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO_MAILBOX:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


@require_safe
@public_door
@_demo_only
def mailbox_list(request: HttpRequest) -> HttpResponse:
    """All mails, newest first; `?to=` shows those to one address."""
    mails = Mail.objects.all()
    to = request.GET.get("to", "").strip()
    if to:
        mails = mails.filter(recipients__icontains=to)
    page = Paginator(mails, ROWS).get_page(request.GET.get("page"))
    return render(request, "mailbox/mailbox_list.html", {"page": page, "to": to})


@require_safe
@public_door
@_demo_only
def mail_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """One mail: the text here, the HTML side in a frame without rights."""
    return render(request, "mailbox/mail_show.html", {"mail": get_object_or_404(Mail, public_id=public_id)})


@require_safe
@xframe_options_sameorigin
@csp_replace(FRAME_POLICY)
@public_door
@_demo_only
def mail_html(request: HttpRequest, public_id: str) -> HttpResponse:
    """The HTML side as it is, for the frame: no script, no request, no form; its own inline styles may show."""
    return HttpResponse(get_object_or_404(Mail, public_id=public_id).html)
