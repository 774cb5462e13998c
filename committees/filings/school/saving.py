"""Saving what was typed into a return: only what changed, merged with what others changed, nothing lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.functional import Promise

from committees.filings import actions
from committees.filings.answers import Entry, entry_from
from committees.filings.models import Draft, Filing
from committees.filings.presenting import quantity_of, unit_in, written
from committees.filings.schema import Form, Indicator
from committees.filings.school.reads import Work
from committees.filings.typed_values import read_entry
from committees.workflow.advance import moved_on
from tenants.models import User

Post = Mapping[str, Any]
#: Every version of every draft, as the school's own history keeps it (tenants/history.py makes the model).
DraftHistory: Any = apps.get_model("filings", "DraftHistory")
MOST_CHARACTERS = 200
MOST_NOTE = 2000


@dataclass(frozen=True)
class Clash:
    """Two people typed into one field: what this person typed, and what stands there now."""

    code: str
    label: str
    mine: str
    mine_unit: str
    theirs: str
    theirs_unit: str
    note: str = ""


@dataclass(frozen=True)
class Saved:
    """What came of saving. `others`: codes that somebody else changed meanwhile, `who` and `when` the last of them."""

    draft: Draft
    changed: frozenset[str] = frozenset()
    clashes: tuple[Clash, ...] = ()
    others: frozenset[str] = frozenset()
    who: str | Promise = ""
    when: datetime | None = None


def typed_in(entry: Entry | None, indicator: Indicator) -> str:
    """The text that a field shows for an entry."""
    quantity = quantity_of(entry, indicator)
    return quantity.typed or written(quantity.value)


def posted_entries(form: Form, post: Post, before: Mapping[str, Entry], units: Mapping[str, str]) -> dict[str, Entry]:
    """The entries that differ from `before`; `units` are the units that the page showed for fields without an entry."""
    found: dict[str, Entry] = {}
    for item in form.indicators():
        entry = _posted(item, post, before.get(item.code), units.get(item.code, item.unit))
        if entry is not None:
            found[item.code] = entry
    return found


def _posted(item: Indicator, post: Post, before: Entry | None, shown_unit: str) -> Entry | None:
    """The new entry of one field, or None where nothing changed."""
    was_typed, was_note = typed_in(before, item), before.note if before else ""
    was_unit = unit_in(before, item) if before else shown_unit
    typed = str(post.get(f"q-{item.code}", was_typed))[:MOST_CHARACTERS]
    unit = str(post.get(f"u-{item.code}", was_unit))
    note = str(post.get(f"n-{item.code}", was_note)).strip()[:MOST_NOTE]
    same_value = typed.strip() == was_typed.strip() and unit == was_unit
    if same_value and note == was_note.strip():
        return None
    if same_value:
        return replace(before or Entry(None), note=note)
    return read_entry(item, typed, unit, note=note)


def repaired(form: Form, post: Post, work: Work) -> dict[str, Any]:
    """The posted form after a repair button (`fix` is `<code>:<digits>`) or "take mine" (`mine` is a code)."""
    changed = dict(post.items())
    code, _colon, digits = str(post.get("fix", "")).partition(":")
    codes = {item.code for item in form.indicators()}
    if code in codes and digits:
        changed[f"q-{code}"] = digits
    mine = str(post.get("mine", ""))
    if mine in codes and f"m-{mine}" in post:
        changed[f"q-{mine}"] = post[f"m-{mine}"]
        changed[f"u-{mine}"] = post.get(f"mu-{mine}", "")
        changed[f"n-{mine}"] = post.get(f"mn-{mine}", "")
    return changed


def save_posted(*, filing: Filing, work: Work, post: Post, by: User, at: datetime) -> Saved:
    """Save the fields of a posted page. Raises MoveRefused when the return is not being filled in."""
    draft = work.draft
    assert draft is not None  # a started case has a draft
    units = {cell.code: cell.unit for cell in work.sheet().cells()}
    seen = _revision(post)
    current = work.answer.entries
    if seen is None or seen == draft.revision:
        entries = posted_entries(work.answer.form, post, current, units)
        return _saved(filing, draft, entries, by, at)
    base = entries_at(filing, seen)
    mine = posted_entries(work.answer.form, post, base if base is not None else current, units)
    others = frozenset(code for code in {*current, *(base or {})} if base and current.get(code) != base.get(code))
    clashing = {code for code in mine if code in others and not _agree(mine[code], current.get(code))}
    kept = {code: entry for code, entry in mine.items() if code not in others}
    clashes = tuple(
        _clash(item, mine[item.code], current.get(item.code), work)
        for item in work.answer.form.indicators()
        if item.code in clashing
    )
    saved = _saved(filing, draft, kept, by, at)
    return replace(saved, clashes=clashes, others=others, who=_name_of(draft), when=draft.updated_at)


def entries_at(filing: Filing, revision: int) -> dict[str, Entry] | None:
    """The entries of an earlier revision, from the history of the school's books; None when it is not there."""
    row = DraftHistory.objects.filter(filing_id=filing.public_id, revision=revision).order_by("-pgh_id").first()
    return {code: entry_from(raw) for code, raw in row.entries.items()} if row else None


def _saved(filing: Filing, draft: Draft, entries: Mapping[str, Entry], by: User, at: datetime) -> Saved:
    if not entries:
        _require_open(filing)
        return Saved(draft)
    saved = actions.save_draft(filing=filing, entries=entries, revision=draft.revision, by=by, at=at)
    return Saved(saved, frozenset(entries))


def _require_open(filing: Filing) -> None:
    """Nothing changed, but a person should hear that the return has moved on."""
    if filing.state != "started":
        raise moved_on(filing)


def _revision(post: Post) -> int | None:
    text = str(post.get("revision", ""))
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _agree(one: Entry, other: Entry | None) -> bool:
    return other is not None and (one.value, one.source, one.unit, one.note) == (
        other.value, other.source, other.unit, other.note,
    )  # fmt: skip


def _clash(item: Indicator, mine: Entry, theirs: Entry | None, work: Work) -> Clash:
    from committees.filings.sheets import Layout

    label = Layout(work.answer, ()).full_label_of(item)
    return Clash(
        code=item.code, label=label, mine=typed_in(mine, item), mine_unit=unit_in(mine, item),
        theirs=typed_in(theirs, item), theirs_unit=unit_in(theirs, item), note=mine.note,
    )  # fmt: skip


def _name_of(draft: Draft) -> str:
    person = User.objects.filter(pk=draft.updated_by_id).first()
    return str(person) if person else ""
