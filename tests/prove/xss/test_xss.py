"""Sixty payloads in every text field of every form: none lives on any page, in any mail, in any file handed out."""

import csv
import io

import openpyxl
import pytest

from committees.workbooks.safe_text import starts_formula
from tests.prove.xss import gathering
from tests.prove.xss.gathering import Gathered
from tests.prove.xss.payloads import FIND_LIVE, PAYLOADS

pytestmark = pytest.mark.prove
FORMULAS = ("=1+1", "+1+cmd", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "＋1+x", "＠x", "－1+x")


@pytest.fixture
def find_live(chromium):
    """`find_live(pages)`: what lives in them, by Chromium's own parser."""
    context = chromium.new_context()
    page = context.new_page()

    def find(pages):
        found = page.evaluate(FIND_LIVE, [[text, where.startswith("mail ")] for where, text in pages])
        return [f"{where}: {live}" for (where, _text), lives in zip(pages, found, strict=True) for live in lives]

    yield find
    context.close()


def _judge(out, find_live, least):
    out.take_mails()
    live = find_live(out.pages)
    assert not live, f"{len(live)} live: {live[:5]}"
    seen = sum("hqx" in text for _where, text in out.pages)
    assert seen >= least, f"only {seen} of {len(out.pages)} pages show what was typed"
    _check_files(out)


def _check_files(out):
    for where, content in out.files:
        if content.startswith(b"PK"):
            cells = [c for page in openpyxl.load_workbook(io.BytesIO(content)) for row in page.iter_rows() for c in row]
            assert not [c for c in cells if c.data_type == "f" or c.hyperlink], where
        elif content[:3] == b"\xef\xbb\xbf":
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
            assert not [cell for row in rows for cell in row if starts_formula(cell)], where


def test_there_are_sixty_and_more():
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


@pytest.mark.requirement("G22")
def test_people_schools_seats_and_accounts(cast, find_live):
    out = Gathered()
    for text in PAYLOADS:
        gathering.people(cast, text, out)
    gathering.people_lists(cast, out)
    _judge(out, find_live, least=len(PAYLOADS) * 10)


def test_what_a_visitor_types_and_who_reads_of_it(cast, find_live):
    out = Gathered()
    for text in PAYLOADS:
        gathering.strangers(cast, text, out)
    _judge(out, find_live, least=len(PAYLOADS) * 4)


def test_returns_evidence_workbooks_questions(cast, find_live, django_capture_on_commit_callbacks):
    out = Gathered()
    with django_capture_on_commit_callbacks(execute=True):
        gathering.returns(gathering.begun(cast), list(PAYLOADS), out)
    _judge(out, find_live, least=len(PAYLOADS) * 3)


def test_calls(cast, find_live):
    out = Gathered()
    for text in PAYLOADS[::4]:
        from django.db import transaction

        with transaction.atomic():
            gathering.calls(cast, text, out)
            transaction.set_rollback(True)
    _judge(out, find_live, least=30)


@pytest.mark.requirement("G20")
def test_no_cell_of_any_export_starts_a_formula(cast):
    out = Gathered()
    for text in FORMULAS:
        gathering.people(cast, text, out)
        gathering.strangers(cast, text, out)
    gathering.returns(gathering.begun(cast), list(FORMULAS), out)
    _check_files(out)
    assert {content[:2] for _where, content in out.files} >= {b"PK", b"\xef\xbb"}


def test_the_finder_finds(find_live):
    """Control: put into a page as they are, nearly all payloads live; the rest need a place that is no text."""
    bare = [(text, f"<!doctype html><title>x</title><p>{text}</p>") for text in PAYLOADS]
    assert len({line.partition(": ")[0] for line in find_live(bare)}) >= 35
    assert find_live([("a", '<a href="java\tscript:hqx()">x</a>'), ("b", '<input value="" hqx="">')])
    assert not find_live([("c", "<p>&lt;b hqx&gt;</p><a href='/x?next=javascript:hqx()'>x</a>")])
