"""What the site answers besides Wagtail's pages: pictures in their sizes, robots.txt, the map, the other language."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file
from wagtail.views import serve as wagtail_serve

from cms import queries
from cms.counting import is_reader, tally
from cms.homes import find_page
from cms.sitemaps import SiteMap
from cms.visibility import may_see_rendition, taken_down
from tenants.doors import public_door

#: The folder of renditions below MEDIA_ROOT. Originals stand in another one and are never sent.
RENDITIONS = "images"


@public_door
def page_show(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page of the site; 410 where it was taken down; where it is not there in this language, its counterpart."""
    try:
        find_page(request, path)
        response = wagtail_serve(request, path)
        _count(request, response)
        return response
    except Http404:
        language = get_language() or settings.LANGUAGE_CODE
        if (row := taken_down(queries.tree_path(request, path))) is not None:
            return render(request, "errors/410.html", {"taken_at": row.taken_at}, status=410)
        found = queries.counterpart(path, language)
        if found is None:
            raise
        return redirect(found.get_url(request))


def _count(request: HttpRequest, response: HttpResponseBase) -> None:
    page = getattr(response, "context_data", {}).get("page") if response.status_code == 200 else None
    if page is not None and is_reader(request):
        tally.note(page.pk, timezone.localdate())


@require_safe
@public_door
def rendition_show(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture in one size, if a live page shows it (or the newsroom asks).

    Its name holds its filter and focal point, so a reader's browser may keep it for a year; caches between may keep it
    for a minute, so that what is taken down is gone from them, too.
    """
    if not may_see_rendition(request, f"{RENDITIONS}/{path}"):
        raise Http404
    response = serve_file(request, path, document_root=str(settings.MEDIA_ROOT / RENDITIONS))
    kept = "public, max-age=31536000, s-maxage=60, immutable"
    response.headers["Cache-Control"] = "private" if request.user.is_authenticated else kept
    return response


@require_safe
@cache_control(public=True, max_age=3600)
@public_door
def robots_show(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public site."""
    closed = ("/accounts/", "/cms/", "/desk/", "/office/", "/committees/", "/mailbox/", "/search/")
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
