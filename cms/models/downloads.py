"""Downloads: forms and model texts to take along, in groups."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.search import index

from cms.models.base import ListPage, SitePage


class DownloadBlock(blocks.StructBlock):
    """A file and what it is for."""

    document = DocumentChooserBlock(label=_("file"))
    note = blocks.CharBlock(label=_("what it is for"), required=False, max_length=160)

    class Meta:
        icon = "doc-full"
        label = _("file")


class ShelfBlock(blocks.StructBlock):
    """Files that belong together."""

    title = blocks.CharBlock(label=_("heading"), max_length=60)
    files = blocks.ListBlock(DownloadBlock(), label=_("files"), min_num=1)

    class Meta:
        icon = "folder-open-1"
        label = _("group of files")


class DownloadPage(ListPage):
    """All files to take along."""

    shelves = StreamField([("shelf", ShelfBlock())], verbose_name=_("files"), blank=True)

    search_fields: ClassVar = [*SitePage.search_fields, index.SearchField("lead"), index.SearchField("shelves")]
    content_panels: ClassVar = [*ListPage.content_panels, FieldPanel("shelves")]
    drawing: ClassVar[str] = "drawers"
    template = "cms/downloads.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("downloads")
