"""The demo's contact checks: a monthly series with every turn that a duty can take, through the same actions as the pages."""

# Chinese text: what the people of the demo type.

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from committees.calendar.queries import load_overrides
from committees.calendar.workdays import add_workdays
from committees.contacts.filings import CONTACT_CHECK, FORM_2026
from committees.files.inspection import Inspection, inspect_upload
from committees.filings import actions, call_actions, duty_actions, series_actions
from committees.filings.models import Call, Disclosure, Filing, FormVersion, Series
from committees.filings.periods import period_of
from committees.filings.schema import Answers, Indicator, Named
from committees.filings.school.evidence import add_evidence
from committees.filings.series_reads import planned
from committees.filings.typed_values import read_entry
from committees.roster.models import Committee
from tenants.clock import local_day
from tenants.context import school_scope
from tenants.models import School, User

PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
#: Beside the few schools that the series asks by their type, these are added to each call.
ADDED = ("hhut", "jgnu", "bypt", "bwkj")
#: What becomes of each school, call by call, in the order of the list; the last word holds for the others.
TURNS = (
    ("waived", "not_applicable", "accepted", "late", "accepted"),
    ("reopened", "extended", "returned", "late", "refused", "accepted", "accepted", "addressed"),
    ("waived", "none_said", "filed", "extended_open", "started", "approval_requested", "accepted", "addressed"),
)
MORNING, SERIES_DAYS = time(10, 0), 18


def seed_contacts(people: dict[str, User], at: datetime) -> Series:
    """The series since eighty days ago, its calls as far as time has brought them, and one call that was cancelled."""
    begun, secretary = at - timedelta(days=79), people["secretary"]
    series = series_actions.define_series(
        committee=Committee.objects.get(code="secretariat"), by=secretary, at=begun,
        words={
            "kind": CONTACT_CHECK, "form_code": CONTACT_CHECK, "every": "month", "title_zh": "{period}学校联系信息核对",
            "title_en": "Contact check {period}", "text": "请核对本校后勤联系信息，有变动的改过来，盖章后上传。",
            "disclosure": Disclosure.TOTALS, "school_types": ["private", "adult", "other"], "due_workdays": SERIES_DAYS,
            "next_period": period_of(local_day(begun - timedelta(days=10)), "month"),
        },
    )  # fmt: skip
    for moment in _mornings(series, begun, at):
        series_actions.open_due_calls(at=moment)
    for call, turns in zip(series.calls.select_related("committee").order_by("pk"), TURNS, strict=False):
        _play_call(call, turns, people, at)
    _change_form(series.calls.select_related("committee", "form").latest("pk"), people, at)
    _cancelled(people, at - timedelta(days=20))
    return series


def _change_form(call: Call, people: dict[str, User], at: datetime) -> None:
    """The open call asks with a new version of the form: one item more, one less; drafts are carried over."""
    section = FORM_2026.sections[0]
    kept = tuple(item for item in section.indicators if item.code != "staff")
    room = Indicator("duty_room", Named("值班室位置", "Where the duty room is"), "", answers=Answers.TEXT)
    form = replace(FORM_2026, version="2026-2", sections=(replace(section, indicators=(*kept, room)),))
    version = actions.load_form(form=form, at=at)
    reason = "值班抽查需要值班室位置；在岗人数改由人事报表取得，不再填报。"
    call_actions.change_form(call=call, form=version, reason=reason, by=people["secretary"], at=at)


def _mornings(series: Series, begun: datetime, at: datetime) -> Iterator[datetime]:
    """Every working morning on which a call of the series was due to open."""
    overrides, zone = load_overrides(), timezone.get_current_timezone()
    while True:
        series.refresh_from_db()
        day = max(planned(series, series.next_period, overrides).opens_on, local_day(begun) + timedelta(days=1))
        moment = datetime.combine(add_workdays(day, 0, overrides), MORNING, tzinfo=zone)
        if moment > at:
            return
        yield moment


def _play_call(call: Call, turns: tuple[str, ...], people: dict[str, User], at: datetime) -> None:
    opened = datetime.combine(call.opens_on, MORNING, tzinfo=timezone.get_current_timezone()) + timedelta(hours=1)
    secretary = people["secretary"]
    added = list(School.objects.filter(code__in=ADDED).order_by("pinyin"))
    call_actions.add_schools(call=call, schools=added, due_on=call.due_on, by=secretary, at=opened)
    if turns is TURNS[-1]:
        words = {"text": "请核对本校后勤联系信息，有变动的改过来。24小时值班电话须能接通，盖章后上传。"}
        call_actions.reword_call(call=call, words=words, reason="值班电话抽查时多有无人接听", by=secretary, at=opened)
    over = call.due_on < local_day(at)
    rows = call.filings.select_related("school", "duty", "call__committee", "call__form").order_by("pk")
    for number, filing in enumerate(rows):
        turn = turns[min(number, len(turns) - 1)]
        _Life(filing, people, opened + timedelta(days=1, minutes=number), at).play(turn)
    if over:
        closing = datetime.combine(call.due_on, MORNING, tzinfo=timezone.get_current_timezone()) + timedelta(days=30)
        actions.close_call(call=call, by=secretary, at=min(closing, at))


class _Life:
    """One school's duty, brought to where it stands today."""

    def __init__(self, filing: Filing, people: dict[str, User], at: datetime, now: datetime) -> None:
        code = filing.school.code
        self.filing, self.at, self.now, self.officer = filing, at, now, people["secretary"]
        self.clerk, self.head = people[f"{code}-clerk"], people[f"{code}-head"]

    def play(self, turn: str) -> None:
        """Go as far as `turn` says."""
        getattr(self, f"_{turn}")()

    def _addressed(self) -> None:
        pass

    def _started(self) -> None:
        self._in_school(lambda told: actions.start(**told), self.clerk)
        typed = {
            "head_name": f"{self.filing.school.name_zh[0]}明远", "office_phone": f"022-2345{self.filing.pk % 10000:04}",
            "email": f"houqin@{self.filing.school.code}.example.edu.cn", "duty_phone": f"022-8765{self.filing.pk % 10000:04}",
            "staff": str(40 + self.filing.pk % 90),
        }  # fmt: skip
        entries = {code: read_entry(FORM_2026.indicator(code), text, "") for code, text in typed.items()}
        self._in_school(lambda told: actions.save_draft(entries=entries, revision=None, **told), self.clerk)

    def _approval_requested(self) -> None:
        self._started()
        kept = inspect_upload("联系表.pdf", PAPER)
        assert isinstance(kept, Inspection)
        self._in_school(
            lambda told: add_evidence(content=PAPER, inspection=kept, indicator="sheet", **told), self.clerk
        )  # fmt: skip
        self._in_school(lambda told: actions.request_approval(**told), self.clerk)

    def _filed(self) -> None:
        self._approval_requested()
        self._in_school(lambda told: actions.file(**told), self.head)

    def _accepted(self) -> None:
        self._filed()
        actions.accept(**self._told(self.officer))

    def _late(self) -> None:
        after = timezone.make_aware(datetime.combine(self.filing.duty.due_on, MORNING)) + timedelta(days=3)
        self.at = max(self.at, min(after, self.now - timedelta(hours=6)))
        self._accepted()

    def _returned(self) -> None:
        self._filed()
        actions.return_items(items={"duty_phone": "夜间两次拨打无人接听，请核实。"}, **self._told(self.officer))

    def _refused(self) -> None:
        self._filed()
        actions.refuse(reason="盖章表是另一所学校的，请联系秘书处重新报送。", **self._told(self.officer))

    def _waived(self) -> None:
        duty_actions.waive(reason="民办高校联系信息由市民办教育协会统一报送，本期免报。", **self._told(self.officer))

    def _reopened(self) -> None:
        self._waived()
        due = add_workdays(local_day(self.now), 6, load_overrides())
        self.at = max(self.at, self.now - timedelta(days=2))
        reason = "民办教育协会本期不再代报，请自行报送。"
        duty_actions.reopen(due_on=due, reason=reason, **self._told(self.officer))

    def _extended(self) -> None:
        self._extended_open()
        self._accepted()

    def _extended_open(self) -> None:
        due = add_workdays(self.filing.duty.due_on, 5, load_overrides())
        reason = "该校后勤处负责人调整，新印章启用后报送。"
        duty_actions.extend(due_on=due, reason=reason, **self._told(self.officer))

    def _none_said(self) -> None:
        reason = "本校后勤已整体委托举办单位管理，无独立后勤机构。"
        self._in_school(lambda told: duty_actions.say_none(reason=reason, **told), self.clerk)

    def _not_applicable(self) -> None:
        self._none_said()
        duty_actions.confirm_none(reason="已向举办单位核实。", **self._told(self.officer))

    def _told(self, by: User) -> dict[str, Any]:
        self.at = min(self.at + timedelta(hours=2), self.now)
        return {"filing": self.filing, "by": by, "at": self.at}

    def _in_school(self, step: Callable[[dict[str, Any]], Any], by: User) -> None:
        with school_scope(self.filing.school):
            step(self._told(by))


def _cancelled(people: dict[str, User], at: datetime) -> None:
    """A call sent with the wrong form in mind, cancelled a day later while one school had begun."""
    call = actions.draft_call(
        committee=Committee.objects.get(code="secretariat"), kind=CONTACT_CHECK,
        form=FormVersion.objects.filter(code=CONTACT_CHECK).order_by("-version")[0],
        period=period_of(local_day(at), "month"), title_zh="寒假值班联系信息核对", title_en="Contacts over the winter vacation",
        opens_on=local_day(at), due_on=add_workdays(local_day(at), 15, load_overrides()), by=people["secretary"], at=at,
    )  # fmt: skip
    schools = list(School.objects.filter(code__in=ADDED).order_by("pinyin"))
    actions.open_call(call=call, schools=schools, by=people["secretary"], at=at)
    rows = call.filings.select_related("school", "duty", "call__committee", "call__form")
    begun = rows.order_by("school__code").first()
    assert begun is not None
    _Life(begun, people, at, at + timedelta(days=1)).play("started")
    reason = "各校放假时间尚未确定，待校历公布后另行通知。"
    call_actions.cancel_call(call=call, reason=reason, by=people["secretary"], at=at + timedelta(days=1))
