"""Test clients that stand on one host. Hosts never share cookies, so one client is for one host."""

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from tenants.actions.signins import begin_sign_in
from tenants.clock import database_now
from tenants.models import School, SignIn, User
from tenants.signin.sessions import SessionStore


def client_on(host: str, user: User | None = None, **options: Any) -> Client:
    """A client whose requests go to `host` (no port); `user` is signed in on that host."""
    client = Client(SERVER_NAME=host, SERVER_PORT=str(settings.PORT), **options)
    if user is not None:
        sign_in_client(client, user, host)
    return client


def association_client(user: User | None = None, **options: Any) -> Client:
    """A client on the association's host."""
    return client_on(settings.BASE_DOMAIN, user, **options)


def school_client(school: School, user: User | None = None, **options: Any) -> Client:
    """A client on a school's host."""
    return client_on(school.host, user, **options)


def sign_in_client(client: Client, user: User, host: str) -> SignIn:
    """Sign in without the sign-in page, leaving the session on that host as the page leaves it."""
    session = SessionStore(host=host)
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    sign_in = begin_sign_in(session=session, user=user, at=database_now())
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return sign_in
