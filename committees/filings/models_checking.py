"""What a committee keeps while it checks: notes at items, messages, drawn samples, lists decided on together."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.filings.flows import JOINT_FLOW
from committees.roster.models import Committee
from committees.workflow.models import Moving
from tenants.floors import AssociationModel, Sealed
from tenants.models import User


class OfficerNote(AssociationModel):
    """A question in preparation at one item of a version: the committee's own until it is sent with a return."""

    filing_version = models.ForeignKey("filings.FilingVersion", models.PROTECT, related_name="notes")
    indicator = models.CharField(max_length=60)
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing_version", "indicator"], name="officer_note_once")]


class Side(models.TextChoices):
    """Who speaks."""

    SCHOOL = "school", _("school")
    COMMITTEE = "committee", _("committee")


class Message(Sealed, AssociationModel):
    """A question or an answer between a school and a committee beside a filing, outside returns; chained like moves."""

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=10, choices=Side)
    indicator = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    chain = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "number"], name="message_number_once")]
        ordering: ClassVar = ["filing", "number"]


class Draw(Sealed, AssociationModel):
    """A sample drawn from the filings without doubts. `population` holds [number, seal] of each; `drawn` the seals that
    follow from the seed (drawing.py); `digest` covers all of it and stands in every acceptance that rests on it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey("filings.Call", models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=64)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    population = models.JSONField()
    drawn = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]


class ItemCheck(Sealed, AssociationModel):
    """One drawn version, checked item by item; `items` are the codes that were ticked."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="checks")
    filing_version = models.ForeignKey("filings.FilingVersion", models.PROTECT, related_name="+")
    items = models.JSONField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "filing_version"], name="item_check_once")]


class Verdict(models.TextChoices):
    """What a line of a joint list proposes or decides."""

    ACCEPT = "accept", _("accept")
    RETURN = "return", _("return with the notes at its items")
    REFUSE = "refuse", _("refuse")
    PUT_OFF = "put_off", _("put off")


class JointList(AssociationModel, Moving):
    """Filings that several officers decide on in one session."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="joint_lists")
    call = models.ForeignKey("filings.Call", models.PROTECT, related_name="joint_lists")
    title = models.CharField(_("title"), max_length=120)
    held_on = models.DateField(_("day of the session"))
    present = models.CharField(_("present"), max_length=400, blank=True)
    state = models.CharField(max_length=40, choices=JOINT_FLOW.choices(), default=JOINT_FLOW.initial)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]


class JointLine(AssociationModel):
    """One filing of a list: what was proposed, what was decided, and what came of it."""

    joint_list = models.ForeignKey(JointList, models.CASCADE, related_name="lines")
    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="+")
    proposal = models.CharField(max_length=10, choices=Verdict)
    proposal_words = models.CharField(max_length=400, blank=True)
    decision = models.CharField(max_length=10, choices=Verdict, blank=True)
    decision_words = models.CharField(max_length=400, blank=True)
    outcome = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["joint_list", "filing"], name="joint_line_once")]
        ordering: ClassVar = ["joint_list", "pk"]


class Dissent(Sealed, AssociationModel):
    """An officer who does not agree with a line, in his own words."""

    line = models.ForeignKey(JointLine, models.PROTECT, related_name="dissents")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    words = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "by"], name="dissent_once")]
