"""The live server and the browser stand: the ground of every journey."""

import pytest

from tenants.models import User
from tests.ground.browser import axe, no_overflow, shot
from tests.ground.cast import SCHOOL_A

pytestmark = pytest.mark.journey


def test_the_portal_answers_on_both_hosts(live, browser_page):
    User.objects.create_user("seen-by-both", name="both")
    for address in (live.url, live.school_url(SCHOOL_A)):
        answer = browser_page.goto(f"{address}/no-such-page-anywhere/")
        assert answer is not None
        assert answer.status == 404
    question = "from tenants.models import User; print(User.objects.filter(account='seen-by-both').count())"
    assert live.manage("shell", "-v0", "-c", question).strip().endswith("1")


def test_the_watchers_see(open_page, live):
    page = open_page(width=390)
    page.goto(f"{live.url}/no-such-page-anywhere/")
    no_overflow(page)
    shot(page, "ground-390")
    page.goto("about:blank")
    page.set_content("<body style='margin:0'><div style='width:2000px'>wide</div><img src='http://outside.test/x.png'>")
    with pytest.raises(AssertionError, match="wider"):
        no_overflow(page)
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)
    watch = open_page.watches[page]
    assert watch.outside == ["http://outside.test/x.png"]
    watch.outside.clear()
    watch.violations.clear()
