"""Topic pages (专题): one subject gathered from the whole site."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from cms.models.base import DatedPage, ListPage


class TopicIndexPage(ListPage):
    """All topics."""

    drawing: ClassVar[str] = "truck"
    template = "cms/topic_index.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.TopicPage"]

    class Meta:
        verbose_name = _("list of topics")


class TopicPage(DatedPage):
    """One subject: its blocks link to news, regulations, cases and figures."""

    drawing: ClassVar[str] = "truck"
    template = "cms/topic.html"
    parent_page_types: ClassVar[list[str]] = ["cms.TopicIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("topic page")
