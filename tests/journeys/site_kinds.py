"""One public page of every kind that the demo holds, and the other addresses at which a visitor meets the site."""

from django.conf import settings
from wagtail.models import Page

from cms import models
from cms.models import EventIndexPage, GalleryPage, HomePage, NewsPage, RegulationIndexPage

#: Kinds of pages, by name.
KINDS = {name: kind for name in models.__all__ if issubclass(kind := getattr(models, name), Page)}
#: Addresses beside those of the kinds: a photograph, sifted and empty lists, English, what is not there, the style page.
OTHERS = ("photograph", "sifted", "past-events", "english", "english-article", "missing", "style")


def address_of(name: str) -> str:
    """Where a visitor meets it. Raises LookupError for a kind of which the demo has no live page."""
    if name in KINDS:
        return _first(KINDS[name])
    return {
        "photograph": lambda: f"{_first(GalleryPage)}?photo=1",
        "sifted": lambda: f"{_first(RegulationIndexPage)}?year=2021&state=ahead",
        "past-events": lambda: f"{_first(EventIndexPage)}?when=past",
        "english": lambda: _first(HomePage, "en"),
        "english-article": lambda: _first(NewsPage, "en"),
        "missing": lambda: "/no-such-page/",
        "style": lambda: "/style/",
    }[name]()


def _first(kind: type[Page], language: str = settings.LANGUAGE_CODE) -> str:
    page = kind.objects.live().filter(locale__language_code=language).order_by("path").first()
    if page is None:
        raise LookupError(f"the demo has no live {kind.__name__}")
    return str(page.url)
