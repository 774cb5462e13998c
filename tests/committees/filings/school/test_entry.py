"""Filling in by page: numbers as people type them, nothing typed is lost, two people at once."""

import pytest

from tests.committees.filings.school.ground import VALUES, Case, accept_year_before, make_case, typed


@pytest.fixture
def begun(case: Case) -> Case:
    """A case in which filling in has begun."""
    case.begin()
    return case


def post(case: Case, who: str = "clerk_a", *, save: bool = False, revision: int | str | None = None, **fields: str):
    """A page posted: by htmx when `save`, else by its buttons."""
    tail = "prepare/save/" if save else "prepare/"
    seen = case.draft().revision if revision is None else revision
    headers = {"HX-Request": "true"} if save else {}
    return case.client(who).post(f"{case.path}{tail}", {"revision": seen, **fields}, headers=headers)


@pytest.mark.requirement("S9-75")
@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("6102.3", "万kWh", "61023000"), ("６，１０２．３", "万kWh", "61023000"), ("61,023,000", "kWh", "61023000"),
        (" 6102.3万 ", "kWh", "61023000"), ("0", "kWh", "0"),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(begun: Case, text, unit, value):
    assert post(begun, save=True, **typed(electricity=text), **{"u-electricity": unit}).status_code == 200
    entry = begun.entry("electricity")
    assert (entry["value"], entry["source"], entry["origin"]) == (value, text.strip(), "typed")


@pytest.mark.parametrize(("text", "repair"), [("58,3OO", "58300"), ("86400升", "86400"), ("约5000", ""), ("1,23", "")])
def test_a_refused_text_is_kept_and_shown_with_its_reason(begun: Case, text, repair):
    answer = post(begun, save=True, **typed(diesel=text)).content.decode()
    entry = begun.entry("diesel")
    assert entry["value"] is None
    assert entry["source"] == text
    assert 'id="e-diesel"' in answer
    page = begun.client().get(f"{begun.path}prepare/").content.decode()
    assert f'value="{text}"' in page
    assert 'aria-invalid="true"' in page
    assert (f'value="diesel:{repair}"' in page) == bool(repair)


def test_a_refused_text_never_gets_filed(begun: Case):
    begun.write(VALUES)
    post(begun, **typed(diesel="58,3OO"))
    answer = post(begun, do="send")
    assert answer.url.endswith("?check=1#main")
    confirm = begun.client().get(f"{begun.path}request_approval/").content.decode()
    assert f'action="{begun.path}request_approval/"' not in confirm
    assert begun.client().post(f"{begun.path}request_approval/", {}).status_code == 409
    assert begun.state() == "started"


def test_a_repair_button_mends_the_value(begun: Case):
    post(begun, **typed(diesel="58,3OO"))
    answer = post(begun, **typed(diesel="58,3OO"), fix="diesel:58300")
    assert answer.url.endswith("#r-diesel")
    assert begun.entry("diesel")["value"] == "58300"


def test_changing_the_unit_reads_the_same_text_anew(begun: Case):
    post(begun, save=True, **typed(electricity="6102.3"), **{"u-electricity": "万kWh"})
    post(begun, save=True, **typed(electricity="6102.3"), **{"u-electricity": "kWh"})
    assert begun.entry("electricity")["value"] == "6102.3"


def test_only_what_changed_makes_a_revision(begun: Case):
    post(begun, save=True, **typed(water="100"))
    assert begun.draft().revision == 1
    post(begun, save=True, **typed(water="100"))
    assert begun.draft().revision == 1


@pytest.mark.requirement("S9-75")
def test_a_doubt_is_answered_in_words(cast):
    accept_year_before(cast, {**VALUES, "water": "1000000"})
    case = make_case(cast)
    case.begin()
    case.write(VALUES)
    page = case.client().get(f"{case.path}prepare/").content.decode()
    assert 'name="n-water"' in page
    answer = post(case, save=True, **{"n-water": "8月起新增两栋宿舍。"}).content.decode()
    assert "w-ok" in answer
    assert case.entry("water")["note"] == "8月起新增两栋宿舍。"
    assert case.entry("water")["value"] == VALUES["water"]
    assert post(case, do="send").url.endswith("/request_approval/")


def test_missing_items_are_quiet_until_asked(begun: Case):
    page = begun.client().get(f"{begun.path}prepare/").content.decode()
    assert "is-wrong" not in page
    assert "is-wrong" in begun.client().get(f"{begun.path}prepare/?check=1").content.decode()


def test_last_years_value_is_offered_as_a_repair(cast):
    accept_year_before(cast)
    case = make_case(cast)
    case.begin()
    case.write({**VALUES, "heat": "128910", "heat_cost": "8830300"})
    page = case.client().get(f"{case.path}prepare/").content.decode()
    assert 'value="heated_area:986200"' in page


def test_two_people_in_different_items_are_merged(begun: Case):
    post(begun, save=True, **typed(water="100"))
    post(begun, save=True, who="clerk_a", revision=1, **typed(water="100", diesel="5"))
    answer = post(begun, who="head_a", save=True, revision=1, **typed(water="100", gasoline="7"))
    assert "clash" not in answer.content.decode()
    entries = begun.draft().entries
    assert {code: entries[code]["value"] for code in entries} == {"water": "100", "diesel": "5", "gasoline": "7"}


@pytest.mark.requirement("WFL")
def test_two_people_in_one_item_see_both_values(begun: Case):
    post(begun, save=True, **typed(water="100"))
    post(begun, save=True, revision=1, **typed(water="200"))
    answer = post(begun, who="head_a", save=True, revision=1, **typed(water="300", gasoline="7")).content.decode()
    assert "300" in answer
    assert "200" in answer
    assert 'id="i-water" hx-swap-oob' in answer
    assert begun.entry("water")["value"] == "200"
    assert begun.entry("gasoline")["value"] == "7"
    page = post(begun, who="head_a", revision=1, **typed(water="300"))
    assert page.status_code == 409
    text = page.content.decode()
    assert 'name="m-water" value="300"' in text
    fields = {"mine": "water", "m-water": "300", "mu-water": "m³", "mn-water": ""}
    post(begun, who="head_a", revision=begun.draft().revision, **fields)
    assert begun.entry("water")["value"] == "300"


def test_saving_after_the_return_moved_on_says_so(begun: Case):
    begun.write(VALUES)
    client = begun.client()
    begun.client().post(f"{begun.path}request_approval/", {"version": 1})
    assert begun.state() == "approval_requested"
    answer = client.post(f"{begun.path}prepare/save/", {"revision": 1, "q-water": "5"}, headers={"HX-Request": "true"})
    assert 'role="alert"' in answer.content.decode()
    assert begun.entry("water")["value"] == VALUES["water"]
    assert client.get(f"{begun.path}prepare/").status_code == 302


def test_a_viewer_may_read_and_not_write(case: Case, member):
    case.begin()
    from tenants.models import SchoolRole
    from tests.ground.clients import client_on

    viewer = client_on(case.cast.school_a.host, member(case.cast.school_a, SchoolRole.VIEWER))
    assert viewer.get(case.path).status_code == 200
    assert viewer.get(f"{case.path}prepare/").status_code == 403
    assert viewer.post(f"{case.path}prepare/save/", {"q-water": "1"}).status_code == 403
