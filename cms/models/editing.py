"""Who writes and reviews on the site, and what was released: posts in the newsroom, the steps of review, releases."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState

from cms.rooms import Room
from tenants.floors import AssociationModel
from tenants.history import track_association
from tenants.models import Dated, User


class Duty(models.TextChoices):
    """What somebody does in the newsroom. The three reviews (三审) are never one person's on one text."""

    DRAFT = "draft", _("writes drafts (correspondent)")
    EDIT = "edit", _("edits")
    FIRST = "first", _("first review")
    SECOND = "second", _("second review")
    FINAL = "final", _("final review and release")


#: The three reviews in their order.
REVIEWS = (Duty.FIRST, Duty.SECOND, Duty.FINAL)


@track_association("NewsroomPostHistory")
class NewsroomPost(AssociationModel, Dated):
    """A duty in the newsroom, with dates; for one section, or (empty) for the whole site.

    Editors and secretaries of the association and officers of a committee need none: their duties follow from their
    post (cms.standing).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="newsroom_posts", verbose_name=_("person"))
    duty = models.CharField(_("duty"), max_length=10, choices=Duty)
    room = models.CharField(_("section"), max_length=10, choices=Room, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="newsroom_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["user", "duty", "room"], condition=Q(ends_on__isnull=True), name="newsroom_post_once_open"
            ),
        ]


class ReviewLock(WorkflowLock):
    """The lock of a text under review, in words that fit: nobody changes it."""

    def get_message(self, user: Any) -> Any:
        """On top of the editor."""
        return _("The text is under review (%(task)s): nobody changes it now. What is to be changed, send back.") % {
            "task": self.task.name
        }

    def get_description(self, user: Any, can_lock: bool = False) -> Any:
        """In the panel of states."""
        return _("Nobody changes a text under review.")


class ReviewTask(Task):
    """One of the three reviews. Who may do it is a question of duty and section (cms.rules), not of a Wagtail group."""

    step = models.CharField(max_length=10, choices=[(duty.value, duty.label) for duty in REVIEWS], unique=True)

    lock_class = ReviewLock

    class Meta:
        verbose_name = pgettext_lazy("one of three", "review")
        verbose_name_plural = pgettext_lazy("three", "reviews")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin this review; after a change, begin again with the first that has not passed this very text."""
        first = workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        from cms.review_desk import put_on_desks  # it reads the tables

        state = super().start(workflow_state, user=user)
        put_on_desks(workflow_state.content_object.specific, Duty(self.step), state.started_at)
        return state

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or ask for changes. Asked once more under a lock: two clicks at once are one."""
        locked = Page.objects.select_for_update().get(pk=task_state.workflow_state.object_id)
        task_state.refresh_from_db(fields=["status"])
        if action_name not in {name for name, _label, _asks in self.get_actions(locked.specific, user)}:
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)
        self._clear_desks(locked, task_state)

    def _clear_desks(self, page: Page, task_state: TaskState) -> None:
        """A next review has put itself on its desks; what went back stands on its author's, what is released on none."""
        from cms.review_desk import hand_back, settle  # it reads the tables

        task_state.refresh_from_db(fields=["status", "finished_at"])
        page = Page.objects.get(pk=page.pk)
        if task_state.status == TaskState.STATUS_REJECTED:
            hand_back(page.specific, task_state.finished_at)
        elif page.current_workflow_task_state is None:
            settle(page, task_state.finished_at)

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        """A reviewer reads the text where it is written."""
        return self._may(obj, user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Nobody changes a text under review: what three people approve is what its author wrote."""
        return True

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Ask for changes (with a reason), approve, approve with a remark; no approval while a picture lacks its words."""
        from cms.rules import may_approve  # the rules read the tables

        if not self._may(obj, user):
            return []
        if not may_approve(obj):
            return [("reject", _("Request changes"), True)]
        approve = _("Approve and release") if self.step == Duty.FINAL else _("Approve")
        return [("reject", _("Request changes"), True), ("approve", approve, False),
                ("approve", _("Approve with comment"), True)]  # fmt: skip

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        """What waits for this person on the dashboard."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        states = waiting.select_related("workflow_state", "revision")
        mine = [one.pk for one in states if self._may(one.workflow_state.content_object, user)]
        return waiting.filter(pk__in=mine)

    def _may(self, page: Page, user: Any) -> bool:
        from cms.rules import may_review  # the rules read the tables

        return bool(may_review(user, page.specific, Duty(self.step)))

    @classmethod
    def get_description(cls) -> Any:
        """For Wagtail's list of kinds of tasks."""
        return _("One of the three reviews before a page is released.")


class Release(AssociationModel):
    """One release of a page: which text, who reviewed it, who released it. Written once, shown on the page."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="releases")
    revision = models.OneToOneField(Revision, models.SET_NULL, null=True, related_name="release")
    first_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["page", "-released_at"], name="release_newest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_by=None) | ~Q(first_by=F("second_by")), name="release_first_is_not_second"
            ),
            models.CheckConstraint(
                condition=Q(first_by=None) | ~Q(first_by=F("released_by")), name="release_first_is_not_final"
            ),
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=F("released_by")), name="release_second_is_not_final"
            ),
        ]
