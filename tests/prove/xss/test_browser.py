"""The same in the browser itself: nothing opens a dialog, sets a mark, or breaks the content policy."""

import pytest

from committees.filings.models import DraftEvidence
from tenants.context import school_scope
from tenants.models import Membership, User
from tests.committees.filings.school.ground import AT
from tests.ground.browser import sign_in
from tests.ground.cast import SCHOOL_A
from tests.prove.xss.gathering import begun
from tests.prove.xss.payloads import PAYLOADS

pytestmark = [pytest.mark.prove, pytest.mark.journey]
TRAP = "window.hqx = () => { window.trapped = true; }; window.trapped = false;"


def _type_in(cast):
    case = begun(cast)
    User.objects.filter(pk=cast["clerk_a"].pk).update(name=PAYLOADS[23])
    Membership.objects.filter(user=cast["clerk_a"]).update(post=PAYLOADS[0])
    with school_scope(case.filing.school):
        draft = case.draft()
        for number, text in enumerate(PAYLOADS):
            DraftEvidence.objects.create(
                draft=draft, name=text, sha256=f"{number:064x}", size=9, media_type="application/pdf", added_at=AT,
                added_by=cast["clerk_a"],
            )  # fmt: skip
    return case


@pytest.mark.requirement("G22")
def test_nothing_lives_in_the_browser(live, cast, open_page):
    case = _type_in(cast)
    page = open_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.add_init_script(TRAP)
    sign_in(page, live, "head_a")
    base = live.school_url(SCHOOL_A)
    for path in ("/people/", "/desk/", case.path, f"{case.path}prepare/", f"{case.path}guide/"):
        page.goto(f"{base}{path}")
        assert page.evaluate("window.trapped") is False
        assert page.evaluate("document.querySelectorAll('hqx, [hqx]').length") == 0
    page.goto(f"{base}{case.path}prepare/")
    assert "<img/src/onerror=hqx()>" in page.inner_text("body")
    assert not dialogs
