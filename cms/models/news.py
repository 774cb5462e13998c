"""News: columns and the stories in them."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from cms.models.base import FIRST_LEVEL, DatedPage, ListPage


class NewsIndexPage(ListPage):
    """A column of news. A column may hold smaller ones; it lists their stories too."""

    drawing: ClassVar[str] = "pipes"
    template = "cms/news_index.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = ["cms.NewsIndexPage", "cms.NewsPage"]

    class Meta:
        verbose_name = _("column")

    @property
    def has_feed(self) -> bool:
        """The column right below the home is what the feed of all news holds (cms.feeds.NewsFeed)."""
        return self.depth > FIRST_LEVEL


class NewsPage(DatedPage):
    """A story, with its committee's plate."""

    template = "cms/news.html"
    parent_page_types: ClassVar[list[str]] = ["cms.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    schema_type: ClassVar[str] = "NewsArticle"

    class Meta:
        verbose_name = _("news page")
