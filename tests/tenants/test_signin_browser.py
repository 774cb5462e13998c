"""Signing in as browsers do it: cookies of one host each, tickets, other people's tickets, tossed cookies, out of all hosts."""

import hashlib
import http.client
from datetime import timedelta
from urllib.parse import quote

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db.models import F

from tenants.models import Domain, Invitation, Membership, SchoolRole, SecurityAction, SecurityEvent, SignIn, User
from tests.ground.browser import axe, no_overflow, shot, sign_in
from tests.ground.cast import BEGIN, PASSWORD, SCHOOL_A, SCHOOL_B
from tests.tenants.test_second_step import code

pytestmark = pytest.mark.journey


@pytest.fixture
def clerk_of_two(live, cast):
    Membership.objects.create(school=cast.school_b, user=cast["clerk_a"], role=SchoolRole.CLERK, starts_on=BEGIN)
    return cast["clerk_a"]


def test_one_sign_in_for_two_schools_and_out_of_all(live, open_page, clerk_of_two):
    page = open_page()
    page.goto(f"{live.school_url(SCHOOL_A)}/people/")
    assert page.url.startswith(f"{live.url}/accounts/login/"), "led to the one sign-in page"
    page.fill("input[name=login]", "clerk_a")
    page.fill("input[name=password]", PASSWORD)
    page.click("form:has(input[name=password]) [type=submit]")
    page.wait_for_url(f"{live.school_url(SCHOOL_A)}/people/")
    page.goto(f"{live.school_url(SCHOOL_B)}/people/")
    assert page.url == f"{live.school_url(SCHOOL_B)}/people/", "the second school asks for no password"

    sessions = [cookie for cookie in page.context.cookies() if cookie["name"] == "__Host-sessionid"]
    assert sorted(cookie["domain"] for cookie in sessions) == [
        "haijin.portal.localhost",
        "lingang.portal.localhost",
        "portal.localhost",
    ]
    assert len({cookie["value"] for cookie in sessions}) == 3, "each host has a session of its own"
    assert all(cookie["secure"] and cookie["httpOnly"] for cookie in sessions)

    page.click("[popovertarget=person-menu]")
    page.click("#person-menu form[action$='/sign-out/'] button")
    page.wait_for_url(f"{live.url}/accounts/signed-out/")
    for address in (live.school_url(SCHOOL_A), live.school_url(SCHOOL_B)):
        page.goto(f"{address}/people/")
        assert page.url.startswith(f"{live.url}/accounts/login/"), "out there too"


def test_a_ticket_of_another_browser_signs_nobody_in(live, open_page, cast):
    """Login CSRF: the attacker's fresh ticket, opened in the victim's browser."""
    attacker, victim = open_page(), open_page()
    sign_in(attacker, live, "head_b")
    session = next(c for c in attacker.context.cookies(live.url) if c["name"] == "__Host-sessionid")
    ticket = fresh_ticket(live, f"__Host-sessionid={session['value']}")
    assert ticket.startswith(f"{live.school_url(SCHOOL_B)}/enter/?ticket=")
    victim.goto(f"{live.school_url(SCHOOL_B)}/people/")  # has a nonce of its own
    answer = victim.goto(ticket)
    assert answer is not None
    assert answer.status == 403
    axe(victim)
    victim.goto(f"{live.school_url(SCHOOL_B)}/people/")
    assert "/accounts/login/" in victim.url


def paste(page, name, value, address):
    """Put a cookie into a browser by hand, for one host alone."""
    page.context.add_cookies(
        [{"name": name, "value": value, "url": address.replace("http:", "https:"), "secure": True}]
    )


def fresh_ticket(live, cookie, school=SCHOOL_B, challenge="0" * 64):
    """The address with a ticket for the holder of `cookie`, not followed (Python finds no *.localhost by itself)."""
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=20)
    path = f"/accounts/enter/?school={school}&challenge={challenge}&next=/people/"
    connection.request("GET", path, headers={"Host": f"portal.localhost:{live.port}", "Cookie": cookie})
    try:
        return connection.getresponse().headers["Location"]
    finally:
        connection.close()


def test_a_tossed_cookie_changes_nobody(live, open_page, cast):
    """A school's host that sets a session cookie for the parent domain gains nothing: `__Host-` admits no domain."""
    page = open_page()
    sign_in(page, live, "clerk_a")
    page.goto(f"{live.school_url(SCHOOL_A)}/people/")
    page.evaluate(
        "() => { document.cookie = 'sessionid=tossed; Domain=portal.localhost; path=/';"
        " document.cookie = '__Host-sessionid=tossed; Domain=portal.localhost; path=/; Secure'; }"
    )
    tossed = [cookie for cookie in page.context.cookies() if cookie["value"] == "tossed"]
    assert not any(cookie["name"].startswith("__Host-") for cookie in tossed)
    page.goto(f"{live.url}/account/")
    assert "clerk_a" in page.inner_text("main")


def the_ticket_of(page, live):
    """Enter school A as clerk_a; the address with the ticket that was used on the way."""
    used = []
    page.on("request", lambda request: used.append(request.url) if "/enter/?ticket=" in request.url else None)
    sign_in(page, live, "clerk_a")
    page.goto(f"{live.school_url(SCHOOL_A)}/people/")
    assert page.url == f"{live.school_url(SCHOOL_A)}/people/"
    return used[0]


def test_a_used_ticket_signs_nobody_in_again(live, open_page, cast):
    """Replay: from the browser's own history, and in another browser."""
    page, thief = open_page(), open_page()
    ticket = the_ticket_of(page, live)
    page.context.clear_cookies()
    for browser in (page, thief):
        answer = browser.goto(ticket)
        assert answer is not None
        assert answer.status == 403
        browser.goto(f"{live.school_url(SCHOOL_A)}/people/")
        assert "/accounts/login/" in browser.url


def test_a_fresh_ticket_shown_at_another_host_opens_nothing(live, open_page, clerk_of_two):
    page = open_page()
    page.goto(f"{live.school_url(SCHOOL_A)}/people/")  # leaves a nonce, and leads to the sign-in page
    nonce = next(c["value"] for c in page.context.cookies() if c["name"] == "__Host-entry")
    sign_in(page, live, "clerk_a")
    session = next(c for c in page.context.cookies(live.url) if c["name"] == "__Host-sessionid")
    challenge = hashlib.sha256(nonce.encode()).hexdigest()
    ticket = fresh_ticket(live, f"__Host-sessionid={session['value']}", SCHOOL_A, challenge)
    # The same nonce there too, so that nothing but the host is another one.
    paste(page, "__Host-entry", nonce, live.school_url(SCHOOL_B))
    answer = page.goto(ticket.replace(live.school_url(SCHOOL_A), live.school_url(SCHOOL_B)))
    assert answer is not None
    assert answer.status == 403, "made for the other host"
    answer = page.goto(ticket)
    assert answer is not None
    assert answer.status != 403, "and still good where it belongs"


def test_a_session_pasted_at_another_host_is_nobodys(live, open_page, clerk_of_two):
    page = open_page()
    the_ticket_of(page, live)
    cookies = page.context.cookies()
    here = next(c for c in cookies if c["name"] == "__Host-sessionid" and c["domain"].startswith(SCHOOL_A))
    thief = open_page()
    for address in (live.school_url(SCHOOL_B), live.url):
        paste(thief, here["name"], here["value"], address)
        thief.goto(f"{address}{'/people/' if address != live.url else '/account/'}")
        assert "/accounts/login/" in thief.url
    assert SecurityEvent.objects.filter(action=SecurityAction.SESSION_REFUSED).exists()
    page.goto(f"{live.school_url(SCHOOL_A)}/people/")
    assert page.url == f"{live.school_url(SCHOOL_A)}/people/", "its owner goes on"


@pytest.mark.requirement("AUT-08")
@pytest.mark.parametrize("script", [True, False])
def test_idle_too_long_and_the_form_comes_back(live, open_page, cast, script):
    page = open_page(script=script)
    sign_in(page, live, "head_a")
    page.goto(f"{live.school_url(SCHOOL_A)}/people/invite/")
    page.fill("[name=name]", "方圆")
    page.fill("[name=post]", "能源统计员，三号楼东侧")
    SignIn.objects.update(seen_at=F("seen_at") - timedelta(hours=9))
    page.click("form:has([name=post]) [type=submit]")
    assert "/accounts/login/" in page.url, "idle eight hours: out"
    page.fill("input[name=login]", "head_a")
    page.fill("input[name=password]", PASSWORD)
    page.click("form:has(input[name=password]) [type=submit]")
    page.wait_for_url(f"{live.school_url(SCHOOL_A)}/kept/**")
    if script:
        axe(page)
        no_overflow(page)
        shot(page, "people-kept-form")
    assert "三号楼东侧" in page.inner_text("main")
    page.click("main form button")
    page.wait_for_url("**/people/invitations/**")
    assert Invitation.objects.get().post == "能源统计员，三号楼东侧"


@pytest.fixture
def strict_live(request, monkeypatch):
    """The portal as in earnest: posts at the association ask for the second step."""
    monkeypatch.setenv("TEST_SECOND_STEP", "editor,secretary,commission,system_admin,security_admin,audit_admin,seat")
    return request.getfixturevalue("live")


def test_a_secretary_sets_up_the_second_step_and_goes_on(strict_live, open_page, cast):
    live, page = strict_live, open_page(width=390)
    sign_in(page, live, "secretary")
    page.goto(f"{live.url}/office/schools/")
    assert "/accounts/reauthenticate/" in page.url
    page.fill("input[name=password]", PASSWORD)
    page.click("form:has(input[name=password]) [type=submit]")
    page.wait_for_url("**/2fa/totp/activate/")
    axe(page)
    no_overflow(page)
    secret = page.inner_text("main code").strip()
    used = code(secret)
    page.fill("[name=code]", used)
    page.click("form:has([name=code]) [type=submit]")
    page.wait_for_url("**/2fa/recovery-codes/")
    axe(page)
    shot(page, "people-recovery-codes-390")
    page.goto(f"{live.url}/office/schools/")
    assert page.url == f"{live.url}/office/schools/"
    again = open_page()
    sign_in(again, live, "secretary")
    assert again.url.endswith("/accounts/2fa/authenticate/")
    again.fill("[name=code]", used)
    again.click("form:has([name=code]) [type=submit]")
    assert again.url.endswith("/accounts/2fa/authenticate/"), "used"
    again.fill("[name=code]", code(secret, 1))
    again.click("form:has([name=code]) [type=submit]")
    again.wait_for_url(lambda url: "/accounts/" not in url)


def test_a_form_of_another_host_is_refused(live, open_page, cast):
    page = open_page()
    sign_in(page, live, "head_a")
    page.goto(f"{live.school_url(SCHOOL_A)}/people/")
    page.goto(f"{live.school_url(SCHOOL_B)}/nothing/")
    with page.expect_navigation() as led:
        page.evaluate(
            "target => { const form = document.createElement('form'); form.method = 'post'; form.action = target;"
            " document.body.append(form); form.submit(); }",
            f"{live.school_url(SCHOOL_A)}/people/invite/",
        )
    assert led.value.status == 403


def test_a_secretary_opens_a_school_and_its_head_gets_in(live, open_page, cast):
    secretary = open_page()
    sign_in(secretary, live, "secretary")
    secretary.goto(f"{live.url}/office/schools/open/")
    secretary.fill("[name=name_zh]", "津沽职业学院")
    secretary.fill("[name=name_en]", "Jingu College")
    secretary.fill("[name=code]", "www")
    secretary.wait_for_selector("#code-check .hq-err")
    secretary.fill("[name=code]", "jingu")
    secretary.wait_for_selector("#code-check:has-text('jingu.portal.localhost')")
    secretary.click("main form [type=submit]")
    secretary.wait_for_selector("#steps li.done:nth-child(3)")
    axe(secretary)
    shot(secretary, "people-school-built-1280")
    secretary.fill("[name=name]", "新处长")
    secretary.click("form[action$='/head/'] [type=submit]")
    secretary.wait_for_selector("#link")
    link = secretary.input_value("#link")
    axe(secretary)

    head = open_page(width=390)
    head.goto(link)
    no_overflow(head)
    head.fill("[name=account]", "new.head")
    head.fill("[name=password1]", "eine-neue-Strasse-9")
    head.fill("[name=password2]", "eine-neue-Strasse-9")
    shot(head, "people-invitation-390")
    head.click("form:has([name=account]) [type=submit]")
    head.wait_for_url(f"{live.school_url('jingu')}/**")
    head.goto(f"{live.school_url('jingu')}/people/")
    assert "新处长" in head.inner_text("main")
    no_overflow(head)
    assert User.objects.get(account="new.head").memberships.get().role == SchoolRole.HEAD


def test_it_works_without_script(live, open_page, cast):
    page = open_page(script=False)
    sign_in(page, live, "secretary")
    page.goto(f"{live.url}/office/schools/open/")
    page.fill("[name=name_zh]", "津沽职业学院")
    page.fill("[name=name_en]", "Jingu College")
    page.fill("[name=code]", "jingu")
    page.click("main form [type=submit]")
    page.click("#steps button")
    page.wait_for_selector("#steps li.done:nth-child(3)")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_sign_in_page_is_sound(live, open_page, width):
    page = open_page(width=width)
    for path, name in (
        ("/accounts/login/", "login"),
        ("/en/accounts/login/", "login-en"),
        ("/accounts/invitation/", "code"),
    ):
        page.goto(f"{live.url}{path}")
        axe(page)
        no_overflow(page)
        shot(page, f"people-{name}-{width}")


def own_domain(cast, live):
    """A domain of school a's own, which Chromium finds by itself; its address."""
    Domain.objects.create(domain="logistics.localhost", tenant=cast.school_a)
    return f"http://logistics.localhost:{live.port}"


def test_a_sign_in_that_begins_on_a_school_s_own_domain_ends_there(live, open_page, cast):
    """The form's answer leads over the entry to that domain; Chromium asks the policy of the form's page about it."""
    address, page = own_domain(cast, live), open_page()
    page.goto(f"{address}/people/")
    assert page.url.startswith(f"{live.url}/accounts/login/")
    for password in ("wrong-road-7", PASSWORD):
        page.fill("input[name=login]", "head_a")
        page.fill("input[name=password]", password)
        page.click("form:has(input[name=password]) [type=submit]")
    page.wait_for_url(f"{address}/people/")
    page.click("[popovertarget=person-menu]")
    page.click("#person-menu form[action$='/sign-out/'] button")
    page.wait_for_url(f"{live.url}/accounts/signed-out/")


def test_the_second_step_leads_back_to_the_own_domain_too(live, open_page, cast, settings):
    settings.SECRET_KEY = live.environment["SECRET_KEY"]  # the app's secret is kept under it
    address, page, secret = own_domain(cast, live), open_page(), generate_totp_secret()
    TOTP.activate(cast["head_a"], secret)
    page.goto(f"{address}/people/")
    page.fill("input[name=login]", "head_a")
    page.fill("input[name=password]", PASSWORD)
    page.click("form:has(input[name=password]) [type=submit]")
    page.fill("input[name=code]", code(secret))
    page.click("form:has(input[name=code]) [type=submit]")
    page.wait_for_url(f"{address}/people/")


@pytest.mark.parametrize("host", ["evil.test", "x.portal.localhost", "portal.localhost", "a b;*"])
def test_the_policy_names_no_other_host(client_on, cast, host):
    way = quote(f"/accounts/enter/?school=lingang&host={quote(host)}")
    answer = client_on("portal.localhost").get(f"/accounts/login/?next={way}")
    usual = client_on("portal.localhost").get("/accounts/login/")
    assert answer.headers["Content-Security-Policy"] == usual.headers["Content-Security-Policy"]
