"""Notices, which ask or announce, and public notices, which lie open for objections: two different things."""

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks.text import PARAGRAPH_FEATURES
from cms.models.base import DatedPage, ListPage
from cms.models.order import in_wrong_order


class NoticeIndexPage(ListPage):
    """Notices and public notices of one language."""

    drawing: ClassVar[str] = "noticeboard"
    template = "cms/notice_index.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.NoticePage", "cms.PublicNoticePage"]

    class Meta:
        verbose_name = _("list of notices")


class NoticeKind(models.TextChoices):
    """What a notice is about."""

    NOTICE = "notice", _("notice")
    ANNOUNCEMENT = "announcement", _("announcement")
    MEETING = "meeting", _("meeting")
    TENDER = "tender", _("tender")


class NoticePage(DatedPage):
    """A notice or an announcement (公告): it is in force as it stands."""

    kind = models.CharField(_("kind"), max_length=15, choices=NoticeKind, default=NoticeKind.NOTICE)
    number = models.CharField(_("document number"), max_length=40, blank=True)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)

    search_fields: ClassVar = [*DatedPage.search_fields, index.SearchField("number")]
    content_panels: ClassVar = [
        *DatedPage.head_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("due_on")]),
        *DatedPage.text_panels,
        DatedPage.credit_panel,
    ]
    drawing: ClassVar[str] = "noticeboard"
    template = "cms/notice.html"
    parent_page_types: ClassVar[list[str]] = ["cms.NoticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("notice")


class PublicNoticePage(DatedPage):
    """A public notice (公示): open for objections for some days, then it has a result."""

    number = models.CharField(_("document number"), max_length=40, blank=True)
    starts_on = models.DateField(_("open from"), db_index=True)
    ends_on = models.DateField(_("last day for objections"), db_index=True)
    contact_name = models.CharField(_("who takes objections"), max_length=60)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_address = models.CharField(_("address"), max_length=120, blank=True)
    result = RichTextField(
        _("result"), blank=True, features=PARAGRAPH_FEATURES, help_text=_("After the last day: what came of it.")
    )
    result_on = models.DateField(_("result of"), null=True, blank=True)

    search_fields: ClassVar = [
        *DatedPage.search_fields,
        index.SearchField("number"),
        index.SearchField("result"),
    ]
    content_panels: ClassVar = [
        *DatedPage.head_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("number")]),
                FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_phone"), FieldPanel("contact_email")]),
                FieldPanel("contact_address"),
            ],
            _("Days and objections"),
        ),
        *DatedPage.text_panels,
        MultiFieldPanel([FieldPanel("result"), FieldPanel("result_on")], _("Result")),
        DatedPage.credit_panel,
    ]
    drawing: ClassVar[str] = "noticeboard"
    template = "cms/public_notice.html"
    parent_page_types: ClassVar[list[str]] = ["cms.NoticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("public notice")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="public_notice_days_in_order")
        ]

    def clean(self) -> None:
        """Days in order, a way to object, and no result while objections may still come."""
        super().clean()
        wrong = {}
        if in_wrong_order(self.starts_on, self.ends_on):
            wrong["ends_on"] = _("The last day stands before the first.")
        if not (self.contact_phone or self.contact_email):
            wrong["contact_phone"] = _("Give a telephone or an e-mail for objections.")
        if self.result and not in_wrong_order(timezone.localdate(), self.ends_on):
            wrong["result"] = _("Objections may still come: the result follows after the last day.")
        if wrong:
            raise ValidationError(wrong)

    def state_on(self, day: date) -> str:
        """On a day: `ahead`, `open`, `closed` (over, no result yet) or `settled`."""
        if day < self.starts_on:
            return "ahead"
        if day <= self.ends_on:
            return "open"
        return "settled" if self.result else "closed"


#: What both kinds of notices share with a list.
NOTICE_MODELS: tuple[type[Page], ...] = (NoticePage, PublicNoticePage)
