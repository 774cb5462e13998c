"""Writes the compiled catalogue that Python's gettext reads."""

import os
import struct
from collections.abc import Iterable
from pathlib import Path

from portal.translations.po import Entry

_MAGIC, _HEAD = 0x950412DE, 28
_META = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"


def write(path: Path, entries: Iterable[Entry]) -> int:
    """Compile the translated entries into `path`, whole or not at all; returns how many."""
    table = {_key(entry): "\0".join(entry.strings).encode() for entry in entries if entry.is_translated}
    table[b""] = _META.encode()
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.write_bytes(_compiled(table))
    fresh.replace(path)
    return len(table) - 1


def _key(entry: Entry) -> bytes:
    singular = f"{entry.context}\x04{entry.msgid}" if entry.context is not None else entry.msgid
    return (singular if entry.plural is None else f"{singular}\0{entry.plural}").encode()


def _compiled(table: dict[bytes, bytes]) -> bytes:
    """GNU's format: head, two tables of (length, place), then the strings; keys in order of their bytes."""
    keys = sorted(table)
    count = len(keys)
    place = _HEAD + 16 * count
    texts, offsets = b"", []
    for text in [*keys, *(table[key] for key in keys)]:
        offsets += [len(text), place + len(texts)]
        texts += text + b"\0"
    head = struct.pack("<7I", _MAGIC, 0, count, _HEAD, _HEAD + 8 * count, 0, place)
    return head + struct.pack(f"<{len(offsets)}I", *offsets) + texts
