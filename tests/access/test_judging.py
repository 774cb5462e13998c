"""The judgements find what they are for: each is tried on a sound and on a leaking view of a sample."""

import pytest

from tests.access import judging, places
from tests.access.matrix import ACTORS, Row, read
from tests.access.places import Place
from tests.access.sample_views import SECRETS

OWN, FOREIGN = SECRETS
MEMBERS = {"clerk_a", "head_a"}


@pytest.fixture(autouse=True)
def _sample(settings):
    settings.PUBLIC_SCHEMA_URLCONF = settings.SCHOOL_URLCONF = "tests.access.sample_views"


@pytest.fixture
def items(monkeypatch):
    paper = Place(own={"public_id": OWN}, foreign={"public_id": FOREIGN})
    providers = {("association", name): lambda _cast: paper for name in ("paper", "leak")}
    monkeypatch.setattr(places, "_providers", providers)
    return {item.name: item for item in judging.all_routes() if item.host == "association"}


def _row(route: str, method: str = "GET", *, inside: str = "200", outside: str = "404") -> Row:
    outcomes = {actor: inside if actor in MEMBERS else outside for actor in ACTORS}
    return Row("association", route, method, {**outcomes, "visitor": "login"})


def test_routes_without_row_or_door_are_found(items):
    faults = list(judging.uncovered([_row("closed"), _row("gone")], items.values()))
    assert "no door on the view of association,bare (tenants/doors.py)" in faults
    assert "no row in tests/access/matrix.csv: association,paper" in faults
    assert "no row in tests/access/matrix.csv: association,include:/foreign/" in faults
    assert "a row without a route: association,gone" in faults
    assert not [fault for fault in faults if "closed" in fault]


def test_a_true_row_holds_and_a_false_one_fails(items, cast):
    assert not list(judging.misjudged(_row("closed"), items["closed"], cast))
    faults = list(judging.misjudged(_row("closed", inside="403"), items["closed"], cast))
    assert faults == ["association,closed,GET: 200 instead of 403 for head_a, clerk_a"]


def test_a_foreign_id_that_shows_is_found(items, cast):
    assert not list(judging.told_apart(items["paper"], cast))
    faults = list(judging.told_apart(items["leak"], cast))
    assert len(faults) == len(MEMBERS)
    assert all("status 403 and 404" in fault for fault in faults)


def test_a_place_without_foreign_object_says_why(items, cast, monkeypatch):
    monkeypatch.setattr(places, "_providers", {("association", "paper"): lambda _cast: Place(own={"public_id": OWN})})
    assert any("does not say why" in fault for fault in judging.told_apart(items["paper"], cast))


def test_an_unlisted_method_that_is_answered_is_found(items, cast):
    assert not list(judging.unlisted_methods([_row("paper")], items["paper"], cast))
    faults = list(judging.unlisted_methods([_row("closed")], items["closed"], cast))
    assert any("clerk_a got 200 for POST" in fault for fault in faults)


def test_a_rule_without_effect_is_found(items, cast):
    assert not list(judging.without_effect([_row("closed")], items["closed"], cast))
    assert not list(judging.without_effect([_row("paper")], items["paper"], cast))
    everyone = Row("association", "ajar", "GET", dict.fromkeys(ACTORS, "200"))
    assert list(judging.without_effect([everyone], items["ajar"], cast))


def test_after_the_trial_the_rule_is_back(items, cast):
    list(judging.without_effect([_row("closed")], items["closed"], cast))
    assert not list(judging.misjudged(_row("closed"), items["closed"], cast, actors=["stranger"]))


def test_the_matrix_file_is_read_strictly(tmp_path):
    head = f"host,route,method,everyone,{','.join(ACTORS)}\n"
    good = f"association,home,GET,200{',' * len(ACTORS)}\n"
    path = tmp_path / "matrix.csv"
    path.write_text(head + good)
    assert read(path)[0].outcomes["clerk_a"] == "200"
    path.write_text(head + good + good)
    with pytest.raises(ValueError, match="twice"):
        read(path)
    path.write_text(head + good.replace("200", ""))
    with pytest.raises(ValueError, match="no outcome"):
        read(path)
