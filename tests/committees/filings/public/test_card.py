"""The public card of a filing, what can be taken away from it, and who may open it."""

import json
import subprocess
import sys
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.filings import actions
from committees.filings.models import Disclosure, Evidence, Figure
from committees.filings.slugs import number_of, slug_of
from tenants.context import school_scope
from tests.committees.filings.committee.ground import bring, entries_of, filing_of, later, make_call
from tests.ground.clients import association_client, client_on

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-77")]
DOWNLOADS = ("filing_payload", "filing_seal", "filing_recompute")


def get(user, name, filing, **query):
    return association_client(user).get(reverse(name, args=[slug_of(filing.number)]), query)


def test_numbers_and_addresses_are_two_forms_of_one_thing():
    assert slug_of("能备〔2026〕0137号") == "能备-2026-0137"
    assert number_of("能备-2026-0137") == "能备〔2026〕0137号"
    assert number_of("x") is number_of("能备-26-1") is None
    with pytest.raises(ValueError, match="no number"):
        slug_of("2026")


def test_the_card_of_what_counts_is_open_where_schools_are_named(cast):
    call = make_call(cast, [cast.school_a, cast.school_b], attribution="出典:某机构")
    filing = bring(cast, call, cast.school_a, "accepted")
    page = get(None, "filing_card", filing)
    assert page.status_code == 200
    text = page.content.decode()
    version = filing.counted
    for shown in (filing.number, version.seal, version.payload_sha256, version.form.digest, "34.12", "出典:某机构"):
        assert shown in text, shown
    assert "到最后一位" in text
    waiting = bring(cast, call, cast.school_b, "taken_up")
    for name in ("filing_card", *DOWNLOADS):
        assert get(None, name, waiting).status_code == 404
        assert get(cast["head_a"], name, waiting).status_code == 404
        assert get(cast["head_b"], name, waiting).status_code == 200


@pytest.mark.parametrize("disclosure", [Disclosure.ANONYMOUS, Disclosure.TOTALS])
def test_without_names_only_insiders_open_it(cast, disclosure):
    call = make_call(cast, [cast.school_a], disclosure=disclosure)
    filing = bring(cast, call, cast.school_a, "accepted")
    allowed = {"clerk_a", "head_a", "officer", "expert1", "commission"}
    for person in (None, "stranger", "editor", "head_b", *allowed):
        user = cast[person] if person else None
        for name in ("filing_card", *DOWNLOADS):
            expected = 200 if person in allowed else 404
            assert get(user, name, filing).status_code == expected, (person, name)


def test_an_unknown_number_answers_like_a_closed_one(cast):
    for slug in ("能备-2026-9999", "nonsense", "能函-2026-1"):
        for name in ("filing_card", *DOWNLOADS):
            assert client_on("portal.localhost").get(reverse(name, args=[slug])).status_code == 404


def test_not_even_the_headers_tell_a_closed_number_from_an_unknown_one(cast):
    call = make_call(cast, [cast.school_a], disclosure=Disclosure.TOTALS)
    closed = slug_of(bring(cast, call, cast.school_a, "accepted").number)
    for name in ("filing_card", *DOWNLOADS):
        for user in (None, cast["stranger"]):
            answers = [
                association_client(user).get(reverse(name, args=[slug])) for slug in (closed, "能备-2026-9999", "x")
            ]
            heads = [
                {key: value for key, value in one.headers.items() if key not in {"Content-Length", "X-Request-ID"}}
                for one in answers
            ]
            assert [one.status_code for one in answers] == [404, 404, 404]
            assert heads[0] == heads[1] == heads[2], name


def test_history_tells_no_names_and_no_words(cast):
    call = make_call(cast, [cast.school_a])
    filing = bring(cast, call, cast.school_a, "returned")
    with school_scope(filing.school):
        actions.answer(filing=filing, by=cast["clerk_a"], at=later(5))
        actions.save_draft(
            filing=filing, entries=entries_of(new_energy=7), revision=None, by=cast["clerk_a"], at=later(5)
        )
        actions.request_approval(filing=filing, by=cast["clerk_a"], at=later(5, 1))
        actions.send_back(filing=filing, reason="内部的话", by=cast["head_a"], at=later(5, 2))
        actions.request_approval(filing=filing, by=cast["clerk_a"], at=later(5, 3))
        actions.file(filing=filing, by=cast["head_a"], at=later(5, 4))
    actions.accept(filing=filing, reason="说给学校的话", by=cast["officer"], at=later(6))
    filing = filing_of(call, cast.school_a)
    text = get(None, "filing_card", filing).content.decode()
    for hidden in (
        "是否漏报",
        "内部的话",
        "说给学校的话",
        *(str(cast[key]) for key in ("clerk_a", "head_a", "officer")),
    ):
        assert hidden not in text, hidden
    first, second = filing.versions.order_by("version")
    assert first.seal in text
    assert second.predecessor == first.seal
    assert get(None, "filing_payload", filing, version=1).content.decode() == second.payload
    assert get(cast["head_a"], "filing_payload", filing, version=1).content.decode() == first.payload


def test_evidence_shows_as_hashes_only(cast):
    filing = bring(cast, make_call(cast, [cast.school_a]), cast.school_a, "accepted")
    Evidence.objects.create(
        filing_version=filing.counted, name="张某签字的抄表单.pdf", sha256="ab" * 32, size=10, media_type="application/pdf"
    )  # fmt: skip
    text = get(None, "filing_card", filing).content.decode()
    assert "ab" * 32 in text
    assert "抄表单" not in text


@pytest.mark.requirement("S9-44")
def test_the_script_recomputes_payload_seal_and_figures_outside_the_portal(cast, tmp_path):
    call = make_call(cast, [cast.school_a])
    filing = bring(cast, call, cast.school_a, "accepted", area_dormitories=0, electricity_buildings="12345.67")
    for name, file in zip(DOWNLOADS, ("payload.json", "seal.json", "recompute.py"), strict=True):
        (tmp_path / file).write_bytes(get(None, name, filing).content)
    assert (tmp_path / "payload.json").read_bytes() == filing.counted.payload.encode()
    done = _run(tmp_path)
    assert done.returncode == 0, done.stderr
    lines = [line.split(" ") for line in done.stdout.splitlines()]
    assert lines[0] == ["payload", filing.counted.payload_sha256, "ok"]
    assert lines[1] == ["seal", filing.counted.seal, "ok"]
    found = {words[0]: " ".join(words[1:-1]) for words in lines[2:]}
    stored = {figure.indicator: figure.value for figure in Figure.objects.filter(filing_version=filing.counted)}
    assert found["energy_per_area_dormitories"] == "not defined"
    for code, text in found.items():
        assert stored[code] == (None if text == "not defined" else Decimal(text)), code
    direct = {item.code for item in call.form.form().indicators()}
    assert set(found) == set(stored) - direct


def test_the_script_finds_a_changed_figure(cast, tmp_path):
    filing = bring(cast, make_call(cast, [cast.school_a]), cast.school_a, "accepted")
    for name, file in zip(DOWNLOADS, ("payload.json", "seal.json", "recompute.py"), strict=True):
        (tmp_path / file).write_bytes(get(None, name, filing).content)
    payload = json.loads((tmp_path / "payload.json").read_text(encoding="utf-8"))
    payload["entries"]["new_energy"]["value"] = "9999"
    (tmp_path / "payload.json").write_text(json.dumps(payload, ensure_ascii=False), encoding="utf-8")
    done = _run(tmp_path)
    assert done.returncode == 1
    assert "DIFFERS" in done.stdout


def test_the_script_is_short():
    from committees.filings.card import script_text

    assert len(script_text().splitlines()) <= 28


def _run(folder):
    words = [sys.executable, "-I", "recompute.py", "payload.json", "seal.json"]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def test_the_card_costs_the_same_with_one_version_and_two(cast):
    call = make_call(cast, [cast.school_a, cast.school_b])
    one = bring(cast, call, cast.school_a, "accepted")
    two = bring(cast, call, cast.school_b, "returned")
    with school_scope(two.school):
        actions.answer(filing=two, by=cast["clerk_b"], at=later(5))
        actions.request_approval(filing=two, by=cast["clerk_b"], at=later(5, 1))
        actions.file(filing=two, by=cast["head_b"], at=later(5, 2))
    actions.accept(filing=two, by=cast["officer"], at=later(6))

    def cost(filing):
        with CaptureQueriesContext(connection) as captured:
            assert get(None, "filing_card", filing).status_code == 200
        return sum(
            'FROM "filings_' in query["sql"] or "workflow_trail" in query["sql"] for query in captured.captured_queries
        )

    assert cost(one) == cost(two) == 7  # the seventh: the root of the day
