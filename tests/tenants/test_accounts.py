"""Accounts are closed, opened again and merged; whose last post has ended is out; an invitation serves one."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tenants.actions.account_life import close_account, merge_accounts, reopen_account
from tenants.actions.invitations import InvitationRefused, accept_invitation, invite
from tenants.actions.posts import PostRefused
from tenants.clock import database_now, local_day
from tenants.models import (
    AssociationPost,
    Invitation,
    InvitationKind,
    Membership,
    SecurityAction,
    SecurityEvent,
    User,
)
from tenants.queries import association_roles, roles_in
from tests.ground.cast import BEGIN


@pytest.mark.django_db
def test_a_closed_account_is_out_at_the_next_request(client_on, cast):
    client, at = client_on(cast.school_a.host, cast["clerk_a"]), database_now()
    assert client.get("/people/").status_code == 200
    close_account(person=cast["clerk_a"], reason="x", by=cast["security_admin"], at=at)
    assert client.get("/people/").status_code == 302
    reopen_account(person=cast["clerk_a"], reason="x", by=cast["security_admin"], at=at)
    assert client.get("/people/").status_code == 302, "the old sign-in stays ended"
    assert client_on(cast.school_a.host, cast["clerk_a"]).get("/people/").status_code == 200
    actions = SecurityEvent.objects.filter(user=cast["security_admin"]).values_list("action", flat=True)
    assert {SecurityAction.ACCOUNT_CLOSED, SecurityAction.ACCOUNT_REOPENED} <= set(actions)


@pytest.mark.django_db
def test_whose_last_post_ended_is_out_at_the_next_request(client_on, cast):
    client = client_on(cast.school_a.host, cast["clerk_a"])
    assert client.get("/people/").status_code == 200
    yesterday = local_day(database_now()) - timedelta(days=1)
    Membership.objects.filter(user=cast["clerk_a"]).update(ends_on=yesterday)
    assert client.get("/people/").status_code == 404, "the school is unknown to them"
    assert client.post("/people/invite/", {"name": "x"}).status_code == 404


@pytest.mark.django_db
def test_whose_post_at_the_association_ended_is_out_too(client_on, cast):
    client = client_on("portal.localhost", cast["secretary"])
    assert client.get("/office/schools/").status_code == 200
    AssociationPost.objects.filter(user=cast["secretary"]).update(ends_on=BEGIN)
    assert client.get("/office/schools/").status_code == 404


@pytest.mark.django_db
def test_two_accounts_of_one_person_become_one(client_on, cast):
    kept, closed, at = cast["clerk_a"], cast["head_b"], database_now()
    gone, day = client_on(cast.school_b.host, closed), local_day(at)
    merge_accounts(kept=kept, closed=closed, reason="x", by=cast["security_admin"], at=at)
    assert roles_in(kept, cast.school_b, day) == {"head"}
    assert roles_in(kept, cast.school_a, day) == {"clerk"}
    assert gone.get("/people/").status_code == 302
    assert client_on(cast.school_b.host, kept).get("/people/").status_code == 200
    assert not User.objects.get(pk=closed.pk).is_active
    assert not Membership.objects.filter(user=closed, ends_on=None).exists()
    merged = SecurityEvent.objects.get(action=SecurityAction.ACCOUNTS_MERGED)
    assert merged.facts == {"person": str(closed.public_id), "into": str(kept.public_id), "reason": "x"}


@pytest.mark.django_db
def test_a_merge_never_puts_two_administrators_into_one_hand(cast):
    with pytest.raises(PostRefused):
        merge_accounts(
            kept=cast["system_admin"],
            closed=cast["audit_admin"],
            reason="x",
            by=cast["security_admin"],
            at=database_now(),
        )
    assert association_roles(cast["audit_admin"], local_day(database_now())) == {"audit_admin"}
    assert User.objects.get(pk=cast["audit_admin"].pk).is_active


def offer(cast) -> Invitation:
    at = database_now()
    return invite(
        kind=InvitationKind.MEMBERSHIP, role="viewer", name="x", starts_on=local_day(at), school=cast.school_a,
        by=cast["head_a"], at=at,
    )  # fmt: skip


@pytest.mark.django_db
def test_an_invitation_ends_by_the_clock(cast):
    invitation = offer(cast)
    with pytest.raises(InvitationRefused):
        accept_invitation(invitation=invitation, by=cast["stranger"], at=invitation.expires_at)
    accept_invitation(invitation=invitation, by=cast["stranger"], at=invitation.expires_at - timedelta(seconds=1))


@pytest.mark.committed
def test_of_six_who_accept_at_once_one_gets_the_post(own_database, cast):
    invitation, ready, won = offer(cast), threading.Barrier(6), []
    people = [cast[key] for key in ("stranger", "expert1", "expert2", "expert3", "officer", "editor")]

    def accept(person: User) -> None:
        ready.wait()
        try:
            accept_invitation(invitation=invitation, by=person, at=database_now())
            won.append(person.pk)
        except InvitationRefused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert Membership.objects.filter(user__in=people).count() == 1
    assert Invitation.objects.get().accepted_by_id == won[0]
