"""Lays the ground of the site: languages, homes, lists of news; the groups and reviews of the newsroom. Safe to repeat."""

from typing import TypeVar

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms.access import refresh_rights
from cms.gathering import followed_once
from cms.models import HomePage, NewsIndexPage, NoticeIndexPage
from cms.reviews import lay_reviews

ENGLISH = "en"
AnyPage = TypeVar("AnyPage", bound=Page)
#: The lists that every site has: address part, title in both languages.
_LISTS = {
    NewsIndexPage: ("news", "新闻", "News"),
    NoticeIndexPage: ("announcements", "通知公示", "Notices"),
}


@transaction.atomic
@followed_once()
def lay_foundation() -> HomePage:
    """Make what is missing and return the Chinese home page. Nothing that an editor has changed is touched."""
    home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    _align_site(home)
    Page.objects.filter(depth=1, title="Root").update(title="全站", draft_title="全站")
    for kind, (slug, title, _english) in _LISTS.items():
        if not kind.objects.child_of(home).exists():
            published(home.add_child(instance=kind(title=title, slug=slug, locale=home.locale, show_in_menus=True)))
    english, _ = Locale.objects.get_or_create(language_code=ENGLISH)
    for page in (home, *(kind.objects.child_of(home).first() for kind in _LISTS)):
        if not page.has_translation(english):
            other = page.copy_for_translation(english)
            other.title = other.draft_title = _LISTS[type(page)][2] if type(page) in _LISTS else "Home"
            published(other)
    refresh_rights()
    lay_reviews()
    return home


def published(page: AnyPage) -> AnyPage:
    """Save and publish through Wagtail's own door, so that history and search know of it."""
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _align_site(home: HomePage) -> None:
    """The site's row follows the settings; addresses are made from the settings, Wagtail's screens read the row."""
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": settings.BASE_DOMAIN,
            "port": settings.PORT,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "root_page": home,
        },
    )
