"""The real figures: 56 schools file through the actions, the last one is accepted, and the sums are those of the source."""

import csv
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db.models import Sum
from django.urls import reverse

from committees.energy.bulletin import read_bulletin
from committees.energy.calls import published_call
from committees.energy.figures import MixedBasis, total
from committees.filings import actions
from committees.filings.answers import Answer, Entry
from committees.filings.figures import MixedBases, sums_of
from committees.filings.models import Call, Figure, Filing, RollUp
from committees.filings.slugs import slug_of
from portal.demo.figures import FOLDER, school_rows
from portal.demo.seed import seed_primary_call
from tenants.actions import open_school
from tenants.models import Membership, SchoolRole
from tests.factories.people import make_user
from tests.ground.cast import read_cast
from tests.ground.clients import association_client

pytestmark = [pytest.mark.committed(scope="module"), pytest.mark.requirement("S9-33")]
AT = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
LAST = 3
#: Printed in the description of the data set: the headquarters included.
PRINTED = {
    "area_buildings": 1_312_634, "area_dormitories": 386_851, "electricity_buildings": 665_148,
    "electricity_dormitories": 208_622, "fossil_buildings": 211_798, "fossil_dormitories": 118_157, "new_energy": 11_689,
    "co2_electricity_buildings": 34_316, "co2_electricity_dormitories": 10_564, "co2_fossil_buildings": 11_789,
    "co2_fossil_dormitories": 7_025,
}  # fmt: skip
#: Without the headquarters.
COLLEGES = {"area_buildings": 1_311_314, "electricity_buildings": 663_941}


@dataclass
class Real:
    """The call with all 56 accepted, and the sums before and after the last acceptance."""

    call: Call
    before: dict[str, Decimal]
    after: dict[str, Decimal]
    last: Filing


def totals(call: Call) -> dict[str, Decimal]:
    """The kept sums."""
    return dict(RollUp.objects.filter(call=call).values_list("indicator", "total"))


@pytest.fixture(scope="module")
def real(module_database: str) -> Real:
    """56 filings; 55 accepted on the way, the last one here."""
    cast = read_cast()
    clerk, head = make_user(), make_user()
    people = {"chair": cast["officer"], "officer": cast["officer"]}
    for row in school_rows():
        school = open_school(by=None, at=AT - timedelta(days=100), **row)
        for user, role in ((clerk, SchoolRole.CLERK), (head, SchoolRole.HEAD)):
            Membership.objects.create(school=school, user=user, role=role, starts_on=date(2024, 1, 1))
        people |= {f"{school.code}-clerk": clerk, f"{school.code}-head": head}
    call = seed_primary_call(people, AT, {LAST: "filed"})
    last = Filing.objects.select_related("school", "call__committee", "duty").get(call=call, state="filed")
    before = totals(call)
    actions.accept(filing=last, by=cast["officer"], at=AT)
    return Real(call, before, totals(call), last)


def rows() -> list[dict[str, str]]:
    """The table of the source as it lies in the project."""
    with (FOLDER / "colleges2020.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_all_accepted_the_totals_are_the_printed_ones(real):
    assert {code: real.after[code] for code in PRINTED} == PRINTED
    assert set(RollUp.objects.filter(call=real.call, indicator__in=PRINTED).values_list("schools", flat=True)) == {56}


def test_and_those_of_an_independent_sum(real):
    for code in PRINTED:
        assert real.after[code] == sum(int(row[code]) for row in rows()), code
    columns = ("electricity_buildings", "electricity_dormitories", "fossil_buildings", "fossil_dormitories")
    energy = sum(int(row[column]) for row in rows() for column in columns)
    assert real.after["energy_total"] == energy


def test_without_the_headquarters(real):
    versions = real.call.filings.exclude(school__type="other").values("counted")
    assert versions.count() == 55
    for code, expected in COLLEGES.items():
        found = Figure.objects.filter(filing_version__in=versions, indicator=code).aggregate(sum=Sum("value"))["sum"]
        assert found == expected == sum(int(row[code]) for row in rows()[:-1])


def test_one_more_acceptance_moves_the_totals_by_exactly_that(real):
    payload = json.loads(real.last.counted.payload)
    for code in PRINTED:
        assert real.after[code] - real.before[code] == Decimal(payload["entries"][code]["value"]), code
    own = real.last.counted.figures.get(indicator="energy_total").value
    assert own == real.after["energy_total"] - real.before["energy_total"]


def test_the_headquarters_has_no_dormitory_intensity(real):
    headquarters = real.call.filings.get(school__type="other")
    assert headquarters.counted.figures.get(indicator="area_dormitories").value == 0
    assert headquarters.counted.figures.get(indicator="energy_per_area_dormitories").value is None
    page = association_client().get(reverse("bulletin", args=[slug_of(real.call.number)])).content.decode()
    assert "没有定义" in page
    assert "国立高等専門学校機構" in page


def test_the_bulletin_shows_56_schools_and_ratios_of_totals(real):
    found = read_bulletin(published_call(slug_of(real.call.number)))
    assert (found.counted, found.addressed, len(found.lines)) == (56, 56, 56)
    energy = Decimal(665_148 + 208_622 + 211_798 + 118_157)
    assert found.total("energy_total") == energy
    assert round(found.total("energy_per_area"), 6) == round(energy / Decimal(1_312_634 + 386_851), 6)
    ranked = [line.figures["energy_per_area"] for line in found.lines]
    assert ranked == sorted(ranked)


def test_mixed_bases_are_refused_in_an_answer_and_in_a_sum(real):
    form = real.call.form.form()
    answer = Answer(form, {code: Entry(Decimal(1)) for code in ("electricity_buildings", "area_buildings")})
    with pytest.raises(MixedBasis):
        total(answer, ["electricity_buildings", "area_buildings"])
    from django.db import transaction

    class Undone(Exception):
        pass

    def mixed():
        Figure.objects.create(
            filing_version=real.call.filings.first().counted, call=real.call, indicator="energy_total_x", value=1, unit="GJ",
            basis="final",
        )  # fmt: skip
        Figure.objects.create(
            filing_version=real.last.counted,
            call=real.call,
            indicator="energy_total_x",
            value=1,
            unit="GJ",
            basis="primary",
        )
        with pytest.raises(MixedBases):
            sums_of(real.call)
        raise Undone

    with pytest.raises(Undone), transaction.atomic():
        mixed()


def test_the_invariants_hold(real, capsys):
    call_command("verify_invariants")
    assert "56 sealed versions hold" in capsys.readouterr().out
