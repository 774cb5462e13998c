"""Blocks of people, and of pages to go on to."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class PersonBlock(blocks.StructBlock):
    """One person: name, post, what they did."""

    name = blocks.CharBlock(label=pgettext_lazy("of a person", "name"), max_length=40)
    post = blocks.CharBlock(label=_("post"), required=False, max_length=80)
    school = blocks.CharBlock(label=_("school"), required=False, max_length=60)
    portrait = ImageChooserBlock(label=_("portrait"), required=False)
    words = blocks.TextBlock(label=_("in a sentence or two"), required=False, rows=2)

    class Meta:
        icon = "user"
        label = _("person")


class PeopleBlock(blocks.StructBlock):
    """People: a board, a panel, those who were honoured."""

    title = blocks.CharBlock(label=_("heading"), required=False, max_length=80)
    people = blocks.ListBlock(PersonBlock(), label=_("people"), min_num=1)

    class Meta:
        icon = "group"
        label = _("people")
        template = "cms/blocks/people.html"


class PagesBlock(blocks.StructBlock):
    """Pages of this site to go on to; one that is taken down disappears from the list by itself."""

    title = blocks.CharBlock(label=_("heading"), required=False, max_length=80)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=_("pages"), min_num=1)

    class Meta:
        icon = "link"
        label = _("pages to go on to")
        template = "cms/blocks/pages.html"
