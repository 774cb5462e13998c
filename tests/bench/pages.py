"""What a request costs: the tenant's share, the board and the bulletin at many schools, filings, memory."""

import http.client
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from committees.filings import actions
from committees.filings.figures import roll_up
from committees.filings.models import Call, Duty, Figure, Filing, FilingVersion
from committees.filings.slugs import slug_of
from committees.filings.spreads import roll_up_types
from tenants.models import School, SchoolState
from tests.bench.measure import Table, interleaved, seconds
from tests.committees.filings.core.ground import AT, Case
from tests.ground.cast import Cast
from tests.ground.clients import association_client
from tests.ground.live import running


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def _one(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(School.objects.filter(code="lingang").values_list("pk", flat=True).first()))


urlpatterns = [path("nothing/", _nothing), path("one/", _one)]


def _door(middleware: list[str], hosts: list[str], address: str) -> Callable[[], Any]:
    """A WSGI application with this middleware, asked for one address at each host in turn."""
    with override_settings(MIDDLEWARE=middleware):
        application = WSGIHandler()
    environs = [RequestFactory(SERVER_NAME=host).get(address).environ for host in hosts]
    turn = iter(range(10**9))

    def ask() -> None:
        answer = application(dict(environs[next(turn) % len(environs)]), lambda *_: None)
        assert answer.status_code == 200
        answer.close()

    return ask


def overhead(table: Table, database: str) -> None:
    """A view without and with one query: plain Django, one school, twenty schools in turn."""
    floor = ["tenants.middleware.FloorMiddleware"]
    schools = _rows(range(20))
    here = "tests.bench.pages"
    hosts = [school.host for school in schools]
    for address, name, most, most_rotating in (("/nothing/", "0", 1.5, None), ("/one/", "1", 1.25, 1.4)):
        calls = {
            "plain": _door([], ["portal.localhost"], address),
            "school": _door(floor, hosts[:1], address),
            "turns": _door(floor, hosts, address),
        }
        with override_settings(ROOT_URLCONF=here, SCHOOL_URLCONF=here, PUBLIC_SCHEMA_URLCONF=here):
            found = interleaved(calls, 400)
        table.say(
            f"{name}-query view: plain / a school / {len(hosts)} in turn",
            " / ".join(f"{value * 1e6:.0f}" for value in found.values()) + " us",
        )
        table.ratio(f"{name}-query view: a school against plain", found["school"] / found["plain"], at_most=most)
        table.ratio(f"{name}-query view: in turn against plain", found["turns"] / found["plain"], at_most=most_rotating)


def boards(table: Table, database: str) -> None:
    """The committee's board and the public bulletin of a call with 60, 300 and 1000 accepted filings."""
    cast, took = _cast(), {}
    case = _filed(cast)
    officer, visitor = association_client(cast["officer"]), association_client()
    board = f"/committees/energy/board/?call={case.call.public_id}"
    bulletin = f"/bulletins/{slug_of(case.call.number)}/"
    for count in (60, 300, 1000):
        _grow(case, count)
        for name, client, address in (("board", officer, board), ("bulletin", visitor, bulletin)):
            assert client.get(address).status_code == 200
            took[name, count] = min(seconds(lambda c=client, a=address: c.get(a)) for _ in range(5))  # type: ignore[misc]
    for name in ("board", "bulletin"):
        words = " / ".join(f"{took[name, count] * 1e3:.0f}" for count in (60, 300, 1000))
        table.say(f"{name} at 60 / 300 / 1000 schools", f"{words} ms")
        table.ratio(f"{name}: 1000 schools against 60", took[name, 1000] / took[name, 60], at_most=1.5)


def _cast() -> Cast:
    from tests.ground.cast import read_cast

    return read_cast()


def _filed(cast: Cast, period: str = "2025") -> Case:
    from tests.committees.filings.committee.ground import bring, make_call

    call = make_call(cast, [cast.school_a], period=period)
    return Case(cast, call, bring(cast, call, cast.school_a, "accepted"))


def _grow(case: Case, count: int) -> None:
    """Copies of the one accepted filing, each for a school of its own (a row only: the board reads no school's books)."""
    there, call = Filing.objects.filter(call=case.call).count(), case.call
    model = FilingVersion.objects.get(filing=case.filing)
    names = range(there, count)
    schools = _rows(names)
    duties = Duty.objects.bulk_create(Duty(call=call, school=school, due_on=call.due_on) for school in schools)
    filings = Filing.objects.bulk_create(
        Filing(
            duty=duty,
            call=call,
            school=duty.school,
            number=f"能备〔2099〕{duty.pk:04}号",
            state="accepted",
            state_since=AT,
        )
        for duty in duties
    )
    versions = FilingVersion.objects.bulk_create(
        _copy(model, filing=f, number=f.number, seal=f"{f.pk:064x}") for f in filings
    )
    for filing, version in zip(filings, versions, strict=True):
        filing.latest = filing.counted = version
    Filing.objects.bulk_update(filings, ["latest", "counted"])
    figures = list(Figure.objects.filter(filing_version=model))
    Figure.objects.bulk_create(_copy(one, filing_version=version) for version in versions for one in figures)
    roll_up(call, AT)
    roll_up_types(call, AT)


def _rows(numbers: range) -> list[School]:
    """Schools as rows of the register only."""
    return School.objects.bulk_create(
        School(code=f"row{n}", schema_name=f"s_row{n}", name_zh=f"行{n}大学", name_en=f"Row {n}", pinyin=f"hang {n}",
               state=SchoolState.OPEN) for n in numbers
    )  # fmt: skip


def _copy(row: Any, **changes: Any) -> Any:
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    made = type(row)(**values)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def filings(table: Table, database: str) -> None:
    """Filings a second, one process: from a complete draft to the sealed version."""
    from tests.committees.filings.committee.ground import bring, make_call

    cast = _cast()
    last = Call.objects.aggregate(last=Max("pk"))["last"] or 0
    waiting = []
    for number in range(20):
        call = make_call(cast, [cast.school_a], period=str(2100 + last + number), due_on=date(2026, 3, 31))
        waiting.append(bring(cast, call, cast.school_a, "approval_requested"))

    def file_all() -> None:
        from tenants.context import school_scope

        with school_scope(cast.school_a):
            for filing in waiting:
                actions.file(filing=filing, by=cast["head_a"], at=AT)

    took = seconds(file_all)
    table.say("filings sealed, one process", f"{len(waiting) / took:.0f} a second")


def memory(table: Table, database: str) -> None:
    """Private memory of a web worker after a hundred pages."""
    with TemporaryDirectory() as folder, running(database, Path(folder) / "live") as live:
        for _ in range(50):
            for address in ("/", "/bulletins/"):
                asked = http.client.HTTPConnection("127.0.0.1", live.port, timeout=20)
                asked.request("GET", address, headers={"Host": f"portal.localhost:{live.port}"})
                asked.getresponse().read()
                asked.close()
        main = live.programs[0].pid
        workers = Path(f"/proc/{main}/task/{main}/children").read_text().split() or [str(main)]
        private = max(_private(worker) for worker in workers)
    table.say("private memory of a web worker", f"{private:.0f} MB", "<= 75 MB", private <= 75)


def _private(pid: str) -> float:
    """Megabytes that belong to one process alone."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))) / 1024
