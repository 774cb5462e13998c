"""How people get in: sign-ins, tickets to a school's host, invitations, reset codes, and the security log."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.devices import device_name
from tenants.floors import AssociationModel, Sealed
from tenants.models.register import Dated, School, User


class SignIn(AssociationModel):
    """One proof of identity in one browser. Its sessions on all hosts live and end with this row."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="sign_ins")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="moved at most once in some minutes; the idle time-out counts from here")
    ended_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)
    second_step = models.BooleanField(default=False, help_text="proved by a code besides the password")

    class Meta:
        indexes = [
            models.Index(fields=["user", "-seen_at"], condition=Q(ended_at__isnull=True), name="sign_in_open_of_user")
        ]

    @property
    def device(self) -> str:
        """Browser and system by name, in the reader's language where they are not known."""
        return device_name(self.agent)


class EntryTicket(AssociationModel):
    """Leads one browser from the association's sign-in to one school's host, once, within a minute.

    `token_hash` and `challenge` are SHA-256 in hex: the ticket itself and the browser's nonce are kept nowhere.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    challenge = models.CharField(max_length=64)
    sign_in = models.ForeignKey(SignIn, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    host = models.CharField(max_length=253)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)


class KeptForm(AssociationModel):
    """A form that was sent after its sign-in had ended: it waits for the same person in the same browser.

    The key of `ciphertext` is a cookie of that browser and is kept nowhere else, so the association's floor
    holds nothing it could read of a school's books.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    host = models.CharField(max_length=253)
    ciphertext = models.BinaryField()
    kept_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class MailChange(AssociationModel):
    """A new e-mail address of a person: it holds once both the old and the new mailbox have confirmed it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="mail_changes")
    old_email = models.EmailField(blank=True)
    new_email = models.EmailField(blank=True)
    old_hash = models.CharField(max_length=64, blank=True, db_index=True)
    new_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    old_confirmed_at = models.DateTimeField(null=True)
    new_confirmed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(done_at__isnull=True, revoked_at__isnull=True), name="mail_change_one_open"
            )
        ]


class InvitationKind(models.TextChoices):
    """What accepting an invitation gives."""

    MEMBERSHIP = "membership", _("post in a school")
    POST = "post", _("post at the association")
    SEAT = "seat", _("seat on a committee")


class Invitation(AssociationModel, Dated):
    """An offer of a post to somebody who may or may not have an account; accepted with the person's own sign-in.

    `scope` names where (a committee's code for seats), `role` what, in the words of the kind. The code is not kept:
    it follows from SECRET_KEY, `public_id` and `serial` (tenants/signin/codes.py); the row holds its hash for finding.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=InvitationKind)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="invitations")
    scope = models.CharField(max_length=20, blank=True)
    role = models.CharField(_("role"), max_length=20)
    post = models.CharField(_("post"), max_length=100, blank=True)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=64)
    phone = models.CharField(_("mobile phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    serial = models.PositiveSmallIntegerField(default=0)
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True), name="invitation_one_end"
            ),
            models.CheckConstraint(
                condition=Q(kind=InvitationKind.MEMBERSHIP, school__isnull=False)
                | (~Q(kind=InvitationKind.MEMBERSHIP) & Q(school__isnull=True)),
                name="invitation_school_by_kind",
            ),
        ]


class ResetCode(AssociationModel):
    """A way back in without mail: made by whoever answers for the person, used once, within a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="reset_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class SecurityAction(models.TextChoices):
    """What the security log records. A retired value is never used again."""

    SIGN_IN = "sign_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("sign-in failed")
    SIGN_IN_LIMITED = "sign_in_limited", _("sign-in limited")
    SIGN_OUT = "sign_out", _("signed out")
    SIGN_IN_ENDED = "sign_in_ended", _("sign-in ended from elsewhere")
    SCHOOL_ENTERED = "school_entered", _("entered a school")
    ENTRY_REFUSED = "entry_refused", _("entry refused")
    SESSION_REFUSED = "session_refused", _("session refused")
    SECOND_STEP_FAILED = "second_step_failed", _("wrong code of the second step")
    SECOND_STEP_ON = "second_step_on", _("second step switched on")
    SECOND_STEP_OFF = "second_step_off", _("second step switched off")
    RECOVERY_USED = "recovery_used", _("recovery code used")
    RECOVERY_MADE = "recovery_made", _("recovery codes made")
    ACCESS_REFUSED = "access_refused", _("access refused")
    EXPORTED = "exported", _("exported")
    PAYLOAD_SENT = "payload_sent", _("sealed version downloaded")
    PASSWORD_SET = "password_set", _("password set")
    RESET_MADE = "reset_made", _("reset code made")
    RESET_USED = "reset_used", _("reset code used")
    CONTACT_CHANGED = "contact_changed", _("contact details changed")
    MAIL_CHANGE_ASKED = "mail_change_asked", _("new e-mail asked for")
    MAIL_CHANGED = "mail_changed", _("e-mail changed")
    ACCOUNT_CLOSED = "account_closed", _("account closed")
    ACCOUNT_REOPENED = "account_reopened", _("account reopened")
    ACCOUNTS_MERGED = "accounts_merged", _("accounts merged")
    INVITED = "invited", _("invitation made")
    INVITATION_RENEWED = "invitation_renewed", _("invitation renewed")
    INVITATION_REVOKED = "invitation_revoked", _("invitation revoked")
    INVITATION_ACCEPTED = "invitation_accepted", _("invitation accepted")
    MEMBERSHIP_GRANTED = "membership_granted", _("post in a school given")
    MEMBERSHIP_CHANGED = "membership_changed", _("post in a school changed")
    MEMBERSHIP_ENDED = "membership_ended", _("post in a school ended")
    POST_GRANTED = "post_granted", _("post at the association given")
    POST_ENDED = "post_ended", _("post at the association ended")
    SEAT_GRANTED = "seat_granted", _("seat given")
    SEAT_ENDED = "seat_ended", _("seat ended")
    DEPUTY_NAMED = "deputy_named", _("deputy of a head named")
    DEPUTY_ENDED = "deputy_ended", _("time of a deputy ended")
    KEY_MADE = "key_made", _("key for a program made")
    KEY_REVOKED = "key_revoked", _("key for a program revoked")
    PROOF_FAILED = "proof_failed", _("wrong password at a signature")
    SCHOOL_REGISTERED = "school_registered", _("school registered")
    SCHOOL_OPENED = "school_opened", _("school opened")
    SCHOOL_RENAMED = "school_renamed", _("school renamed")
    SCHOOL_CLOSED = "school_closed", _("school closed")
    SCHOOL_REOPENED = "school_reopened", _("school reopened")
    SCHOOL_MERGED = "school_merged", _("school merged")


class SecurityEvent(Sealed, AssociationModel):
    """One line of the security log. Written once: the runtime role may insert and read, nothing else."""

    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=24, choices=SecurityAction)
    succeeded = models.BooleanField(default=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    host = models.CharField(max_length=253, blank=True)
    address = models.GenericIPAddressField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["action", "-at"], name="security_by_action")]
