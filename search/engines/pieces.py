"""Between an entry of PostgreSQL and a document of Elasticsearch: there and back, without a word of Elasticsearch's own."""

from datetime import date
from typing import Any

from search.engines.engine import Row
from search.engines.vectors import MONTH, READER, SAMPLE, TITLE
from search.models import Entry
from search.planning.tokens import index_tokens

_MARKS = frozenset({READER, MONTH, SAMPLE, TITLE})


def source_of(entry: Entry) -> dict[str, Any]:
    """An entry of PostgreSQL as a document of Elasticsearch."""
    return {
        "key": entry.key, "piece": entry.piece, "source": entry.source, "title": entry.title, "text": entry.text,
        "title_tokens": " ".join(index_tokens(entry.title)), "body_tokens": " ".join(index_tokens(entry.text)),
        "leads": _lexemes(entry.leads), "kind": entry.kind, "host": entry.host, "address": entry.address,
        "language": entry.language, "day": entry.day.isoformat() if entry.day else None,
        "year": entry.day.year if entry.day else None, "committee": entry.committee, "column": entry.column,
        "school_id": entry.school_id, "space": entry.space, "audience": entry.audience,
        "expires_at": entry.expires_at, "lasts": entry.expires_at is None, "parent": entry.parent,
        "digest": entry.digest,
    }  # fmt: skip


def _lexemes(vector: str) -> list[str]:
    """The words of a tsvector without places, as PostgreSQL prints it, but for the marks of its readers."""
    words = (word[1:-1].replace("''", "'") for word in (vector or "").split(" ") if word)
    return [word for word in words if word[0] not in _MARKS]


def row_from(source: dict[str, Any]) -> Row:
    """A row from a document."""
    return Row(
        source["key"], source["title"], source.get("text", ""),
        date.fromisoformat(source["day"]) if source.get("day") else None, source["piece"], kind=source["kind"],
        address=source["address"], host=source["host"], language=source["language"], committee=source["committee"],
        column=source["column"], school_id=source["school_id"], parent=source["parent"],
    )  # fmt: skip
