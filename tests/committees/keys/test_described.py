"""Schemathesis: whatever is asked within or beyond the description, no fault of the server, nothing the description denies."""

import contextlib

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth

from committees.filings.root_actions import close_days
from portal.programs import schema_of
from tests.committees.filings.committee.ground import bring, later, make_call, more_schools
from tests.committees.keys.ground import new_key

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-98")]
MANY = limits(
    max_examples=25, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip


@pytest.fixture
def application():
    """The portal as WSGI that leaves the test's connection open, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(cast):
    """Figures to find, and a key."""
    call = make_call(cast, [cast.school_a, *more_schools(2)])
    for filing in call.filings.all():
        bring(cast, call, filing.school, "accepted")
    close_days(at=later(days=9))
    return new_key(cast.school_a, cast["head_a"])[1]


@pytest.mark.parametrize("kind", ["association", "school"])
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_nothing_asked_breaks_the_description(cast, key, application, kind, mode):
    host = settings.BASE_DOMAIN if kind == "association" else cast.school_a.host
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers={"Host": host})
    assert schema.raw_schema == schema_of(kind)
    headers = {"Host": host, "Authorization": f"Bearer {key}"}
    asked = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @MANY
        @given(case=st.one_of(operation.as_strategy(generation_mode=mode)))
        def tried(case):
            answer = case.call(headers={**(case.headers or {}), **headers})
            asked.append((case.method, answer.status_code))
            # Our key goes over whatever was generated for it; wrong keys are tried in test_keys.py.
            case.validate_response(answer, excluded_checks=[ignored_auth])

        # An address of one free text has no wrong one (Unsatisfiable).
        rates = override_settings(API_PUBLIC_RATE="100000/min", API_KEY_RATE="100000/min")
        with rates, contextlib.suppress(Unsatisfiable):
            tried()
    assert len(asked) >= 10
    assert all(status < 500 for _method, status in asked)
    if mode is GenerationMode.POSITIVE:
        assert any(status == 200 for _method, status in asked)
