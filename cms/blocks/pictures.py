"""Blocks that show something: a picture, a row of pictures, the photographs of an exhibition, a film."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

#: What browsers play without a plug-in.
FILMS = ("mp4", "webm")


class PictureBlock(blocks.StructBlock):
    """A picture with a caption. The words that stand for it come from the picture itself."""

    picture = ImageChooserBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("picture")
        template = "cms/blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    """Several pictures side by side, each with its caption."""

    title = blocks.CharBlock(label=_("heading"), required=False, max_length=80)
    pictures = blocks.ListBlock(PictureBlock(), label=_("pictures"), min_num=2, max_num=24)

    class Meta:
        icon = "grip"
        label = _("row of pictures")
        template = "cms/blocks/gallery.html"


class PhotoBlock(blocks.StructBlock):
    """One photograph of an exhibition."""

    picture = ImageChooserBlock(label=_("photograph"))
    title = blocks.CharBlock(label=_("title"), max_length=80)
    caption = blocks.TextBlock(label=_("caption"), required=False, rows=2)
    author = blocks.CharBlock(label=_("photographer"), required=False, max_length=60)
    school = blocks.CharBlock(label=_("school"), required=False, max_length=60)

    class Meta:
        icon = "image"
        label = _("photograph")


class FilmBlock(blocks.StructBlock):
    """A film kept on this site, with a still and with all that is said in it as text."""

    film = DocumentChooserBlock(label=_("film file"), help_text=_("MP4 or WebM."))
    still = ImageChooserBlock(label=_("still picture"), required=False)
    title = blocks.CharBlock(label=_("title"), max_length=120)
    subtitles = DocumentChooserBlock(label=_("subtitles"), required=False, help_text=_("A WebVTT file."))
    transcript = blocks.TextBlock(
        label=_("what is said and seen"), rows=4, help_text=_("For those who do not hear or see the film.")
    )

    class Meta:
        icon = "media"
        label = _("film")
        template = "cms/blocks/film.html"

    def clean(self, value: Any) -> Any:
        """Refuse a file that browsers do not play, and subtitles that are none."""
        cleaned = super().clean(value)
        wrong = {}
        if cleaned["film"].file_extension.lower() not in FILMS:
            wrong["film"] = ValidationError(_("This is no MP4 or WebM file."))
        if cleaned["subtitles"] and cleaned["subtitles"].file_extension.lower() != "vtt":
            wrong["subtitles"] = ValidationError(_("This is no WebVTT file."))
        if wrong:
            raise StructBlockValidationError(wrong)
        return cleaned
