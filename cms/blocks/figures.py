"""Blocks of figures: one from the roll-ups, and a chart of numbers an editor types."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.figures import figure_choices, piece_choices

#: A mix has five materials in the design; a longer one is a table.
MOST_IN_MIX = 5


class FigureBlock(blocks.StructBlock):
    """A published figure: looked up when the page is read, so it follows the filings and leads to them."""

    figure = blocks.ChoiceBlock(choices=figure_choices, label=_("figure"))
    note = blocks.CharBlock(label=_("one sentence"), required=False, max_length=160)

    class Meta:
        icon = "decimal"
        label = _("figure from the filings")
        template = "cms/blocks/figure.html"


class BulletinBlock(blocks.StructBlock):
    """A chart or table of a published bulletin: read when the page is read, so it follows corrections and keeps to what
    the call discloses; a bulletin that is no longer published says so."""

    piece = blocks.ChoiceBlock(choices=piece_choices, label=_("bulletin, and what of it"))
    note = blocks.CharBlock(label=_("one sentence"), required=False, max_length=160)

    class Meta:
        icon = "chart"
        label = _("chart or table of a bulletin")
        template = "cms/blocks/bulletin.html"


class ChartRowBlock(blocks.StructBlock):
    """One row of a chart: a name and a number."""

    name = blocks.CharBlock(label=pgettext_lazy("of a row", "name"), max_length=40)
    value = blocks.DecimalBlock(label=pgettext_lazy("in a chart", "number"))

    class Meta:
        icon = "table"
        label = _("row")


class ChartBlock(blocks.StructBlock):
    """A chart with its table. The title says what is to be seen; measure and unit stand below it."""

    kind = blocks.ChoiceBlock(
        [("trend", _("trend")), ("ranking", _("ranking")), ("mix", _("shares"))], default="trend", label=_("kind")
    )
    title = blocks.CharBlock(label=_("finding"), max_length=80, help_text=_("What the chart shows, as a sentence."))
    measure = blocks.CharBlock(label=_("measure and unit"), max_length=80)
    rows = blocks.ListBlock(ChartRowBlock(), label=_("rows"), min_num=2, max_num=60)
    source = blocks.CharBlock(label=_("source"), required=False, max_length=160)

    class Meta:
        icon = "chart"
        label = _("chart")
        template = "cms/blocks/chart.html"

    def clean(self, value: Any) -> Any:
        """Refuse shares that cannot be drawn as a hundred windows."""
        cleaned = super().clean(value)
        if cleaned["kind"] == "mix":
            numbers = [row["value"] for row in cleaned["rows"]]
            if len(numbers) > MOST_IN_MIX or min(numbers) < 0 or not sum(numbers):
                words = _("Shares: five rows at most, none below zero, not all zero.")
                raise StructBlockValidationError({"rows": ValidationError(words)})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add what the drawing tags take."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        rows = [(row["name"], row["value"]) for row in value["rows"]]
        context["labels"] = [name for name, _value in rows]
        context["line"] = {"name": value["title"], "values": [number for _name, number in rows]}
        context["ranked"] = [{"name": name, "value": number} for name, number in rows]
        context["kinds"] = [{"name": name, "quantity": number} for name, number in rows]
        context["average"] = sum(number for _name, number in rows) / len(rows) if rows else 0
        return context
