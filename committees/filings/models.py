"""Calls, duties, filings (the case) and sealed versions; the room's other tables stand in files of their own, named below."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext_lazy as _

from committees.filings.flows import CALL_FLOW, FILING_FLOW
from committees.filings.models_approval import ApprovalWay, Deputy, Scan
from committees.filings.schema import Form, form_from
from committees.roster.models import Committee
from committees.workflow.models import Moving
from tenants.floors import AssociationModel, Sealed
from tenants.models import School, User


class FormVersion(Sealed, AssociationModel):
    """A form in one version: written once, named by every filing that used it."""

    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    definition = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="form_version_once")]

    def form(self) -> Form:
        """The form itself."""
        return form_from(self.definition)


class NumberSeries(AssociationModel):
    """The last number given in a series and year; numbers are never used twice, gaps may occur."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="number_series_once")]


class Disclosure(models.TextChoices):
    """What the public sees of single schools."""

    NAMED = "named", _("by name")
    ANONYMOUS = "anonymous", _("without names")
    TOTALS = "totals", _("totals only")


def issuers(committee: str, language: str) -> str:
    """A committee and the commission as the two issuers of one call, in a language."""
    with override(language):
        return pgettext("two issuers of a call", "%(committee)s and the education commission") % {
            "committee": committee
        }


def _in_english() -> bool:
    return (get_language() or "").startswith("en")


def remind_days() -> list[int]:
    """How many working days before its day a new call reminds: seven, three, one."""
    return [7, 3, 1]


class Call(AssociationModel, Moving):
    """A committee's request to schools: fill in this form for this period by this day."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="calls")
    kind = models.CharField(max_length=40)
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    period = models.CharField(_("period"), max_length=10, help_text="2026, 2026Q1 or 2026-03")
    title_zh = models.CharField(_("Chinese title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("due on"))
    disclosure = models.CharField(_("disclosure"), max_length=10, choices=Disclosure, default=Disclosure.TOTALS)
    attribution = models.TextField(_("source of the figures"), blank=True)
    remind_before = ArrayField(models.PositiveSmallIntegerField(), default=remind_days, blank=True)
    takes_late = models.BooleanField(_("takes late returns"), default=True)
    co_issued = models.BooleanField(_("issued together with the education commission"), default=False)
    series = models.ForeignKey("Series", models.PROTECT, null=True, related_name="calls")
    state = models.CharField(max_length=40, choices=CALL_FLOW.choices(), default=CALL_FLOW.initial)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="call_due_after_opening"),
            models.UniqueConstraint(fields=["series", "period"], name="call_once_per_period_of_series"),
        ]
        ordering: ClassVar = ["-period", "due_on"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if _in_english() else self.title_zh

    @property
    def issuer(self) -> str:
        """Who asks, in the reader's language: the committee, with the commission where both issue the call."""
        return self.issuer_en if _in_english() else self.issuer_zh

    @property
    def issuer_zh(self) -> str:
        """The same in Chinese, as papers write two issuers."""
        return issuers(self.committee.name_zh, "zh-hans") if self.co_issued else self.committee.name_zh

    @property
    def issuer_en(self) -> str:
        """The same in English."""
        return issuers(self.committee.name_en, "en") if self.co_issued else self.committee.name_en


class Duty(AssociationModel):
    """What one school owes to one call, and when; the school's own first move reports `started_at`. `extended_from`
    is the day that held before more time was given; `reopened_on` the day it was made due again."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="duties")
    school = models.ForeignKey(School, models.PROTECT, related_name="duties")
    due_on = models.DateField()
    extended_from = models.DateField(null=True)
    reopened_on = models.DateField(null=True)
    started_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "school"], name="duty_once")]

    @property
    def is_extended(self) -> bool:
        """Whether this school was given more time than it had at first."""
        return self.extended_from is not None


class Filing(AssociationModel, Moving):
    """The case of one duty: the row that moves. What was filed stands in its sealed versions. `late`: what stands filed
    came in after the day it was due (an answer to questions is never late)."""

    duty = models.OneToOneField(Duty, models.PROTECT, related_name="filing")
    call = models.ForeignKey(Call, models.PROTECT, related_name="filings")
    school = models.ForeignKey(School, models.PROTECT, related_name="filings")
    number = models.CharField(_("number"), max_length=40, unique=True, null=True)
    state = models.CharField(max_length=40, choices=FILING_FLOW.choices(), default=FILING_FLOW.initial)
    state_since = models.DateTimeField()
    filed_on = models.DateField(null=True)
    late = models.BooleanField(default=False)
    latest = models.ForeignKey("FilingVersion", models.PROTECT, null=True, related_name="+")
    counted = models.ForeignKey("FilingVersion", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["call", "state"]), models.Index(fields=["school", "state"])]


class FilingVersion(Sealed, AssociationModel):
    """One sealed version: the canonical payload as text, its hash, and the seal over everything (docs/decisions)."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    coefficients = models.CharField(max_length=40, blank=True)
    payload = models.TextField()
    payload_sha256 = models.CharField(max_length=64)
    predecessor = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=ApprovalWay, blank=True, default="")
    approved_for = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "version"], name="filing_version_once")]
        ordering: ClassVar = ["filing", "version"]


class Evidence(Sealed, AssociationModel):
    """A file sealed with a version: its hash is part of the seal, its content lies in the file store."""

    filing_version = models.ForeignKey(FilingVersion, models.PROTECT, related_name="evidence")
    indicator = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)


from committees.filings.carried_models import CarriedImport as CarriedImport  # noqa: E402  (files of their own)
from committees.filings.carried_models import CarriedReturn as CarriedReturn  # noqa: E402
from committees.filings.models_checking import (  # noqa: E402
    Dissent,
    Draw,
    ItemCheck,
    JointLine,
    JointList,
    Message,
    OfficerNote,
    Side,
    Verdict,
)
from committees.filings.models_decided import (  # noqa: E402
    DailyRoot,
    Decision,
    DecisionItem,
    DecisionKind,
    Figure,
    RollUp,
)
from committees.filings.models_drafts import Draft, DraftEvidence  # noqa: E402
from committees.filings.reminder_models import Reminder as Reminder  # noqa: E402  (it stands in a file of its own)
from committees.filings.rollup_models import Spread, TypeSum  # noqa: E402
from committees.filings.series_models import Series as Series  # noqa: E402  (it stands in a file of its own)

__all__ = [
    "ApprovalWay", "Call", "CarriedImport", "CarriedReturn", "DailyRoot", "Decision", "DecisionItem", "DecisionKind",
    "Deputy", "Disclosure", "Dissent", "Draft", "DraftEvidence", "Draw", "Duty", "Evidence", "Figure", "Filing",
    "FilingVersion", "FormVersion", "ItemCheck", "JointLine", "JointList", "Message", "NumberSeries", "OfficerNote",
    "Reminder", "RollUp", "Scan", "Series", "Side", "Spread", "TypeSum", "Verdict",
]  # fmt: skip
