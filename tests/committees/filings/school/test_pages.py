"""Every page of a school's filings opens in every state, in both languages, for everybody who may."""

import pytest

from tests.committees.filings.school.ground import VALUES, Case, accept_year_before, make_case


def texts(client, *paths):
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        yield answer.content.decode()


def test_pages_before_anything_was_done(case: Case):
    listed, shown, guide = texts(case.client(), "/filings/", case.path, f"{case.path}guide/")
    assert "2026年度能源资源消费年报" in listed
    assert f"{case.path}start/" in shown
    assert "外购电量" in guide


@pytest.mark.requirement("S9-75")
def test_the_return_shows_last_year_and_running_figures(cast):
    accept_year_before(cast)
    case = make_case(cast)
    case.begin()
    case.write(VALUES)
    (page,) = texts(case.client(), f"{case.path}prepare/")
    assert "1,124,000" in page
    assert "+2.2%" in page
    assert "kgce/m²" in page
    assert 'name="u-electricity"' in page


@pytest.mark.requirement("S9-33")
def test_pages_after_filing(case: Case):
    case.send()
    (page,) = texts(case.client(), case.path)
    assert case.filing.latest.seal in page
    payload = case.client().get(f"{case.path}versions/1.json")
    assert payload.content.decode() == case.filing.latest.payload
    assert case.client().get(f"{case.path}versions/2.json").status_code == 404


def test_pages_in_english(case: Case):
    case.begin()
    client = case.client()
    for path in ("/en/filings/", f"/en{case.path}", f"/en{case.path}prepare/", f"/en{case.path}upload/"):
        assert client.get(path).status_code == 200


def test_another_schools_filing_is_unknown(case: Case):
    other = case.call.filings.get(school=case.cast.school_b)
    client = case.client()
    for tail in ("", "prepare/", "upload/", "workbook/", "file/", "guide/"):
        assert client.get(f"/filings/{other.public_id}/{tail}").status_code == 404
    assert client.get("/filings/00000000-0000-0000-0000-000000000000/").status_code == 404
