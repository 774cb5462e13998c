"""The desk 待办: one list of everything that is due for a person, over all rooms and hosts."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_safe

from committees.calendar.queries import load_overrides
from committees.filings.models import Filing
from committees.notices.addresses import way_to
from committees.workflow.models import DeskEntry
from portal.desk_calendar import month_of
from portal.desk_lists import Lit, Task, grouped, handed_on, lit_of, lit_tasks, returned_works
from portal.desk_reads import (
    LATELY,
    MOST_ENTRIES,
    MOST_WITH_OTHERS,
    done_entries,
    is_put_off,
    one_each,
    open_entries,
    snoozes_of,
    waiting_for,
    with_others,
)
from tenants.clock import local_day, request_time
from tenants.doors import signed_in
from tenants.signin.paths import localized
from tenants.standing import stand

#: What the button of an entry says, by the entry's verb.
VERBS: dict[str, str | Promise] = {
    "start": _("Begin"),
    "prepare": _("Go on"),
    "answer": _("See why"),
    "reply": _("Read the message"),
    "approve": _("Read and approve"),
    "check": _("Check"),
    "agree": _("Read and agree"),
    "open": _("Open the call"),
}
ROWS = 30


@signed_in
@require_safe
def home_show(request: Any) -> HttpResponse:
    """A school's host begins with the desk: it has no public page of its own."""
    return HttpResponseRedirect(localized("/desk/"))


@signed_in
@require_GET
def desk_show(request: Any) -> HttpResponse:
    """Everything due for this person. The number of queries does not depend on how much there is."""
    at = request_time(request)
    today = local_day(at)
    waiting = waiting_for(request)
    entries = one_each(list(open_entries(waiting.audiences, today)[:MOST_ENTRIES]))
    month_start = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    done = list(done_entries(waiting.audiences, min(at - LATELY, month_start))[:MOST_ENTRIES])
    cases = _cases(entries, done)
    exceptional = load_overrides()
    every = _tasks(request, entries, cases, exceptional)
    tasks, put_off = [task for task in every if task.until is None], [task for task in every if task.until]
    first = tasks[0] if tasks and tasks[0].is_soon(today) else None
    others = with_others(waiting.audiences)
    lately = _since(done, at - LATELY)
    stand(request, "desk", (_("To do"), ""))
    context = {
        "today": today, "first": first, "next_one": tasks[0] if tasks else None, "soon": _soon(tasks, today),
        "groups": grouped(tasks[1:] if first else tasks, today), "total": len(tasks), "put_off": put_off,
        "others": handed_on(others[:MOST_WITH_OTHERS], _way(request), _schools(waiting.audiences)),
        "more_others": len(others) > MOST_WITH_OTHERS, "done_count": len({entry.subject for entry in lately}),
        "lit": lit_tasks(lately, cases, lambda entry: _address(request, entry)),
        "month": month_of(today, tasks, done, exceptional),
        "returned": returned_works(request.user, waiting, today),
        "cut": len(entries) >= MOST_ENTRIES,
    }  # fmt: skip
    return render(request, "desk/show.html", context)


@signed_in
@require_GET
def desk_done(request: Any) -> HttpResponse:
    """What left this person's desk within a year, page by page."""
    at = request_time(request)
    done = done_entries(waiting_for(request).audiences, at.replace(year=at.year - 1, day=1))
    page = Paginator(done, ROWS).get_page(request.GET.get("page"))
    entries = one_each(list(page.object_list))
    cases = _cases(entries)
    rows: list[Lit] = [
        lit_of(entry, cases[entry.subject], _address(request, entry)) for entry in entries if entry.subject in cases
    ]
    stand(request, "desk", (_("To do"), localized("/desk/")), (_("Done"), ""))
    return render(request, "desk/done.html", {"page": page, "rows": rows})


def _tasks(request: Any, entries: list[DeskEntry], cases: dict[Any, Filing], exceptional: Any) -> list[Task]:
    today = local_day(request_time(request))
    snoozes = snoozes_of(request.user, today)
    named = len({entry.school_id for entry in entries}) > 1 or request.school is None
    return [
        Task.of(
            entry, cases.get(entry.subject), today, _address(request, entry), VERBS, exceptional, named=named,
            until=snoozes[entry.subject].until if is_put_off(entry, snoozes) else None,
        )
        for entry in entries
    ]  # fmt: skip


def _since(done: list[DeskEntry], moment: Any) -> list[DeskEntry]:
    return [entry for entry in done if entry.done_at is not None and entry.done_at >= moment]


def _cases(*lists: list[DeskEntry]) -> dict[Any, Filing]:
    """The filings behind entries, by what the desk calls them; one query."""
    subjects = {entry.subject for entries in lists for entry in entries}
    found = Filing.objects.filter(public_id__in=subjects).select_related("call__committee", "school", "latest")
    return {filing.public_id: filing for filing in found}


def _soon(tasks: list[Task], today: Any) -> dict[str, int]:
    """How much is late or due today, due this week, sent back."""
    return {
        "today": sum(task.is_today(today) for task in tasks),
        "week": sum(task.is_this_week(today) for task in tasks),
        "back": sum(task.state == "returned" for task in tasks),
    }


def _schools(audiences: tuple[str, ...]) -> set[int]:
    return {int(audience.split(":")[1]) for audience in audiences if audience.startswith("school:")}


def _way(request: Any) -> Any:
    here = request.school.pk if request.school is not None else None
    return lambda path, school: way_to(path, school, here)


def _address(request: Any, entry: DeskEntry) -> str:
    """Where the entry leads: on this host its path, elsewhere through the door of the right host."""
    return str(_way(request)(entry.path, entry.school))
