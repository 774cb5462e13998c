"""What a call says: the words, days and conditions that schools read, as they are written down when it opens."""

from datetime import date

from committees.filings.models import Call

#: Everything of a call that a school relies on.
SAID = (
    "number", "kind", "period", "form_id", "title_zh", "title_en", "text", "attribution", "opens_on", "due_on",
    "disclosure", "takes_late", "co_issued",
)  # fmt: skip


def words_of(call: Call) -> dict[str, str | bool | int]:
    """What the call says now, as plain values; days in ISO form."""
    return {name: _plain(getattr(call, name)) for name in SAID}


def _plain(value: object) -> str | bool | int:
    if isinstance(value, bool | int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
