"""What lies between the committees and the education commission: calls of two issuers, comments, a countersigned table."""

# Chinese text: sentences of the demo's people.

from datetime import datetime, timedelta

from committees.calendar.queries import load_overrides
from committees.calendar.workdays import add_workdays
from committees.commission.actions import countersign
from committees.commission.queries import digest_of_table, tables
from committees.commission.talk_actions import begin_talk, close_talk, write_talk
from committees.filings import actions
from committees.filings.co_issue_actions import agree_to_call, decline_call, propose_call
from committees.filings.models import Call, Disclosure, FormVersion
from committees.roster.models import Committee
from tenants.clock import local_day
from tenants.models import User


def agree_on(call: Call, people: dict[str, User], at: datetime) -> None:
    """A drafted call of two issuers, proposed two days ago and agreed to yesterday."""
    propose_call(call=call, by=people["chair"], at=at - timedelta(days=2))
    agree_to_call(call=call, by=people["commission"], at=at - timedelta(days=1))


def seed_commission(primary: Call, people: dict[str, User], at: datetime) -> None:
    """A call that waits for the commission, one that it gave back, comments open and closed, a table under its name."""
    waiting = _draft("度节能改造情况专项填报", "energy-saving refits", people, at)
    propose_call(call=waiting, by=people["chair"], at=at - timedelta(hours=6))
    back = _draft("暑期用能情况专项填报", "use over the summer", people, at)
    propose_call(call=back, by=people["officer"], at=at - timedelta(days=3))
    reason = "与年报的填报期重叠，基层负担偏重，请错开一个月再报。"
    decline_call(call=back, reason=reason, by=people["commission"], at=at - timedelta(days=2))
    _talks(primary, people, at)
    signed = next((call for call in tables() if call.state == "closed"), None)
    if signed:
        countersign(
            call=signed, seen=digest_of_table(signed)[0], by=people["commission"], at=at - timedelta(hours=30)
        )  # fmt: skip


def _talks(call: Call, people: dict[str, User], at: datetime) -> None:
    officer, commission = people["officer"], people["commission"]
    asked = begin_talk(
        call=call, about="table", title="热力折算口径", words="外购热力按等价值还是当量值折算？与去年是否一致？", by=commission,
        at=at - timedelta(days=6),
    )  # fmt: skip
    write_talk(
        talk=asked, words="按当量值，系数与上年同一版本，公报页底列有系数表。", by=officer, at=at - timedelta(days=5)
    )
    close_talk(talk=asked, by=commission, at=at - timedelta(days=4))
    begin_talk(
        call=call, about="table", title="未报学校", words="请在汇总说明里写明未报学校数和主要原因。", by=commission,
        at=at - timedelta(hours=20),
    )  # fmt: skip


def _draft(title: str, title_en: str, people: dict[str, User], at: datetime) -> Call:
    today, year = local_day(at), at.year
    opens = add_workdays(today, 5, load_overrides())
    return actions.draft_call(
        committee=Committee.objects.get(code="energy"), kind="energy-annual",
        form=FormVersion.objects.get(code="energy-annual", version="2025"), period=str(year),
        title_zh=f"{year}年{title}", title_en=f"Energy {year}: {title_en}", opens_on=opens,
        due_on=add_workdays(opens, 15, load_overrides()), disclosure=Disclosure.TOTALS, co_issued=True,
        text="各校按账单填报，不重复采集年报已有的数据。", by=people["officer"], at=at - timedelta(days=4),
    )  # fmt: skip
