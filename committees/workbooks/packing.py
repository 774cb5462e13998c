"""Whether the parts of an archive are what its directory says of them. Runs in the child process too: no Django."""

import struct
import zlib
from collections.abc import Iterator
from zipfile import ZIP_STORED, ZipFile, ZipInfo

ENTRY_MARK = b"PK\x01\x02"
CHUNK = 256 * 1024
_LOCAL_HEAD = struct.Struct("<4s22xHH")


def has_too_many_entries(content: bytes, most: int) -> bool:
    """Asked before the directory is read: reading half a million entries takes seconds and 200 MB."""
    return content.count(ENTRY_MARK) > most


def is_folded(parts: list[ZipInfo]) -> bool:
    """Whether two entries have one name, or lie over each other: then readers differ in what they see, or one small
    piece is unpacked many times."""
    if len({part.filename for part in parts}) < len(parts):
        return True
    placed = sorted(parts, key=lambda part: part.header_offset)
    return any(
        first.header_offset + _LOCAL_HEAD.size + first.compress_size > second.header_offset
        for first, second in zip(placed, placed[1:], strict=False)
    )


def find_liar(content: bytes, archive: ZipFile) -> str:
    """The first part that unpacks to another size than the directory says; "" where all are honest.

    The standard library stops at the told size, other readers go on: a part of 1 GB can claim 5 KB.
    """
    for part in archive.infolist():
        size = 0
        for piece in _unpack(content, part):
            size += piece
            if size > part.file_size:
                return part.filename
        if size != part.file_size:
            return part.filename
    return ""


def _unpack(content: bytes, part: ZipInfo) -> Iterator[int]:
    """Sizes of the pieces of a part, each at most CHUNK. Raises zlib.error, ValueError for what cannot be unpacked."""
    head = content[part.header_offset : part.header_offset + _LOCAL_HEAD.size]
    if len(head) < _LOCAL_HEAD.size:
        raise ValueError("no local header")
    _mark, name, extra = _LOCAL_HEAD.unpack(head)
    start = part.header_offset + _LOCAL_HEAD.size + name + extra
    if part.compress_type == ZIP_STORED:
        yield part.compress_size
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    left = content[start : start + part.compress_size]
    while left and not inflate.eof:
        yield len(inflate.decompress(left, CHUNK))
        left = inflate.unconsumed_tail
    yield len(inflate.flush())
