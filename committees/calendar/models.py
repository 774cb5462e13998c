"""Days on which the association departs from the published arrangement, or knows it before the package does."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.floors import AssociationModel
from tenants.history import track_association


@track_association("WorkdayOverrideHistory")
class WorkdayOverride(AssociationModel):
    """One day that is worked, or not, whatever the calendar says."""

    day = models.DateField(_("day"), unique=True)
    is_workday = models.BooleanField(_("working day"))
    reason = models.CharField(_("reason"), max_length=100)

    class Meta:
        verbose_name = _("exceptional day")
        verbose_name_plural = _("exceptional days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.reason}"
