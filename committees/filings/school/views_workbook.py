"""The workbook of a return: download, upload with all faults at once, the preview of what changes, and saving it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from committees.filings import actions
from committees.filings.models import Filing
from committees.filings.school.reads import Work, filing_of, work_on
from committees.filings.school.views_case import stand_on_case
from committees.filings.school.workbook import evaluate, filled_in, layout_of, state_of
from committees.filings.school.workbook_errors import errors_of
from committees.filings.workbook_files import MOST_MEGABYTES, send_error_book, send_workbook, take_workbook
from committees.workbooks.file_rules import FILE_RULES
from committees.workbooks.reader import read_workbook
from committees.workbooks.writer import build_workbook
from committees.workflow.advance import MoveRefused
from tenants.clock import request_time
from tenants.doors import school_door

SALT = "filings.school.workbook"
TOKEN_SECONDS = 24 * 3600


@school_door("head", "clerk")
@require_GET
def filing_workbook(request: Any, public_id: UUID) -> HttpResponse:
    """The workbook of this return, filled with the draft as it stands."""
    filing = filing_of(request.school, public_id)
    work = work_on(filing)
    content = build_workbook(layout_of(filing, work.answer.form), filled_in(work))
    return send_workbook(content, f"{filing.school.name_zh}-{filing.call.title_zh}.xlsx")


@school_door("head", "clerk")
@require_http_methods(["GET", "POST"])
def filing_upload(request: Any, public_id: UUID) -> HttpResponse:
    """Take a filled workbook. Nothing is saved before it is right and the person has seen what it changes."""
    filing = filing_of(request.school, public_id)
    if filing.state != "started":
        messages.info(request, _("This return is not being filled in now."))
        return HttpResponseRedirect(reverse("filing_show", args=[public_id]))
    work = work_on(filing)
    if request.method == "GET":
        return _page(request, work)
    if "token" in request.POST:
        return _go_on(request, work)
    return _receive(request, work)


def _receive(request: Any, work: Work) -> HttpResponse:
    """A file has come in."""
    upload = take_workbook(request)
    if upload.code:
        return _refused(request, work, upload.name, upload.problem, upload.code)
    if upload.problem:
        return _page(request, work, problem=upload.problem, status=400)
    reading = read_workbook(upload.content, upload.name, layout_of(work.filing, work.answer.form))
    if reading.is_refused:
        reasons = [str(fault.reason) for fault in reading.faults]
        return _refused(request, work, upload.name, " ".join(reasons), reading.faults[0].code)
    state = state_of(reading, work.answer.form) | {"name": upload.name[:120]}
    return _judged(request, work, state)


def _go_on(request: Any, work: Work) -> HttpResponse:
    """A repair, or the word to save, for a workbook that was read before."""
    try:
        state = signing.loads(request.POST["token"], salt=_salt(request, work.filing), max_age=TOKEN_SECONDS)
    except signing.BadSignature:
        return _page(request, work, problem=_("This page has waited too long. Upload the workbook again."), status=400)
    code, _colon, digits = request.POST.get("fix", "").partition(":")
    if code in state["cells"] and digits:
        state["cells"][code] |= {"q": digits[:40]}
        return _judged(request, work, state)
    if request.POST.get("do") == "save":
        return _save(request, work, state)
    if request.POST.get("do") == "errors":
        return send_error_book(*errors_of(state, work), state["name"])
    return _judged(request, work, state)


def _save(request: Any, work: Work, state: dict[str, Any]) -> HttpResponse:
    upload = evaluate(state, work)
    if upload.faults:
        return _judged(request, work, state)
    revision = request.POST.get("revision", "")
    seen = int(revision) if revision.isdecimal() and len(revision) < 10 else -1
    at, by = request_time(request), request.user
    try:
        actions.save_draft(filing=work.filing, entries=upload.entries, revision=seen, by=by, at=at)
    except actions.DraftConflict:
        words = _("Somebody saved this return while you looked. This is what would change now.")
        return _judged(request, work_on(work.filing), state, words, status=409)
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("filing_show", args=[work.filing.public_id]))
    messages.success(request, _("%(count)s items saved from the workbook.") % {"count": len(upload.entries)})
    return HttpResponseRedirect(reverse("filing_prepare", args=[work.filing.public_id]))


def _judged(request: Any, work: Work, state: dict[str, Any], words: str = "", status: int = 200) -> HttpResponse:
    """Faults, or the preview."""
    upload = evaluate(state, work)
    token = signing.dumps(state, salt=_salt(request, work.filing), compress=True)
    context = {"upload": upload, "token": token, "name": state["name"], "notices": state["notices"], "words": words}
    return _page(request, work, status=422 if upload.faults else status, **context)


def _refused(request: Any, work: Work, name: str, reason: str, code: str) -> HttpResponse:
    """The file as a whole cannot be read: why, and what to do."""
    context = {"refusal": reason, "advice": FILE_RULES[code].advice, "name": name}
    return _page(request, work, status=422, **context)


def _page(request: Any, work: Work, *, status: int = 200, **more: Any) -> HttpResponse:
    way = reverse("filing_prepare", args=[work.filing.public_id])
    stand_on_case(request, work.filing, (pgettext_lazy("step", "Fill in"), way), (gettext_lazy("Workbook"), ""))
    context = {
        "filing": work.filing, "call": work.filing.call, "draft": work.draft, "form": work.answer.form,
        "most": MOST_MEGABYTES, **more,
    }  # fmt: skip
    return render(request, "filings/school/upload.html", context, status=status)


def _salt(request: Any, filing: Filing) -> str:
    """A token is good for this person and this return only."""
    return f"{SALT}.{filing.public_id}.{request.user.pk}"
