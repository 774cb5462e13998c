"""What a committee meets while it checks: a stamped scan, a deputy, corrections, a conversation, a sample, a joint list."""

# Chinese text: sentences of the demo's people.

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from committees.files.inspection import Inspection, inspect_upload
from committees.filings import actions, correction_actions
from committees.filings.answers import Entry, plain
from committees.filings.approval_actions import file_scan, name_deputy
from committees.filings.approvals import StampedPaper
from committees.filings.checking_actions import draw_sample, keep_notes, say
from committees.filings.clear_filings import sorted_filings
from committees.filings.joint_actions import decide_lines, dissent, make_list
from committees.filings.models import Call, Filing, Side
from committees.papers import pdf
from tenants.clock import local_day
from tenants.context import school_scope
from tenants.models import User

#: The value that was filed ten times too high, and corrected later.
WRONG = "fossil_buildings"
#: The invented name on the stamped paper.
SIGNER = "沈砚秋"
_FONT = Path(pdf.__file__).parent / "fonts" / "serif-regular.otf"
_RED, _INK = (196, 40, 32), (40, 40, 46)


def stamped_page(school: str, title: str, signer: str, day: str) -> bytes:
    """A picture (JPEG, A4 upright) of a page with a signature and a round red stamp."""
    page = Image.new("RGB", (1000, 1414), (250, 249, 245))
    pen = ImageDraw.Draw(page)
    for top, size, text in (
        (130, 44, school),
        (210, 34, title),
        (1010, 30, f"负责人（签字）：{signer}"),
        (1070, 30, day),
    ):
        pen.text((500 if top < 300 else 330, top), text, _INK, ImageFont.truetype(_FONT, size), anchor="ma")
    for line in range(14):
        pen.line((120, 330 + line * 44, 880, 330 + line * 44), (190, 188, 182), 2)
    pen.ellipse((560, 900, 860, 1200), outline=_RED, width=9)
    pen.text((710, 1050), "★", _RED, ImageFont.truetype(_FONT, 90), anchor="mm")
    pen.text((710, 1132), school[:9], _RED, ImageFont.truetype(_FONT, 24), anchor="mm")
    out = BytesIO()
    page.save(out, "JPEG", quality=70)
    return out.getvalue()


def bring_scan(filing: Filing, people: dict[str, User], at: datetime) -> None:
    """The clerk files what lies with the head with the stamped paper."""
    day = local_day(at)
    content = stamped_page(filing.school.name_zh, filing.call.title_zh, SIGNER, day.isoformat())
    inspected = inspect_upload("盖章页.jpg", content)
    assert isinstance(inspected, Inspection)
    paper = StampedPaper(content, inspected, SIGNER, day)
    with school_scope(filing.school):
        file_scan(filing=filing, paper=paper, by=people[f"{filing.school.code}-clerk"], at=at)


def correct(filing: Filing, values: dict[str, Decimal], people: dict[str, User], at: datetime) -> None:
    """Asked, opened, mended, filed anew, accepted: the figure before stays, with its day."""
    clerk, head = people[f"{filing.school.code}-clerk"], people[f"{filing.school.code}-head"]
    reason = "教学楼燃料误按百升折算，多报十倍，现按气量单据更正。"
    with school_scope(filing.school):
        correction_actions.ask_correction(filing=filing, reason=reason, by=clerk, at=at)
    correction_actions.grant_correction(filing=filing, by=people["officer"], at=at + timedelta(days=1))
    entry = Entry(values[WRONG], source=plain(values[WRONG]))
    with school_scope(filing.school):
        given = at + timedelta(days=2)
        actions.save_draft(filing=filing, entries={WRONG: entry}, revision=None, by=clerk, at=given)
        actions.request_approval(filing=filing, by=clerk, at=given + timedelta(hours=1))
        actions.file(filing=filing, by=head, at=given + timedelta(hours=3))
    actions.accept(filing=filing, by=people["officer"], at=at + timedelta(days=4))


def ask_to_correct(filing: Filing, people: dict[str, User], at: datetime) -> None:
    """Accepted, and the school asks to open it again."""
    with school_scope(filing.school):
        correction_actions.ask_correction(
            filing=filing, reason="新能源漏计图书馆屋顶光伏两个月的发电量，附电表记录。",
            by=people[f"{filing.school.code}-clerk"], at=at,
        )  # fmt: skip


def seed_checking(call: Call, people: dict[str, User], at: datetime) -> None:
    """On the filings of a call that wait: a question and its answer, notes, a joint list, a sample in progress; a deputy."""
    officer, second = people["officer"], people["officer2"]
    waiting = list(
        call.filings.filter(state__in=("filed", "taken_up")).select_related(
            "school", "call__committee", "call__form", "duty", "latest"
        ).order_by("latest__sealed_at", "pk")
    )  # fmt: skip
    told = waiting[0]
    say(filing=told, text="今年校园面积增加的是哪几栋楼？", indicator="area_buildings", side=Side.COMMITTEE, by=officer,
        at=at - timedelta(days=3))  # fmt: skip
    say(filing=told, text="新启用的是三号实验楼和附属游泳馆，均已办竣工备案。", indicator="area_buildings",
        side=Side.SCHOOL, by=people[f"{told.school.code}-clerk"], at=at - timedelta(days=2))  # fmt: skip
    keep_notes(filing=told, notes={"area_buildings": "竣工备案号待补。"}, by=officer, at=at - timedelta(days=1))
    made = make_list(
        call=call, title="三月会审", held_on=local_day(at), filings=waiting[:2], by=people["chair"],
        at=at - timedelta(days=1),
    )  # fmt: skip
    first, other = made.lines.order_by("pk")
    decide_lines(
        joint_list=made, present="能专会主任、审核员、审核员二",
        lines={first.pk: {"proposal": "return", "proposal_words": "补竣工备案号"}, other.pk: {"decision": "accept"}},
        by=officer, at=at - timedelta(hours=20),
    )  # fmt: skip
    dissent(line=first, words="面积有备案，可以先收下再补号。", by=second, at=at - timedelta(hours=19))
    if sorted_filings(call).clear:
        draw_sample(call=call, percent=Decimal(20), by=officer, at=at - timedelta(hours=5))
    school = told.school
    name_deputy(
        school=school, deputy=people[f"{school.code}-clerk"], starts_on=local_day(at),
        ends_on=local_day(at) + timedelta(days=9), reason="负责人出差", by=people[f"{school.code}-head"], at=at,
    )  # fmt: skip
