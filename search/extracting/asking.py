"""Asks the limited process for the words of one file."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHILD = "search.extracting.child"
#: Kinds whose words can be read; and older ones in which they stand but are read by nobody here.
KINDS = frozenset({"pdf", "docx", "xlsx", "xls", "ods", "pptx", "txt", "csv", "md"})
OLD_KINDS = frozenset({"doc", "ppt", "wps", "et", "dps", "rtf"})
MOST_BYTES = 50 * 1024 * 1024
WALL_SECONDS = 60
_ROOT = Path(__file__).resolve().parents[2]
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
    """The process sees no environment but the path of the code, and no file but its pipes."""
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-m", CHILD], input=message, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS, check=False, cwd="/", env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    except (subprocess.TimeoutExpired, BrokenPipeError):
        return Words(refused="too_slow")
    if done.returncode < 0:  # ended by a signal: out of processor time, or out of memory inside a parser
        return Words(refused="too_slow")
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return Words(refused="broken")
    refused = told.get("refused", "")
    return Words(str(told.get("text", "")), refused if not refused or refused in _REASONS else "broken")
