"""The definition from which calls of one kind are opened again and again: every month, quarter or year."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from committees.filings.flows import SERIES_FLOW
from committees.roster.models import Committee
from committees.workflow.models import Moving
from tenants.floors import AssociationModel
from tenants.models import SchoolType, User


class Opens(models.TextChoices):
    """Where a call's opening day is counted from."""

    PERIOD = "period", _("in the period itself")
    AFTER = "after", _("after the period is over")


class Series(AssociationModel, Moving):
    """What a committee asks for every period. `next_period` is the first one that no call was opened for; titles may
    hold `{period}`; no `school_types` means every school. A call opens on the `opens_workday`th working day counted
    from the first day of its period (or of the one after), and is due `due_workdays` working days later."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="series")
    kind = models.CharField(max_length=40)
    form_code = models.CharField(max_length=40)
    every = models.CharField(max_length=10, help_text="month, quarter or year: the form's own period")
    title_zh = models.CharField(_("Chinese title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    disclosure = models.CharField(max_length=10)
    attribution = models.TextField(blank=True)
    takes_late = models.BooleanField(default=True)
    school_types = ArrayField(models.CharField(max_length=20, choices=SchoolType), default=list, blank=True)
    opens = models.CharField(max_length=10, choices=Opens, default=Opens.AFTER)
    opens_workday = models.PositiveSmallIntegerField(default=1)
    due_workdays = models.PositiveSmallIntegerField(default=7)
    next_period = models.CharField(max_length=10)
    last_period = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=40, choices=SERIES_FLOW.choices(), default=SERIES_FLOW.initial)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_workday__gte=1, opens_workday__lte=20, due_workdays__gte=1, due_workdays__lte=120),
                name="series_days_in_bounds",
            )
        ]
        ordering: ClassVar = ["committee", "pk"]

    @property
    def title(self) -> str:
        """The title in the reader's language, with `{period}` still in it."""
        return self.title_en if (get_language() or "").startswith("en") else self.title_zh
