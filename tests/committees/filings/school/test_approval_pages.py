"""Approval on the school's pages: the password and the second step, the stamped scan and how the officer sees it."""

import io
import time

import pillow_heif
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from committees.filings import actions
from committees.filings.models import FilingVersion, Scan
from tenants.actions.proving import prove_person
from tenants.context import school_scope
from tenants.models import SecurityEvent
from tenants.verdicts import Allowed
from tests.committees.filings.school.ground import AT, VALUES, Case, hidden
from tests.ground.cast import PASSWORD
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def asked(case: Case) -> Case:
    """A whole return with the head."""
    case.begin()
    case.write(VALUES)
    with school_scope(case.filing.school):
        actions.request_approval(filing=case.filing, by=case.cast["clerk_a"], at=AT)
    return case


def file(case: Case, client=None, **data):
    client = client or case.client("head_a")
    page = client.get(f"{case.path}file/")
    given = {"version": hidden(page, "version"), "key": hidden(page, "key"), "stated": "1", **data}
    return client.post(f"{case.path}file/", given)


def picture(kind: str) -> bytes:
    """A small picture."""
    image, out = Image.new("RGB", (64, 48), (196, 40, 32)), io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(out)
    else:
        image.save(out, kind)
    return out.getvalue()


def bring(case: Case, content: bytes, name: str, **data):
    client = case.client("clerk_a")
    page = client.get(f"{case.path}file_scan/")
    given = {
        "version": hidden(page, "version"), "key": hidden(page, "key"), "signer": "林渡",
        "signed_on": timezone.localdate().isoformat(), "scan": SimpleUploadedFile(name, content), **data,
    }  # fmt: skip
    return client.post(f"{case.path}file_scan/", given)


def test_a_wrong_password_files_nothing_and_is_written_down(asked: Case):
    page = file(asked, password="not-mine")
    assert page.status_code == 400
    text = page.content.decode()
    assert "密码不对" in text
    assert "not-mine" not in text
    assert not FilingVersion.objects.exists()
    assert SecurityEvent.objects.filter(action="proof_failed", user=asked.cast["head_a"], succeeded=False).count() == 1
    assert file(asked, password=PASSWORD).status_code == 302
    assert asked.state() == "filed"


def test_right_passwords_are_not_counted_wrong_ones_are(asked: Case, rf):
    """A head signs all filings of a month in a minute; ten wrong passwords shut the eleventh try out, right or not."""
    head, given = asked.cast["head_a"], {"request": rf.post("/"), "code": "", "at": AT}
    for _filing in range(25):
        assert isinstance(prove_person(user=head, password=PASSWORD, **given), Allowed)
    for _guess in range(10):
        assert "密码不对" in str(prove_person(user=head, password="not-mine", **given).reason)
    for password in ("not-mine", PASSWORD):
        assert "次数太多" in str(prove_person(user=head, password=password, **given).reason)
    assert SecurityEvent.objects.filter(action="proof_failed", user=head).count() == 10
    assert isinstance(prove_person(user=asked.cast["clerk_a"], password=PASSWORD, **given), Allowed)


def test_who_uses_the_second_step_signs_with_its_code_once(asked: Case):
    secret = generate_totp_secret()
    TOTP.activate(asked.cast["head_a"], secret)
    assert Authenticator.objects.filter(user=asked.cast["head_a"]).exists()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert 'name="code"' in asked.client("head_a").get(f"{asked.path}file/").content.decode()
    for wrong in ({}, {"code": "000000"}, {"code": code, "password": "not-mine"}):
        assert file(asked, **{"password": PASSWORD, **wrong}).status_code == 400
    assert not FilingVersion.objects.exists()
    assert file(asked, password=PASSWORD, code=code).status_code == 302
    assert asked.state() == "filed"


@pytest.mark.parametrize(
    ("kind", "name", "media"), [("PNG", "盖章页.png", "image/png"), ("HEIF", "IMG_0012.HEIC", "image/jpeg")]
)
def test_the_scan_stands_beside_the_answer_on_the_officers_page(asked: Case, kind: str, name: str, media: str):
    sent = picture(kind)
    assert bring(asked, sent, name).status_code == 302
    assert asked.state() == "filed"
    scan = Scan.objects.get()
    assert (scan.media_type, scan.signer) == (media, "林渡")
    if kind == "HEIF":
        assert scan.name == "IMG_0012.jpg"
    officer = association_client(asked.cast["officer"])
    where = {"code": "energy", "public_id": asked.filing.public_id}
    address = reverse("committee_evidence", kwargs={**where, "sha256": scan.sha256})
    text = officer.get(reverse("committee_filing", kwargs=where)).content.decode()
    assert f'<img class="hq-scan" src="{address}"' in text
    assert "林渡" in text
    answer = officer.get(address)
    assert answer["Content-Type"] == media
    assert answer["Content-Disposition"].startswith("inline")
    content = b"".join(answer)
    assert Image.open(io.BytesIO(content)).size == (64, 48)
    assert (content == sent) == (kind == "PNG")


@pytest.mark.parametrize(
    "fault", [{"signer": " "}, {"signed_on": "gestern"}, {"signed_on": "2020-01-01"}, {"scan": ""}]
)
def test_a_scan_without_its_words_keeps_what_was_typed(asked: Case, fault: dict[str, str]):
    page = bring(asked, picture("PNG"), "a.png", **fault)
    assert page.status_code in {400, 409}
    if "signer" not in fault:
        assert 'value="林渡"' in page.content.decode()
    assert not FilingVersion.objects.exists()


def test_what_is_no_picture_is_no_scan(asked: Case):
    page = bring(asked, b"MZ\x90\x00", "scan.png")
    assert page.status_code == 400
    assert not FilingVersion.objects.exists()


def test_the_receipt_says_how_it_was_approved(asked: Case):
    from tests.committees.filings.school.test_receipt import words_in

    assert bring(asked, picture("PNG"), "盖章页.png").status_code == 302
    words = words_in(asked.client().get(f"{asked.path}versions/1/receipt.pdf").content)
    told = asked.client().get(f"{asked.path}versions/1/receipt.json").json()
    scan = Scan.objects.get()
    assert told["approval"] == f"scan {scan.sha256} {scan.size}"
    for one in ("签字人", "林渡", "盖章扫描件", scan.sha256, "盖章页.png"):
        assert one in words, one


def test_the_receipt_of_a_head_who_signed_in_says_so(case: Case):
    from tests.committees.filings.school.test_receipt import words_in

    case.send()
    words = words_in(case.client().get(f"{case.path}versions/1/receipt.pdf").content)
    assert "审批方式负责人登录" in words
