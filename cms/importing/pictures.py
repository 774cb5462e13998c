"""Pictures of an import: inspected like any upload, kept once by their content, put into the library."""

import hashlib
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.images import ImageFile
from PIL import Image, UnidentifiedImageError

from cms.models.media import Picture
from committees.files.inspection import Policy, Refusal, inspect_upload
from tenants.models import User

_POLICY = Policy(kinds=frozenset({"png", "jpeg", "webp"}), size=10 * 1024 * 1024)
#: Kinds that old sites have and the library does not take: made into PNG.
_CONVERTED = {b"GIF8": "gif", b"BM": "bmp"}
_PIXELS = 40_000_000


def keep_picture(name: str, content: bytes, *, words: str = "", by: User | None = None) -> Picture | str:
    """The picture in the library, the same content once; or in words why it is not taken.

    Without `words` its text for those who do not see it stays empty, and the editor asks for it before release. Who brings
    it (`by`) may change it later.
    """
    content = _as_png(content) or content
    stem = PurePosixPath(name).stem[:80] or "picture"
    file_name = name if PurePosixPath(name).suffix else f"{name}.png"
    found = inspect_upload(_fitting(file_name, content), content, _POLICY)
    if isinstance(found, Refusal):
        return str(found.advice)
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    known = Picture.objects.filter(file_hash=digest).first()
    if known is not None:
        return _with_words(known, words)
    picture = Picture(title=words[:200] or stem, alt_text=words[:200], uploaded_by_user=by)
    picture.file = ImageFile(BytesIO(content), name=found.name)
    picture._set_image_file_metadata()
    picture.save()
    return picture


def _with_words(picture: Picture, words: str) -> Picture:
    """A picture that came without words once takes those it comes with now."""
    if words and picture.lacks_words:
        picture.alt_text = words[:200]
        picture.save(update_fields=["alt_text"])
    return picture


def _fitting(name: str, content: bytes) -> str:
    """The name with the extension of what the file is; inspection still looks at the bytes."""
    kinds = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"RIFF": "webp"}
    kind = next((kind for start, kind in kinds.items() if content.startswith(start)), "")
    return f"{PurePosixPath(name).stem or 'picture'}.{kind}" if kind else name


def _as_png(content: bytes) -> bytes | None:
    if not any(content.startswith(start) for start in _CONVERTED):
        return None
    try:
        with Image.open(BytesIO(content), formats=("GIF", "BMP")) as drawn:
            if drawn.width * drawn.height > _PIXELS:
                return None
            made = BytesIO()
            drawn.convert("RGBA").save(made, "PNG")
            return made.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
