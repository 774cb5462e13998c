"""A worker remembers a host for a moment only: closing a school is felt in every worker within two seconds."""

import pytest

from tenants import hosts
from tenants.models import School, SchoolState


@pytest.mark.requirement("TEN")
def test_a_remembered_host_is_asked_again_within_two_seconds(cast, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(hosts.time, "monotonic", lambda: now[0])
    host = cast.school_a.host
    assert hosts.place_of(host).school == cast.school_a
    School.objects.filter(pk=cast.school_a.pk).update(state=SchoolState.CLOSED)  # as another worker does it
    now[0] += 2
    assert not hosts.place_of(host).known
