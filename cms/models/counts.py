"""How often a page was read on a day. One row a page and day, no word about who read it."""

from typing import ClassVar

from django.db import models
from wagtail.models import Page

from tenants.floors import AssociationModel


class PageViews(AssociationModel):
    """Views of a page on a day of Shanghai. Not a person, an address or a device is kept anywhere."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="views_by_day")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["page", "day"], name="views_once_a_day")]
