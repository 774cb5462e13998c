"""The three reviews before release (三审三校): laying them down, and what happens when the last one has passed."""

# Chinese text: the names of the reviews, which are rows that editors see.

from typing import Any

from wagtail.models import Page, Task, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from cms.models import HomePage
from cms.models.editing import REVIEWS, Duty, Release, ReviewTask

WORKFLOW = "三审三校"
#: Wagtail's own workflow and its task, which reports still list.
_LAID, _PUT_ASIDE = "Moderators approval", "单级审核（停用）"
_NAMES = {Duty.FIRST: "初审", Duty.SECOND: "复审", Duty.FINAL: "终审签发"}


def lay_reviews() -> Workflow:
    """Make the three reviews and put all pages of both languages under them. Safe to repeat."""
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    for place, step in enumerate(REVIEWS):
        task = ReviewTask.objects.filter(step=step).first() or ReviewTask.objects.create(step=step, name=_NAMES[step])
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": place})
    # Wagtail lays a one-step workflow of its own on the root.
    Workflow.objects.exclude(pk=workflow.pk).filter(active=True).update(active=False)
    for kind in (Workflow, Task):
        kind.objects.filter(name=_LAID).update(name=_PUT_ASIDE, active=False)
    for home in HomePage.objects.all():
        WorkflowPage.objects.update_or_create(page=Page(pk=home.pk), defaults={"workflow": workflow})
    return workflow


def release_page(workflow_state: WorkflowState, user: Any) -> None:
    """The last review has passed: note who reviewed and who released, and publish this very text (or at its hour)."""
    page = workflow_state.content_object.specific
    revision = page.get_latest_revision()
    passed = {state.task.specific.step: state for state in _passed(workflow_state, revision.pk)}
    final = passed[Duty.FINAL]
    Release.objects.update_or_create(
        revision=revision,
        defaults={
            "page": Page(pk=page.pk), "first_by": passed[Duty.FIRST].finished_by,
            "second_by": passed[Duty.SECOND].finished_by, "released_by": final.finished_by,
            "released_at": final.finished_at,
        },
    )  # fmt: skip
    if "reviewer" in revision.content:
        revision.content["reviewer"] = str(final.finished_by)
        revision.save(update_fields=["content"])
    # The reviews are the permission; Wagtail would ask the last reviewer for a right nobody holds.
    revision.publish(user=user, skip_permission_checks=True)


def release_of(page: Page) -> Release | None:
    """Who reviewed and released the text that is live; None where it was laid down without reviews (first content)."""
    if not page.live_revision_id:
        return None
    people = ("first_by", "second_by", "released_by")
    return Release.objects.filter(revision=page.live_revision_id).select_related(*people).first()


def _passed(workflow_state: WorkflowState, revision: int) -> list[TaskState]:
    states = TaskState.objects.filter(
        workflow_state=workflow_state, status=TaskState.STATUS_APPROVED, revision_id=revision
    )
    return list(states.select_related("task", "finished_by").order_by("pk"))
