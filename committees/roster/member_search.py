"""A school's own people, found by its members in its own space: names and posts, for as long as the post lasts."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import translation

from committees.roster.search import PERSON, midnight_after
from search.declaring import declare
from search.readers import school_token
from search.registry import Document, Source
from tenants.clock import database_now, local_day
from tenants.models import Membership, School, SchoolRole, SchoolState, User, in_force


def load_members(keys: list[str]) -> Iterator[Document]:
    """One document for each post that holds today in an open school."""
    numbers = [key.partition(":")[2] for key in keys]
    day = local_day(database_now())
    held = Membership.objects.filter(
        in_force(day), pk__in=numbers, user__is_active=True, school__state=SchoolState.OPEN
    )
    for post in held.select_related("school", "user"):
        yield _document(post)


def _document(post: Membership) -> Document:
    school = post.school
    words = [post.post, str(SchoolRole(post.role).label)]
    with translation.override("en"):
        words.append(str(SchoolRole(post.role).label))
    return Document(
        f"member:{post.pk}", PERSON.slug, post.user.name or post.user.account,
        reverse("people", urlconf="portal.urls.school"), (school_token(school.pk),), "，".join(filter(None, words)),
        host=school.code, school_id=school.pk, space=school.pk, expires_at=midnight_after(post.ends_on),
    )  # fmt: skip


def _keys(posts: Any) -> list[str]:
    return [f"member:{pk}" for pk in posts]


def all_members() -> list[str]:
    """The keys of all posts in schools."""
    return _keys(Membership.objects.values_list("pk", flat=True))


def declare_members() -> None:
    """Make the people of schools findable for their schools."""
    watched: dict[Any, Any] = {
        Membership: lambda post: _keys([post.pk]),
        User: lambda user: _keys(user.memberships.values_list("pk", flat=True)),
        School: lambda school: _keys(school.memberships.values_list("pk", flat=True)),
    }
    declare(Source("members", (PERSON,), load_members, all_members, watched))
