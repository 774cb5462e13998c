"""Pictures and documents of the public site."""

from typing import Any, ClassVar

from django.core.files.base import ContentFile, File
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition

from cms.metadata import without_metadata


class Picture(AbstractImage):
    """A picture with the words that stand for it, and where it comes from."""

    alt_text = models.CharField(_("text that stands for the picture"), max_length=200, blank=True)
    is_decorative = models.BooleanField(
        _("only decorates"),
        default=False,
        help_text=_("It shows nothing that the text does not say: no words are read out."),
    )
    credit = models.CharField(_("source"), max_length=200, blank=True)
    credit_en = models.CharField(
        _("source in English"), max_length=200, blank=True, help_text=_("For English pages; empty: they name none.")
    )

    # Wagtail's own `description` is left out: one field for the words is enough; cms.picture_form makes it required.
    admin_form_fields = (
        "title",
        "file",
        "alt_text",
        "is_decorative",
        "credit",
        "credit_en",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def generate_rendition_file(self, filter: Any, *, source: "File[Any] | None" = None) -> "ContentFile[bytes]":
        """The picture in one size, without what the camera wrote beside it (where it was taken).

        Wagtail leaves its temporary file open; ours is closed and its content kept.
        """
        with super().generate_rendition_file(filter, source=source) as made:
            made.seek(0)
            return ContentFile(without_metadata(made.read()), name=made.name)

    @property
    def default_alt_text(self) -> str:
        """What a reader who does not see the picture hears."""
        return "" if self.is_decorative else self.alt_text or self.title

    @property
    def credit_here(self) -> str:
        """Where it comes from, in the language of the page; an English page names nobody in Chinese characters."""
        if not (get_language() or "").startswith("en"):
            return self.credit
        return self.credit_en or (self.credit if self.credit.isascii() else "")

    @property
    def lacks_words(self) -> bool:
        """Whether nobody has said yet what is to be seen, nor that it only decorates: no page goes out with it."""
        return not (self.alt_text.strip() or self.is_decorative)


class PictureRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
        # A picture is asked for by its file's name (cms.visibility).
        indexes: ClassVar = [models.Index(fields=["file"], name="rendition_by_file")]


class SiteDocument(AbstractDocument):
    """A file offered for download on the public site."""

    admin_form_fields = Document.admin_form_fields
