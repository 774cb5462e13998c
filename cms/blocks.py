"""What the body of a page is made of: five blocks, no more."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

#: Headings have a block of their own; pictures too, so that a caption is never forgotten.
PARAGRAPH_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class PictureBlock(blocks.StructBlock):
    """A picture with a caption. The words that stand for it come from the picture itself."""

    picture = ImageChooserBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("picture")
        template = "cms/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("words"), rows=3)
    speaker = blocks.CharBlock(label=_("who said it"), required=False, max_length=100)

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "cms/blocks/quote.html"


class TableBlock(TypedTableBlock):
    """A ledger: the first column names the row; columns of figures are set to the right."""

    class Meta:
        icon = "table"
        label = _("table")
        template = "cms/blocks/table.html"


def table_block() -> TableBlock:
    """A table of words and figures."""
    return TableBlock(
        [
            ("text", blocks.CharBlock(label=_("words"), required=False)),
            ("figure", blocks.CharBlock(label=_("figures"), required=False)),
        ]
    )


class BodyBlock(blocks.StreamBlock):
    """The body of a news page or of a standing page."""

    heading = blocks.CharBlock(label=_("heading"), icon="title", max_length=80, template="cms/blocks/heading.html")
    paragraph = blocks.RichTextBlock(label=_("paragraph"), icon="pilcrow", features=PARAGRAPH_FEATURES)
    picture = PictureBlock()
    quote = QuoteBlock()
    table = table_block()
    attachment = DocumentChooserBlock(label=_("attachment"), icon="doc-full", template="cms/blocks/attachment.html")
