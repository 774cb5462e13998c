"""Pictures beside an export: a folder or a zip, looked into with limits; a picture found by the address in an article."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

from django.utils.translation import gettext as _

from committees.workbooks.inspection import BROKEN_ARCHIVE

#: What the library takes, or makes into what it takes (cms.importing.pictures).
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp")
MOST_FILES, MOST_BYTES, MOST_IN_ALL = 20_000, 10 * 1024 * 1024, 2 * 1024 * 1024 * 1024
#: WordPress makes smaller ones: tower-300x200.jpg beside tower.jpg.
SIZED = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w+\Z)")


class AlbumRefused(ValueError):
    """The zip is none, or holds too much; the words say so."""


def in_zip(file: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the pictures in a zip. Nothing is unpacked to the disk. Raises AlbumRefused."""
    try:
        with ZipFile(file) as archive:
            entries = [one for one in archive.infolist() if is_picture(one.filename) and not one.is_dir()]
            if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_IN_ALL:
                raise AlbumRefused(_("The zip holds too much. Make several of it."))
            for one in entries:
                if one.file_size <= MOST_BYTES and not one.flag_bits & 1:
                    with archive.open(one) as part:
                        content = part.read(MOST_BYTES + 1)
                    if len(content) <= MOST_BYTES:
                        yield _name(one.filename, one.flag_bits), content
    except AlbumRefused:
        raise
    except BROKEN_ARCHIVE as error:
        raise AlbumRefused(_("The zip with the pictures cannot be read.")) from error


def _name(name: str, flags: int) -> str:
    """A name as its maker wrote it: without the mark for UTF-8, Windows in Chinese writes GBK."""
    if flags & 0x800:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def in_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The same of a folder; links that lead out of it are not followed."""
    root = folder.resolve()
    for path in sorted(root.rglob("*")):
        if is_picture(path.name) and path.is_file() and path.resolve().is_relative_to(root):
            content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
            yield path.relative_to(root).as_posix(), content


def is_picture(name: str) -> bool:
    """Whether a name is one of a picture; what the system of an Apple puts beside them is not."""
    return name.lower().endswith(SUFFIXES) and not name.startswith("__MACOSX/")


class Album:
    """Finds the content of a picture by the address that an article gives it."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_path = {_plain(name): key for name, key in names.items()}
        self._by_name: dict[str, list[str]] = {}
        for name in self._by_path:
            self._by_name.setdefault(name.rsplit("/", 1)[-1], []).append(name)

    def find(self, source: str) -> str | None:
        """The key of the picture: by the longest end of the path that fits; by its name alone only where that is unique."""
        try:
            path = _plain(unquote(urlsplit(source).path))
        except ValueError:
            return None
        return self._find(path) or self._find(SIZED.sub("", path))

    def _find(self, path: str) -> str | None:
        parts = path.split("/")
        for at in range(len(parts)):
            if (key := self._by_path.get("/".join(parts[at:]))) is not None:
                return key
        ends = [name for name in self._by_name.get(parts[-1], ()) if _meet(name, path) > 1]
        same = self._by_name.get(parts[-1], [])
        best = max(ends, key=lambda name: _meet(name, path), default=same[0] if len(same) == 1 else None)
        return self._by_path[best] if best else None


def _plain(name: str) -> str:
    return name.replace("\\", "/").strip("/").lower()


def _meet(one: str, other: str) -> int:
    """How many parts two paths have in common, from their end."""
    pairs = zip(reversed(one.split("/")), reversed(other.split("/")), strict=False)
    count = 0
    for mine, theirs in pairs:
        if mine != theirs:
            break
        count += 1
    return count
