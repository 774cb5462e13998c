"""The door to the keys in the rail of a school's head."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenants.models import SchoolRole


def key_doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """For heads only."""
    if getattr(request, "school", None) is not None and SchoolRole.HEAD in request.roles:  # type: ignore[attr-defined]
        yield {"label": _("For programs"), "doors": [{"label": _("Keys"), "href": reverse("keys"), "icon": "key"}]}
