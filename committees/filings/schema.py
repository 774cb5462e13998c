"""What a form is made of: sections and indicators, each with its unit and basis. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language


@dataclass(frozen=True)
class Named:
    """Something with a name in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


class Answers(StrEnum):
    """What an item is answered with."""

    NUMBER = "number"
    TEXT = "text"
    PHONE = "phone"
    EMAIL = "email"
    FILE = "file"


@dataclass(frozen=True)
class Indicator:
    """One item of a form: a number with its unit, a short text, or a file attached to it (`answers`).

    `unit` is what the value is stored in; `units` maps other units a person may use to a factor (text of a Decimal)
    into it. `basis` is "final", "primary" (等价值), "calorific" (当量值) or "" where energy plays no part.
    `cost_of` ties a fee to its quantity, `part_of` a part to its whole. `decimals` is the most places a value may have.
    """

    code: str
    name: Named
    unit: str
    basis: str = ""
    required: bool = False
    decimals: int = 2
    units: Mapping[str, str] = field(default_factory=dict)
    cost_of: str = ""
    part_of: str = ""
    hint: Named = Named("", "")
    adds_up: bool = True
    answers: str = Answers.NUMBER

    @property
    def is_number(self) -> bool:
        """Whether it can be counted with."""
        return self.answers == Answers.NUMBER

    @property
    def is_file(self) -> bool:
        """Whether it is answered by attaching a file."""
        return self.answers == Answers.FILE


@dataclass(frozen=True)
class Section:
    """A group of indicators under one heading."""

    code: str
    name: Named
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Form:
    """A form in one version. `source` names the regulation or notice it follows."""

    code: str
    version: str
    name: Named
    period_kind: str
    valid_from: str
    source: Named
    sections: tuple[Section, ...]

    def indicators(self) -> Iterator[Indicator]:
        """All indicators in the order of the form."""
        for section in self.sections:
            yield from section.indicators

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code; KeyError if the form has none."""
        return {item.code: item for item in self.indicators()}[code]

    def definition(self) -> dict[str, Any]:
        """The form as plain JSON, the way it is stored. What is a number is not said, so that the digests of forms from
        before there were texts stay what they were."""
        plain = asdict(self)
        for item in (item for section in plain["sections"] for item in section["indicators"]):
            if item["answers"] == Answers.NUMBER:
                del item["answers"]
        return plain

    def digest(self) -> str:
        """SHA-256 of the definition: part of every seal, so that a form cannot be changed afterwards."""
        text = json.dumps(self.definition(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def form_from(definition: Mapping[str, Any]) -> Form:
    """The form behind a stored definition."""
    sections = tuple(
        Section(s["code"], Named(**s["name"]), tuple(_indicator_from(i) for i in s["indicators"]))
        for s in definition["sections"]
    )
    plain = {key: definition[key] for key in ("code", "version", "period_kind", "valid_from")}
    return Form(**plain, name=Named(**definition["name"]), source=Named(**definition["source"]), sections=sections)


def _indicator_from(raw: Mapping[str, Any]) -> Indicator:
    return Indicator(**{**raw, "name": Named(**raw["name"]), "hint": Named(**raw.get("hint", {"zh": "", "en": ""}))})
