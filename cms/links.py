"""Where links and old addresses lead: to pages that are live, and nowhere else."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from cms.visibility import taken_down


class LivePageLinks(PageLinkHandler):
    """A link in a text to a page that is not live keeps its words and leads nowhere: no address of a draft shows."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        """The live pages among those named, None for every other one."""
        return [page if page is not None and page.live else None for page in super().get_many(attrs_list)]


class OldAddressMiddleware(RedirectMiddleware):
    """An address of the old site leads to its page, or to the words that stand where one was taken down; to a page that is
    not public it leads nowhere (404).
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The redirect, where the portal itself has nothing at the address; with its query first, then without."""
        if response.status_code != 404 or getattr(request, "school", None) is not None:
            return response
        asked = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        for path in dict.fromkeys((asked, urlsplit(asked).path)):
            found = get_redirect(request, path)
            if found is not None and _is_open(found.redirect_page) and found.link:
                return (HttpResponsePermanentRedirect if found.is_permanent else HttpResponseRedirect)(found.link)
        return response


def _is_open(page: Page | None) -> bool:
    return page is None or page.live or taken_down(page.url_path) is not None
