"""What becomes of a draft when the form of its call changes: entries go over by item, and none is lost to the reader."""

from dataclasses import dataclass

from committees.filings.answers import entry_from
from committees.filings.models import FormVersion
from committees.filings.presenting import full_names, unit_in
from committees.filings.school.reads import Work
from committees.filings.school.saving import typed_in


@dataclass(frozen=True)
class Lost:
    """An entry of the draft that the form does not ask for any more, as it was typed."""

    name: str
    typed: str
    unit: str
    note: str


def lost_entries(work: Work) -> list[Lost]:
    """The entries of a draft that its call's form has no item for, named as the form named them that asked for them.

    A draft keeps every entry by its item's code, so the others stand in the new form by themselves. One query, and only
    where something is lost.
    """
    if work.draft is None:
        return []
    known = {item.code for item in work.answer.form.indicators()}
    left = {code: entry_from(raw) for code, raw in work.draft.entries.items() if code not in known}
    left = {code: entry for code, entry in left.items() if entry.value is not None or entry.source.strip()}
    if not left:
        return []
    found: list[Lost] = []
    for row in FormVersion.objects.filter(code=work.draft.form_code).order_by("-pk"):
        form = row.form()
        names = full_names(form)
        mine = [(item, left.pop(item.code)) for item in form.indicators() if item.code in left]
        found += [
            Lost(names[item.code], typed_in(entry, item), unit_in(entry, item), entry.note) for item, entry in mine
        ]
    return [*found, *(Lost(code, entry.source, entry.unit, entry.note) for code, entry in left.items())]
