"""Who may do what with a page, each with the reason when not."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState

from cms.models import Picture
from cms.models.editing import Duty
from cms.pictures import wordless_on
from cms.sections import section_of
from cms.standing import standing_of


@dataclass(frozen=True)
class Verdict:
    """Allowed, or refused for a reason."""

    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return not self.reason


ALLOWED = Verdict()


def may_edit(user: Any, page: Page) -> Verdict:
    """Editors of the page's section; of the whole site."""
    if standing_of(user).has(Duty.EDIT, section_of(page)):
        return ALLOWED
    return Verdict(_("You edit another section."))


def may_review(user: Any, page: Page, step: Duty) -> Verdict:
    """A reviewer of this step and section, who neither wrote the text nor passed it in another step."""
    if not standing_of(user).has(step, section_of(page)):
        return Verdict(_("This review is somebody else's duty."))
    if user.pk in authors_of(page):
        return Verdict(_("Nobody reviews a text of their own."))
    if user.pk in reviewers_of(page, but=step):
        return Verdict(_("One person does one of the three reviews only."))
    return ALLOWED


def may_approve(page: Page) -> Verdict:
    """Whether a text is fit to go on: each picture has words, or is marked as one that only decorates."""
    without = wordless_on(page.get_latest_revision_as_object())
    if not without:
        return ALLOWED
    return Verdict(
        _("Pictures without words: %(titles)s. Send the text back, or add the words.") % {"titles": titles_of(without)}
    )


def titles_of(pictures: list[Picture]) -> str:
    """The first titles, for a sentence."""
    return "、".join(picture.title for picture in pictures[:5])


def may_take_down(user: Any, page: Page) -> Verdict:
    """Whoever edits the section, and whoever releases."""
    standing, section = standing_of(user), section_of(page)
    if standing.has(Duty.EDIT, section) or standing.has(Duty.FINAL, section):
        return ALLOWED
    return Verdict(_("You edit another section."))


def authors_of(page: Page) -> set[int]:
    """Who made the page, and who has written in it since it was last released."""
    written = Revision.objects.for_instance(page).filter(pk__gt=page.live_revision_id or 0)
    found = set(written.values_list("user_id", flat=True)) | {page.owner_id}
    return {pk for pk in found if pk}


def reviewers_of(page: Page, *, but: Duty) -> set[int]:
    """Who has passed the text under review in another step."""
    state = page.current_workflow_state
    if state is None:
        return set()
    passed = TaskState.objects.filter(
        workflow_state=state, status=TaskState.STATUS_APPROVED, revision_id=page.latest_revision_id
    ).exclude(task__reviewtask__step=but)
    return set(passed.values_list("finished_by_id", flat=True)) - {None}
