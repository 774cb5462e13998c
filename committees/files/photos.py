"""Photos that many browsers cannot show (HEIC, as phones take them) become JPEG on their way in, in a limited process."""

import logging
from io import BytesIO
from typing import BinaryIO

from committees.files.names import set_extension, split_extension
from tenants.confined.running import Ending, run_confined

log = logging.getLogger(__name__)
MOST_BYTES = 20 * 1024 * 1024
SECONDS = 20
CHILD = "committees.files.photo_child"
_BRANDS = frozenset({b"heic", b"heix", b"mif1", b"hevc"})


def photo_as_jpeg(content: BinaryIO, name: str) -> tuple[BinaryIO, str]:
    """A HEIC photo as JPEG with the name to match; everything else, and what cannot be decoded, as it came.

    The content is left at its start. What comes back is not yet inspected.
    """
    content.seek(0)
    head = content.read(12)
    content.seek(0)
    if head[4:8] != b"ftyp" or head[8:12] not in _BRANDS:
        return content, name
    raw = content.read(MOST_BYTES + 1)
    content.seek(0)
    jpeg = _converted(raw) if len(raw) <= MOST_BYTES else b""
    return (BytesIO(jpeg), set_extension(split_extension(name)[0], ".jpg")) if jpeg else (content, name)


def _converted(raw: bytes) -> bytes:
    """The photo as JPEG; empty when the process refused it, ran out of its limits or of time."""
    told = run_confined(CHILD, raw, seconds=SECONDS, most_bytes=MOST_BYTES)
    if told.ending is not Ending.WELL:
        log.warning("a photo was not converted: %s", told.ending)
    return told.output
