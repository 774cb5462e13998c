"""After a correction, card and bulletin show the old figure with the day until which it was published."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.filings import actions
from committees.filings import correction_actions as corrections
from committees.filings.models import Call, Filing
from committees.filings.slugs import slug_of
from tenants.context import school_scope
from tests.committees.filings.committee.ground import bring, entries_of, filing_of, later, make_call, more_schools
from tests.ground.cast import Cast
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-43")]
ACCEPTED = later(20)


@pytest.fixture
def call(cast: Cast) -> Call:
    """Four accepted filings; the electricity of school A was corrected from 4111 to 4112, and is published with names."""
    schools = [cast.school_a, cast.school_b, *more_schools(2)]
    call = make_call(cast, schools)
    for school in schools:
        bring(cast, call, school, "accepted", electricity_buildings=4111)
    return call


def correct(cast: Cast, filing: Filing, value: int) -> None:
    with school_scope(filing.school):
        corrections.ask_correction(filing=filing, reason="倍率", by=cast["clerk_a"], at=later(9))
    corrections.grant_correction(filing=filing, by=cast["officer"], at=later(10))
    with school_scope(filing.school):
        actions.save_draft(
            filing=filing,
            entries=entries_of(electricity_buildings=value),
            revision=None,
            by=cast["clerk_a"],
            at=later(11),
        )
        actions.request_approval(filing=filing, by=cast["clerk_a"], at=later(11, 1))
        actions.file(filing=filing, by=cast["head_a"], at=later(11, 2))
    actions.accept(filing=filing, by=cast["officer"], at=ACCEPTED)


def texts(call: Call, filing: Filing) -> tuple[str, str]:
    assert filing.number
    assert call.number
    pages = (("filing_card", filing.number), ("bulletin", call.number))
    return tuple(  # type: ignore[return-value]
        association_client().get(reverse(name, args=[slug_of(number)])).content.decode() for name, number in pages
    )


def test_the_old_figure_stands_on_card_and_bulletin_with_its_day(cast: Cast, call: Call) -> None:
    filing = filing_of(call, cast.school_a)
    card, bulletin = texts(call, filing)
    assert 'id="h-former"' not in card
    before = bulletin
    correct(cast, filing, 9112)
    card, bulletin = texts(call, filing_of(call, cast.school_a))
    day = timezone.localtime(ACCEPTED)
    section = card[card.index('id="h-former"') : card.index('id="h-figures"')]
    assert "4,111" in section
    assert f"{day.month}月{day.day}日" in section
    assert "9,112" in card[card.index('id="h-figures"') :]
    old = re.search(r'class="t">综合能耗</p><p class="v">([\d,.]+)', before)
    assert old
    new = re.search(r'class="t">综合能耗</p><p class="v">([\d,.]+)', bulletin)
    assert new
    assert old[1] != new[1]
    assert f"{day.year}年{day.month}月{day.day}日前公布为{old[1]}" in bulletin


def test_until_it_is_accepted_nothing_old_is_shown(cast: Cast, call: Call) -> None:
    filing = filing_of(call, cast.school_a)
    with school_scope(filing.school):
        corrections.ask_correction(filing=filing, reason="倍率", by=cast["clerk_a"], at=later(9))
    corrections.grant_correction(filing=filing, by=cast["officer"], at=ACCEPTED - timedelta(days=1))
    card, bulletin = texts(call, filing_of(call, cast.school_a))
    assert 'id="h-former"' not in card
    assert "9,112" not in bulletin
