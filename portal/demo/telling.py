"""What the demo's people were told: reminders of what is late, a group's robot, something put off, an address in trouble."""

# Chinese text: sentences of the demo's officer and the name of a group.

from datetime import datetime, timedelta

from committees.filings.models import Call
from committees.filings.reminder_actions import remind
from committees.notices.actions import add_robot, choose_mail, note_failure, snooze
from committees.workflow.models import DeskEntry
from tenants.clock import local_day
from tenants.models import User

#: An invented key: a demo's robots speak into the demo mailbox.
ROBOT = "demo-robot-0001"


def seed_telling(call: Call, people: dict[str, User], at: datetime) -> None:
    """After the calls: everything through the same actions as the pages use."""
    officer = people["officer"]
    add_robot(
        owner=f"committee:{call.committee.code}", kind="wecom", label="能源联络员群", token=ROBOT, secret="",
        by=officer, at=at - timedelta(days=30),
    )  # fmt: skip
    late = list(
        call.filings.filter(state__in=("addressed", "started", "approval_requested"))
        .select_related("school", "duty", "call__committee").order_by("pk")
    )  # fmt: skip
    remind(filings=late[:3], by=officer, at=at - timedelta(days=4), note="年报汇总在即，请尽快报来；有困难请来电。")
    remind(filings=late[:1], by=officer, at=at - timedelta(days=1), robots=True)
    waiting = DeskEntry.objects.filter(audience=f"committee:{call.committee.code}:officer", done_at__isnull=True)
    if last := waiting.order_by("-due_on", "-pk").first():
        snooze(subject=last.subject, until=local_day(at) + timedelta(days=3), today=local_day(at), by=officer, at=at)
    choose_mail(by=people["chair"], rhythm="daily", language="zh-hans", only_duties=False, at=at)
    note_failure(
        address=f"{late[-1].school.code}-clerk@example.edu.cn", subject="请答复退回问题",
        error="550 5.1.1 user unknown", at=at - timedelta(days=2),
    )  # fmt: skip
