"""Looking at an uploaded file before anything parses it: which kind it is, and whether its packing is honest."""

import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from committees.workbooks.packing import has_too_many_entries, is_folded

OLE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
FLAG_ENCRYPTED = 0x1
ALLOWED_PACKING = frozenset({0, 8})
"""Stored and deflated: the only two that a spreadsheet program writes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one workbook may be. Sizes in bytes, times in seconds."""

    size: int = 10 * 1024 * 1024
    parts: int = 1_000
    unpacked: int = 120 * 1024 * 1024
    ratio: int = 150
    rows: int = 50_000
    cells: int = 200_000
    area: int = 2_000_000
    elements: int = 1_000_000
    sheets: int = 100
    text: int = 2_000
    characters: int = 8_000_000
    memory: int = 512 * 1024 * 1024
    cpu: int = 4
    wall: float = 15.0


LIMITS = Limits()
BROKEN_ARCHIVE = (BadZipFile, zlib.error, NotImplementedError, ValueError, OSError, KeyError, RuntimeError, EOFError)
"""All that the standard library raises over a spoilt archive."""
MOST_TYPES = 200_000
SMALL_PART = 1024 * 1024
"""Bytes; below it the ratio says nothing: an empty sheet packs a hundredfold."""


def inspect_file(content: bytes, filename: str, limits: Limits = LIMITS) -> str | None:
    """The id of the file rule that refuses this content, or None where it may be an .xlsx worth reading."""
    if not content:
        return "empty_file"
    if len(content) > limits.size:
        return "file_too_large"
    if content.startswith(OLE_MARK):
        return _name_ole(content, filename)
    if not content.startswith(ZIP_MARKS):
        return _name_other(content, filename)
    if has_too_many_entries(content, limits.parts):
        return "bomb"
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _inspect_parts(archive.infolist(), limits) or _name_package(archive)
    except BROKEN_ARCHIVE:
        return "broken_file"


def has_external_links(content: bytes) -> bool:
    """Whether the workbook points to other workbooks; its kept values are read, the links are never followed."""
    with ZipFile(BytesIO(content)) as archive:
        return any(name.startswith("xl/externalLinks/") for name in archive.namelist())


def _name_ole(content: bytes, filename: str) -> str:
    if ENCRYPTED in content:
        return "password"
    if filename.casefold().endswith((".et", ".ett")):
        return "wps_table"
    return "old_excel"


def _name_other(content: bytes, filename: str) -> str:
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return "web_page"
    if filename.casefold().endswith((".csv", ".txt")) or _is_text(content[:4096]):
        return "csv"
    return "not_workbook"


def _is_text(start: bytes) -> bool:
    if b"\x00" in start:
        return False
    return all(byte >= 0x20 or byte in b"\t\r\n\x1b" for byte in start) and (b"," in start or b"\t" in start)


def _inspect_parts(parts: list[ZipInfo], limits: Limits) -> str | None:
    """What the directory alone shows. It can lie about sizes: the child counts again while it unpacks."""
    if len(parts) > limits.parts or is_folded(parts):
        return "bomb"
    if any(part.flag_bits & FLAG_ENCRYPTED for part in parts):
        return "password"
    if any(part.compress_type not in ALLOWED_PACKING for part in parts):
        return "broken_file"
    if sum(part.file_size for part in parts) > limits.unpacked:
        return "bomb"
    if any(
        part.file_size > SMALL_PART and part.file_size > limits.ratio * max(part.compress_size, 1) for part in parts
    ):
        return "bomb"
    return None


def _name_package(archive: ZipFile) -> str | None:
    names = {name.casefold() for name in archive.namelist()}
    if any(name.endswith("vbaproject.bin") for name in names):
        return "macro"
    if "xl/workbook.bin" in names:
        return "binary_workbook"
    if names & {"word/document.xml", "ppt/presentation.xml"}:
        return "other_office"
    if "mimetype" in names and "content.xml" in names:
        return "open_document"
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        return "not_workbook"
    with archive.open("[Content_Types].xml") as part:  # never read(): a false size would unpack up to 1 GB at once
        return "macro" if b"macroenabled" in part.read(MOST_TYPES).lower() else None
