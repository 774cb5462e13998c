"""Frames of the example pages: the public site, a school, a committee."""

# Chinese text: invented content of the example pages.

from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from portal.frames import Crumb, Door, DoorGroup, FootColumn, Frame, Link, Person, PublicFrame
from portal.style.examples.words import both

_NAV = (
    (both("首页", "Home"), "style:home"),
    (both("新闻", "News"), ""),
    (both("通知公示", "Notices"), ""),
    (both("制度法规", "Rules"), ""),
    (both("研究", "Research"), ""),
    (both("能源公报", "Energy bulletin"), "style:bulletin"),
    (both("委员会", "Committees"), ""),
    (both("会员单位", "Members"), ""),
)
_COLUMNS = (
    (
        both("协会", "Association"),
        (
            both("协会章程", "Charter"),
            both("组织机构", "Organisation"),
            both("会员名册（61所）", "Members (61)"),
            both("联系秘书处", "Contact the secretariat"),
        ),
    ),
    (
        both("公开", "Open data"),
        (
            both("能源公报", "Energy bulletin"),
            both("评价结果与公示", "Reviews and comment"),
            both("数据下载与字典", "Data and dictionary"),
            both("开放接口", "Open API"),
        ),
    ),
    (
        both("帮助", "Help"),
        (
            both("填报指南", "How to report"),
            both("订阅与RSS", "Subscribe, RSS"),
            both("无障碍说明", "Accessibility"),
            both("网站地图", "Site map"),
        ),
    ),
)
_MENU = (
    Link(label=both("我的账户", "My account"), href="#account", icon="user"),
    Link(label=both("密码与验证", "Password and codes"), href="#password", icon="key"),
    Link(label=both("退出", "Sign out"), href="#out", icon="logout", post=True),
)


def public_frame(here: str = "") -> PublicFrame:
    """The public site's frame; `here` is the URL name of the current page."""
    return PublicFrame(
        nav=[Link(label=word, href=reverse(name) if name else "#", current=name == here != "") for word, name in _NAV],
        columns=[
            FootColumn(label=title, links=[Link(label=word, href="#") for word in words]) for title, words in _COLUMNS
        ],
        search_href=reverse("style:show"),
        sign_in_href=reverse("style:gate"),
        accessibility_href="#access",
        home_href=reverse("style:home"),
        updated_at=datetime(2027, 3, 15, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai")),
    )


def school_frame(here: str, crumbs: list[Crumb], busy: bool = True) -> Frame:
    """A school's workspace; `here` is "desk" or a committee's key; `busy` counts what waits behind the doors."""
    rooms = (
        ("energy", both("能源", "Energy"), 2, "style:return"),
        ("food", both("伙食", "Catering"), 2, ""),
        ("dorm", both("公寓", "Residences"), 2, ""),
        ("estate", both("物业", "Grounds"), 1, ""),
        ("shop", both("商贸", "Shops"), 1, ""),
        ("house", both("房屋", "Housing"), 1, ""),
    )
    own = (
        ("clipboard-check", both("评价", "Reviews"), False),
        ("pencil", both("通讯投稿", "Write for the news"), True),
        ("archive", both("备案档案", "Filings"), True),
        ("building", both("楼栋与表计", "Buildings and meters"), True),
        ("settings", both("设置", "Settings"), True),
    )
    desk = Door(
        label=both("待办", "To do"),
        href=reverse("style:desk"),
        icon="layout-grid",
        count=9 if busy else None,
        current=here == "desk",
    )
    return Frame(
        plate=both("海河理工大学", "Haihe University of Technology"),
        person=Person(name=both("能源统计员", "Energy clerk"), links=_MENU),
        brand_href=reverse("style:home"),
        crumbs=crumbs,
        search_href="#search",
        notices_href="#notices",
        unread=2,
        groups=[
            DoorGroup(doors=[desk]),
            DoorGroup(
                label=both("六个房间", "Six rooms"),
                doors=[
                    Door(
                        label=word,
                        href=reverse(name) if name else "#",
                        glyph=key,
                        count=count if busy else None,
                        current=key == here,
                    )
                    for key, word, count, name in rooms
                ],
            ),
            DoorGroup(
                label=both("本校", "Our university"),
                doors=[Door(label=word, href="#", icon=icon, extra=extra) for icon, word, extra in own],
            ),
        ],
    )


def committee_frame(crumbs: list[Crumb]) -> Frame:
    """The workspace of the energy committee."""
    board = reverse("style:board")
    groups = (
        (
            both("收数", "Collect"),
            (
                ("table", both("进度板", "Board"), board, None, False),
                ("checklist", both("审核", "Check"), "#", 15, False),
                ("users-group", both("会审室", "Panel room"), "#", None, False),
                ("dice-5", both("抽查", "Spot checks"), "#", None, False),
            ),
        ),
        (
            both("用数", "Use"),
            (
                ("report-analytics", both("公报", "Bulletin"), reverse("style:bulletin"), None, False),
                ("target", both("定额与目标", "Norms and goals"), "#", None, True),
                ("math-function", both("折算系数", "Factors"), "#", None, True),
            ),
        ),
        (
            both("本会", "Committee"),
            (
                ("id-badge-2", both("名册", "Roster"), "#", None, True),
                ("send", both("催报记录", "Reminders"), "#", None, True),
                ("settings", both("设置", "Settings"), "#", None, True),
            ),
        ),
    )
    today = Door(label=both("今日", "Today"), href="#", icon="layout-grid", count=15)
    return Frame(
        plate=both("能源管理专业委员会", "Energy Committee"),
        room="energy",
        person=Person(name=both("审核员", "Reviewer"), links=_MENU),
        brand_href=reverse("style:home"),
        crumbs=crumbs,
        search_href="#search",
        notices_href="#notices",
        unread=3,
        groups=[DoorGroup(doors=[today])]
        + [
            DoorGroup(
                label=label,
                doors=[
                    Door(label=word, href=href, icon=icon, count=count, current=href == board, extra=extra)
                    for icon, word, href, count, extra in doors
                ],
            )
            for label, doors in groups
        ],
    )
