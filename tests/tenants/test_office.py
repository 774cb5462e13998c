"""The office: schools are opened, posts and seats given, the log read."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from committees.roster.models import Seat
from tenants.actions import build_school, register_school
from tenants.actions.invitations import invitation_code
from tenants.actions.posts import PostRefused, end_post, grant_post
from tenants.hosts import forget_hosts
from tenants.models import (
    AssociationPost,
    Invitation,
    Membership,
    ResetCode,
    School,
    SchoolState,
    SecurityAction,
    SecurityEvent,
)
from tenants.opening import opening_steps
from tests.ground.cast import BEGIN

FORM = {"name_zh": "津沽职业学院", "name_en": "Jingu College", "code": "jingu", "type": "vocational"}
HEAD = {"name": "新处长", "phone": "13800000008", "starts_on": "2026-01-01", "post": "后勤处处长"}


@pytest.fixture(autouse=True)
def _no_counts(db) -> None:
    cache.clear()


@pytest.fixture
def secretary(client_on, cast):
    return client_on("portal.localhost", cast["secretary"])


@pytest.fixture
def admin(client_on, cast):
    return client_on("portal.localhost", cast["system_admin"])


def done(school):
    return [step.done for step in opening_steps(School.objects.get(pk=school.pk))]


# ---------------------------------------------------------------- schools


@pytest.mark.requirement("S9-13")
def test_a_secretary_opens_a_school_and_its_head_gets_in(secretary, client_on):
    response = secretary.post("/office/schools/open/", FORM)
    assert response["Location"] == "/office/schools/jingu/"
    school = School.objects.get(code="jingu")
    assert done(school) == [True, False, False, False]
    page = secretary.get("/office/schools/jingu/").text
    assert 'hx-post="/office/schools/jingu/step/"' in page
    assert secretary.post("/office/schools/jingu/step/")["Location"] == "/office/schools/jingu/"
    assert done(school) == [True, True, True, False]
    sheet = secretary.post("/office/schools/jingu/head/", HEAD)["Location"]
    assert secretary.get(sheet).status_code == 200
    assert done(school) == [True, True, True, True]
    visitor = client_on("portal.localhost")
    new = {
        "account": "new.head",
        "name": "新处长",
        "password1": "eine-neue-Strasse-9",
        "password2": "eine-neue-Strasse-9",
    }
    code = invitation_code(Invitation.objects.get())
    assert visitor.post(f"/accounts/invitation/{code}/", new)["Location"] == "http://jingu.portal.localhost:8000/desk/"
    assert Membership.objects.get(school=school).role == "head"
    actions = set(SecurityEvent.objects.filter(school=school).values_list("action", flat=True))
    assert {"school_registered", "school_opened", "invited", "invitation_accepted", "membership_granted"} <= actions


def test_a_step_of_htmx_is_a_fragment(secretary):
    secretary.post("/office/schools/open/", FORM)
    part = secretary.post("/office/schools/jingu/step/", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<section id="steps"')
    assert "hx-post" not in part, "nothing is left for the system to do"


def test_steps_pressed_twice_do_no_harm(secretary):
    secretary.post("/office/schools/open/", FORM)
    secretary.post("/office/schools/jingu/step/")
    secretary.post("/office/schools/jingu/step/")
    assert SecurityEvent.objects.filter(action=SecurityAction.SCHOOL_OPENED, school__code="jingu").count() == 1


def test_an_opening_killed_after_step_one_goes_on(cast, secretary):
    """Registered, then nothing: the page shows where it stands, one press goes on."""
    school = register_school(
        code="jingu",
        name_zh="津沽职业学院",
        name_en="Jingu",
        type="vocational",
        by=cast["secretary"],
        at=timezone.now(),
    )
    assert secretary.post("/office/schools/open/", FORM).status_code == 422, "not twice"
    secretary.post("/office/schools/jingu/step/")
    assert done(school) == [True, True, True, False]


def test_an_opening_killed_in_the_middle_of_building_leaves_nothing_half(cast, monkeypatch):
    """The space is built whole or not at all: a crash before the row is saved takes the schema away again."""
    now = timezone.now()
    school = register_school(code="jingu", name_zh="津沽职业学院", name_en="Jingu", type="vocational", by=None, at=now)

    def crash(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(School, "save", crash)
        with pytest.raises(KeyboardInterrupt):
            build_school(school=school, by=None, at=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('s_jingu')")
        assert cursor.fetchone() == (None,)
    assert done(school) == [True, False, False, False]
    build_school(school=school, by=None, at=now)
    assert done(school) == [True, True, True, False]


def test_an_opening_killed_before_the_head_goes_on(cast, secretary):
    now = timezone.now()
    school = register_school(code="jingu", name_zh="津沽职业学院", name_en="Jingu", type="vocational", by=None, at=now)
    build_school(school=school, by=None, at=now)
    secretary.post("/office/schools/jingu/head/", HEAD)
    assert done(school) == [True, True, True, True]


def test_no_head_before_the_space_stands(secretary):
    secretary.post("/office/schools/open/", FORM)
    assert secretary.post("/office/schools/jingu/head/", HEAD).status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "www"},
        {"code": "1abc"},
        {"code": "lingang"},
        {"code": "a"},
        {"code": "ab_c"},
        {"name_zh": "临港理工大学"},
        {"name_zh": ""},
        {"type": "x"},
    ],
)
def test_a_wrong_form_registers_nothing(secretary, wrong):
    before = School.objects.count()
    assert secretary.post("/office/schools/open/", {**FORM, **wrong}).status_code == 422
    assert School.objects.count() == before


@pytest.mark.parametrize(("code", "good"), [("jingu", True), ("www", False), ("lingang", False), ("", None)])
def test_a_code_is_judged_while_it_is_typed(secretary, code, good):
    part = secretary.get("/office/schools/open/code/", {"code": code}).text
    assert ("jingu.portal.localhost" in part) is (good is True)
    assert ("hq-err" in part) is (good is False)


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("临港", 1),
        ("lingang", 1),
        ("lin gang", 1),
        ("lglgdx", 1),
        ("Normal", 1),
        ("haijin", 1),
        ("大学", 2),
        ("没有", 0),
    ],
)
def test_schools_are_found(secretary, q, found):
    page = secretary.get("/office/schools/", {"q": q}).text
    assert page.count('<tr><th scope="row">') == found


def test_schools_are_filtered_and_sorted(secretary):
    School.objects.filter(code="haijin").update(state=SchoolState.CLOSED)
    forget_hosts()
    assert "海津师范" not in secretary.get("/office/schools/", {"state": "open"}).text
    up, down = (secretary.get("/office/schools/", {"sort": sort}).text for sort in ("name", "-name"))
    assert up.index("海津师范") < up.index("临港理工")
    assert down.index("临港理工") < down.index("海津师范")
    assert secretary.get("/office/schools/", {"sort": "password"}).status_code == 200
    part = secretary.get("/office/schools/", {"q": "临港"}, headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="found">')


def test_the_list_of_schools_costs_the_same_at_one_and_three(secretary, queries, make_school):
    queries.at_1_and_3(10, make_school, lambda: secretary.get("/office/schools/"))


def test_a_secretary_helps_a_head_back_in(secretary, cast):
    row = Membership.objects.get(user=cast["head_a"])
    assert (
        "/office/reset-codes/" in secretary.post(f"/office/schools/lingang/people/{row.public_id}/reset/")["Location"]
    )


@pytest.mark.parametrize("key", ["secretary", "system_admin", "audit_admin", "editor"])
def test_a_secretary_resets_nobody_with_a_post(secretary, cast, key):
    post = Membership.objects.create(school=cast.school_a, user=cast[key], role="viewer", starts_on=BEGIN)
    secretary.post(f"/office/schools/lingang/people/{post.public_id}/reset/")
    assert not ResetCode.objects.exists()


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("stranger", 404),
        ("head_a", 404),
        ("officer", 404),
        ("editor", 403),
        ("audit_admin", 403),
        ("system_admin", 200),
    ],
)
def test_who_sees_the_register(client_on, cast, key, status):
    assert client_on("portal.localhost", cast[key]).get("/office/schools/").status_code == status


def test_a_visitor_is_led_to_the_sign_in(association_client):
    answer = association_client.get("/office/schools/?q=a")
    assert answer["Location"] == "http://portal.localhost:8000/accounts/login/?next=%2Foffice%2Fschools%2F%3Fq%3Da"


# ---------------------------------------------------------------- posts


def test_three_administrators_are_never_one(admin, cast):
    form = {"role": "audit_admin", "account": "security_admin", "starts_on": "2026-01-01"}
    answer = admin.post("/office/people/", form)
    assert answer.status_code == 422
    assert "司安" in answer.text
    assert AssociationPost.objects.filter(user=cast["security_admin"]).count() == 1


def test_not_even_from_tomorrow(cast):
    now, tomorrow = timezone.now(), timezone.localdate() + timedelta(days=1)
    AssociationPost.objects.filter(user=cast["audit_admin"]).update(starts_on=tomorrow)
    with pytest.raises(PostRefused):
        grant_post(user=cast["audit_admin"], role="system_admin", starts_on=date(2026, 1, 1), by=None, at=now)


def test_the_database_holds_it_too(cast):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="three_administrators"), transaction.atomic():
        AssociationPost.objects.create(user=cast["audit_admin"], role="system_admin", starts_on=BEGIN)


def test_nor_by_invitation(admin, client_on, cast):
    admin.post("/office/people/", {"role": "security_admin", "name": "某人", "starts_on": "2026-01-01"})
    code = invitation_code(Invitation.objects.get())
    auditor = client_on("portal.localhost", cast["audit_admin"])
    assert auditor.post(f"/accounts/invitation/{code}/accept/")["Location"] == f"/accounts/invitation/{code}/"
    assert AssociationPost.objects.filter(user=cast["audit_admin"]).count() == 1
    stranger = client_on("portal.localhost", cast["stranger"])
    stranger.post(f"/accounts/invitation/{code}/accept/")
    assert AssociationPost.objects.get(user=cast["stranger"]).role == "security_admin"


def test_a_post_is_given_and_ended(admin, cast):
    admin.post("/office/people/", {"role": "editor", "account": "stranger", "starts_on": "2026-01-01"})
    row = AssociationPost.objects.get(user=cast["stranger"])
    admin.post(f"/office/people/posts/{row.pk}/end/")
    row.refresh_from_db()
    assert row.ends_on == timezone.localdate()
    assert (
        admin.post("/office/people/", {"role": "editor", "account": "nobody", "starts_on": "2026-01-01"}).status_code
        == 422
    )
    assert admin.post("/office/people/", {"role": "editor", "starts_on": "2026-01-01"}).status_code == 422


def test_the_last_system_administrator_stays(cast):
    row = AssociationPost.objects.get(user=cast["system_admin"])
    with pytest.raises(PostRefused):
        end_post(post=row, ends_on=timezone.localdate(), by=cast["system_admin"], at=timezone.now())


def test_the_security_administrator_lets_officers_in_again(client_on, cast, admin):
    row = AssociationPost.objects.get(user=cast["secretary"])
    security = client_on("portal.localhost", cast["security_admin"])
    assert "/office/reset-codes/" in security.post(f"/office/people/posts/{row.pk}/reset/")["Location"]
    assert admin.post(f"/office/people/posts/{row.pk}/reset/").status_code == 403
    assert (
        security.post(
            "/office/people/", {"role": "editor", "account": "stranger", "starts_on": "2026-01-01"}
        ).status_code
        == 200
    )
    assert not AssociationPost.objects.filter(user=cast["stranger"]).exists()


# ---------------------------------------------------------------- seats


@pytest.mark.requirement("S9-52")
def test_a_secretary_names_a_chair_for_a_term(secretary, cast):
    form = {"kind": "chair", "account": "stranger", "task": "主持", "starts_on": "2026-01-01", "ends_on": "2029-12-31"}
    assert secretary.post("/office/committees/energy/", form)["Location"] == "/office/committees/energy/"
    seat = Seat.objects.get(user=cast["stranger"])
    assert (seat.kind, seat.task, seat.ends_on) == ("chair", "主持", date(2029, 12, 31))
    assert secretary.post("/office/committees/energy/", form).status_code == 422, "held already"
    page = secretary.get("/office/committees/energy/").text
    assert page.index("路遥遥") < page.index("穆清"), "the chair first"
    secretary.post(f"/office/committees/energy/seats/{seat.public_id}/end/", {"ends_on": "2026-01-31"})
    seat.refresh_from_db()
    assert seat.ends_on == date(2026, 1, 31)
    assert "路遥遥" in secretary.get("/office/committees/energy/").text, "among the earlier ones"
    assert secretary.post("/office/committees/energy/", form).status_code == 422, "terms do not overlap"
    secretary.post("/office/committees/energy/", {**form, "starts_on": "2026-02-01"})
    assert Seat.objects.filter(user=cast["stranger"]).count() == 2


def test_somebody_new_is_invited_to_a_seat(secretary, client_on, cast):
    form = {"kind": "expert", "name": "新专家", "task": "评审", "starts_on": "2026-01-01", "ends_on": ""}
    sheet = secretary.post("/office/committees/energy/", form)["Location"]
    assert "能源管理专业委员会" in secretary.get(sheet).text
    code = invitation_code(Invitation.objects.get())
    client = client_on("portal.localhost", cast["stranger"])
    assert "能源管理专业委员会" in client.get(f"/accounts/invitation/{code}/").text
    client.post(f"/accounts/invitation/{code}/accept/")
    assert Seat.objects.get(user=cast["stranger"]).task == "评审"
    assert SecurityEvent.objects.filter(action=SecurityAction.SEAT_GRANTED).count() == 1


def test_a_term_has_an_order(secretary):
    form = {"kind": "chair", "account": "stranger", "starts_on": "2026-02-01", "ends_on": "2026-01-01"}
    assert secretary.post("/office/committees/energy/", form).status_code == 422


def test_an_unknown_committee_and_a_foreign_seat(secretary, cast):
    assert secretary.get("/office/committees/nowhere/").status_code == 404
    seat = Seat.objects.get(user=cast["officer"])
    assert (
        secretary.post(
            f"/office/committees/canteens/seats/{seat.public_id}/end/", {"ends_on": "2026-01-01"}
        ).status_code
        == 404
    )
    assert secretary.get("/office/committees/").status_code == 200


def test_only_a_secretary_gives_seats(client_on, cast):
    for key, status in (("officer", 404), ("system_admin", 403), ("stranger", 404)):
        assert client_on("portal.localhost", cast[key]).get("/office/committees/energy/").status_code == status


# ---------------------------------------------------------------- the log


@pytest.fixture
def auditor(client_on, cast):
    return client_on("portal.localhost", cast["audit_admin"])


def write(count, **fields):
    rows = [
        SecurityEvent(at=timezone.now(), action=SecurityAction.SCHOOL_ENTERED, **fields) for _number in range(count)
    ]
    SecurityEvent.objects.bulk_create(rows)


def test_the_log_is_for_the_auditor_alone(client_on, cast, auditor):
    assert auditor.get("/office/security/").status_code == 200
    for key in ("system_admin", "security_admin", "secretary"):
        client = client_on("portal.localhost", cast[key])
        assert client.get("/office/security/").status_code == 403
        assert client.get("/office/security/export/").status_code == 403


def test_the_log_is_filtered(auditor, cast):
    write(2, user=cast["head_a"], address="192.0.2.7")
    write(1, user=cast["clerk_a"], succeeded=False)

    def count(**asked):
        return auditor.get("/office/security/", asked).text.count('<tr><th scope="row">')

    assert count(q="head_a") == 2
    assert count(q="简宁") == 1
    assert count(q="192.0.2.7") == 2
    assert count(q="nothing") == 0
    assert count(outcome="refused") == 1
    assert count(action="sign_out") == 0
    assert count(until="2020-01-01") == 0
    assert count(since=timezone.localdate().isoformat(), action="school_entered") == 3


def test_the_log_has_pages(auditor):
    write(120)
    first, last = (auditor.get(f"/office/security/?action=school_entered&page={number}").text for number in (1, 3))
    assert first.count('<tr><th scope="row">') == 50
    assert last.count('<tr><th scope="row">') == 20


def test_the_log_is_exported_without_formulas(auditor, cast):
    cast["head_a"].name = '=HYPERLINK("x")'
    cast["head_a"].save()
    write(1, user=cast["head_a"])
    text = b"".join(auditor.get("/office/security/export/?q=head_a").streaming_content).decode()
    assert text.startswith("\ufeff")
    assert "'=HYPERLINK" in text
    assert len(text.strip().splitlines()) == 2


def test_the_log_is_written_once(db):
    from django.db import transaction
    from django.db.utils import ProgrammingError

    write(1)
    for change in (lambda rows: rows.update(succeeded=False), lambda rows: rows.delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change(SecurityEvent.objects.all())


def test_the_log_never_holds_a_password(client_on, cast):
    client_on("portal.localhost").post(
        "/accounts/login/", {"login": "my-secret-typed-as-a-name", "password": "hunter2-hunter2"}
    )
    assert "secret" not in str(list(SecurityEvent.objects.values()))
    assert "hunter2" not in str(list(SecurityEvent.objects.values()))
