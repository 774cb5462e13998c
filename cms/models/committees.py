"""Pages of the committees: people come from the roster, news and files by the plate."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models.base import ListPage, TextPage
from cms.rooms import Room
from committees.roster.models import Committee


class CommitteeIndexPage(ListPage):
    """The bodies of the association, as a street."""

    drawing: ClassVar[str] = "street"
    template = "cms/committee_index.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.CommitteePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of committees")


class CommitteePage(TextPage):
    """A committee: what it does, who sits on it, its plan, its news and files."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+", verbose_name=_("committee"))
    plan = StreamField(BodyBlock(), verbose_name=_("work plan"), blank=True)

    search_fields: ClassVar = [*TextPage.search_fields, index.SearchField("plan")]
    content_panels: ClassVar = [
        *TextPage.content_panels[:1],
        FieldPanel("committee"),
        *TextPage.content_panels[1:3],
        FieldPanel("plan"),
        FieldPanel("attachments"),
    ]
    template = "cms/committee.html"
    parent_page_types: ClassVar[list[str]] = ["cms.CommitteeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    schema_type: ClassVar[str] = "AboutPage"

    class Meta:
        verbose_name = _("committee page")

    @property
    def plate(self) -> Room:
        """The plate of the committee; a body without a house of its own has the association's."""
        known = self.committee.room in Room.values and self.committee.code not in WITHOUT_HOUSE
        return Room(self.committee.room) if known else Room.ASSOCIATION


#: Bodies that borrow a hue in the workspaces but own no house in the street.
WITHOUT_HOUSE = frozenset({"research", "expert", "secretariat"})
