"""Filling in by page: the return as sections of fields, saved as one types, and the same without script."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.calendar.queries import load_overrides
from committees.filings import actions
from committees.filings.models import Filing
from committees.filings.presenting import history_lines
from committees.filings.queries import history_of
from committees.filings.school.carrying import lost_entries
from committees.filings.school.changes import changes_between
from committees.filings.school.evidence import evidence_lines, papers_by_item
from committees.filings.school.reads import Work, days_left, filing_of, with_draft, work_on
from committees.filings.school.running import left_words, running_figures, steps_of
from committees.filings.school.saving import Saved, repaired, save_posted
from committees.filings.school.views_case import stand_on_case
from committees.filings.sheets import Sheet
from committees.workflow.advance import MoveRefused
from tenants.clock import local_day, request_time
from tenants.doors import school_door

WRITERS = ("head", "clerk")


@school_door(*WRITERS)
@require_http_methods(["GET", "POST"])
def filing_prepare(request: Any, public_id: UUID) -> HttpResponse:
    """The form. Every button saves; then it checks, repairs, sends on, or simply shows the page again."""
    filing = filing_of(request.school, public_id)
    here = reverse("filing_prepare", args=[public_id])
    if filing.state != "started":
        messages.info(request, _("This return is not being filled in now."))
        return HttpResponseRedirect(reverse("filing_show", args=[public_id]))
    work = work_on(filing)
    if request.method == "GET":
        return _page(request, work, strict="check" in request.GET)
    try:
        work, saved = save_with_merge(request, filing, work, repaired(work.answer.form, request.POST, work))
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("filing_show", args=[public_id]))
    if saved.clashes:
        return _page(request, work, saved=saved)
    return HttpResponseRedirect(_onward(request, work, here))


def _onward(request: Any, work: Work, here: str) -> str:
    """Where a pressed button leads once everything is saved."""
    do, strict = request.POST.get("do", ""), "?check=1" if request.POST.get("check") else ""
    if do == "send":
        if work.sheet().is_complete:
            return reverse("filing_move", args=[work.filing.public_id, "request_approval"])
        messages.error(request, _("Not everything is filled in yet. The places are marked."))
        return f"{here}?check=1#main"
    if do == "check":
        return f"{here}?check=1#main"
    code = request.POST.get("fix", "").partition(":")[0] or request.POST.get("mine", "")
    codes = {item.code for item in work.answer.form.indicators()}
    return f"{here}{strict}#r-{code}" if code in codes else f"{here}{strict}"


@school_door(*WRITERS)
@require_POST
def filing_save(request: Any, public_id: UUID) -> HttpResponse:
    """What htmx sends while one types: saved, and the parts of the page that changed come back."""
    filing = filing_of(request.school, public_id)
    strict = bool(request.POST.get("check"))
    before = work_on(filing)
    try:
        if before.draft is None:
            raise MoveRefused(_("This return is not being filled in now."), code="stale")
        work, saved = save_with_merge(request, filing, before, repaired(before.answer.form, request.POST, before))
    except MoveRefused as refused:
        return render(request, "filings/school/not_saved.html", {"reason": refused.reason, "filing": filing})
    sheet, shown = work.sheet(strict=strict), before.sheet(strict=strict)
    context = page_parts(work, sheet) | {
        "changes": changes_between(shown, sheet, saved.others), "saved": saved, "filing": filing,
    }  # fmt: skip
    return render(request, "filings/school/saved.html", context)


@school_door()
@require_GET
def filing_guide(request: Any, public_id: UUID) -> HttpResponse:
    """How to fill the form in: every item with unit, other units, and what belongs to it."""
    filing = filing_of(request.school, public_id)
    work = work_on(filing)
    stand_on_case(request, filing, (gettext_lazy("How to fill it in"), ""))
    return render(request, "filings/school/guide.html", {"filing": filing, "form": work.answer.form})


def save_with_merge(request: Any, filing: Filing, work: Work, post: Any) -> tuple[Work, Saved]:
    """Save; when somebody saved between reading and locking, read again and merge. Raises MoveRefused."""
    by, at = request.user, request_time(request)
    for _attempt in range(3):
        try:
            saved = save_posted(filing=filing, work=work, post=post, by=by, at=at)
            return with_draft(work, saved.draft), saved
        except actions.DraftConflict:
            work = work_on(filing)
    raise MoveRefused(_("Several people are saving this return at once. Wait a moment and save again."), code="busy")


def page_parts(work: Work, sheet: Sheet) -> dict[str, Any]:
    """What the page and its later pieces share."""
    return {
        "work": work, "sheet": sheet, "draft": work.draft, "figures": running_figures(work),
        "steps": steps_of(work.filing, _tally(sheet)), "left_words": left_words(sheet),
        "carried": work.answer.previous is not None and work.answer.previous.carried,
    }  # fmt: skip


def _tally(sheet: Sheet) -> str:
    return _("%(filled)s of %(total)s items filled in") % {"filled": sheet.filled, "total": sheet.total}


def _page(request: Any, work: Work, *, strict: bool = False, saved: Saved | None = None) -> HttpResponse:
    filing = work.filing
    stand_on_case(request, filing, (pgettext_lazy("step", "Fill in"), ""))
    today = local_day(request_time(request))
    context = page_parts(work, work.sheet(strict=strict)) | {
        "filing": filing, "call": filing.call, "form": work.answer.form, "strict": strict, "saved": saved,
        "left": days_left(filing.duty.due_on, today, load_overrides()),
        "lost": lost_entries(work), "papers": papers_by_item(work.answer.form, evidence_lines(work.draft)),
        "history": list(reversed(history_lines(history_of(filing), work.answer.form)))[:6],
    }  # fmt: skip
    return render(request, "filings/school/prepare.html", context, status=409 if saved and saved.clashes else 200)
