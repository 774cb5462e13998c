"""The commission sees what is filed and nothing else; its countersignature stands for figures as they were."""

from datetime import timedelta

import pytest

from committees.commission.actions import CountersignRefused, countersign
from committees.commission.models import Countersignature
from committees.commission.queries import digest_of_table, standing_of
from committees.filings import actions
from committees.filings.models import Call
from tenants.clock import database_now
from tenants.grants import sealed_tables
from tests.committees.filings.committee.ground import AT, bring, make_call, more_schools
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-13")]
CANARY = 918273645


@pytest.fixture
def client(cast):
    return association_client(cast["commission"])


def closed(cast, call) -> Call:
    actions.close_call(call=call, by=cast["officer"], at=AT + timedelta(days=40))
    return Call.objects.get(pk=call.pk)


def test_nothing_unfiled_is_seen(cast, client):
    schools = more_schools(3)
    call = make_call(cast, schools)
    bring(cast, call, schools[0], "started", electricity_buildings=CANARY)
    bring(cast, call, schools[1], "approval_requested", electricity_buildings=CANARY)
    filed = bring(cast, call, schools[2], "filed")
    for path in ("/commission/filed/", "/commission/filed/filed.csv"):
        text = client.get(path).content.decode()
        assert filed.number in text
        assert schools[2].name_zh in text
        for secret in (str(CANARY), "918,273,645", schools[0].name_zh, schools[1].name_zh):
            assert secret not in text, path


def test_filters_and_export_agree(cast, client):
    schools = more_schools(2)
    for period in ("2024", "2025"):
        call = make_call(cast, schools, period=period)
        for school in schools:
            bring(cast, call, school, "filed")
    text = client.get("/commission/filed/", {"period": "2024", "school": schools[0].name_zh}).content.decode()
    assert text.count('href="/filings/') == 1
    lines = client.get("/commission/filed/filed.csv", {"period": "2024"}).content.decode().strip().splitlines()
    assert len(lines) == 3


def test_a_countersignature_stands_for_the_figures_seen(cast, client):
    schools = more_schools(2)
    call = make_call(cast, schools)
    bring(cast, call, schools[0], "accepted")
    late = bring(cast, call, schools[1], "filed")
    digest, _counted = digest_of_table(call)
    with pytest.raises(CountersignRefused):
        countersign(call=call, seen=digest, by=cast["commission"], at=database_now())
    call = closed(cast, call)
    with pytest.raises(CountersignRefused):
        countersign(call=call, seen=digest, by=cast["officer"], at=database_now())
    assert client.post(f"/commission/tables/{call.public_id}/countersign/", {"seen": digest}).status_code == 302
    client.post(f"/commission/tables/{call.public_id}/countersign/", {"seen": digest})
    assert Countersignature.objects.get().digest == digest
    assert standing_of(call).changed is False
    assert "已会签" in client.get("/commission/tables/").content.decode()
    actions.accept(filing=late, by=cast["officer"], at=AT + timedelta(days=50))
    assert standing_of(call).changed is True
    assert "会签后有变动" in client.get("/commission/tables/").content.decode()
    with pytest.raises(CountersignRefused):
        countersign(call=call, seen=digest, by=cast["commission"], at=database_now())


def test_countersignatures_are_written_once():
    assert "commission_countersignature" in sealed_tables()


def test_queries_of_the_list_do_not_grow(cast, client, queries):
    schools = iter(more_schools(3))

    def one():
        school = next(schools)
        bring(cast, make_call(cast, [school]), school, "filed")

    queries.at_1_and_3(11, one, lambda: client.get("/commission/filed/"))
