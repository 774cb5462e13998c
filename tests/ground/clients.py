"""Test clients that stand on one host. Hosts never share cookies, so one client is for one host."""

from typing import Any

from django.conf import settings
from django.test import Client

from tenants.models import School, User


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


def sign_in_client(client: Client, user: User, host: str) -> None:
    """Sign in without the sign-in page, leaving the session as that page leaves it."""
    client.force_login(user)
