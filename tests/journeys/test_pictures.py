"""Every page that the roles meet: Chinese at 1280 and English at 390, nothing sticks out, axe finds nothing.

Wagtail's own screens (everything under /cms/) are not looked at. The pictures lie in tests/shots/.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from committees.filings import actions
from committees.filings.models import Call, Disclosure
from portal.demo.figures import figure_rows, member, school_rows
from portal.demo.seed import play
from portal.mailbox.models import Mail
from tenants.actions import open_school
from tenants.models import Membership, School, SchoolRole, User
from tests.ground.browser import Pages, axe, no_overflow, shot, sign_in
from tests.ground.cast import BEGIN, SCHOOL_A, Cast, read_cast
from tests.ground.live import Live
from tests.ground.site import SiteTemplate, running_site
from tests.journeys.ground import (
    Case,
    case_of,
    fill_workbook,
    now,
    numbers,
    open_call,
    slug,
    upload,
)  # fmt: skip

pytestmark = pytest.mark.journey
#: How far the schools of the big call are, by position; all others are accepted.
STAGES = {3: "filed", 7: "taken_up", 11: "returned", 15: "started", 19: "approval_requested", 23: "addressed"}
MANY = 30
#: How a page is looked at: language, prefix of its addresses, width, browser's language.
LOOKS = {"zh-1280": ("", 1280, "zh-CN"), "en-390": ("/en", 390, "en")}


@dataclass
class Scene:
    """A portal in use: a call to thirty schools, school A's many returns in all states."""

    live: Live
    cast: Cast
    call: Call
    begun: Case
    returned: Case
    waiting: Case
    filed: Case
    draft: Call

    def school(self, path: str) -> str:
        """An address on the host of school A."""
        return self.live.school_url(SCHOOL_A) + path


@pytest.fixture(scope="module")
def scene(site_database: str, site_template: SiteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The scene, once for all pictures."""
    with running_site(site_template, site_database, tmp_path_factory.mktemp("pictures")) as live:
        yield build(live, read_cast())


def build(live: Live, cast: Cast) -> Scene:
    """Everything through the actions."""
    for year in range(2001, 2022):
        open_call(cast, str(year), cast.school_a)
    case_of(cast, open_call(cast, "2023"), cast.school_a).file(numbers()).accept()
    returned = case_of(cast, open_call(cast, "2022"), cast.school_a).file()
    asked = {"fossil_dormitories": "宿舍燃料是否把食堂用气也计入了？请核对抄表记录。"}
    actions.return_items(filing=returned.filing, items=asked, by=cast["officer"], at=now())
    begun = case_of(cast, open_call(cast, "2024"), cast.school_a).begin(numbers(electricity_buildings="20814"))
    waiting = case_of(cast, open_call(cast, "2026"), cast.school_a).begin(numbers()).ask_head()
    filed = case_of(cast, open_call(cast, "2027", disclosure=Disclosure.ANONYMOUS), cast.school_a).file()
    call = big_call(cast)
    draft = actions.draft_call(
        committee=cast.committee, kind=call.kind, form=call.form, period="2028", title_zh="2028年度一次能源口径年报",
        title_en="Primary energy return 2028", opens_on=call.opens_on, due_on=call.due_on, text="没有的项填0。",
        by=cast["officer"], at=now(),
    )  # fmt: skip
    return Scene(live, cast, call, begun, returned, waiting, filed, draft)


def big_call(cast: Cast) -> Call:
    """A call to thirty schools, most of them accepted."""
    people, schools = {"officer": cast["officer"]}, []
    for row in islice(school_rows(), MANY):
        school = open_school(by=None, at=now() - timedelta(days=90), **member(row))
        schools.append(school)
        for role in (SchoolRole.CLERK, SchoolRole.HEAD):
            people[f"{school.code}-{role}"] = someone(school, role)
    for number in range(MANY):
        someone(cast.school_a, SchoolRole.VIEWER, f"v{number}")
    call = open_call(cast, "2025", *schools, days_ago=60)
    filings = {
        filing.school.code: filing for filing in call.filings.select_related("school", "call__committee", "duty")
    }
    for position, (school, values) in enumerate(zip(schools, figure_rows(), strict=False)):
        at = now() - timedelta(days=50 - position)
        play(filings[school.code], values, STAGES.get(position, "accepted"), people, at)
    return call


def someone(school: School, role: SchoolRole, name: str = "") -> User:
    """A person of a school who never signs in."""
    account = f"{school.code}-{name or role}"
    user = User.objects.create(account=account, name=f"{school.name_zh[:2]}{role.label}{name}", password="!")
    Membership.objects.create(school=school, user=user, role=role, starts_on=BEGIN)
    return user


class Album:
    """Looks at pages of one person in one look."""

    def __init__(self, page: Page, scene: Scene, look: str) -> None:
        self.page, self.scene, self.look = page, scene, look
        self.prefix = LOOKS[look][0]

    def at(self, name: str, path: str, *, school: bool = False, status: int = 200) -> None:
        """Open an address and look."""
        host = self.scene.school("") if school else self.scene.live.url
        answer = self.page.goto(f"{host}{self.prefix}{path}")
        assert answer is not None
        assert answer.status == status, f"{answer.status} {self.page.url}"
        self.see(name)

    def see(self, name: str) -> None:
        """Look at the page as it stands."""
        self.page.wait_for_load_state()
        shot(self.page, f"{name}-{self.look}")
        no_overflow(self.page)
        axe(self.page)

    def press(self, name: str, selector: str) -> None:
        """Press a button and look at what comes (a refused form, an open dialog)."""
        self.page.locator(selector).first.click()
        self.see(name)

    def send(self, name: str, selector: str) -> None:
        """Press a button that sends a form as if the browser checked nothing, and look at the answer."""
        self.page.evaluate("for (const form of document.forms) form.noValidate = true")
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.see(name)


@pytest.fixture(params=LOOKS)
def album(request: pytest.FixtureRequest, open_page: Pages, scene: Scene) -> Callable[..., Any]:
    """`album("clerk_a")`: a person's pages in this look."""

    @contextmanager
    def opened(account: str = "") -> Iterator[Album]:
        _prefix, width, language = LOOKS[request.param]
        page = open_page(width=width, language=language)
        if account:
            sign_in(page, scene.live, account)
        yield Album(page, scene, request.param)

    return opened


def test_public_pages(album, scene: Scene):
    case = scene.call.filings.filter(state="accepted").order_by("pk").first()
    bulletin = f"/bulletins/{slug(scene.call.number)}/"
    with album() as see:
        see.at("public-home", "/")
        see.at("public-news", "/news/")
        see.at("public-about", "/about/")
        see.at("public-bulletins", "/bulletins/")
        see.at("public-bulletin", bulletin)
        see.at("public-bulletin-sorted", f"{bulletin}?sort=-energy_per_area&type=vocational")
        see.at("public-figure", f"{bulletin}figures/energy_total/")
        see.at("public-card", f"/filings/{slug(case.number)}/")
        see.at("public-missing", "/no-such-page/", status=404)


def test_signing_in(album, scene: Scene):
    with album() as see:
        see.at("sign-in", "/accounts/login/")
        see.page.fill("input[name=login]", "nobody")
        see.page.fill("input[name=password]", "wrong-password-1")
        see.send("sign-in-refused", "form:has(input[name=password]) [type=submit]")
        see.at("sign-in-code", "/accounts/invitation/")
        see.page.fill("#id_code", "AAAA-BBBB-CCCC")
        see.send("sign-in-code-refused", "form:has(#id_code) [type=submit]")
        see.at("sign-in-forgotten", "/accounts/password/reset/")


def test_a_clerks_pages(album, scene: Scene):
    begun = scene.begun.path
    with album("clerk_a") as see:
        see.at("school-desk", "/desk/", school=True)
        see.at("school-filings", "/filings/", school=True)
        see.at("school-case-returned", scene.returned.path, school=True)
        see.at("school-case-filed", scene.filed.path, school=True)
        see.at("school-guide", f"{begun}guide/", school=True)
        see.at("school-prepare", f"{begun}prepare/", school=True)
        see.at("school-upload", f"{begun}upload/", school=True)
        see.at("school-recall", f"{scene.waiting.path}recall/", school=True)
        see.at("account", "/account/")


def test_refused_values(album, scene: Scene):
    with album("clerk_a") as see:
        see.page.goto(f"{scene.school('')}{see.prefix}{scene.begun.path}prepare/?check=1")
        with see.page.expect_response("**/prepare/save/"):
            see.page.locator("#q-fossil_buildings").fill("3,4O2")
        expect(see.page.locator("#e-fossil_buildings")).to_be_visible()
        see.see("school-prepare-refused")
        with see.page.expect_response("**/prepare/save/"):
            see.page.locator("#q-fossil_buildings").fill("3402")
        expect(see.page.locator("#e-fossil_buildings")).to_be_hidden()
        see.page.goto(f"{scene.school('')}{see.prefix}{scene.begun.path}upload/")
        page = see.page
        with page.expect_download() as coming:
            page.locator("a[href$='/workbook/']").first.click()
        wrong = {
            "area_buildings": "两万",
            "co2_fossil_buildings": "-1",
            "new_energy": "120吨",
            "fossil_buildings": "3,4O2",
        }
        upload(page, fill_workbook(coming.value.path().read_bytes(), wrong))
        expect(page.locator(".hq-errs tbody tr")).to_have_count(4)
        see.see("school-upload-refused")


def test_a_heads_pages(album, scene: Scene):
    with album("head_a") as see:
        see.at("school-approve", f"{scene.waiting.path}file/", school=True)
        see.send("school-approve-refused", "form:has(#stated) .hq-btn.is-main")
        see.at("school-people", "/people/", school=True)
        see.at("school-invite", "/people/invite/", school=True)
        see.send("school-invite-refused", "main form .hq-btn.is-main")
        see.page.goto(f"{scene.school('')}{see.prefix}/people/")
        see.page.locator("main tbody th a").first.click()
        see.see("school-member")


def test_an_officers_pages(album, scene: Scene):
    home = f"/committees/{scene.cast.committee.code}/"
    with album("officer") as see:
        see.at("committee-desk", "/desk/")
        see.at("committee-room", home)
        see.at("committee-board", f"{home}board/")
        see.at("committee-board-all", f"{home}board/?call={scene.call.public_id}&all=1")
        see.at("committee-check", scene.filed.check_path)
        see.press("committee-check-dialog", "[popovertarget=ask-accept]")
        see.at("committee-check-again", scene.filed.check_path)
        see.page.locator("[popovertarget=ask-return]").first.click()
        see.send("committee-check-refused", "#ask-return .hq-btn.is-stop")


def test_a_committees_calls(album, scene: Scene):
    home = f"/committees/{scene.cast.committee.code}/calls/"
    with album("officer") as see:
        see.at("committee-calls", home)
        see.at("committee-call", f"{home}{scene.call.public_id}/")
        see.press("committee-call-dialog", "[popovertarget=ask-close]")
        see.at("committee-call-draft", f"{home}{scene.draft.public_id}/")
        see.page.locator("input[name=type]").first.check()
        see.send("committee-call-confirm", "#open .hq-btn.is-main")
        see.at("committee-call-new", f"{home}new/")
        see.send("committee-call-new-refused", ".hq-callform .hq-btn.is-main")


def test_the_offices_pages(album, scene: Scene):
    with album("secretary") as see:
        see.at("office-schools", "/office/schools/")
        see.at("office-school", f"/office/schools/{SCHOOL_A}/")
        see.at("office-open", "/office/schools/open/")
        see.send("office-open-refused", "main form .hq-btn.is-main")
        see.at("office-committees", "/office/committees/")
        see.at("office-committee", f"/office/committees/{scene.cast.committee.code}/")
    with album("system_admin") as see:
        see.at("office-people", "/office/people/")
    with album("audit_admin") as see:
        see.at("office-security", "/office/security/")


def test_the_mailbox(album, scene: Scene):
    for number in range(MANY):
        Mail.objects.get_or_create(
            subject=f"能源：2025年度一次能源口径年报退回（{number}）", sender="portal@example.test",
            recipients="clerk_a@example.test", text="退回了1项，请在网上改。",
            html="<p style='color:navy'>退回了1项，请在网上改。</p>",
        )  # fmt: skip
    with album() as see:
        see.at("mailbox", "/mailbox/")
        see.page.locator("main a[href*='/mailbox/']").first.click()
        see.see("mail")
