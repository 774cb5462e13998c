"""Places of people and schools: posts, invitations, reset codes, sign-ins, seats."""

from datetime import timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from committees.roster.models import Seat
from tenants.actions.accounts import make_reset_code, reset_code
from tenants.actions.invitations import invitation_code, invite
from tenants.actions.mail_change import NEW, ask_mail_change
from tenants.clock import database_now, local_day
from tenants.models import AssociationPost, Invitation, InvitationKind, KeptForm, Membership, School, SchoolRole, SignIn
from tenants.signin.codes import code_for
from tests.access.matrix import ACTORS
from tests.access.places import Place, place
from tests.factories.people import make_user
from tests.ground.cast import Cast

ALL_SCHOOLS = "whoever may see one school here may see all"


def _others(*actors: str) -> tuple[str, ...]:
    return tuple(actor for actor in ACTORS if actor not in actors)


def _post(cast: Cast, account: str) -> Membership:
    return Membership.objects.get(user=cast[account])


def _invited(
    school: School | None, by: str, cast: Cast, kind: str = InvitationKind.MEMBERSHIP, role: str = "clerk"
) -> Invitation:
    at = database_now()
    return invite(
        kind=InvitationKind(kind), role=role, name="x", starts_on=local_day(at), school=school, by=cast[by], at=at
    )


def _id(row: Any) -> dict[str, Any]:
    return {"public_id": row.public_id}


# ---------------------------------------------------------------- a school's own pages


@place("member", host="school")
@place("member_restore", host="school")
@place("member_reset", host="school")
def _(cast: Cast) -> Place:
    return Place(own=_id(_post(cast, "clerk_a")), foreign=_id(_post(cast, "clerk_b")), data={"post": "y"})


@place("member_end", host="school")
def _(cast: Cast) -> Place:
    data = {"ends_on": local_day(database_now()).isoformat()}
    return Place(own=_id(_post(cast, "clerk_a")), foreign=_id(_post(cast, "clerk_b")), data=data)


@place("invitation_sheet", host="school")
@place("invitation_renew", host="school")
@place("invitation_revoke", host="school")
def _(cast: Cast) -> Place:
    own, foreign = _invited(cast.school_a, "head_a", cast), _invited(cast.school_b, "head_b", cast)
    return Place(own=_id(own), foreign=_id(foreign))


@place("reset_sheet", host="school")
def _(cast: Cast) -> Place:
    at = database_now()
    own = make_reset_code(person=cast["clerk_a"], by=cast["head_a"], at=at)
    return Place(own=_id(own), foreign=_id(make_reset_code(person=cast["clerk_b"], by=cast["head_b"], at=at)))


# ---------------------------------------------------------------- the association's office


@place("office_school")
@place("school_step")
@place("school_rename")
@place("school_close")
@place("school_reopen")
@place("head_invite")
def _(cast: Cast) -> Place:
    return Place(own={"code": cast.school_a.code}, no_foreign=ALL_SCHOOLS)


@place("school_member_reset")
def _(cast: Cast) -> Place:
    code = cast.school_a.code
    own, elsewhere = _post(cast, "clerk_a"), _post(cast, "clerk_b")
    return Place(own={"code": code, **_id(own)}, foreign={"code": code, **_id(elsewhere)})


@place("invitation_sheet")
@place("invitation_renew")
@place("invitation_revoke")
def _(cast: Cast) -> Place:
    """The secretary looks after schools and committees, the system administrator after the association's posts."""
    own = _invited(cast.school_a, "secretary", cast)
    foreign = _invited(None, "system_admin", cast, InvitationKind.POST, "editor")
    return Place(own=_id(own), foreign=_id(foreign), foreign_to=_others("system_admin"))


@place("reset_sheet")
def _(cast: Cast) -> Place:
    at = database_now()
    own = make_reset_code(person=cast["clerk_a"], by=cast["secretary"], at=at)
    foreign = make_reset_code(person=cast["editor"], by=cast["security_admin"], at=at)
    return Place(own=_id(own), foreign=_id(foreign), foreign_to=_others("security_admin"))


@place("post_end")
@place("post_holder_reset")
def _(cast: Cast) -> Place:
    row = AssociationPost.objects.get(user=cast["editor"])
    data = {"ends_on": local_day(database_now()).isoformat()}
    return Place(own={"pk": row.pk}, no_foreign="whoever may see one post here may see all", data=data)


ALL_ACCOUNTS = "whoever may see one account here may see all"


@place("office_account")
@place("account_close")
@place("account_reset")
def _(cast: Cast) -> Place:
    return Place(own=_id(make_user()), no_foreign=ALL_ACCOUNTS, data={"reason": "x"})


@place("account_reopen")
def _(cast: Cast) -> Place:
    return Place(own=_id(make_user(is_active=False)), no_foreign=ALL_ACCOUNTS, data={"reason": "x"})


@place("account_second_step")
def _(cast: Cast) -> Place:
    person = make_user()
    TOTP.activate(person, generate_totp_secret())
    return Place(own=_id(person), no_foreign=ALL_ACCOUNTS, data={"reason": "x"})


@place("account_merge")
def _(cast: Cast) -> Place:
    data = {"reason": "x", "into": make_user().account, "sure": "1"}
    return Place(own=_id(make_user()), no_foreign=ALL_ACCOUNTS, data=data)


@place("office_committee")
def _(cast: Cast) -> Place:
    return Place(own={"code": cast.committee.code}, no_foreign="the secretary looks after all committees")


@place("seat_end")
def _(cast: Cast) -> Place:
    seat = Seat.objects.get(user=cast["officer"])
    own = {"code": cast.committee.code, **_id(seat)}
    data = {"ends_on": local_day(database_now()).isoformat()}
    return Place(own=own, foreign={"code": cast.other_committee.code, **_id(seat)}, data=data)


# ---------------------------------------------------------------- a person's own


@place("sign_in_end")
def _(cast: Cast) -> Place:
    at = database_now()
    own, foreign = (
        SignIn.objects.create(user=cast[account], started_at=at, seen_at=at) for account in ("secretary", "clerk_b")
    )
    return Place(own=_id(own), foreign=_id(foreign), foreign_to=_others("clerk_b"))


@place("invitation_show")
@place("invitation_accept")
def _(cast: Cast) -> Place:
    code = invitation_code(_invited(cast.school_a, "head_a", cast, role=SchoolRole.VIEWER))
    return Place(own={"code": code}, no_foreign="the code itself is the right to see it")


@place("reset_use")
def _(cast: Cast) -> Place:
    row = make_reset_code(person=cast["clerk_a"], by=cast["head_a"], at=database_now())
    return Place(own={"code": reset_code(row)}, no_foreign="the code itself is the right to use it")


@place("account_reset_password_from_key")
def _(cast: Cast) -> Place:
    return Place(own={"uidb36": "1", "key": "unknown"}, no_foreign="the key itself is the right to use it")


@place("kept_form")
@place("kept_form", host="school")
def _(cast: Cast) -> Place:
    """Without the key in the browser's cookie even one's own is unknown."""
    at = database_now()
    own, foreign = (
        KeptForm.objects.create(
            user=cast[account], host="x", ciphertext=b"x", kept_at=at, expires_at=at + timedelta(hours=1)
        )
        for account in ("clerk_a", "clerk_b")
    )
    return Place(own=_id(own), foreign=_id(foreign))


@place("mail_confirm")
def _(cast: Cast) -> Place:
    row = ask_mail_change(user=cast["clerk_a"], email="new@example.test", by=cast["clerk_a"], at=database_now())
    return Place(own={"code": code_for(NEW, str(row.public_id))}, no_foreign="the code itself is the right to use it")
