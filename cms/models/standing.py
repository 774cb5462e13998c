"""Pages that stand: about us and its like, contact, the map of the site."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.models.base import ListPage, SitePage, TextPage


class StandardPage(TextPage):
    """A page that stands: about us, charter, accessibility."""

    template = "cms/standard.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage"]
    schema_type: ClassVar[str] = "AboutPage"

    class Meta:
        verbose_name = _("standing page")


class CounterBlock(blocks.StructBlock):
    """Whom to ask about what."""

    matter = blocks.CharBlock(label=_("matter"), max_length=80)
    who = blocks.CharBlock(label=_("who"), max_length=60)
    phone = blocks.CharBlock(label=_("telephone"), required=False, max_length=40)
    email = blocks.EmailBlock(label=_("e-mail"), required=False)
    hours = blocks.CharBlock(label=_("hours"), required=False, max_length=80)

    class Meta:
        icon = "mail"
        label = _("counter")


class ContactPage(TextPage):
    """Whom to ask about what; address and telephone of the house come from the settings."""

    counters = StreamField([("counter", CounterBlock())], verbose_name=_("counters"), blank=True)

    search_fields: ClassVar = [*SitePage.search_fields, index.SearchField("lead"), index.SearchField("counters")]
    content_panels: ClassVar = [
        *TextPage.content_panels[:2],
        FieldPanel("counters"),
        *TextPage.content_panels[2:],
    ]
    drawing: ClassVar[str] = "telephone"
    template = "cms/contact.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    schema_type: ClassVar[str] = "ContactPage"

    class Meta:
        verbose_name = _("contact page")


class SiteMapPage(ListPage):
    """All columns of the site on one page, for people."""

    drawing: ClassVar[str] = "street"
    template = "cms/site_map.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("map of the site")
