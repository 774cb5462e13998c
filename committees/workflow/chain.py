"""The chain of a row's moves: each move's hash covers the move and the hash before it, so none is changed unseen. Pure."""

import hashlib
import json
from typing import Any


def link(before: str, trail: Any) -> str:
    """The hash of one move (64 hexadecimal digits); `before` is the hash of the row's move before, or empty."""
    words = [
        "houqin-move-1", before or "-", trail.flow, str(trail.subject), trail.move, trail.source, trail.target,
        trail.version, trail.by_id, trail.role, f"{trail.at.timestamp():.6f}", trail.reason, trail.facts,
        str(trail.key) if trail.key else None,
    ]  # fmt: skip
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
