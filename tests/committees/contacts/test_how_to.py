"""docs/how-to/add-a-kind.md is true: its code makes a kind that works, and its figures are those of the contact check."""

import re
import types
from datetime import UTC, date, datetime
from subprocess import run

import pytest

from committees.filings import actions, kinds
from committees.filings.answers import Entry
from committees.filings.drafts import findings_of_draft
from committees.filings.models import FormVersion
from committees.filings.reference import load_shipped
from committees.filings.typed_values import read_entry
from tenants.context import school_scope
from tests.ground.cast import Cast
from tests.ground.databases import ROOT

pytestmark = pytest.mark.requirement("S9-53")
PAGE = (ROOT / "docs/how-to/add-a-kind.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def lines_of(folder: str) -> int:
    """Lines of Python in a folder, without empty files."""
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py"))


def test_the_code_of_the_page_makes_a_kind_that_works(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    module = types.ModuleType("parking")
    exec(compile(BLOCKS[1], "add-a-kind.md", "exec"), module.__dict__)
    module.register()
    load_shipped(at=AT)
    call = actions.draft_call(
        committee=cast.committee, kind="parking", form=FormVersion.objects.get(code="parking"), period="2026Q1",
        title_zh="停车", title_en="Parking", opens_on=date(2026, 3, 1), due_on=date(2026, 3, 31), by=cast["officer"], at=AT,
    )  # fmt: skip
    actions.open_call(call=call, schools=[cast.school_a], by=cast["officer"], at=AT)
    filing = call.filings.select_related("school", "call__committee", "call__form", "duty").get()
    with school_scope(filing.school):
        actions.start(filing=filing, by=cast["clerk_a"], at=AT)
        assert {fault.indicator for fault in findings_of_draft(filing)[0]} == {"places", "contact"}
        entries: dict[str, Entry] = {
            code: read_entry(module.FORM_2026.indicator(code), typed, "")
            for code, typed in {"places": "1,200", "contact": "022-23456789"}.items()
        }
        actions.save_draft(filing=filing, entries=entries, revision=None, by=cast["clerk_a"], at=AT)
        actions.request_approval(filing=filing, by=cast["clerk_a"], at=AT)
        actions.file(filing=filing, by=cast["head_a"], at=AT)
    assert filing.state == "filed"


def test_the_app_of_the_page_is_the_one_that_was_followed() -> None:
    ours = (ROOT / "committees/contacts/apps.py").read_text(encoding="utf-8")
    code = [line for line in ours.splitlines() if not line.strip().startswith('"""')]
    theirs = BLOCKS[0].replace("Parking", "Contacts").replace("parking", "contacts")
    assert code == [line for line in theirs.splitlines() if not line.strip().startswith('"""')]


def test_it_costs_one_folder_and_two_lines_elsewhere() -> None:
    found = run(
        ["git", "grep", "-n", "-E", r"committees.contacts\b|\(contacts\)", "--", "*.py", "*.toml", ":!tests",
         ":!committees/contacts", ":!portal/demo"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.splitlines()  # fmt: skip
    assert sorted(line.split(":")[0] for line in found) == ["portal/settings/apps.py", "pyproject.toml"]


def test_the_table_of_costs_is_counted() -> None:
    def told(part: str) -> int:
        match = re.search(rf"^\| {re.escape(part)}[^|]*\| (\d+) \|$", PAGE, re.MULTILINE)
        assert match, part
        return int(match[1])

    assert told("`committees/contacts`, Python") == lines_of("committees/contacts")
    test = ROOT / "tests/committees/contacts/test_contact_check.py"
    assert told("test") == len(test.read_text(encoding="utf-8").splitlines())
