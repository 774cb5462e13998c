"""Schools, people, and what ties a person to a school or to the association."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from tenants.codes import validate_code
from tenants.floors import AssociationModel
from tenants.history import track_association


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, account: str, password: str | None = None, **fields: Any) -> "User":
        """A person's account; without a password it can only be entered by an invitation."""
        user = self.model(account=account.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, account: str, password: str | None = None, **fields: Any) -> "User":
        """An account that may enter Django's support pages."""
        return self.create_user(account, password, is_staff=True, is_superuser=True, **fields)


class User(AssociationModel, AbstractBaseUser, PermissionsMixin):
    """One person, one account for all hosts. Which schools and seats a person has stands in memberships, not here."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.CharField(_("account"), max_length=64, unique=True)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=64)
    phone = models.CharField(_("mobile phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(pgettext_lazy("an account", "active"), default=True)
    is_staff = models.BooleanField(_("may enter the support pages"), default=False)
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)

    USERNAME_FIELD = "account"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(fields=["phone"], condition=~Q(phone=""), name="user_phone_once"),
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="user_email_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.account

    def get_full_name(self) -> str:
        """The name as the person writes it."""
        return self.name

    def get_short_name(self) -> str:
        """The same: Chinese names are not cut."""
        return self.name


class SchoolState(models.TextChoices):
    """A school's life. Only an open school's host answers."""

    OPENING = "opening", _("being opened")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    MERGED = "merged", _("merged into another school")


class SchoolType(models.TextChoices):
    """Type of institution, as the association groups its members."""

    UNDERGRADUATE = "undergraduate", _("undergraduate institution")
    VOCATIONAL = "vocational", _("vocational college")
    PRIVATE = "private", _("private institution")
    ADULT = "adult", _("adult education institution")
    OTHER = "other", _("other member")


@track_association("SchoolHistory")
class School(AssociationModel, TenantMixin):
    """A member university. Its books stand in the schema `schema_name`, which never changes; the code may."""

    auto_create_schema = False
    auto_drop_schema = False

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True, validators=[validate_code])
    name_zh = models.CharField(_("Chinese name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=200)
    pinyin = models.CharField(max_length=200, editable=False, help_text=_("sort key"))
    type = models.CharField(_("type"), max_length=20, choices=SchoolType, default=SchoolType.UNDERGRADUATE)
    district = models.CharField(_("district"), max_length=40, blank=True)
    joined_on = models.DateField(_("member since"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=SchoolState, default=SchoolState.OPENING)
    opened_at = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_schools"
    )

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["pinyin"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh

    @property
    def host(self) -> str:
        """The school's own host, without port."""
        return f"{self.code}.{settings.BASE_DOMAIN}"

    @property
    def url(self) -> str:
        """Address of the school's space, without a final slash."""
        return f"{settings.SCHEME}://{self.host}{settings.PORT_SUFFIX}"


class RetiredCode(AssociationModel):
    """A code that a school once had: its addresses lead to the school for ever, and no other school gets it."""

    code = models.CharField(max_length=20, unique=True)
    school = models.ForeignKey(School, models.PROTECT, related_name="retired_codes")
    retired_at = models.DateTimeField()


class Domain(AssociationModel, DomainMixin):
    """A host of a school's own (logistics.example.edu.cn). The default host <code>.<base domain> needs no row."""


class SchoolRole(models.TextChoices):
    """What a person does in a school."""

    HEAD = "head", _("head")
    CLERK = "clerk", _("clerk")
    VIEWER = "viewer", _("viewer")


class AssociationRole(models.TextChoices):
    """What a person does at the association, over all committees. The three administrators are never one person."""

    EDITOR = "editor", _("editor")
    SECRETARY = "secretary", _("secretary")
    COMMISSION = "commission", _("commission officer")
    SYSTEM_ADMIN = "system_admin", _("system administrator")
    SECURITY_ADMIN = "security_admin", _("security administrator")
    AUDIT_ADMIN = "audit_admin", _("audit administrator")


THREE_ADMINS = (AssociationRole.SYSTEM_ADMIN, AssociationRole.SECURITY_ADMIN, AssociationRole.AUDIT_ADMIN)


class Dated(models.Model):
    """Holds from `starts_on` to `ends_on` (both included); without an end until further notice."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True


def in_force(day: Any) -> Q:
    """Rows with `starts_on`/`ends_on` that hold on `day` (a date, or an expression that gives one)."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


@track_association("MembershipHistory")
class Membership(AssociationModel, Dated):
    """A person's post in a school, with dates: a post changes hands, an account does not."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=SchoolRole)
    post = models.CharField(_("post"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["school", "user", "role"], condition=Q(ends_on__isnull=True), name="membership_once_open"
            ),
        ]


@track_association("AssociationPostHistory")
class AssociationPost(AssociationModel, Dated):
    """A person's role at the association, with dates."""

    user = models.ForeignKey(User, models.PROTECT, related_name="association_posts")
    role = models.CharField(_("role"), max_length=20, choices=AssociationRole)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="post_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(ends_on__isnull=True), name="association_post_once_open"
            ),
            # One person never holds two of the three administrators at once.
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ends_on__isnull=True, role__in=[str(role) for role in THREE_ADMINS]),
                name="three_administrators_never_one",
            ),
        ]


class TemplateStatement(AssociationModel):
    """One SQL statement of the template that opens schools (tenants/template.py writes it, the database reads it)."""

    position = models.PositiveIntegerField(unique=True)
    sql = models.TextField()
    read_only = True
