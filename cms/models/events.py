"""Events: meetings, trainings, contests, each with its entry for a calendar."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.models.base import DatedPage, ListPage
from cms.models.order import day_of, in_wrong_order


class EventIndexPage(ListPage):
    """Events to come and past ones."""

    drawing: ClassVar[str] = "calendar"
    template = "cms/event_index.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.EventPage"]

    class Meta:
        verbose_name = _("list of events")


class EventKind(models.TextChoices):
    """What kind of event it is."""

    MEETING = "meeting", _("meeting")
    TRAINING = "training", _("training")
    CONTEST = "contest", _("contest")
    VISIT = "visit", _("visit")
    CULTURE = "culture", _("culture")


class EventPage(DatedPage):
    """An event; `date` is the day of its announcement."""

    kind = models.CharField(_("kind"), max_length=10, choices=EventKind, default=EventKind.MEETING)
    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=120)
    organiser = models.CharField(_("organiser"), max_length=80, blank=True)
    sign_up_by = models.DateField(_("sign up by"), null=True, blank=True)
    sign_up_with = models.CharField(_("sign up with"), max_length=120, blank=True)

    search_fields: ClassVar = [*DatedPage.search_fields, index.SearchField("place")]
    content_panels: ClassVar = [
        *DatedPage.head_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("place"), FieldPanel("organiser")]),
                FieldRowPanel([FieldPanel("sign_up_by"), FieldPanel("sign_up_with")]),
            ],
            _("When and where"),
        ),
        DatedPage.cover_panel,
        *DatedPage.text_panels,
        DatedPage.credit_panel,
    ]
    drawing: ClassVar[str] = "calendar"
    template = "cms/event.html"
    parent_page_types: ClassVar[list[str]] = ["cms.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    schema_type: ClassVar[str] = "Event"

    class Meta:
        verbose_name = _("event")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="event_times_in_order")
        ]

    def clean(self) -> None:
        """An event ends after it begins, and one signs up before."""
        super().clean()
        if in_wrong_order(self.starts_at, self.ends_at):
            raise ValidationError({"ends_at": _("The end stands before the beginning.")})
        if in_wrong_order(self.sign_up_by, day_of(self.starts_at)):
            raise ValidationError({"sign_up_by": _("One signs up before the event begins.")})
