"""The door of the newsroom's own pages under /cms/: people with a duty; some pages ask for a certain one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access

from cms.models.editing import Duty
from cms.standing import standing_of
from tenants.doors import Door, custom_door, refuse

View = Callable[..., HttpResponseBase]


def newsroom_door(*duties: Duty) -> Callable[[View], View]:
    """For people with one of `duties` in whatever section; without, for everybody with a duty.

    The middleware has brought their groups into line before (cms.middleware).
    """
    door = Door("newsroom", tuple(duties))

    def judge(request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        held = {duty for duty, _room in standing_of(request.user).duties}
        if held & set(duties or Duty):
            return None
        return refuse(request, _("Your duties in the newsroom do not include this."))

    guard = custom_door(door, judge)
    return lambda view: guard(require_admin_access(view))
