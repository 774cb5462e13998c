"""Named reads about accounts, for the office."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet

from tenants.models import AssociationPost, Membership, User, in_force

#: What the list can be sorted by: word in the address, column.
ACCOUNT_SORTS = {"account": "account", "seen": "seen_at", "joined": "joined_at"}


def accounts_found(day: date, *, q: str = "", state: str = "", place: str = "", sort: str = "") -> QuerySet[User]:
    """Accounts by name, account, phone or e-mail, filtered and sorted (minus turns it), with the posts held on `day`
    (`memberships_now`, `posts_now`), `second_step` and `seen_at`, in three queries for any number."""
    rows = _with_posts(day)
    if q:
        rows = rows.filter(
            Q(account__icontains=q) | Q(name__icontains=q) | Q(email__icontains=q) | Q(phone__contains=q)
        )
    rows = rows.filter(is_active=state == "open") if state else rows
    schools, posts = (Exists(table.objects.filter(in_force(day), user=OuterRef("pk"))) for table in _PLACES)
    by_place = {"school": Q(schools), "association": Q(posts), "none": ~Q(schools) & ~Q(posts)}
    rows = rows.filter(by_place[place]) if place else rows
    key = sort if sort.removeprefix("-") in ACCOUNT_SORTS else "account"
    column = F(ACCOUNT_SORTS[key.removeprefix("-")])
    order = column.desc(nulls_last=True) if key.startswith("-") else column.asc(nulls_last=True)
    return rows.order_by(order, "pk")


def accounts_with_posts(day: date) -> QuerySet[User]:
    """All accounts, each with what `accounts_found` adds."""
    return _with_posts(day)


_PLACES: tuple[type[Membership], type[AssociationPost]] = (Membership, AssociationPost)


def _with_posts(day: date) -> QuerySet[User]:
    memberships = Membership.objects.filter(in_force(day)).select_related("school").order_by("school__pinyin", "role")
    posts = AssociationPost.objects.filter(in_force(day)).order_by("role")
    codes = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return User.objects.annotate(seen_at=Max("sign_ins__seen_at"), second_step=Exists(codes)).prefetch_related(
        Prefetch("memberships", memberships, to_attr="memberships_now"),
        Prefetch("association_posts", posts, to_attr="posts_now"),
    )
