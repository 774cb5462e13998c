"""A school's answer to a form, and what is found in it. Pure: no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from django.utils.functional import Promise

from committees.filings.schema import Form, Indicator


@dataclass(frozen=True)
class Entry:
    """One answer: a Decimal in the indicator's unit (None: left empty), what was typed, in which unit, and the note that
    answers a doubt. A text is what was typed (`source`), with no value."""

    value: Decimal | None
    source: str = ""
    unit: str = ""
    note: str = ""
    origin: str = ""

    def as_json(self) -> dict[str, Any]:
        """As stored in a draft and in a sealed payload: Decimals as text."""
        value = None if self.value is None else plain(self.value)
        return {"value": value, "source": self.source, "unit": self.unit, "note": self.note, "origin": self.origin}


def entry_from(raw: Mapping[str, Any]) -> Entry:
    """The entry behind its stored form."""
    value = raw.get("value")
    rest = {key: raw.get(key, "") for key in ("source", "unit", "note", "origin")}
    return Entry(None if value is None else Decimal(value), **rest)


def entries_from(raw: Mapping[str, Mapping[str, Any]]) -> dict[str, Entry]:
    """Stored entries by indicator."""
    return {code: entry_from(each) for code, each in raw.items()}


def plain(value: Decimal) -> str:
    """A Decimal as text without exponent and without idle zeros: 1E+3 -> 1000, 2.50 -> 2.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Answer:
    """All entries of one form, by indicator code; `previous` is the school's last accepted answer before it, `files` the
    names of the files attached to an item. `carried`: taken over from an old return that nobody checked here."""

    form: Form
    entries: Mapping[str, Entry]
    previous: "Answer | None" = None
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    carried: bool = False

    def value(self, code: str) -> Decimal | None:
        """The value of an indicator; None when it is empty or not in the form."""
        entry = self.entries.get(code)
        return entry.value if entry else None

    def text(self, code: str) -> str:
        """The text of an item; empty for a number."""
        entry = self.entries.get(code)
        return entry.source if entry and entry.value is None else ""

    def is_given(self, item: Indicator) -> bool:
        """Whether an item is answered at all."""
        if item.is_number:
            return self.value(item.code) is not None
        return bool(self.files.get(item.code)) if item.is_file else bool(self.text(item.code).strip())


class Severity(StrEnum):
    """A fault stops the filing; a doubt asks for a sentence."""

    FAULT = "fault"
    DOUBT = "doubt"


class Rule(Protocol):
    """What every rule that looks at an answer says of itself: `id` is that of its findings."""

    @property
    def id(self) -> str:
        """Its short name, as it stands in findings."""
        ...

    @property
    def name(self) -> str | Promise:
        """What it looks at."""
        ...

    @property
    def advice(self) -> str | Promise:
        """What holds when it finds nothing."""
        ...


@dataclass(frozen=True)
class PlainRule:
    """A rule known by its words."""

    id: str
    name: str | Promise
    advice: str | Promise


@dataclass(frozen=True)
class Finding:
    """Something found in an answer, at one indicator, in words the clerk can act on."""

    rule: str
    severity: Severity
    indicator: str
    message: str | Promise
    proposal: str = ""


@dataclass(frozen=True)
class FigureDraft:
    """A figure that counts: `value` None means "not defined" (a zero or missing base)."""

    indicator: str
    value: Decimal | None
    unit: str
    basis: str = ""
    adds_up: bool = True


@dataclass(frozen=True)
class Coefficients:
    """A dated version of conversion coefficients, as kept beside a result."""

    version: str
    rows: Mapping[str, Any] = field(default_factory=dict)


NO_COEFFICIENTS = Coefficients("")
