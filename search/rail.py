"""The door to words and queries in the rail of editors and the secretary."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenants.models import AssociationRole

ROLES = (AssociationRole.EDITOR, AssociationRole.SECRETARY)


def search_doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """On the association's host, for those who keep the words."""
    if getattr(request, "association_roles", frozenset()) & frozenset(ROLES):
        door = {"label": _("Search"), "href": reverse("search_report"), "icon": "search"}
        yield {"label": "", "doors": [door]}
