"""The process that decodes a phone's photo: HEIC in, JPEG out, under limits it sets itself. Imports no Django.

Run as `python -m committees.files.photo_child`. Nothing of the photo but the picture comes out: no place, no camera.
"""

import sys
from io import BytesIO

from tenants.confined.limits import confine

MEMORY = 1536 * 1024 * 1024
SECONDS = 10
PIXELS = 50_000_000
#: The longer side of what comes out: an A4 page at 300 dots an inch.
LONGEST = 3508


def main() -> int:
    """Read the photo from the standard input, write the JPEG to the standard output; 1 for what is no such photo."""
    confine(memory=MEMORY, cpu_seconds=SECONDS)
    jpeg = convert(sys.stdin.buffer.read())
    sys.stdout.buffer.write(jpeg)
    return 0 if jpeg else 1


def convert(raw: bytes) -> bytes:
    """The photo upright as JPEG; empty when it is none or has too many pixels."""
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener(thumbnails=False)
    try:
        with Image.open(BytesIO(raw)) as photo:
            if photo.width * photo.height > PIXELS:
                return b""
            upright = ImageOps.exif_transpose(photo).convert("RGB")
    except (OSError, ValueError, MemoryError):
        return b""
    upright.thumbnail((LONGEST, LONGEST))
    out = BytesIO()
    upright.save(out, "JPEG", quality=88)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
