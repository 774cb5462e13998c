"""The board: states, filters, order, files, and what it costs."""

import csv
import io
import itertools
from collections import Counter
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from committees.filings.board import Asked, CallBoard
from committees.filings.board_reads import ROWS, calls_on_board, read_board, schools_on_board
from committees.filings.flows import FILING_FLOW
from committees.filings.models import Call, Duty, Filing
from committees.filings.windows_of import shown_state
from committees.filings.windows_sql import shown_key
from tenants.models import School
from tests.committees.filings.committee.ground import bring, later, light_schools, make_call
from tests.ground.clients import association_client

pytestmark = pytest.mark.django_db
PERIODS = itertools.count(2011)


def board_page(user, **query):
    return association_client(user).get(reverse("committee_board", args=["energy"]), query)


@pytest.mark.requirement("S9-33")
def test_counts_and_days_are_working_days(cast):
    school, other = cast.school_a, cast.school_b
    call = make_call(cast, [school, other, *light_schools(2)])
    bring(cast, call, school, "returned", later(1))
    board = read_board([call], Asked(), date(2026, 4, 8))
    assert board.total == 4
    assert board.counts == {"back": 1, "late": 3}
    assert board.late_schools == 3
    # 1 to 8 April: 4 and 5 are a weekend, 6 April 2026 is a day off (Qingming).
    cells = [cell for row in board.rows for cell in row.given]
    assert {cell.days for cell in cells if cell.key == "late"} == {5}
    returned = next(cell for cell in cells if cell.key == "back")
    assert returned.questions == 1
    assert returned.next == "answer"


def test_rows_are_left_out_by_state_type_and_name(cast):
    call = make_call(cast, [cast.school_a, *light_schools(3, type="vocational")])
    today = date(2026, 3, 5)
    bring(cast, call, cast.school_a, "filed")
    assert len(read_board([call], Asked(), today).rows) == 4
    assert [row.school for row in read_board([call], Asked(state="sent"), today).rows] == [cast.school_a]
    assert len(read_board([call], Asked(type="vocational"), today).rows) == 3
    assert [r.school for r in read_board([call], Asked(words="临港"), today).rows] == [cast.school_a]
    assert [r.school for r in read_board([call], Asked(words="LINGANG univ"), today).rows] == [cast.school_a]
    assert len(read_board([call], Asked(words="qing xiao"), today).rows) == 3
    assert not read_board([call], Asked(words="nobody"), today).rows


def test_most_owed_come_first(cast):
    call = make_call(cast, [cast.school_a, cast.school_b, *light_schools(1)])
    bring(cast, call, cast.school_a, "accepted")
    bring(cast, call, cast.school_b, "filed")
    rows = read_board([call], Asked(sort="owed"), date(2026, 4, 8)).rows
    assert [row.worst.key if row.worst else "" for row in rows] == ["late", "sent", ""]


def test_one_column_a_call_of_the_kind(cast):
    first = make_call(cast, [cast.school_a], period="2024")
    second = make_call(cast, [cast.school_a, cast.school_b])
    board = read_board(calls_on_board(cast.committee), Asked(), date(2026, 3, 5))
    assert [column.call for column in board.columns] == [first, second]
    by_school = {row.school: [bool(cell) for cell in row.cells] for row in board.rows}
    assert by_school == {cast.school_a: [True, True], cast.school_b: [False, True]}
    page = board_page(cast["officer"]).content.decode()
    assert page.count("/board/?call=") == 0  # links keep the address and change the question only
    assert f"?call={first.public_id}" in page


def test_the_page_costs_the_same_with_one_row_and_three(cast, queries):
    call = make_call(cast, [cast.school_a])

    def address():
        (school,) = light_schools(1)
        duty = Duty.objects.create(call=call, school=school, due_on=call.due_on)
        Filing.objects.create(duty=duty, call=call, school=school, state_since=later())

    client = association_client(cast["officer"])
    queries.at_1_and_3(13, address, lambda: client.get(reverse("committee_board", args=["energy"])))


def test_sixty_schools_cost_no_more(cast, queries):
    make_call(cast, [cast.school_a, *light_schools(59)])
    client = association_client(cast["officer"])
    with queries(13):
        page = client.get(reverse("committee_board", args=["energy"])).content.decode()
    assert page.count('class="sch" scope="row"') == 60


@pytest.mark.requirement("S9-33")
def test_three_hundred_schools_come_in_pages_with_whole_counts(cast, queries):
    call = make_call(cast, [cast.school_a, *light_schools(299)])
    client = association_client(cast["officer"])
    with queries(13):
        page = client.get(reverse("committee_board", args=["energy"])).content.decode()
    assert page.count('class="sch" scope="row"') == ROWS
    board = read_board([call], Asked(page=5), date(2026, 3, 5))
    assert (len(board.rows), board.total, board.zones[0].size) == (60, 300, 300)
    seen = [row.school.pk for n in range(1, 6) for row in read_board([call], Asked(page=n), date(2026, 3, 5)).rows]
    assert len(set(seen)) == 300
    text = client.get(reverse("committee_board_csv", args=["energy"]), {"page": "2"}).content.decode("utf-8-sig")
    assert len(text.splitlines()) == 301, "a file holds every page"


@pytest.mark.parametrize("only_filed", [False, True])
@pytest.mark.parametrize("counts", [False, True])
@pytest.mark.parametrize("state", [state.name for state in FILING_FLOW.states])
def test_the_database_shows_the_window_that_the_page_shows(cast, state, counts, only_filed):
    call = make_call(cast, [cast.school_a])
    filing = bring(cast, call, cast.school_a, "filed")
    Filing.objects.filter(call=call).update(state=state, counted=filing.latest if counts else None)
    for today in (date(2026, 2, 27), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 8, 1)):
        read = Filing.objects.annotate(key=shown_key(today, only_filed=only_filed)).get(call=call)
        days = (call.opens_on, read.duty.due_on, today)
        assert read.key == shown_state(state, *days, counts=counts, only_filed=only_filed)


def test_marks_filed_late_and_doubts_explained(cast):
    call = make_call(cast, [cast.school_a, cast.school_b, *light_schools(1)])
    bring(cast, call, cast.school_a, "filed")
    Filing.objects.filter(call=call, school=cast.school_b).update(late=True, filed_on=date(2026, 4, 3))
    today = date(2026, 4, 8)
    assert [s.pk for s in schools_on_board([call], Asked(mark="late"), today)] == [cast.school_b.pk]
    assert [s.pk for s in schools_on_board([call], Asked(mark="doubt"), today)] == [cast.school_a.pk]


def test_a_year_of_months_is_chosen(cast):
    for month in range(1, 13):
        make_call(cast, [cast.school_a], period=f"2025-{month:02}")
    make_call(cast, [cast.school_a], period="2026-01")
    page = board_page(cast["officer"], year="2025").content.decode()
    assert page.count('class="mo') == 12
    assert ">25-01</a>" in page
    assert ">26-01</a>" not in page


def test_one_school_what_is_missing_whom_to_ask_and_who_reminded(cast, queries):
    periods = iter(range(2001, 2020))
    client = association_client(cast["officer"])
    address = reverse("committee_school", args=["energy", cast.school_a.public_id])
    queries.at_1_and_3(
        10, lambda: make_call(cast, [cast.school_a], period=str(next(periods))), lambda: client.get(address)
    )  # fmt: skip
    page = client.get(address).content.decode()
    assert cast["head_a"].name in page
    assert "head_a@example.test" in page
    assert "head_a@example.test" not in association_client(cast["expert1"]).get(address).content.decode()
    never = reverse("committee_school", args=["energy", cast.school_b.public_id])
    assert client.get(never).status_code == 404


def test_files_are_safe_in_a_spreadsheet_and_name_the_head(cast):
    school = light_schools(1)[0]
    School.objects.filter(pk=school.pk).update(name_zh="=cmd|calc")
    make_call(cast, [cast.school_a, school])
    text = (
        association_client(cast["officer"])
        .get(reverse("committee_board_csv", args=["energy"]))
        .content.decode("utf-8-sig")
    )
    assert "'=cmd|calc" in text
    assert "head_a@example.test" in text
    read = association_client(cast["commission"]).get(reverse("committee_board_csv", args=["energy"])).content.decode()
    assert "head_a@example.test" not in read


def test_without_a_call_the_board_says_so(cast):
    page = board_page(cast["officer"])
    assert page.status_code == 200
    assert reverse("committee_call_new", args=["energy"]) in page.content.decode()


def test_files_say_what_the_board_says(cast):
    call = make_call(cast, [cast.school_a, cast.school_b])
    bring(cast, call, cast.school_a, "accepted")
    client = association_client(cast["officer"])
    text = client.get(reverse("committee_board_csv", args=["energy"])).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 3
    assert sorted(row[1] for row in rows[1:]) == sorted([cast.school_a.code, cast.school_b.code])
    accepted = next(row for row in rows if row[1] == cast.school_a.code)
    assert accepted[9].startswith("能备〔2026〕")
    only = client.get(reverse("committee_board_csv", args=["energy"]), {"s": "ok"}).content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(only)))) == 2
    book = client.get(reverse("committee_board_xlsx", args=["energy"]))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [str(row[1]) for row in sheet[1:]] == [row[1] for row in rows[1:]]


@pytest.mark.parametrize(
    ("person", "status"), [("officer", 200), ("expert1", 200), ("commission", 200), ("stranger", 404), ("head_a", 404)]
)
@pytest.mark.requirement("S9-13")
def test_who_reads_the_board(cast, person, status):
    make_call(cast, [cast.school_a])
    assert board_page(cast[person]).status_code == status
    assert association_client(cast[person]).get(reverse("committee_room", args=["energy"])).status_code == status


def test_an_unknown_committee_answers_like_a_foreign_one(cast):
    client = association_client(cast["officer"])
    foreign = client.get(reverse("committee_board", args=[cast.other_committee.code]))
    unknown = client.get(reverse("committee_board", args=["nobody"]))
    assert foreign.status_code == unknown.status_code == 404


def test_a_call_of_another_committee_is_not_found(cast):
    call = make_call(cast, [], committee=cast.other_committee)
    Call.objects.filter(pk=call.pk).update(state="opened")
    assert board_page(cast["officer"], call=str(call.public_id)).status_code == 404


def test_the_commission_has_no_buttons(cast):
    call = make_call(cast, [cast.school_a])
    bring(cast, call, cast.school_a, "filed")
    page = board_page(cast["commission"]).content.decode()
    assert "is-main" not in page


def room(cast):
    return association_client(cast["officer"]).get(reverse("committee_room", args=["energy"]))


def test_the_room_counts_by_the_database(cast, queries):
    call = make_call(cast, [cast.school_a, cast.school_b, *light_schools(3)])
    bring(cast, call, cast.school_b, "filed", later(2))
    bring(cast, call, cast.school_a, "filed", later(1))
    context = room(cast).context
    ((_call, board, _left),) = context["boards"]
    assert (board.counts["sent"], board.total, len(board.windows)) == (2, 5, 5)
    assert context["oldest"].filing.school == cast.school_a, "the one that has waited longest"
    client = association_client(cast["officer"])
    address = reverse("committee_room", args=["energy"])
    queries.at_1_and_3(
        10, lambda: make_call(cast, light_schools(4), period=str(next(PERIODS))), lambda: client.get(address)
    )


def test_a_front_of_many_schools_stays_a_picture():
    board = CallBoard(Counter(ok=700, late=299, back=1))
    keys = Counter(shown.key for shown in board.windows)
    assert keys == {"ok": 84, "late": 36, "back": 1}, "a share each, and nothing that is there goes missing"
    assert CallBoard(Counter()).windows == []
