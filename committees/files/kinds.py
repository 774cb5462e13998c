"""Which kinds of file come in, recognised by their first bytes and never by their name."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZipFile

HEAD = 512 * 1024
"""Bytes in which the size of a picture is looked for: camera data may stand before it."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind that is taken: the type it is always served with, and the extensions its name may have."""

    id: str
    media_type: str
    extensions: tuple[str, ...]
    is_picture: bool = False

    @property
    def extension(self) -> str:
        return self.extensions[0]


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = FileKind("pdf", "application/pdf", (".pdf",))
PNG = FileKind("png", "image/png", (".png",), True)
JPEG = FileKind("jpeg", "image/jpeg", (".jpg", ".jpeg", ".jpe"), True)
WEBP = FileKind("webp", "image/webp", (".webp",), True)
XLSX = FileKind("xlsx", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
DOCX = FileKind("docx", f"{_OFFICE}wordprocessingml.document", (".docx",))
PPTX = FileKind("pptx", f"{_OFFICE}presentationml.presentation", (".pptx",))
OFD = FileKind("ofd", "application/ofd", (".ofd",))
KINDS = {kind.id: kind for kind in (PDF, PNG, JPEG, WEBP, XLSX, DOCX, PPTX, OFD)}
MEDIA_TYPES = frozenset(kind.media_type for kind in KINDS.values())
UNKNOWN_TYPE = "application/octet-stream"

_PARTS = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX, "ppt/presentation.xml": PPTX, "ofd.xml": OFD}
_JPEG_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def kind_by_start(head: bytes) -> FileKind | None:
    """The kind of a file that is not an archive, by its first bytes."""
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    return None


def kind_by_parts(archive: ZipFile) -> FileKind | None:
    """The kind of an archive by the one part that only this kind has."""
    names = {name.casefold() for name in archive.namelist()}
    found = [kind for part, kind in _PARTS.items() if part in names]
    if len(found) != 1 or (found[0] is not OFD and "[content_types].xml" not in names):
        return None
    return found[0]


def picture_size(kind: FileKind, head: bytes) -> tuple[int, int] | None:
    """(width, height) in pixels as the head declares them, without decoding; None where it does not."""
    try:
        if kind is PNG:
            return struct.unpack(">II", head[16:24])
        if kind is WEBP:
            return _webp_size(head)
        return _jpeg_size(head)
    except (struct.error, IndexError):
        return None


def _webp_size(head: bytes) -> tuple[int, int] | None:
    match head[12:16]:
        case b"VP8X":
            return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack("<HH", head[26:30])
            return width & 0x3FFF, height & 0x3FFF
    return None


def _jpeg_size(head: bytes) -> tuple[int, int] | None:
    for marker, at in _jpeg_markers(head):
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", head[at + 3 : at + 7])
            return width, height
    return None


def _jpeg_markers(head: bytes) -> Iterator[tuple[int, int]]:
    """(marker, place of its length) of each segment before the picture itself."""
    at = 2
    while at + 4 <= len(head):
        if head[at] != 0xFF:
            return
        marker = head[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            return
        yield marker, at + 2
        at += 2 + struct.unpack(">H", head[at + 2 : at + 4])[0]


def read_head(content: BinaryIO) -> bytes:
    content.seek(0)
    return content.read(HEAD)
