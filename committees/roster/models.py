"""Committees and the seats on them."""

# Chinese text: the example of a number on a paper.

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tenants.floors import AssociationModel
from tenants.history import track_association
from tenants.models import Dated, User


class Committee(AssociationModel):
    """A professional committee (专业委员会). `room` is its hue in the design, `mark` the sign of its paper numbers."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=20, unique=True)
    room = models.CharField(max_length=10)
    mark = models.CharField(max_length=2, help_text="as in 能备〔2026〕0137号")
    name_zh = models.CharField(_("Chinese name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=100)
    short_zh = models.CharField(_("short Chinese name"), max_length=10)
    short_en = models.CharField(_("short English name"), max_length=20)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh

    @property
    def short(self) -> str:
        """The short name in the reader's language."""
        return self.short_en if (get_language() or "").startswith("en") else self.short_zh


class SeatKind(models.TextChoices):
    """What a seat is for."""

    CHAIR = "chair", _("chair")
    OFFICER = "officer", _("officer")
    EXPERT = "expert", _("expert")


@track_association("SeatHistory")
class Seat(AssociationModel, Dated):
    """A person's seat on a committee, with dates (S9-52: unit, people, tasks, terms)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, models.PROTECT, related_name="seats")
    kind = models.CharField(_("seat"), max_length=10, choices=SeatKind)
    task = models.CharField(pgettext_lazy("of a seat", "task"), max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="seat_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["committee", "user", "kind"], condition=Q(ends_on__isnull=True), name="seat_once_open"
            ),
        ]
