"""Reviews on the desk: who may do the one that waits sees it there; the author sees what came back."""

# Chinese text: titles of desk entries, which are rows in both languages.

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.urls import reverse
from wagtail.models import Page

from cms.models.editing import Duty
from cms.rooms import Room
from cms.rules import authors_of, reviewers_of
from cms.sections import section_of
from cms.standing import people_with
from committees.workflow.models import DeskEntry
from tenants.clock import local_day

_TITLES = {
    Duty.FIRST: ("稿件待初审", "A text waits for its first review"),
    Duty.SECOND: ("稿件待复审", "A text waits for its second review"),
    Duty.FINAL: ("稿件待终审签发", "A text waits for its release"),
}
_BACK = ("稿件退回修改", "A text came back with remarks")


def subject_of(page: Page) -> UUID:
    """What the desk calls a page under review."""
    return uuid5(NAMESPACE_URL, f"site-review:{page.pk}")


def put_on_desks(page: Page, step: Duty, at: datetime) -> None:
    """The review that waits stands on the desk of each person who may do it, and nothing else of this page on any."""
    settle(page, at)
    shut_out = authors_of(page) | reviewers_of(page, but=step)
    people = people_with(step, section_of(page), local_day(at)) - shut_out
    verb = "approve" if step == Duty.FINAL else "check"
    path = reverse("site_review", args=[page.pk])
    _write(page, people, verb, _TITLES[step], path, at)


def hand_back(page: Page, at: datetime) -> None:
    """The text went back: it stands on its authors' desks."""
    settle(page, at)
    _write(page, authors_of(page), "answer", _BACK, reverse("wagtailadmin_pages:edit", args=[page.pk]), at)


def settle(page: Page, at: datetime) -> None:
    """Nothing of this page waits for anybody."""
    DeskEntry.objects.filter(subject=subject_of(page), done_at__isnull=True).update(done_at=at)


def _write(page: Page, people: set[int], verb: str, title: tuple[str, str], path: str, at: datetime) -> None:
    section = Room(section_of(page))
    # The day is in the title, the text's own title is not: entries are told in mails, too.
    told = {"room": section.value, "subject": subject_of(page), "verb": verb, "path": path, "created_at": at,
            "title_zh": f"{title[0]}（{_plate(section, 'zh-hans')}，{local_day(at):%m-%d}）",
            "title_en": f"{title[1]} ({_plate(section, 'en')}, {local_day(at):%m-%d})",
            "tone": "returned" if verb == "answer" else "filed"}  # fmt: skip
    DeskEntry.objects.bulk_create(DeskEntry(audience=f"user:{person}", **told) for person in sorted(people))


def _plate(section: Room, language: str) -> str:
    from django.utils.translation import override

    with override(language):
        return str(section.plate)
