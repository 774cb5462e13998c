"""Photo galleries and exhibitions."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import PhotosBlock
from cms.models.base import DatedPage, ListPage


class GalleryIndexPage(ListPage):
    """All galleries."""

    drawing: ClassVar[str] = "frames"
    template = "cms/gallery_index.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.GalleryPage"]

    class Meta:
        verbose_name = _("list of galleries")


class GalleryPage(DatedPage):
    """One gallery; without a cover its first photograph stands for it."""

    photos = StreamField(PhotosBlock(), verbose_name=_("photographs"), blank=True)

    content_panels: ClassVar = [
        *DatedPage.head_panels,
        FieldPanel("photos"),
        DatedPage.cover_panel,
        *DatedPage.text_panels,
        DatedPage.credit_panel,
    ]
    drawing: ClassVar[str] = "frames"
    template = "cms/gallery.html"
    parent_page_types: ClassVar[list[str]] = ["cms.GalleryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    schema_type: ClassVar[str] = "ImageGallery"

    class Meta:
        verbose_name = _("gallery")
