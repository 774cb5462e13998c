"""A school's return on paper: an official table to be signed and stamped, of a sealed version or of the draft. No writes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from committees.filings.answers import Answer, FigureDraft
from committees.filings.drafts import answer_in
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Filing, FilingVersion
from committees.filings.presenting import between_items, full_names
from committees.filings.schema import Indicator
from committees.papers.pdf import make_pdf
from committees.papers.writing import moment, number

TEMPLATE = Path(__file__).parent / "papers" / "return.typ"


def sealed_table(filing: Filing, version: FilingVersion) -> bytes:
    """The table of a sealed version; the same bytes each time."""
    kind = kind_of(filing.call.kind)
    answer = answer_in(version, version.form.form())
    drafts = kind.figures(answer, kind.coefficients_in(version.coefficients))
    about = [
        (_("Filing number"), version.number), (_("Version"), str(version.version)),
        (_("Sealed"), moment(version.sealed_at)),
    ]  # fmt: skip
    people = [(_("Prepared by"), version.prepared_by.name), (_("Approved by"), version.approved_by.name)]
    facts = _facts(filing, answer, kind, drafts, version.coefficients)
    told = {"seal": version.seal, "mark": "", "people": [*people, (_("Telephone"), "")],
            "foot": f"{version.number} · {version.seal[:8]}"}  # fmt: skip
    return make_pdf(TEMPLATE, {**facts, "about": [*facts["about"], *about], **told}, at=version.sealed_at)


def draft_table(filing: Filing, answer: Answer, *, at: datetime) -> bytes:
    """The table of a draft as it stands at a moment, for the stamp before filing; it says that it is not filed."""
    kind = kind_of(filing.call.kind)
    coefficients = kind.coefficients_for(filing.call.period)
    facts = _facts(filing, answer, kind, kind.figures(answer, coefficients), coefficients.version)
    told = {"seal": "", "mark": _("Draft of %(when)s, not filed") % {"when": moment(at)},
            "people": [(_("Prepared by"), ""), (_("Approved by"), ""), (_("Telephone"), "")],
            "foot": f"{filing.call.number} · {filing.school.code}"}  # fmt: skip
    return make_pdf(TEMPLATE, {**facts, **told}, at=at)


def _facts(
    filing: Filing, answer: Answer, kind: Kind, drafts: Sequence[FigureDraft], coefficients: str
) -> dict[str, Any]:
    call, form = filing.call, answer.form
    names = full_names(form)
    groups = [
        {"name": str(section.name), "rows": [_row(item, answer, names) for item in section.indicators]}
        for section in form.sections
    ]
    direct = {item.code for item in form.indicators()}
    computed = [
        [str(kind.figure_names[one.indicator]), number(one.value, 4 if "/" in one.unit else None), one.unit, False]
        for one in drafts if one.indicator not in direct
    ]  # fmt: skip
    if computed:
        groups.append({"name": _("Computed from them"), "rows": computed})
    about = [(_("School"), filing.school.name), (_("Call"), call.number), (_("Period"), call.period),
             (_("Form"), f"{form.name} {form.version}"),
             *([(_("Coefficients"), coefficients)] if coefficients else [])]  # fmt: skip
    return {
        "title": call.title, "committee": call.committee.name, "about": about, "groups": groups,
        "attribution": call.attribution, "stamps": [_("School (seal)"), _("Committee (seal)")],
        "words": {"heads": [_("Item"), _("Value"), _("Unit")], "date": _("Date"), "seal": _("Seal")},
    }  # fmt: skip


def _row(item: Indicator, answer: Answer, names: dict[str, str]) -> list[object]:
    """Name, value, unit, and whether the value is words that need the place of the unit too."""
    name = names[item.code] if item.cost_of else str(item.name)  # the section stands above
    if item.is_number:
        return [name, number(answer.value(item.code)), item.unit, False]
    said = between_items().join(answer.files.get(item.code, ())) if item.is_file else answer.text(item.code)
    return [name, said or "—", "", True]
