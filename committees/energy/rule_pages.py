"""The reference page of the energy rules, written from the rules themselves. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from committees.energy.checks import Rule
from committees.filings.answers import Answer, Entry, Severity
from committees.filings.schema import Form

_HEAD = """# Rules that look at an energy return

Written by `manage.py rule_docs` from `committees/energy/checks.py`; do not edit by hand.

A fault stops the filing until it is mended; a doubt asks for a sentence and goes to the officer with it. Ranges are proposals
of the portal, not limits of any standard. The example rows are tested: the rule finds the one and leaves the other alone.
"""


def rules_page(rules: Iterable[Rule]) -> str:
    """docs/reference/energy-rules.md."""
    with override("en"):
        return "\n".join([_HEAD, *_lines(rules)]) + "\n"


def example_answer(form: Form, row: Mapping[str, Any]) -> Answer:
    """An example row as an answer to a form; `previous` in it is last period's row."""
    values = {code: value for code, value in row.items() if code != "previous"}
    entries = {code: Entry(None if value is None else Decimal(value)) for code, value in values.items()}
    before = row.get("previous")
    return Answer(form, entries, example_answer(form, before) if before else None)


def _lines(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        kind = "fault" if rule.severity == Severity.FAULT else "doubt"
        yield f"## {rule.id} {rule.name}\n"
        yield f"{rule.advice} ({kind})\n"
        yield f"- found: {_row(rule.bad)}"
        yield f"- left alone: {_row(rule.good)}\n"


def _row(row: Mapping[str, Any]) -> str:
    parts = []
    for code, value in row.items():
        if code == "previous":
            parts.append(f"last period {_row(value)}")
        else:
            parts.append(f"`{code}` {'empty' if value is None else value}")
    return ", ".join(parts)
