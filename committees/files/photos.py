"""Photos that many browsers cannot show (HEIC, as phones take them) become JPEG on their way in, in a limited process."""

import logging
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from committees.files.names import set_extension, split_extension

log = logging.getLogger(__name__)
MOST_BYTES = 20 * 1024 * 1024
SECONDS = 20
COMMAND = [sys.executable, "-s", "-m", "committees.files.photo_child"]
#: The process sees no environment but the path of the code, and no file but its pipes.
ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}
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
    try:
        done = subprocess.run(
            COMMAND, input=raw, capture_output=True, timeout=SECONDS, check=False, cwd="/", env=ENVIRONMENT
        )
    except (OSError, subprocess.TimeoutExpired):
        log.exception("a photo could not be converted")
        return b""
    if done.returncode:
        log.warning("a photo was refused: %s", done.stderr.decode(errors="replace")[-200:])
        return b""
    return done.stdout
