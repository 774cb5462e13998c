"""The kinds of pages: what each says of itself, where each may stand, what its list can be asked."""

import json
import re
from datetime import date, datetime, timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Page

from cms import models
from cms.dated import days_of
from cms.models import (
    CommitteeIndexPage,
    CommitteePage,
    EventIndexPage,
    EventPage,
    GalleryIndexPage,
    GalleryPage,
    HomePage,
    HonourIndexPage,
    HonourPage,
    MemberDirectoryPage,
    NewsIndexPage,
    NoticeIndexPage,
    NoticePage,
    PublicNoticePage,
    RegulationIndexPage,
    RegulationPage,
    ResearchIndexPage,
    ResearchPage,
    SiteMapPage,
    TopicIndexPage,
    TopicPage,
)
from cms.models.regulations import RegulationState
from cms.setup import published
from committees.roster.models import Committee, Seat
from tenants.models import School
from tests.cms.conftest import make_picture
from tests.journeys.ground import case_of, numbers, open_call
from tests.journeys.ground import slug as slug_of

TODAY = timezone.localdate
#: Kinds with a list of their own: list, page, fields that a page must have.
LISTED = {
    "announcements": (NoticeIndexPage, NoticePage, {}),
    "policies": (RegulationIndexPage, RegulationPage, {"issuer": "协会", "effective_on": date(2026, 1, 1)}),
    "research": (ResearchIndexPage, ResearchPage, {}),
    "events": (
        EventIndexPage, EventPage,
        {"starts_at": timezone.now() + timedelta(days=9), "ends_at": timezone.now() + timedelta(days=10), "place": "礼堂"},
    ),
    "galleries": (GalleryIndexPage, GalleryPage, {}),
    "honours": (HonourIndexPage, HonourPage, {}),
    "topics": (TopicIndexPage, TopicPage, {}),
}  # fmt: skip


@pytest.fixture
def below(site):
    """`below(ListPage, Kind, title, **fields)`: a published page in its list, which is made when it is not there."""

    def make(index, page_kind, title="一页", **fields):
        parent = index.objects.child_of(site).first()
        if parent is None:
            slug = next((name for name, (one, _, _) in LISTED.items() if one is index), index.__name__.lower())
            parent = published(site.add_child(instance=index(title="列表", slug=slug, locale=site.locale)))
        given = {"lead": "导语。", **fields} if hasattr(page_kind, "lead") else fields
        return published(parent.add_child(instance=page_kind(title=title, locale=site.locale, **given)))

    return make


def public_notice(**fields):
    today = TODAY()
    return {"starts_on": today - timedelta(days=2), "ends_on": today + timedelta(days=5), "contact_name": "办公室",
            "contact_phone": "022-0000 0421", **fields}  # fmt: skip


# ---------------------------------------------------------------- where pages may stand


@pytest.mark.requirement("S9-44")
def test_every_kind_stands_only_in_its_list():
    for index, kind, _fields in LISTED.values():
        assert index.allowed_parent_page_models() == [HomePage], index
        assert kind.allowed_parent_page_models() == [index], kind
        assert kind.allowed_subpage_models() == [], kind
    assert PublicNoticePage.allowed_parent_page_models() == [NoticeIndexPage]
    assert NewsIndexPage in NewsIndexPage.allowed_subpage_models(), "columns hold smaller ones"
    for name in models.__all__:
        kind = getattr(models, name)
        if issubclass(kind, Page) and kind is not HomePage:
            assert Page not in kind.allowed_parent_page_models(), f"{name} may stand anywhere"


def test_no_page_hides_behind_a_room_of_the_portal(site):
    for slug in ("desk", "bulletins", "cms"):
        page = NewsIndexPage(title="栏目", slug=slug, locale=site.locale)
        page.set_url_path(site)
        page.depth = 3
        with pytest.raises(ValidationError) as found:
            page.clean()
        assert set(found.value.message_dict) == {"slug"}


# ---------------------------------------------------------------- public notices


def test_a_public_notice_counts_its_working_days(db):
    notice = PublicNoticePage(**public_notice(starts_on=date(2026, 11, 16), ends_on=date(2026, 11, 20)))
    stand = lambda day: days_of(notice, day, {})  # noqa: E731
    assert (stand(date(2026, 11, 13)).state, stand(date(2026, 11, 13)).passed) == ("ahead", 0)
    first = stand(date(2026, 11, 16))
    assert (first.state, first.passed, first.total, first.left) == ("open", 0, 5, 5)
    assert (stand(date(2026, 11, 19)).passed, stand(date(2026, 11, 20)).state) == (3, "open")
    over = stand(date(2026, 11, 21))
    assert (over.state, over.passed, over.total) == ("closed", 5, 5)
    assert days_of(notice, date(2026, 11, 19), {date(2026, 11, 17): False}).total == 4, "a day off is no working day"
    notice.result = "<p>无异议。</p>"
    assert stand(date(2026, 11, 21)).state == "settled"


def test_a_public_notice_needs_days_in_order_a_contact_and_no_early_result(db):
    wrong = PublicNoticePage(**public_notice(ends_on=TODAY() - timedelta(days=9), contact_phone="", result="<p>好</p>"))
    wrong.ends_on = TODAY() - timedelta(days=9)
    with pytest.raises(ValidationError) as found:
        wrong.clean()
    assert set(found.value.message_dict) == {"ends_on", "contact_phone"}
    early = PublicNoticePage(**public_notice(result="<p>好</p>"))
    with pytest.raises(ValidationError) as found:
        early.clean()
    assert set(found.value.message_dict) == {"result"}


def test_an_open_public_notice_leads_the_notices_of_the_home_page(below, association_client, no_strip):
    below(NoticeIndexPage, NoticePage, "通知在后")
    below(NoticeIndexPage, PublicNoticePage, "公示在前", **public_notice(date=date(2025, 1, 1)))
    below(NoticeIndexPage, PublicNoticePage, "已期满", **public_notice(
        starts_on=date(2025, 1, 1), ends_on=date(2025, 1, 9), date=date(2025, 1, 1)))  # fmt: skip
    html = association_client.get("/").content.decode()
    assert html.index("公示在前") < html.index("hq-days") < html.index("通知在后") < html.index("已期满")
    assert html.count('class="hq-pub"') == 1


def test_a_public_notice_says_how_to_object_and_afterwards_its_result(below, association_client):
    page = below(NoticeIndexPage, PublicNoticePage, "公示", **public_notice())
    html = association_client.get(page.url).content.decode()
    for words in ("公示中", "hq-days", "022-0000 0421", "请写明姓名"):
        assert words in html, words
    page.starts_on, page.ends_on = date(2025, 1, 1), date(2025, 1, 9)
    page.result, page.result_on = "<p>其余16户准予备案。</p>", date(2025, 1, 12)
    published(page)
    html = association_client.get(page.url).content.decode()
    for words in ("已期满，有结果", "其余16户准予备案", "异议期已过"):
        assert words in html, words


def test_notices_are_sifted_by_kind_year_and_committee(below, association_client):
    below(NoticeIndexPage, NoticePage, "会议通知", kind="meeting", room="food")
    below(NoticeIndexPage, PublicNoticePage, "名单公示", **public_notice())
    below(NoticeIndexPage, NoticePage, "旧公告", kind="announcement", date=date(2024, 3, 1))

    def shown(query):
        return re.findall(
            r"会议通知|名单公示|旧公告", association_client.get(f"/announcements/{query}").content.decode()
        )

    assert set(shown("")) == {"会议通知", "名单公示", "旧公告"}
    assert shown("?kind=open") == shown("?kind=public") == ["名单公示"]
    assert shown("?kind=meeting") == shown("?room=food") == ["会议通知"]
    assert shown("?year=2024") == ["旧公告"]
    assert set(shown("?kind=x&year=²⁰²⁴&room=y&page=z")) == {"会议通知", "名单公示", "旧公告"}
    assert "没有符合条件的" in association_client.get("/announcements/?kind=tender").content.decode()


# ---------------------------------------------------------------- regulations


@pytest.fixture
def two_texts(below):
    old = below(
        RegulationIndexPage, RegulationPage, "旧办法", issuer="协会", number="海高后〔2021〕9号",
        effective_on=date(2021, 9, 1), date=date(2021, 6, 1),
    )  # fmt: skip
    new = below(
        RegulationIndexPage, RegulationPage, "新办法", issuer="协会", number="海高后〔2026〕14号",
        effective_on=date(2026, 9, 1), date=date(2026, 7, 1), recipients="各会员高校", copies_to="主管部门",
    )  # fmt: skip
    new.supersedes.set([old])
    published(new)
    return old, new


@pytest.mark.requirement("S7-52")
def test_a_superseded_regulation_says_so_both_ways(two_texts, association_client):
    old, new = two_texts
    html = association_client.get(old.url).content.decode()
    assert "本文件已不再有效，现行文件是：" in html
    assert f'<a href="{new.url}">新办法</a>' in html
    assert "已被替代" in html
    html = association_client.get(new.url).content.decode()
    assert "替代</h2>" in html
    assert f'<a href="{old.url}">旧办法</a>' in html
    assert "不再有效" not in html
    for words in ("海高后〔2026〕14号", "各会员高校：", "抄送", "site-redhead", "application/ld+json"):
        assert words in html, words


def test_a_successor_that_is_not_in_force_or_not_published_replaces_nothing(two_texts, association_client):
    old, new = two_texts
    new.effective_on = TODAY() + timedelta(days=30)
    published(new)
    html = association_client.get(old.url).content.decode()
    assert "将由新文件替代" in html
    assert "不再有效" not in html
    new.unpublish()
    html = association_client.get(old.url).content.decode()
    assert "新办法" not in html


def test_states_of_a_text_follow_from_its_days(db):
    text = RegulationPage(effective_on=date(2026, 1, 1), repealed_on=date(2026, 12, 1))
    state = lambda day, later=False: text.state_on(day, has_successor=later)  # noqa: E731
    assert state(date(2025, 12, 31)) == RegulationState.AHEAD
    assert state(date(2026, 1, 1)) == RegulationState.IN_FORCE
    assert state(date(2026, 12, 1)) == RegulationState.REPEALED
    assert state(date(2026, 6, 1), later=True) == RegulationState.SUPERSEDED
    with pytest.raises(ValidationError):
        RegulationPage(effective_on=date(2026, 1, 1), repealed_on=date(2025, 1, 1)).clean()


def test_the_library_is_sifted_by_state_kind_issuer_and_year(two_texts, below, association_client):
    below(
        RegulationIndexPage, RegulationPage, "市里政策", issuer="市主管部门", kind="city",
        effective_on=date(2025, 1, 1), repealed_on=date(2026, 1, 1), date=date(2025, 1, 1),
    )  # fmt: skip
    below(
        RegulationIndexPage, RegulationPage, "将来办法", issuer="协会", effective_on=TODAY() + timedelta(days=20),
    )  # fmt: skip
    names = "旧办法|新办法|市里政策|将来办法"

    def shown(query):
        return re.findall(f"({names})</a></h2>", association_client.get(f"/policies/{query}").content.decode())

    assert set(shown("")) == set(names.split("|"))
    assert shown("")[-1] == "旧办法", "what no longer holds stands last"
    assert shown("?state=in_force") == ["新办法"]
    assert shown("?state=superseded") == ["旧办法"]
    assert (
        shown("?state=repealed")
        == shown("?kind=city")
        == shown("?issuer=市主管部门")
        == shown("?year=2025")
        == ["市里政策"]
    )
    assert shown("?state=ahead") == ["将来办法"]


# ---------------------------------------------------------------- the other kinds


def test_an_event_goes_into_a_calendar(below, association_client):
    begins = timezone.make_aware(datetime(2099, 5, 4, 9, 30))
    page = below(
        EventIndexPage, EventPage, "培训班", starts_at=begins, ends_at=begins + timedelta(hours=7), place="礼堂"
    )
    html = association_client.get(page.url).content.decode()
    assert f'href="{page.url}event.ics"' in html
    answer = association_client.get(f"{page.url}event.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    entry = next(iter(Calendar.from_ical(answer.content).walk("VEVENT")))
    assert (str(entry["summary"]), str(entry["location"]), entry["dtstart"].dt) == ("培训班", "礼堂", begins)
    assert str(entry["url"]) == page.full_url
    assert b"SUMMARY" in association_client.get("/events/events.ics").content
    page.unpublish()
    assert association_client.get(f"{page.url}event.ics").status_code == 404
    assert b"SUMMARY" not in association_client.get("/events/events.ics").content
    assert association_client.get("/news/events.ics").status_code == 404


def test_past_events_stand_apart(below, association_client):
    past = timezone.now() - timedelta(days=40)
    below(EventIndexPage, EventPage, "过去的会", starts_at=past, ends_at=past + timedelta(hours=2), place="甲")
    assert "过去的会" not in association_client.get("/events/").content.decode()
    assert "过去的会" in association_client.get("/events/?when=past").content.decode()


@pytest.mark.requirement("S9-38")
def test_a_gallery_turns_photographs_without_script(below, association_client):
    photos = [
        ("photo", {"picture": make_picture(f"第{n}张"), "title": f"第{n}幅", "caption": f"说明{n}"}) for n in (1, 2, 3)
    ]
    page = below(GalleryIndexPage, GalleryPage, "灯火", photos=photos)
    html = association_client.get(page.url).content.decode()
    assert [f"?photo={n}" in html for n in (1, 2, 3, 4)] == [True, True, True, False]
    html = association_client.get(f"{page.url}?photo=2").content.decode()
    assert "说明2" in html
    assert 'rel="prev" href="?photo=1"' in html
    assert 'rel="next" href="?photo=3"' in html
    for asked in ("0", "4", "x", "²"):
        assert "data-photo" not in association_client.get(f"{page.url}?photo={asked}").content.decode()


@pytest.mark.requirement("S9-43")
def test_the_directory_is_drawn_from_the_register(below, site, cast, association_client):
    published(site.add_child(instance=MemberDirectoryPage(title="会员单位", slug="members", locale=site.locale)))
    School.objects.filter(pk=cast.school_a.pk).update(district="河东区", joined_on=date(1998, 5, 1))
    School.objects.filter(pk=cast.school_b.pk).update(district="河西区", joined_on=date(2004, 9, 1), type="vocational")
    a, b = cast.school_a.name_zh, cast.school_b.name_zh
    shown = lambda query: [name in association_client.get(f"/members/{query}").content.decode() for name in (a, b)]  # noqa: E731
    assert shown("") == [True, True]
    assert shown("?district=河东区") == shown("?joined=1998") == [True, False]
    assert shown("?type=vocational") == [False, True]
    first = cast.school_a.pinyin.split()[0]
    assert shown(f"?q={a[:2]}")[0]
    assert shown(f"?q={first}")[0]
    html = association_client.get("/members/?sort=-joined").content.decode()
    assert html.index(b) < html.index(a)
    School.objects.filter(pk=cast.school_a.pk).update(state="closed")
    assert shown("") == [False, True]


@pytest.mark.requirement("S9-43")
def test_lists_may_be_taken_along_as_they_are_sifted(below, two_texts, site, cast, association_client):
    published(site.add_child(instance=MemberDirectoryPage(title="会员单位", slug="members", locale=site.locale)))
    School.objects.filter(pk=cast.school_a.pk).update(district="河东区", joined_on=date(1998, 5, 1))
    html = association_client.get("/members/?district=河东区").content.decode()
    assert 'href="/members/list.csv?district=%E6%B2%B3%E4%B8%9C%E5%8C%BA"' in html
    answer = association_client.get("/members/list.csv?district=河东区")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["校名", cast.school_a.name_zh]
    assert lines[1].endswith("河东区,1998-05-01")
    text = association_client.get("/policies/list.csv?state=superseded").content.decode("utf-8-sig")
    assert "旧办法,海高后〔2021〕9号" in text
    assert "已被替代" in text
    assert "新办法" not in text
    for path in ("/announcements/list.csv", "/none/list.csv"):
        assert association_client.get(path).status_code == 404


def test_a_member_leads_to_its_public_figures_where_schools_are_named(site, cast, association_client, queries):
    published(site.add_child(instance=MemberDirectoryPage(title="会员单位", slug="members", locale=site.locale)))
    named = case_of(cast, open_call(cast, "2025"), cast.school_a).file(numbers()).accept().filing
    case_of(cast, open_call(cast, "2026", disclosure="anonymous"), cast.school_a).file(numbers()).accept()
    html = association_client.get("/members/").content.decode()
    assert html.count('class="hq-trace"') == 1
    assert f'href="/filings/{quote(slug_of(named.number))}/"' in html
    with queries(12):
        association_client.get("/members/")


def test_lists_and_heads_lead_to_their_feeds(below, association_client):
    below(ResearchIndexPage, ResearchPage)
    html = association_client.get("/research/").content.decode()
    assert 'href="/research/feed/"' in html
    assert re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]*/research/feed/">', html)
    assert "/news/feed/feed/" not in association_client.get("/news/").content.decode()
    assert association_client.get("/research/feed/").status_code == 200


def test_the_home_page_names_the_next_events_and_the_registers(below, association_client, no_strip):
    soon = timezone.now() + timedelta(days=3)
    below(EventIndexPage, EventPage, "下一个班", starts_at=soon, ends_at=soon + timedelta(hours=3), place="礼堂")
    past = timezone.now() - timedelta(days=9)
    below(EventIndexPage, EventPage, "过去的会", starts_at=past, ends_at=past + timedelta(hours=3), place="礼堂")
    html = association_client.get("/").content.decode()
    assert "下一个班" in html
    assert "过去的会" not in html
    assert 'href="https://beian.miit.gov.cn/"' in html
    assert 'href="https://beian.mps.gov.cn/#/query/webSearch?code=12010102000001"' in html


def test_a_committee_shows_its_people_news_and_texts(below, make_news, two_texts, cast, association_client):
    committee = Committee.objects.get(code=cast.committee.code)
    room = CommitteePage(committee=committee).plate.value
    page = below(CommitteeIndexPage, CommitteePage, "能专会", committee=committee, lead="管表。")
    make_news("本会新闻", room=room)
    make_news("别会新闻", room="shop" if room != "shop" else "food")
    two_texts[1].room = room
    published(two_texts[1])
    seat = Seat.objects.filter(committee=committee).select_related("user").first()
    html = association_client.get(page.url).content.decode()
    assert "本会新闻" in html
    assert "别会新闻" not in html
    assert "新办法" in html
    assert seat.user.name in html
    assert page.title in association_client.get(page.get_parent().url).content.decode()


def test_the_map_for_people_names_all_columns(below, site, association_client):
    below(ResearchIndexPage, ResearchPage)
    published(site.add_child(instance=SiteMapPage(title="网站地图", slug="map", locale=site.locale)))
    html = association_client.get("/map/").content.decode()
    for path in ("/news/", "/announcements/", "/research/"):
        assert f'href="{path}">' in html, path


# ---------------------------------------------------------------- what all share


def test_machines_read_what_a_page_is(make_news, association_client):
    page = make_news("</script><b>标题", author="沈一舟")
    html = association_client.get(page.url).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    graph = json.loads(found[0])["@graph"]
    assert graph[0]["@type"] == "NewsArticle"
    assert graph[0]["headline"] == "</script><b>标题"
    assert graph[0]["author"]["name"] == "沈一舟"
    assert [item["name"] for item in graph[1]["itemListElement"]][1:] == ["新闻", "</script><b>标题"]


def test_a_page_that_is_not_there_shows_where_to_go(make_news, association_client):
    page = make_news("凌晨四点半灶火先亮")
    assert page.slug.startswith("ling-chen")
    answer = association_client.get(f"/news/{page.slug[:-2]}x/")
    assert answer.status_code == 404
    html = answer.content.decode()
    assert f'<a href="{page.url}">凌晨四点半灶火先亮</a>' in html
    assert 'href="/news/"' in html
    page.unpublish()
    assert page.title not in association_client.get(f"/news/{page.slug[:-2]}x/").content.decode()


@pytest.mark.parametrize(
    ("name", "cost"),
    [
        ("announcements", 11),
        ("policies", 11),
        ("research", 12),
        ("events", 10),
        ("galleries", 12),
        ("honours", 11),
        ("topics", 11),
    ],
)
def test_a_list_costs_the_same_with_one_row_and_with_three(below, association_client, queries, name, cost):
    index, kind, fields = LISTED[name]
    number = iter(range(9))

    def make_row():
        picture = (
            {"cover": make_picture(f"图{next(number)}")}
            if name not in ("announcements", "policies", "events", "honours")
            else {}
        )
        below(index, kind, **fields, **picture)
        association_client.get(f"/{name}/")  # draws the sizes of the picture once

    queries.at_1_and_3(cost, make_row, lambda: association_client.get(f"/{name}/"))


def test_two_hundred_entries_come_in_pages(site, below, association_client):
    first = below(NoticeIndexPage, NoticePage, "第一条")
    parent = first.get_parent()
    for number in range(199):
        parent.add_child(instance=NoticePage(title=f"条目{number}号", slug=f"n{number}", locale=site.locale, lead="。"))
    html = association_client.get("/announcements/").content.decode()
    assert html.count('class="site-row"') == 20
    assert "共200条" in html
    assert "条目0号" in association_client.get("/announcements/?page=10").content.decode()
