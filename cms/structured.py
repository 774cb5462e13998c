"""What machines read of a page: schema.org as JSON-LD, and the way to the page as a list."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.models import EventPage, HomePage, RegulationPage
from cms.models.base import DatedPage, SitePage
from cms.queries import Step

#: What would end a script element, or be read as markup, written so that it is neither.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
Data = dict[str, Any]


def script_of(page: SitePage, steps: Sequence[Step], request: HttpRequest | None = None) -> SafeString:
    """The script element. It holds data, not a script: the content policy has nothing to allow."""
    found = [about(page, request)]
    if len(steps) > 1:
        found.append(way(steps))
    words = json.dumps({"@context": "https://schema.org", "@graph": found}, ensure_ascii=False, default=str)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(words.translate(_ESCAPES)))


def about(page: SitePage, request: HttpRequest | None = None) -> Data:
    """The page itself by its kind."""
    organisation = {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME, "url": settings.ASSOCIATION_URL}
    if isinstance(page, HomePage):
        return organisation
    data: Data = {
        "@type": page.schema_type, "name": page.title, "url": page.get_full_url(request), "description": page.summary,
        "inLanguage": page.locale.language_code, "publisher": organisation,
    }  # fmt: skip
    if isinstance(page, EventPage):
        data |= _event(page)
    elif isinstance(page, RegulationPage):
        data |= _regulation(page)
    elif isinstance(page, DatedPage):
        data |= {"headline": page.title, "datePublished": page.date, "author": _author(page, organisation)}
    return {key: value for key, value in data.items() if value not in ("", None)}


def _author(page: DatedPage, organisation: Data) -> Data:
    return {"@type": "Person", "name": page.author} if page.author else organisation


def _event(page: EventPage) -> Data:
    return {
        "startDate": timezone.localtime(page.starts_at).isoformat(), "endDate": timezone.localtime(page.ends_at).isoformat(),
        "location": {"@type": "Place", "name": page.place},
    }  # fmt: skip


def _regulation(page: RegulationPage) -> Data:
    return {
        "legislationIdentifier": page.number, "legislationDate": page.written_on or page.date,
        "legislationDateVersion": page.effective_on, "legislationPassedBy": {"@type": "Organization", "name": page.issuer},
    }  # fmt: skip


def way(steps: Sequence[Step]) -> Data:
    """The crumbs."""
    items = [
        {"@type": "ListItem", "position": number, "name": step.label, "item": f"{settings.ASSOCIATION_URL}{step.href}"}
        for number, step in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
