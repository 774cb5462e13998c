"""What the site's templates ask for: each tag is one named read."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms import front, queries, reviews, structured
from cms.dated import NoticeDays, Regulations, days_of, regulations_around
from cms.figures import FigureStrip, TextFigure, TextPiece, current_strip, read_figure, read_piece
from cms.importing.reporting import KINDS as REPORT_KINDS
from cms.listing import Listing, listing_of
from cms.listing.calendars import soonest
from cms.models import CommitteePage, HomePage, PublicNoticePage, RegulationPage, Release, StandardPage
from cms.models.base import DatedPage, ListPage, SitePage
from cms.pictures import warmed
from cms.queries import Step, Version
from cms.rooms import Room
from tenants.clock import request_day

register = template.Library()
Read = TypeVar("Read")


def _once(context: Context, name: str, read: Callable[[], Read]) -> Read:
    """What several parts of a page ask for, read once a request. (Django's render context ends with each include.)"""
    request = context.get("request")
    kept: dict[str, Any] = request.__dict__.setdefault("_site_reads", {}) if request is not None else {}
    if name not in kept:
        kept[name] = read()
    found: Read = kept[name]
    return found


@register.simple_tag(takes_context=True)
def front_of(context: Context, home: HomePage) -> front.Front:
    """`{% front_of page as front %}`: the contents of the home page."""
    return front.front_of(home, request_day(context["request"]))


@register.simple_tag
def release_of(page: Page) -> Release | None:
    """`{% release_of page as released %}`: who reviewed and released the text that is live."""
    return reviews.release_of(page)


@register.simple_tag
def figure_strip() -> FigureStrip | None:
    """`{% figure_strip as strip %}`: the strip of figures, or None."""
    return current_strip()


@register.simple_tag
def text_figure(key: str) -> TextFigure | None:
    """`{% text_figure self.figure as found %}`: a figure from the roll-ups, or None where it is no longer published."""
    return read_figure(key)


@register.simple_tag
def bulletin_piece(key: str) -> TextPiece | None:
    """`{% bulletin_piece self.piece as found %}`: a chart or table of a bulletin, or None where it is not published now."""
    return read_piece(key)


@register.simple_tag(takes_context=True)
def way_to(context: Context, page: Page) -> list[Step]:
    """`{% way_to page as steps %}`: the crumbs, the page itself last. Read once a page."""
    request = context.get("request")
    return _once(context, f"steps {page.pk}", lambda: queries.crumbs_of(page, request))


@register.simple_tag(takes_context=True)
def versions(context: Context, page: SitePage) -> list[Version]:
    """`{% versions page as found %}`: the page in all its languages."""
    return queries.versions_of(page, context.get("request"))


@register.simple_tag(takes_context=True)
def canonical(context: Context, page: SitePage) -> str:
    """`{% canonical page as address %}`: the page's one full address."""
    return page.get_full_url(context.get("request")) or ""


@register.simple_tag
def site_origin() -> str:
    """`{% site_origin %}`: scheme and host of the association, for full addresses of files."""
    return str(settings.ASSOCIATION_URL)


@register.simple_tag(takes_context=True)
def machine_words(context: Context, page: SitePage, steps: list[Step] | None = None) -> SafeString:
    """`{% machine_words page steps %}`: the page and the way to it as machines read them (JSON-LD)."""
    return structured.script_of(page, steps or [], context.get("request"))


@register.simple_tag(takes_context=True)
def listing(context: Context, page: ListPage) -> Listing:
    """`{% listing page as list %}`: what a list page shows, as its address asks."""
    request: HttpRequest = context["request"]
    return listing_of(page, request.GET, request_day(request))


@register.simple_tag
def change_to(name: str, value: str | None) -> dict[str, str | None]:
    """`{% change_to facet.name choice.value as change %}`: the change of an address, for `{% querystring change %}`."""
    return {name: value, "page": None}


@register.simple_tag(takes_context=True)
def notice_days(context: Context, notice: PublicNoticePage) -> NoticeDays:
    """`{% notice_days notice as days %}`: how a public notice stands today. The calendar is read once a page."""
    overrides = _once(context, "overrides", queries.overrides)
    return days_of(notice, request_day(context["request"]), overrides)


@register.simple_tag(takes_context=True)
def around(context: Context, page: RegulationPage) -> Regulations:
    """`{% around page as others %}`: how a regulation stands, what it replaces and what replaces it."""
    day = request_day(context["request"])
    return _once(context, f"around {page.pk}", lambda: regulations_around(page, day))


@register.simple_tag(takes_context=True)
def regulation_state(context: Context, page: RegulationPage) -> Any:
    """`{% regulation_state page as state %}`: for a row that knows whether it has a successor."""
    return page.state_on(request_day(context["request"]), has_successor=page.has_successor)


@register.simple_tag
def rooms() -> list[Room]:
    """All plates."""
    return list(Room)


@register.simple_tag
def related(page: DatedPage) -> list[Page]:
    """`{% related page as others %}`: news with the same plate."""
    return queries.related_to(page)


@register.simple_tag
def beside(page: StandardPage) -> list[Page]:
    """`{% beside page as pages %}`: the standing pages around this one."""
    return queries.beside(page)


@register.simple_tag(takes_context=True)
def committee(context: Context, page: CommitteePage) -> queries.CommitteeRoom:
    """`{% committee page as room %}`: people, news, regulations and files of a committee."""
    return queries.committee_room(page, request_day(context["request"]))


@register.simple_tag(takes_context=True)
def bodies(context: Context, page: Page) -> list[CommitteePage]:
    """`{% bodies page as pages %}`: the committees' pages below a list, each with `sitting` seats."""
    return queries.committee_pages(page, request_day(context["request"]))


@register.simple_tag
def tree(page: Page) -> list[queries.Branch]:
    """`{% tree page as branches %}`: the columns of the site with what stands below them."""
    return queries.branches_of(page)


@register.simple_tag(takes_context=True)
def next_events(context: Context, page: Page) -> list[Any]:
    """`{% next_events page as events %}`: the events that come next."""
    return soonest(page.locale_id, request_day(context["request"]))


@register.simple_tag
def warm(page: Page) -> str:
    """`{% warm page %}`: read the sizes of all pictures of a page at once, so that none asks alone."""
    warmed(page)
    return ""


@register.simple_tag(takes_context=True)
def photo_asked(context: Context, page: Any) -> dict[str, Any] | None:
    """`{% photo_asked page as photo %}`: the photograph an address asks for (?photo=3), with the ones beside it."""
    asked = context["request"].GET.get("photo", "")
    total = len(page.photos)
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked) <= total):
        return None
    number = int(asked)
    return {
        "number": number, "total": total, "value": page.photos[number - 1].value,
        "before": number - 1 or None, "after": number + 1 if number < total else None,
    }  # fmt: skip


@register.filter
def remark(kind: str) -> Any:
    """`{{ kind|remark }}`: what a line of an import's report is about, in words."""
    return REPORT_KINDS.get(kind, kind)
