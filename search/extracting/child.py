"""The process that opens a file for its words: bytes in, text out as JSON, under limits it sets itself.

Run as `python -m search.extracting.child`. Input: one line with the kind (pdf, docx …), then the file. Output: one JSON
object, `{"text": …}` or `{"refused": reason}`. Imports no Django; knows nothing of the portal.
"""

import json
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from zipfile import BadZipFile, ZipFile

from tenants.confined.limits import confine

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 20
#: So much of a text is read; the rest says nothing new to a search.
MOST_CHARACTERS = 400_000
MOST_PAGES = 2_000
MOST_PARTS, MOST_UNPACKED, MOST_RATIO, SMALL_PART = 5_000, 300 * 1024 * 1024, 200, 1024 * 1024
_ZIP_MARK = b"PK\x03\x04"


class Refused(Exception):
    """The file gives no text; the argument says why."""


def main() -> int:
    """Read one file from the standard input, write what was found to the standard output."""
    confine(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    kind = sys.stdin.buffer.readline().decode().strip()
    sys.stdout.write(json.dumps(answer(kind, sys.stdin.buffer.read())))
    return 0


def answer(kind: str, content: bytes) -> dict[str, str]:
    """The text, or why there is none; every refusal is an answer, not an exception."""
    try:
        if content.startswith(_ZIP_MARK):
            inspect_package(content)
        text = _bounded(READERS[kind](content))
    except Refused as refused:
        return {"refused": str(refused)}
    except (MemoryError, RecursionError):
        return {"refused": "too_large"}
    except Exception:  # noqa: BLE001  # the libraries raise whatever a spoilt file brings up; all of it means the same
        return {"refused": "broken"}
    return {"text": text} if text.strip() else {"refused": "no_text"}


def inspect_package(content: bytes) -> None:
    """Refuse an archive that unpacks to far more than it is. Its directory may lie about that: then memory is the limit."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except BadZipFile as error:
        raise Refused("broken") from error
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")
    swollen = any(part.file_size > max(SMALL_PART, MOST_RATIO * part.compress_size) for part in parts)
    if swollen or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("bomb")


def _bounded(stretches: Iterator[str]) -> str:
    found, left = [], MOST_CHARACTERS
    for stretch in stretches:
        words = " ".join(stretch.split())[:left]
        if words:
            found.append(words)
            left -= len(words)
        if left <= 0:
            break
    return "\n".join(found)


def read_pdf(content: bytes) -> Iterator[str]:
    """Page by page."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("password")
    for page in islice(reader.pages, MOST_PAGES):
        yield page.extract_text()


def read_word(content: bytes) -> Iterator[str]:
    """Paragraph by paragraph, those in tables too."""
    from docx import Document
    from docx.oxml.ns import qn

    for paragraph in Document(BytesIO(content)).element.body.iter(qn("w:p")):
        yield "".join(part.text or "" for part in paragraph.iter(qn("w:t")))


def read_workbook(content: bytes) -> Iterator[str]:
    """Row by row."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        workbook = load_workbook(BytesIO(content))
        for name in workbook.sheet_names:
            yield name
            for row in workbook.get_sheet_by_name(name).iter_rows():
                yield " ".join(str(value) for value in row if value != "")
    except PasswordError as error:
        raise Refused("password") from error
    except CalamineError as error:
        raise Refused("broken") from error


def read_slides(content: bytes) -> Iterator[str]:
    """Slide by slide: boxes, tables, what stands in the notes."""
    from pptx import Presentation
    from pptx.oxml.ns import qn

    for slide in Presentation(BytesIO(content)).slides:
        notes = [slide.notes_slide] if slide.has_notes_slide else []
        for sheet in (slide, *notes):
            for paragraph in sheet.element.iter(qn("a:p")):
                yield "".join(part.text or "" for part in paragraph.iter(qn("a:t")))


def read_plain(content: bytes) -> Iterator[str]:
    """A text in UTF-8, or as older Chinese programs write it."""
    if b"\0" in content:
        raise Refused("broken")
    try:
        yield from content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        yield from content.decode("gb18030").splitlines()


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "pdf": read_pdf, "docx": read_word, "xlsx": read_workbook, "xls": read_workbook, "ods": read_workbook,
    "pptx": read_slides, "txt": read_plain, "csv": read_plain, "md": read_plain,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
