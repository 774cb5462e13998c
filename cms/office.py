"""What the site adds to the workspaces: its doors in the rail, and what leaves the desks when a review is called off."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from cms.review_desk import settle
from tenants.clock import database_now
from tenants.models import AssociationRole


def office_doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """To the newsroom for those who edit by their post, to its duties for the secretary; no query."""
    held: frozenset[str] = getattr(request, "association_roles", frozenset())
    doors = []
    if held & {AssociationRole.EDITOR, AssociationRole.SECRETARY}:
        doors.append({"label": _("Public site"), "href": reverse("wagtailadmin_home"), "icon": "news"})
    if AssociationRole.SECRETARY in held:
        doors.append({"label": _("Newsroom"), "href": reverse("newsroom_posts"), "icon": "users"})
    yield {"label": "", "doors": doors}


def settle_cancelled(sender: Any, instance: WorkflowState, **_more: Any) -> None:
    """A review that was called off (by its author, or because the page was taken down) waits for nobody."""
    if instance.content_object is not None:
        settle(instance.content_object, database_now())
