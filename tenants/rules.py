"""Who may do what with posts, invitations and ways back in."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.models import THREE_ADMINS, AssociationPost, AssociationRole, Membership, SchoolRole, User, in_force
from tenants.verdicts import Allowed, Refused, Verdict


def may_end_membership(membership: Membership, ends_on: date) -> Verdict:
    """A school is never without a head: the last one names a successor first."""
    if membership.role != SchoolRole.HEAD:
        return Allowed()
    others = Membership.objects.filter(school=membership.school, role=SchoolRole.HEAD, user__is_active=True)
    others = others.filter(in_force(ends_on)).exclude(pk=membership.pk).exclude(ends_on=ends_on)
    if others.exists():
        return Allowed()
    return Refused(
        _("This is the school's last head. Invite the successor first; when they have accepted, end this post.")
    )


def may_take_post(user: User, role: str, day: date) -> Verdict:
    """The three administrators (system, security, audit) are never in one hand."""
    if role not in THREE_ADMINS:
        return Allowed()
    held = AssociationPost.objects.filter(user=user, role__in=THREE_ADMINS).exclude(role=role)
    # A post that ends today still holds today.
    other = held.filter(in_force(day) | Q(starts_on__gt=day)).first()
    if other is None:
        return Allowed()
    return Refused(
        _("%(name)s is %(held)s already. System, security and audit administrator are never one person.")
        % {"name": user.name, "held": AssociationRole(other.role).label}
    )


def may_reset(by: User, person: User, day: date, *, seated: bool) -> Verdict:
    """Who may make a reset code for a person: it opens the account, so nobody's reach grows by it.

    A head: for people whose only posts are in the head's own school and who are no heads. The secretary: for everybody
    without a post at the association. The security administrator: for those with one. `seated`: the person holds
    something in an upper room (a seat on a committee).
    """
    if by.pk == person.pk:
        return Refused(_("Change your own password on your account page."))
    own, theirs = _posts(by, day), _posts(person, day)
    if AssociationRole.SECURITY_ADMIN in own or (AssociationRole.SECRETARY in own and not theirs):
        return Allowed()
    if theirs or seated:
        return Refused(_("%(name)s holds a post at the association; ask there.") % {"name": person.name})
    posts = Membership.objects.filter(in_force(day), user=person).select_related("school")
    schools = {post.school for post in posts}
    if len(schools) == 1 and not any(post.role == SchoolRole.HEAD for post in posts):
        headed = Membership.objects.filter(in_force(day), user=by, school=schools.pop(), role=SchoolRole.HEAD)
        if headed.exists():
            return Allowed()
    return Refused(
        _("%(name)s is a head or holds a post elsewhere too; ask the association's secretary.") % {"name": person.name}
    )


def may_keep_account(by: User, person: User, day: date) -> Verdict:
    """Who may close, reopen or merge an account, or take a lost second step away, never the own one.

    The secretary: of everybody without a post at the association, whether they hold a seat, a post in a school or
    nothing. The security administrator: of everybody.
    """
    if by.pk == person.pk:
        return Refused(_("Your own account is kept by another person of the office."))
    own, theirs = _posts(by, day), _posts(person, day)
    if AssociationRole.SECURITY_ADMIN in own:
        return Allowed()
    if AssociationRole.SECRETARY in own and not theirs and not person.is_staff:
        return Allowed()
    return Refused(
        _("%(name)s holds a post at the association; the security administrator keeps this account.")
        % {"name": person.name}
    )


def _posts(user: User, day: date) -> set[str]:
    return set(AssociationPost.objects.filter(in_force(day), user=user).values_list("role", flat=True))
