"""The page on which a reviewer reads a text, sees who passed it, and approves it or sends it back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from cms.doors import newsroom_door
from cms.models.editing import REVIEWS, Duty
from cms.rules import Verdict, may_approve, may_edit, may_review
from tenants.doors import person

APPROVE, REJECT = "approve", "reject"


class ReviewForm(forms.Form):
    """The verdict: a remark, which is asked for when the text goes back."""

    verdict = forms.ChoiceField(choices=[(APPROVE, APPROVE), (REJECT, REJECT)])
    comment = forms.CharField(
        label=gettext_lazy("Remark to the author"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=2000,
    )

    def clean(self) -> dict[str, Any]:
        """Nobody sends a text back without a word."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("verdict") == REJECT and not (cleaned.get("comment") or "").strip():
            self.add_error("comment", _("Say what is to be changed."))
        return cleaned


@dataclass(frozen=True)
class Step:
    """One of the three reviews as the page shows it."""

    duty: Duty
    passed: TaskState | None
    waits: bool


@newsroom_door()
@require_http_methods(["GET", "POST"])
def review_show(request: HttpRequest, page: int) -> HttpResponse:
    """The text under review: read, compare, decide. People who neither review nor edit it find nothing here."""
    row = get_object_or_404(Page, pk=page).specific
    state = row.current_workflow_task_state
    if state is None:
        return _not_waiting(request, row)
    step = Duty(state.task.specific.step)
    verdict = may_review(request.user, row, step)
    if not (verdict or may_edit(request.user, row) or row.owner_id == person(request).pk):
        raise Http404
    form = ReviewForm(request.POST or None)
    fit = may_approve(row)
    if request.method == "POST" and verdict and form.is_valid() and _is_fit(form, fit):
        given = form.cleaned_data
        state.task.specific.on_action(state, person(request), given["verdict"], comment=given["comment"])
        return _decided(request, row, step, given["verdict"])
    return render(request, "cms/newsroom/review.html", _context(row, state, form, verdict, fit))


def _not_waiting(request: HttpRequest, row: Page) -> HttpResponse:
    if not may_edit(request.user, row) and row.owner_id != person(request).pk:
        raise Http404
    messages.warning(request, _("“%(title)s” does not wait for a review.") % {"title": row.draft_title})
    return redirect("wagtailadmin_home")


def _decided(request: HttpRequest, row: Page, step: Duty, verdict: str) -> HttpResponse:
    said = {
        REJECT: _("“%(title)s” went back to its author."),
        APPROVE: _("“%(title)s” is released.") if step == Duty.FINAL else _("“%(title)s” is approved and goes on."),
    }[verdict]
    messages.success(request, said % {"title": row.draft_title})
    return redirect("wagtailadmin_home")


def _is_fit(form: ReviewForm, fit: Verdict) -> bool:
    """Whether the verdict may be given: what is not fit goes back only."""
    if fit or form.cleaned_data["verdict"] == REJECT:
        return True
    form.add_error("comment", str(fit.reason))
    return False


def _context(row: Page, state: TaskState, form: ReviewForm, verdict: Verdict, fit: Verdict) -> dict[str, Any]:
    compare = None
    if row.live_revision_id and row.live_revision_id != row.latest_revision_id:
        compare = reverse("wagtailadmin_pages:revisions_compare", args=[row.pk, "live", row.latest_revision_id])
    return {
        "row": row, "form": form, "verdict": verdict, "fit": fit, "steps": _steps(row, state), "compare_href": compare,
        "draft": row.get_latest_revision_as_object(), "page_title": _("Review"), "page_subtitle": row.draft_title,
        "header_title": row.draft_title, "header_icon": "clipboard-list",
        "preview_href": reverse("wagtailadmin_pages:workflow_preview", args=[row.pk, state.task_id]),
    }  # fmt: skip


def _steps(row: Page, state: TaskState) -> list[Step]:
    states = state.workflow_state.task_states.filter(
        revision_id=row.latest_revision_id, status=TaskState.STATUS_APPROVED
    )
    passed = {Duty(one.task.specific.step): one for one in states.select_related("task", "finished_by")}
    waiting = Duty(state.task.specific.step)
    return [Step(duty, passed.get(duty), duty == waiting) for duty in REVIEWS]
