"""Taking out of a published picture what a camera wrote beside it: place, time, owner. The original keeps it."""

import struct
from collections.abc import Iterator

_JPEG_TAKEN = {0xE1, 0xED}
"""APP1 (Exif, XMP) and APP13 (IPTC). Colour profiles stand in APP2 and stay."""
_PNG_TAKEN = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
_WEBP_TAKEN = {b"EXIF": 0x08, b"XMP ": 0x04}


def without_metadata(content: bytes) -> bytes:
    """The same picture, its pixels untouched. What is no JPEG, PNG or WebP, or is cut off, comes back as it was."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return b"".join(_jpeg(content))
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return content[:8] + b"".join(_png(content))
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp(content)
    except (struct.error, IndexError):
        return content
    return content


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    at = 2
    while content[at] == 0xFF and content[at + 1] != 0xDA:
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if content[at + 1] not in _JPEG_TAKEN:
            yield content[at:end]
        at = end
    yield content[at:]


def _png(content: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(content):
        end = at + 12 + struct.unpack_from(">I", content, at)[0]
        if content[at + 4 : at + 8] not in _PNG_TAKEN:
            yield content[at:end]
        at = end


def _webp(content: bytes) -> bytes:
    chunks, at = [], 12
    while at < len(content):
        end = at + 8 + struct.unpack_from("<I", content, at + 4)[0]
        end += end % 2
        if content[at : at + 4] not in _WEBP_TAKEN:
            chunks.append(bytearray(content[at:end]))
        at = end
    if chunks and chunks[0][:4] == b"VP8X":
        chunks[0][8] &= ~sum(_WEBP_TAKEN.values())
    body = b"".join(bytes(chunk) for chunk in chunks)
    return content[:4] + struct.pack("<I", len(body) + 4) + b"WEBP" + body
