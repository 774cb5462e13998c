"""What the site answers besides Wagtail's pages: pictures in their sizes, robots.txt, the map, the other language."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file
from wagtail.views import serve as wagtail_serve

from cms import queries
from cms.sitemaps import SiteMap
from tenants.doors import public_door

#: The folder of renditions below MEDIA_ROOT. Originals stand in another one and are never sent.
RENDITIONS = "images"


@public_door
def page_show(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page of the site; where it is not there in this language, its counterpart."""
    try:
        return wagtail_serve(request, path)
    except Http404:
        found = queries.counterpart(path, get_language() or settings.LANGUAGE_CODE)
        if found is None:
            raise
        return redirect(found.get_url(request))


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
@public_door
def rendition_show(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture in one size. Its name holds its filter and focal point, so it may be kept for a year."""
    return serve_file(request, path, document_root=str(settings.MEDIA_ROOT / RENDITIONS))


@require_safe
@cache_control(public=True, max_age=3600)
@public_door
def robots_show(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public site."""
    closed = ("/accounts/", "/cms/", "/desk/", "/office/", "/committees/", "/mailbox/")
    lines = [
        "User-agent: *",
        *(f"Disallow: {prefix}{path}" for prefix in ("", "/en") for path in closed),
        f"Sitemap: {settings.ASSOCIATION_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@public_door
def sitemap_show(request: HttpRequest) -> HttpResponse:
    """The map of the site for search engines, with the other language of each page."""
    return django_sitemap(request, sitemaps={"site": SiteMap()}, template_name="cms/sitemap.xml")
