"""The streams of blocks that pages carry: the body, attachments, photographs."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.blocks.figures import BulletinBlock, ChartBlock, FigureBlock
from cms.blocks.people import PagesBlock, PeopleBlock
from cms.blocks.pictures import FilmBlock, GalleryBlock, PhotoBlock, PictureBlock
from cms.blocks.text import PARAGRAPH_FEATURES, CalloutBlock, QuoteBlock, TimelineBlock, table_block

WORDS, PICTURES, FIGURES, LINKS = _("Words"), _("Pictures"), _("Figures"), _("Files and links")


def file_block() -> DocumentChooserBlock:
    """A file to take along."""
    return DocumentChooserBlock(
        label=_("attachment"), icon="doc-full", template="cms/blocks/attachment.html", group=LINKS
    )


class BodyBlock(blocks.StreamBlock):
    """The body of any page."""

    heading = blocks.CharBlock(
        label=_("heading"), icon="title", max_length=80, template="cms/blocks/heading.html", group=WORDS
    )
    paragraph = blocks.RichTextBlock(
        label=_("paragraph"), icon="pilcrow", features=PARAGRAPH_FEATURES,
        group=WORDS,
    )  # fmt: skip
    quote = QuoteBlock(group=WORDS)
    callout = CalloutBlock(group=WORDS)
    timeline = TimelineBlock(group=WORDS)
    table = table_block()
    picture = PictureBlock(group=PICTURES)
    gallery = GalleryBlock(group=PICTURES)
    film = FilmBlock(group=PICTURES)
    figure = FigureBlock(group=FIGURES)
    chart = ChartBlock(group=FIGURES)
    bulletin = BulletinBlock(group=FIGURES)
    people = PeopleBlock(group=LINKS)
    attachment = file_block()
    pages = PagesBlock(group=LINKS)


class FilesBlock(blocks.StreamBlock):
    """Attachments, in the order in which they are listed."""

    attachment = file_block()


class PhotosBlock(blocks.StreamBlock):
    """Photographs of an exhibition, in hanging order."""

    photo = PhotoBlock()
