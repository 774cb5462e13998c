"""A school with a filing and a key, and a program that shows it."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from committees.keys.actions import make_key
from committees.keys.models import ApiKey
from tenants.clock import database_now
from tenants.context import school_scope
from tenants.models import School, User
from tests.ground.clients import client_on

_addresses = itertools.count(1)


def new_key(
    school: School, by: User, scopes: Any = ("filings", "payloads"), until: date | None = None
) -> tuple[ApiKey, str]:
    """A key of a school."""
    with school_scope(school):
        return make_key(
            school=school, name="数据中心", scopes=list(scopes),
            expires_on=until or timezone.localdate() + timedelta(days=30), by=by, at=database_now(),
        )  # fmt: skip


def program(host: str, key: str = "") -> Client:
    """A program of its own address; `key` is shown with each request."""
    more = {"HTTP_AUTHORIZATION": f"Bearer {key}"} if key else {}
    n = next(_addresses)
    return client_on(host, REMOTE_ADDR=f"10.1.{n // 250}.{n % 250 + 1}", **more)
