"""What the site's templates ask for: each tag is one named read."""

from django import template
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context
from wagtail.models import Page

from cms import queries, reviews
from cms.figures import FigureStrip, current_strip
from cms.models import HomePage, NewsIndexPage, NewsPage, Release, StandardPage
from cms.models.base import SitePage
from cms.queries import Front, NewsFilter, Step, Version
from cms.rooms import Room

register = template.Library()
NEWS_PER_PAGE = 12


@register.simple_tag
def front(home: HomePage) -> Front:
    """`{% front page as front %}`: the contents of the home page."""
    return queries.front_of(home)


@register.simple_tag
def release_of(page: Page) -> Release | None:
    """`{% release_of page as released %}`: who reviewed and released the text that is live."""
    return reviews.release_of(page)


@register.simple_tag
def figure_strip() -> FigureStrip | None:
    """`{% figure_strip as strip %}`: the strip of figures, or None."""
    return current_strip()


@register.simple_tag(takes_context=True)
def way_to(context: Context, page: Page) -> list[Step]:
    """`{% way_to page as steps %}`: the crumbs, the page itself last."""
    return queries.crumbs_of(page, context.get("request"))


@register.simple_tag(takes_context=True)
def versions(context: Context, page: SitePage) -> list[Version]:
    """`{% versions page as found %}`: the page in all its languages."""
    return queries.versions_of(page, context.get("request"))


@register.simple_tag(takes_context=True)
def canonical(context: Context, page: SitePage) -> str:
    """`{% canonical page as address %}`: the page's one full address."""
    return page.get_full_url(context.get("request")) or ""


@register.simple_tag
def news_asked(request: HttpRequest) -> NewsFilter:
    """`{% news_asked request as asked %}`: what the reader of the list asked for."""
    return NewsFilter.asked(request.GET)


@register.simple_tag
def news_list(index: NewsIndexPage, asked: NewsFilter, number: str | None) -> "PaginatorPage[NewsPage]":
    """`{% news_list page asked request.GET.page as news %}`: one page of the list."""
    return Paginator(queries.news_in(index, asked), NEWS_PER_PAGE).get_page(number)


@register.simple_tag
def news_years(index: NewsIndexPage) -> list[int]:
    """`{% news_years page as years %}`: years that hold news, newest first."""
    return queries.years_of(index)


@register.simple_tag
def rooms() -> list[Room]:
    """All plates."""
    return list(Room)


@register.simple_tag
def related(page: NewsPage) -> list[NewsPage]:
    """`{% related page as others %}`: other news with the same plate."""
    return queries.related_to(page)


@register.simple_tag
def beside(page: StandardPage) -> list[StandardPage]:
    """`{% beside page as pages %}`: the standing pages around this one."""
    return queries.beside(page)
