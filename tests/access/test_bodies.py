"""A foreign id in a form or behind the question mark answers like one that never existed."""

import pytest
from django.db import transaction

from tests.access import bodies
from tests.access.asking import ask, face

ODD_NUMBERS = ("²", "٣", "-1", "1e9", "9" * 40, "0", "1.5", "\x00", " ")


def _face(named, given, cast):
    words = [str(value) for value in [*named.foreign.values(), *named.unknown.values()]]
    with transaction.atomic():
        answer = ask(named.host, named.path, named.method, named.actor, cast, {**named.fixed, **given})
        found = face(answer, words)
        transaction.set_rollback(True)
    return found


@pytest.mark.requirement("TEN-02")
@pytest.mark.parametrize("make", bodies.CASES, ids=lambda make: make.__name__)
def test_a_foreign_id_in_a_body_answers_like_an_unknown_one(make, cast):
    named = make(cast)
    foreign, unknown = (_face(named, given, cast) for given in (named.foreign, named.unknown))
    assert foreign[0] == unknown[0]
    assert foreign[1] == unknown[1]
    assert foreign[2] == unknown[2]


def test_the_comparison_sees_an_own_id(cast):
    """Control: an own call on the board differs from an unknown one."""
    case = bodies._case(cast)
    named = bodies.Named(
        "association", f"/committees/{cast.committee.code}/board/", "GET", "officer",
        {"call": case.call.public_id}, {"call": bodies.NOBODY},
    )  # fmt: skip
    assert _face(named, named.foreign, cast) != _face(named, named.unknown, cast)


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_odd_numbers_in_forms_and_addresses_are_no_error(number, cast):
    case = bodies._case(cast, filed=True)
    at = f"/committees/{cast.committee.code}/filings/{case.filing.public_id}/decide/"
    approval = f"/filings/{case.filing.public_id}/request_approval/"
    move = f"/committees/{cast.committee.code}/calls/{case.call.public_id}/move/"
    asked = [
        ("association", at, "POST", "officer", {"do": "accept", "version": number, "key": number}),
        ("association", move, "POST", "officer", {"do": "close", "version": number, "key": number}),
        ("association", "/office/schools/", "GET", "secretary", {"page": number}),
        ("association", f"/filings/{case.filing.number}/", "GET", "officer", {"version": number}),
        ("school", approval, "POST", "clerk_a", {"version": number, "key": number}),
    ]  # fmt: skip
    for host, path, method, actor, data in asked:
        with transaction.atomic():
            assert ask(host, path, method, actor, cast, data).status_code < 500
            transaction.set_rollback(True)
