"""Fills an empty association with the demo, through the same actions as the pages use."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.contrib.auth.hashers import make_password

from cms.content import fill_site
from committees.calendar.queries import load_overrides
from committees.calendar.workdays import add_workdays
from committees.filings import actions
from committees.filings.answers import Entry, plain
from committees.filings.models import Call, Disclosure, Filing, FormVersion
from committees.filings.telling import untold
from committees.roster.models import Committee, Seat
from portal.demo.cast import CAST, COMMITTEES, PANELS, PASSWORD, Person
from portal.demo.checking import WRONG, ask_to_correct, bring_scan, correct, seed_checking
from portal.demo.commission import agree_on, seed_commission
from portal.demo.contacts import seed_contacts
from portal.demo.figures import ATTRIBUTION, figure_rows, member, school_rows
from portal.demo.telling import seed_telling
from search.outbox import noted_once
from tenants.actions import open_school
from tenants.clock import local_day
from tenants.context import school_scope
from tenants.models import AssociationPost, Membership, School, User

#: Where the demo's filings stand, by position among the schools; all others are accepted. A `scanned` one is filed with
#: the stamped paper, a `corrected` one counted with a wrong value first, of one `in_doubt` the school asks to correct it.
UNFINISHED = {
    14: "corrected", 28: "in_doubt", 36: "scanned", 44: "filed", 50: "filed", 3: "filed", 9: "filed", 17: "filed",
    25: "taken_up", 6: "returned", 21: "returned", 12: "started", 30: "started", 33: "approval_requested",
    40: "addressed", 47: "addressed",
}  # fmt: skip
TERM_START = date(2025, 9, 1)


def seed_people(at: datetime) -> dict[str, User]:
    """Committees, schools, people, memberships; returns the people by account."""
    for position, row in enumerate(COMMITTEES):
        keys = ("code", "room", "mark", "name_zh", "name_en", "short_zh", "short_en")
        Committee.objects.create(position=position, **dict(zip(keys, row, strict=True)))
    schools = {row["code"]: open_school(by=None, at=at, **member(row)) for row in school_rows()}
    password = make_password(PASSWORD)
    return {person.account: _person(person, password, schools) for person in [*CAST, *PANELS, *_posts(schools)]}


def _posts(schools: dict[str, School]) -> Iterator[Person]:
    named = {code for person in CAST for code, _, _ in person.schools}
    for code, school in schools.items():
        if code not in named:
            yield Person(f"{code}-head", f"{school.name_zh}负责人", (), (), ((code, "head", "后勤处处长"),))
            yield Person(f"{code}-clerk", f"{school.name_zh}填报员", (), (), ((code, "clerk", "能源统计员"),))


def _person(person: Person, password: str, schools: dict[str, School]) -> User:
    user = User.objects.create(
        account=person.account, name=person.name, password=password, email=f"{person.account}@example.edu.cn"
    )
    for role in person.roles:
        AssociationPost.objects.create(user=user, role=role, starts_on=TERM_START)
    for code, kind in person.seats:
        Seat.objects.create(user=user, committee=Committee.objects.get(code=code), kind=kind, starts_on=TERM_START)
    for code, school_role, post in person.schools:
        Membership.objects.create(
            user=user, school=schools[code], role=school_role, post=post, starts_on=TERM_START
        )  # fmt: skip
    return user


def seed_primary_call(people: dict[str, User], at: datetime, unfinished: dict[int, str] | None = None) -> Call:
    """The call on the real figures: 56 returns, each as far along as `unfinished` says, the others accepted."""
    stages = UNFINISHED if unfinished is None else unfinished
    opened = at - timedelta(days=75)
    call = actions.draft_call(
        committee=Committee.objects.get(code="energy"), kind="energy-primary",
        form=FormVersion.objects.get(code="energy-primary", version="2020"), period="2019",
        title_zh="2019年度一次能源口径能源年报", title_en="Annual energy return 2019 (primary energy)",
        opens_on=local_day(opened), due_on=local_day(at) - timedelta(days=9), disclosure=Disclosure.NAMED,
        text="按一次能源口径填报本年度电、化石燃料和新能源用量，以及建筑面积和碳排放。没有的项填0。",
        attribution=ATTRIBUTION, by=people["chair"], at=opened,
    )  # fmt: skip
    actions.open_call(call=call, schools=_in_order(), by=people["chair"], at=opened)
    rows = list(figure_rows())
    rows_of_call = call.filings.select_related("school", "call__committee", "duty")
    filings = {filing.school.code: filing for filing in rows_of_call}
    for position, row in enumerate(school_rows()):
        moment = opened + timedelta(days=3 + position % 40, hours=1 + position % 7, minutes=position)
        stage = stages.get(position, "accepted")
        _play_on(filings[row["code"]], rows[position], stage, people, moment, at)
    return call


def _play_on(
    filing: Filing, values: dict[str, Decimal], stage: str, people: dict[str, User], at: datetime, now: datetime
) -> None:
    """One return, with what came after its filing or acceptance."""
    if stage == "corrected":
        play(filing, {**values, WRONG: values[WRONG] * 10}, "accepted", people, at)
        correct(filing, values, people, now - timedelta(days=12))
    elif stage == "in_doubt":
        play(filing, values, "accepted", people, at)
        ask_to_correct(filing, people, now - timedelta(days=2))
    elif stage == "scanned":
        play(filing, values, "approval_requested", people, at)
        bring_scan(filing, people, at + timedelta(days=1))
    else:
        play(filing, values, stage, people, at)


def _in_order() -> list[School]:
    codes = [row["code"] for row in school_rows()]
    found = {school.code: school for school in School.objects.filter(code__in=codes)}
    return [found[code] for code in codes]


def play(filing: Filing, values: dict[str, Decimal], stage: str, people: dict[str, User], at: datetime) -> None:
    """Bring one return as far as `stage`, step by step, as its people would."""
    clerk, head = people[f"{filing.school.code}-clerk"], people[f"{filing.school.code}-head"]
    steps = ["started", "approval_requested", "filed", "taken_up", "accepted"]
    reach = {"addressed": 0, "returned": 4}.get(stage, steps.index(stage) + 1 if stage in steps else 0)
    if reach == 0:
        return
    with school_scope(filing.school):
        actions.start(filing=filing, by=clerk, at=at)
        shown = dict(list(values.items())[: 5 if stage == "started" else None])
        entries = {code: Entry(value, source=plain(value)) for code, value in shown.items()}
        actions.save_draft(filing=filing, entries=entries, revision=0, by=clerk, at=at + timedelta(hours=1))
        if reach >= 2:
            actions.request_approval(filing=filing, by=clerk, at=at + timedelta(hours=2))
        if reach >= 3:
            actions.file(filing=filing, by=head, at=at + timedelta(days=1))
    if reach >= 4:
        actions.take_up(filing=filing, by=people["officer"], at=at + timedelta(days=2))
    if stage == "returned":
        asked = {"fossil_dormitories": "宿舍燃料比相近规模的学校高出不少，是否把食堂用气也计入了？请核对抄表记录。"}
        actions.return_items(filing=filing, items=asked, by=people["officer"], at=at + timedelta(days=3))
    if stage == "accepted":
        actions.accept(filing=filing, by=people["officer"], at=at + timedelta(days=3))


def seed_annual_call(people: dict[str, User], at: datetime) -> Call:
    """The call that is open now: the annual return of public institutions, nothing filed yet."""
    call = actions.draft_call(
        committee=Committee.objects.get(code="energy"), kind="energy-annual",
        form=FormVersion.objects.get(code="energy-annual", version="2025"), period=str(at.year - 1),
        title_zh=f"{at.year - 1}年度能源资源消费年报", title_en=f"Annual return of energy and resources {at.year - 1}",
        opens_on=local_day(at), due_on=add_workdays(local_day(at), 12, load_overrides()), disclosure=Disclosure.ANONYMOUS,
        text="按2025年修订的统计调查制度填报。电、气、热按账单填实物量和费用，建筑面积填在用面积。",
        co_issued=True, by=people["chair"], at=at - timedelta(days=3),
    )  # fmt: skip
    agree_on(call, people, at)
    actions.open_call(call=call, schools=_in_order(), by=people["chair"], at=at)
    return call


def seed_demo(at: datetime) -> bool:
    """Everything, once; False when the demo is there already."""
    if School.objects.exists():
        return False
    people = seed_people(at - timedelta(days=80))
    # The index is told once of each document, not at each of its moves.
    with untold(), noted_once():
        primary = seed_primary_call(people, at)
        seed_annual_call(people, at)
        seed_checking(primary, people, at)
        seed_contacts(people, at)
        seed_commission(primary, people, at)
    seed_telling(primary, people, at)
    fill_site(Path(__file__).parent / "site", local_day(at))
    return True
