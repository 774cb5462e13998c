"""Blocks of words: quotation, call-out, timeline, table."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

#: Headings have a block of their own; pictures too, so that a caption is never forgotten.
PARAGRAPH_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("words"), rows=3)
    speaker = blocks.CharBlock(label=_("who said it"), required=False, max_length=100)

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "cms/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    """Something to remember, set apart from the text. Its kind says how it is read, in a word, not in a colour alone."""

    kind = blocks.ChoiceBlock(
        [("note", _("note")), ("do", _("what to do")), ("ask", _("question"))], default="note", label=_("kind")
    )
    title = blocks.CharBlock(label=_("heading"), required=False, max_length=80)
    text = blocks.RichTextBlock(label=_("words"), features=PARAGRAPH_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("call-out")
        template = "cms/blocks/callout.html"


class MomentBlock(blocks.StructBlock):
    """One thing that happened, or will."""

    day = blocks.CharBlock(label=_("when"), max_length=40, help_text=_("As people read it: 15 March 2027, or spring."))
    title = blocks.CharBlock(label=_("what happened"), max_length=120)
    text = blocks.TextBlock(label=_("in a sentence or two"), required=False, rows=2)
    stage = blocks.ChoiceBlock(
        [("done", _("done")), ("now", _("in hand")), ("next", _("still to come"))], default="done", label=_("stage")
    )

    class Meta:
        icon = "date"
        label = _("moment")


class TimelineBlock(blocks.StructBlock):
    """What happened one after the other, as windows on a thread."""

    title = blocks.CharBlock(label=_("heading"), required=False, max_length=80)
    moments = blocks.ListBlock(MomentBlock(), label=_("moments"), min_num=1)

    class Meta:
        icon = "history"
        label = _("timeline")
        template = "cms/blocks/timeline.html"


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
