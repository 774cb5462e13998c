"""The front of the site, one page for each language."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.base import SitePage


class HomePage(SitePage):
    """The front of the site, one for each language."""

    lead_story = models.ForeignKey(
        "cms.NewsPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead story"),
        help_text=_("Empty: the newest story with a picture."),
    )

    content_panels: ClassVar = [*SitePage.content_panels, FieldPanel("lead_story")]
    template = "cms/home.html"
    parent_page_types: ClassVar[list[str]] = []
    subpage_types: ClassVar[list[str]] = [
        "cms.NewsIndexPage", "cms.NoticeIndexPage", "cms.RegulationIndexPage", "cms.ResearchIndexPage",
        "cms.CommitteeIndexPage", "cms.MemberDirectoryPage", "cms.EventIndexPage", "cms.GalleryIndexPage",
        "cms.HonourIndexPage", "cms.DownloadPage", "cms.TopicIndexPage", "cms.StandardPage", "cms.ContactPage",
        "cms.SiteMapPage",
    ]  # fmt: skip

    class Meta:
        verbose_name = _("home page")
