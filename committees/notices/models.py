"""What people were told, how each wants it, robots, addresses that took no mail; what a person put off; the calendar."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tenants.floors import AssociationModel
from tenants.kept_secrets import cipher, mark_of
from tenants.models import School, User

Text = str | Promise
#: The purpose under which the keys of robots are encrypted.
ROBOT_KEYS = "robot"


class MailState(models.TextChoices):
    """Where the mail of a notice stands."""

    NONE = "none", _("no mail")
    WAITING = "waiting", _("waits for the next minute")
    DAILY = "daily", _("waits for the daily mail")
    SENT = "sent", _("handed over")


class Notice(AssociationModel):
    """One thing one person was told: written in the transaction of the move it tells of, so none is lost or invented.

    Words stand in both languages; the reader's is chosen when it is read. `path` lies on the host of `school`, or on the
    association's. `is_duty`: the person has to act; no one can unsubscribe from these.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="notices")
    topic = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    is_duty = models.BooleanField()
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=250)
    words_zh = models.TextField(blank=True)
    words_en = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, choices=MailState, default=MailState.NONE)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at"], name="notice_list"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["mail", "person"], condition=Q(mail__in=["waiting", "daily"]), name="notice_to_mail"),
        ]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if _reads_english() else self.title_zh

    @property
    def words(self) -> str:
        """The sentence in the reader's language."""
        return self.words_en if _reads_english() else self.words_zh


class Rhythm(models.TextChoices):
    """How often a person wants mail."""

    AT_ONCE = "at_once", _("at once, what belongs together in one mail")
    DAILY = "daily", _("one mail a working day, at eight in the morning")


class MailChoice(AssociationModel):
    """How a person wants to be told; without a row: at once, in Chinese, everything."""

    person = models.OneToOneField(User, models.CASCADE, related_name="mail_choice")
    rhythm = models.CharField(_("mails come"), max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE)
    language = models.CharField(
        _("language of the mails"), max_length=10, choices=settings.LANGUAGES, default="zh-hans"
    )
    only_duties = models.BooleanField(_("mail me only what I have to do"), default=False)
    changed_at = models.DateTimeField()


class RobotKind(models.TextChoices):
    """Which group chat a robot speaks in."""

    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")


class Robot(AssociationModel):
    """A robot in a group chat. `owner` is `committee:<code>`; `token` is the key in its address, `secret` signs (DingTalk).

    Both are kept encrypted (tenants.kept_secrets): whoever reads a copy of the database cannot speak in the chat.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.CharField(max_length=60)
    kind = models.CharField(_("chat"), max_length=10, choices=RobotKind)
    label = models.CharField(_("name of the group"), max_length=60)
    token_kept = models.TextField()
    token_mark = models.CharField(max_length=64)
    ending = models.CharField(max_length=4)
    secret_kept = models.TextField(blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["owner", "kind", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "kind", "token_mark"], condition=Q(retired_at__isnull=True), name="robot_once"
            )
        ]

    @property
    def token(self) -> str:
        """The key; `ending` are its last signs, enough to tell two robots apart."""
        return cipher(ROBOT_KEYS).decrypt(self.token_kept).decode()

    @token.setter
    def token(self, token: str) -> None:
        self.token_kept = cipher(ROBOT_KEYS).encrypt(token.encode()).decode()
        self.token_mark, self.ending = mark_of(token, ROBOT_KEYS), token[-4:]

    @property
    def secret(self) -> str:
        """What signs; empty where nothing does."""
        return cipher(ROBOT_KEYS).decrypt(self.secret_kept).decode() if self.secret_kept else ""

    @secret.setter
    def secret(self, secret: str) -> None:
        self.secret_kept = cipher(ROBOT_KEYS).encrypt(secret.encode()).decode() if secret else ""


#: Why a message was not said, where the chat itself gave no reason.
REFUSALS = {
    "refused": _("the chat did not take it"),
    "unreachable": _("the chat could not be reached"),
    "unreadable": _("the chat answered something that cannot be read"),
    "key lost": _("its key cannot be opened, because SECRET_KEY of the settings changed; add the robot again"),
}


class RobotPost(AssociationModel):
    """One message for one robot: written with what it tells of, sent by the worker. `error` is what its last try met."""

    robot = models.ForeignKey(Robot, models.CASCADE, related_name="posts")
    words = models.TextField()
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["robot", "-created_at"], name="robot_post_list")]

    @property
    def refusal(self) -> Text:
        """Why it was not said, in the reader's language where the words are ours."""
        return REFUSALS.get(self.error, self.error)


class MailFailure(AssociationModel):
    """An address that took no mail: since when, how often, what its server said; settled once somebody has seen to it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.CharField(max_length=320)
    subject = models.CharField(max_length=250)
    error = models.CharField(max_length=300)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-last_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["address"], condition=Q(settled_at__isnull=True), name="mail_failure_one_open"
            ),
            models.CheckConstraint(condition=Q(last_at__gte=F("first_at")), name="mail_failure_in_order"),
        ]


class Snooze(AssociationModel):
    """A person's own putting off of one thing on the desk: it comes back on `until`, or when the thing moves."""

    person = models.ForeignKey(User, models.CASCADE, related_name="snoozes")
    subject = models.UUIDField()
    until = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "subject"], name="snooze_once")]


class CalendarFeed(AssociationModel):
    """The secret address under which a person's calendar reads what is due. Only the hash of the secret is kept."""

    person = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10, default="zh-hans")
    made_at = models.DateTimeField()
    read_on = models.DateField(null=True)


def _reads_english() -> bool:
    return (get_language() or "").startswith("en")
