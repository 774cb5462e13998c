"""The one table a start ends with: where to look and as whom to sign in."""

import json
import unicodedata
from collections.abc import Sequence

COLUMNS = ("address", "role", "account", "password")


def width(text: str) -> int:
    """Columns a text takes on a terminal; a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def rows_of(listing: str) -> list[list[str]]:
    """Rows of the table from the JSON of `manage.py demo_accounts`; an address is named once, above its accounts."""
    rows, last = [], None
    for account in json.loads(listing):
        row = [str(account.get(name) or "") for name in COLUMNS]
        rows.append(["" if row[0] == last else row[0], *row[1:]])
        last = row[0]
    return rows


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows under their headings, columns aligned."""
    lines = [list(COLUMNS), *map(list, rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(COLUMNS))]
    lines.insert(1, ["-" * size for size in widths])
    padded = ([text + " " * (size - width(text)) for text, size in zip(line, widths, strict=True)] for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in padded)
