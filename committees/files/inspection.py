"""Looking at an uploaded file: kind by content, size, pixels, packing, name. Nothing is decoded and nothing is kept."""

import hashlib
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.text import format_lazy

from committees.files.active_parts import has_active_parts, has_macros
from committees.files.kinds import KINDS, FileKind, kind_by_parts, kind_by_start, picture_size, read_head
from committees.files.names import clean_name, has_hidden_extension, set_extension, split_extension
from committees.files.scanner import Scan, scan
from committees.files.upload_rules import UPLOAD_RULES, Text

MB = 1024 * 1024
CHUNK = 256 * 1024
OLE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")
ENTRY_MARK = b"PK\x01\x02"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
FLAG_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Policy:
    """What is taken in one place: ids of kinds, bytes, pixels, and how far an Office file may unpack."""

    kinds: frozenset[str] = frozenset(KINDS)
    size: int = 20 * MB
    pixels: int = 50_000_000
    parts: int = 5_000
    unpacked: int = 400 * MB
    ratio: int = 200


EVIDENCE = Policy()


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file that may be kept. `name` is the cleaned name; `is_renamed` says that it differs from the one given."""

    kind: FileKind
    name: str
    size: int
    sha256: str
    is_renamed: bool = False

    @property
    def media_type(self) -> str:
        return self.kind.media_type


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is not taken: the rule's id, and its reason in the reader's language."""

    code: str
    message: Text

    @property
    def advice(self) -> Text:
        return UPLOAD_RULES[self.code].advice


def inspect_upload(name: str, content: BinaryIO | bytes, policy: Policy = EVIDENCE) -> Inspection | Refusal:
    """Decide whether a file is taken; leaves the content at its start and never raises for what it holds.

    A picture whose name has another picture's extension is renamed; any other difference is refused.
    """
    stream = BytesIO(content) if isinstance(content, bytes) else content
    try:
        return _inspect(name, stream, policy)
    finally:
        stream.seek(0)


def _inspect(name: str, stream: BinaryIO, policy: Policy) -> Inspection | Refusal:
    size = stream.seek(0, 2)
    if not size:
        return _refuse("empty")
    if size > policy.size:
        return _refuse("too_large", size=-(-size // MB), most=policy.size // MB)
    head = read_head(stream)
    kind = _recognise(head, stream, policy)
    if isinstance(kind, Refusal):
        return kind
    if kind.id not in policy.kinds:
        return _refuse("unknown", kinds=_list_kinds(policy))
    return _refuse_pixels(kind, head, policy) or _refuse_infected(stream) or _name(name, kind, size, stream)


def _recognise(head: bytes, stream: BinaryIO, policy: Policy) -> FileKind | Refusal:
    kind = kind_by_start(head)
    if kind is not None:
        return kind
    if head.startswith(OLE_MARK):
        stream.seek(0)
        return _refuse("password" if ENCRYPTED in stream.read() else "old_office")
    if head.startswith(b"PK"):
        return _recognise_archive(stream, policy)
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"hevc", b"avif"}:
        return _refuse("heic")
    if head.startswith(_ARCHIVES):
        return _refuse("archive")
    if head[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return _refuse("markup")
    return _refuse("unknown", kinds=_list_kinds(policy))


def _recognise_archive(stream: BinaryIO, policy: Policy) -> FileKind | Refusal:
    """An Office or OFD document by its directory; nothing of it is unpacked but its list of types."""
    stream.seek(0)
    if stream.read().count(ENTRY_MARK) > policy.parts:  # reading half a million entries takes seconds and 200 MB
        return _refuse("bomb")
    try:
        with ZipFile(stream) as archive:
            parts = archive.infolist()
            if _is_bomb(parts, policy):
                return _refuse("bomb")
            if any(part.flag_bits & FLAG_ENCRYPTED for part in parts):
                return _refuse("password")
            kind = kind_by_parts(archive)
            if kind is None:
                return _refuse("archive")
            if has_macros(archive):
                return _refuse("macro")
            return _refuse("active") if has_active_parts(archive) else kind
    except (BadZipFile, zlib.error, ValueError, OSError, KeyError, NotImplementedError, RuntimeError, EOFError):
        return _refuse("broken")


def _is_bomb(parts: list[ZipInfo], policy: Policy) -> bool:
    return (
        len(parts) > policy.parts
        or len({part.filename for part in parts}) < len(parts)
        or sum(part.file_size for part in parts) > policy.unpacked
        or any(part.file_size > MB and part.file_size > policy.ratio * max(part.compress_size, 1) for part in parts)
    )


def _refuse_pixels(kind: FileKind, head: bytes, policy: Policy) -> Refusal | None:
    if not kind.is_picture:
        return None
    size = picture_size(kind, head)
    if size is None or not all(size):
        return _refuse("broken")
    width, height = size
    if width * height > policy.pixels:
        return _refuse("too_many_pixels", width=width, height=height, most=policy.pixels // 1_000_000)
    return None


def _refuse_infected(stream: BinaryIO) -> Refusal | None:
    """What the association's scanner says of it; where there is none, nothing. A scanner that does not answer lets
    nothing in: what nobody has looked at would go on to others."""
    match scan(stream):
        case Scan.FOUND:
            return _refuse("infected")
        case Scan.SILENT:
            return _refuse("unscanned")
    return None


def _name(name: str, kind: FileKind, size: int, stream: BinaryIO) -> Inspection | Refusal:
    stem, extension = split_extension(clean_name(name))
    if has_hidden_extension(stem):
        return _refuse("hidden_extension")
    if extension not in kind.extensions:
        if extension and not (kind.is_picture and _is_picture(extension)):
            return _refuse("other_extension", extension=extension, kind=kind.id.upper())
        extension = kind.extension
    shown = set_extension(stem, extension)
    return Inspection(kind, shown, size, _hash(stream), shown != name)


def _is_picture(extension: str) -> bool:
    return any(kind.is_picture and extension in kind.extensions for kind in KINDS.values())


def _hash(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _list_kinds(policy: Policy) -> str:
    return "、".join(kind.id.upper() for kind in KINDS.values() if kind.id in policy.kinds)


def _refuse(code: str, **params: object) -> Refusal:
    reason = UPLOAD_RULES[code].reason
    return Refusal(code, format_lazy(reason, **params) if params else reason)
