"""Asks the limited process for the words of one file."""

import json
from dataclasses import dataclass

from tenants.confined.running import Ending, run_confined

CHILD = "search.extracting.child"
#: Kinds whose words can be read; and older ones in which they stand but are read by nobody here.
KINDS = frozenset({"pdf", "docx", "xlsx", "xls", "ods", "pptx", "txt", "csv", "md"})
OLD_KINDS = frozenset({"doc", "ppt", "wps", "et", "dps", "rtf"})
MOST_BYTES = 50 * 1024 * 1024
WALL_SECONDS = 60
#: 400,000 characters, each written as \\uXXXX or two of these, with their JSON around them.
MOST_TOLD = 6 * 1024 * 1024
_REASONS = frozenset({"bomb", "password", "too_large", "broken", "no_text"})


@dataclass(frozen=True)
class Words:
    """The words of a file; or why there are none: bomb, password, too_large, too_slow, broken, no_text, old_kind."""

    text: str = ""
    refused: str = ""


def words_of(content: bytes, kind: str) -> Words:
    """The words of a file of a kind (its extension in small letters); of pictures and films none, without complaint."""
    if kind in OLD_KINDS:
        return Words(refused="old_kind")
    if kind not in KINDS:
        return Words()
    if len(content) > MOST_BYTES:
        return Words(refused="too_large")
    return _asked(kind.encode() + b"\n" + content)


def _asked(message: bytes) -> Words:
    told = run_confined(CHILD, message, seconds=WALL_SECONDS, most_bytes=MOST_TOLD)
    if told.ending in {Ending.TOO_SLOW, Ending.ENDED}:
        return Words(refused="too_slow")
    if told.ending is Ending.TOO_MUCH:
        return Words(refused="too_large")
    try:
        answer = json.loads(told.output)
    except ValueError:
        return Words(refused="broken")
    refused = answer.get("refused", "")
    return Words(str(answer.get("text", "")), refused if not refused or refused in _REASONS else "broken")
